"""Claim what a step of the ladder claims, in the transaction that takes the step.

The claim stands before the mail goes out, and once: a step that is tried again finds its charge.
The account under its version guards the invoices; the charge's ordinal key guards its days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from chalicelib.domain.account import OpenItem
from chalicelib.domain.calendar import local_date
from chalicelib.domain.dunning import Reminder
from chalicelib.domain.errors import known
from chalicelib.domain.late_charge import LateCharge, charge_id
from chalicelib.domain.message import MAX_LISTED
from chalicelib.domain.step import Step
from chalicelib.domain.step_charge import (
    ClaimOfStep,
    Late,
    charge_of,
    charges,
    claim_of_step,
    missing_half_year,
)
from chalicelib.usecases.context import Context, audit
from chalicelib.usecases.desk import Desk
from chalicelib.usecases.late_charges import said
from chalicelib.usecases.late_file import LateFile, open_late_files
from chalicelib.usecases.ports import Insert, Ports, StepCharge, Write
from chalicelib.usecases.posting import CALL_OFF_ACTIONS, MAX_TASKS
from chalicelib.usecases.references import work_item_ref
from chalicelib.usecases.work import on_the_list, work_item

MAX_CHARGED: Final = 20
"""Invoices that one reminder charges: two writes each, beside the message and its 40 copies."""

_ACTIONS: Final = 100  # of a transaction in DynamoDB
_OTHERS: Final = 16  # account, customer, message, what it insists on, and our two tasks
_ACTIONS_A_CHARGE: Final = 2


@dataclass(frozen=True)
class _Turn:
    """An invoice, the step whose turn it is, and what that claims or has claimed before."""

    file: LateFile
    step: Step
    claim: ClaimOfStep
    before: LateCharge | None


def charges_of_step(
    ports: Ports, context: Context, desk: Desk, reminder: Reminder
) -> tuple[list[Write], tuple[StepCharge, ...]]:
    """Return the writes of what a reminder claims, and what its letter says of it.

    The writes belong into the transaction that takes the step; none where the ladder claims
    nothing, none for what was claimed when the step was tried before. What gets no claim, or less
    than the ladder wants, has the reason on its timeline. A reminder that is gone on with for
    another contact claims nothing more, and says what it claimed.
    """
    wanted, left = _wanted(desk, reminder)
    turns = _turns(ports, context, desk, wanted)
    writes: list[Write] = []
    told: list[StepCharge] = []
    for turn in turns:
        charge = turn.before
        if charge is None and turn.claim.total_minor:
            charge = _charge(context, desk, reminder, turn)
            writes += [Insert(charge), said(ports, context, "claimed", charge)]
        elif charge is None and turn.claim.refusals:
            writes.append(_skipped(ports, context, turn))
        if charge is not None:
            told.append(_as_told(charge))
    tasks = [*_rates_missing(ports, context, turns), *_left_over(ports, context, desk, left)]
    return [*writes, *tasks], (*told, *_told_before(ports, desk, reminder))


def preview_charges(
    ports: Ports, context: Context, desk: Desk, reminder: Reminder
) -> tuple[StepCharge, ...]:
    """Return what a reminder at this instant would claim; nothing is written."""
    turns = _turns(ports, context, desk, _wanted(desk, reminder)[0])
    told = [
        _as_told(turn.before) if turn.before is not None else _would_tell(turn)
        for turn in turns
        if turn.before is not None or turn.claim.total_minor
    ]
    return (*told, *_told_before(ports, desk, reminder))


def _wanted(desk: Desk, reminder: Reminder) -> tuple[list[tuple[OpenItem, Step]], list[OpenItem]]:
    # Of what the letter lists, the oldest first; and the items that find no room.
    taken = reminder.steps_taken
    charging = [
        item
        for item in reminder.items
        if item.invoice_id in taken and charges(taken[item.invoice_id])
    ]
    listed = {item.invoice_id for item in reminder.items[:MAX_LISTED]}
    chosen = [item for item in charging if item.invoice_id in listed][: _room(desk, reminder)]
    steps = [(item, taken[item.invoice_id]) for item in chosen]
    return steps, [item for item in charging if item not in chosen]


def _room(desk: Desk, reminder: Reminder) -> int:
    # A waiting message that this one overtakes is ended in the same transaction, with its copies.
    copies = min(len(reminder.items), MAX_LISTED)
    overtaken = CALL_OFF_ACTIONS if desk.account.planned else MAX_TASKS
    return min(MAX_CHARGED, (_ACTIONS - _OTHERS - copies - overtaken) // _ACTIONS_A_CHARGE)


def _turns(
    ports: Ports, context: Context, desk: Desk, wanted: Sequence[tuple[OpenItem, Step]]
) -> tuple[_Turn, ...]:
    if not wanted:
        return ()
    until = local_date(context.at, desk.company.time_zone)
    files = open_late_files(ports, [item.invoice_id for item, _ in wanted])
    return tuple(
        _turn(desk, file, item, step, until)
        for file, (item, step) in zip(files, wanted, strict=True)
    )


def _turn(desk: Desk, file: LateFile, item: OpenItem, step: Step, until: date) -> _Turn:
    before = charge_of(step.id, file.charges)
    late = Late(
        invoice=file.invoice,
        asked_minor=item.open_minor,
        customer=file.customer,
        charges=file.charges,
        table=file.table,
        fee_currency=desk.company.currency,
    )
    claim = claim_of_step(late, step, until) if before is None else ClaimOfStep()
    return _Turn(file=file, step=step, claim=claim, before=before)


def _charge(context: Context, desk: Desk, reminder: Reminder, turn: _Turn) -> LateCharge:
    file, claim = turn.file, turn.claim
    segments = claim.derivation.segments
    today = local_date(context.at, desk.company.time_zone)
    return LateCharge(
        id=charge_id(file.invoice.id, len(file.charges) + 1),
        invoice_id=file.invoice.id,
        number=known(file.invoice.number),
        customer_id=file.customer.id,
        customer_name=file.customer.name,
        currency=file.invoice.currency,
        interest_minor=claim.derivation.interest_minor,
        compensation_minor=claim.compensation_minor,
        fee_minor=claim.fee_minor,
        from_day=segments[0].from_day if segments else today,
        until_day=segments[-1].until_day if segments else today,
        segments=segments,
        day_count=file.table.day_count,
        claimed_at=context.at,
        claimed_by=context.actor.id,
        step_id=turn.step.id,
        reminder=reminder.key,
    )


def _as_told(charge: LateCharge) -> StepCharge:
    return StepCharge(
        invoice_id=charge.invoice_id,
        number=charge.number,
        interest_minor=charge.interest_minor,
        compensation_minor=charge.compensation_minor,
        fee_minor=charge.fee_minor,
    )


def _would_tell(turn: _Turn) -> StepCharge:
    return StepCharge(
        invoice_id=turn.file.invoice.id,
        number=known(turn.file.invoice.number),
        interest_minor=turn.claim.derivation.interest_minor,
        compensation_minor=turn.claim.compensation_minor,
        fee_minor=turn.claim.fee_minor,
    )


def _told_before(ports: Ports, desk: Desk, reminder: Reminder) -> tuple[StepCharge, ...]:
    """Return what a reminder that is gone on with claimed when its step was taken."""
    if reminder.steps_taken:
        return ()
    charged = [
        item.invoice_id
        for item in reminder.items[:MAX_LISTED]
        if (step := desk.rules.ladder_of(item).step(item.step_id)) and charges(step)
    ]
    files = open_late_files(ports, charged[:MAX_CHARGED]) if charged else ()
    return tuple(
        _as_told(charge)
        for file in files
        for charge in file.charges
        if charge.reminder == reminder.key and not charge.is_unsent
    )


def _skipped(ports: Ports, context: Context, turn: _Turn) -> Write:
    invoice = turn.file.invoice
    return audit(
        ports,
        context,
        "late_charge_skipped",
        subject=("invoice", invoice.id),
        customer_id=invoice.customer_id,
        number=invoice.number,
        step_id=turn.step.id,
        why=turn.claim.refusals[0].code,
    )


def _rates_missing(ports: Ports, context: Context, turns: Sequence[_Turn]) -> list[Write]:
    missing = [day for turn in turns if (day := missing_half_year(turn.claim)) is not None]
    if not missing:
        return []
    half_year = min(missing).isoformat()
    item = work_item(context, f"rate-missing-{half_year}", "rate_missing", half_year, priority=2)
    there = ports.store.get(work_item_ref(item.key))
    # One task for the half-year, whoever it is about; done too early, it opens anew.
    is_open = there is not None and there.state == "open"
    return [] if is_open else [on_the_list(item, there)]


def _left_over(ports: Ports, context: Context, desk: Desk, left: Sequence[OpenItem]) -> list[Write]:
    if not left:
        return []
    item = work_item(
        context,
        f"charges-left-{desk.customer.id}-{desk.account.currency}",
        "charges_left",
        ", ".join(one.number for one in left)[:500],
        priority=4,
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        amount_minor=sum(one.open_minor for one in left),
        currency=desk.account.currency,
    )
    return [on_the_list(item, ports.store.get(work_item_ref(item.key)))]

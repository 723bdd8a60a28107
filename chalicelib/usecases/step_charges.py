"""Claim what a step of the ladder claims, in the transaction that takes the step.

The claim stands before the mail goes out, and once: a step that is tried again finds its charge.
The account under its version guards the invoices; the charge's ordinal key guards its days.
"""

from collections.abc import Sequence

from chalicelib.domain.account import OpenItem
from chalicelib.domain.calendar import local_date
from chalicelib.domain.dunning import Reminder
from chalicelib.domain.errors import known
from chalicelib.domain.late_charge import LateCharge, charge_id
from chalicelib.domain.message import MAX_LISTED
from chalicelib.domain.step_charge import charges, missing_half_year
from chalicelib.usecases.charge_turns import MAX_CHARGED, Turn, turns, wanted
from chalicelib.usecases.contents import StepCharge
from chalicelib.usecases.context import Context, audit
from chalicelib.usecases.desk import Desk
from chalicelib.usecases.late_charges import noted_unsent, said
from chalicelib.usecases.late_file import open_late_files
from chalicelib.usecases.ports import Insert, Ports, Write
from chalicelib.usecases.references import work_item_ref
from chalicelib.usecases.work import on_the_list, work_item


def charges_of_step(
    ports: Ports, context: Context, desk: Desk, reminder: Reminder
) -> tuple[list[Write], tuple[StepCharge, ...]]:
    """Return the writes of what a reminder claims, and what its letter says of it.

    The writes belong into the transaction that takes the step; none where the ladder claims
    nothing, none for what was claimed when the step was tried before. What gets no claim has the
    reason on its timeline. A reminder that is gone on with for another contact claims nothing
    more, and says what it claimed.
    """
    want = wanted(desk, reminder)
    writes: list[Write] = []
    told: list[StepCharge] = []
    theirs = turns(ports, context, desk, reminder, want.chosen)
    for turn in theirs:
        charge, of_one = _charged(ports, context, desk, reminder, turn)
        writes += of_one
        told += [_as_told(charge)] if charge is not None else []
    writes += _rates_missing(ports, context, theirs)
    writes += _left_over(ports, context, desk, want.left)
    return writes, (*told, *_told_before(ports, desk, reminder))


def preview_charges(
    ports: Ports, context: Context, desk: Desk, reminder: Reminder
) -> tuple[StepCharge, ...]:
    """Return what a reminder at this instant would claim; nothing is written."""
    theirs = turns(ports, context, desk, reminder, wanted(desk, reminder).chosen)
    told = (
        turn.before or _charge(context, desk, reminder, turn)
        for turn in theirs
        if turn.before is not None or turn.claim.total_minor
    )
    return (*(_as_told(one) for one in told), *_told_before(ports, desk, reminder))


def _charged(
    ports: Ports, context: Context, desk: Desk, reminder: Reminder, turn: Turn
) -> tuple[LateCharge | None, list[Write]]:
    writes = noted_unsent(ports, context, turn.file)
    if turn.before is not None:
        return turn.before, writes
    if turn.claim.total_minor:
        charge = _charge(context, desk, reminder, turn)
        return charge, [*writes, Insert(charge), said(ports, context, "claimed", charge)]
    if turn.claim.refusals:
        writes.append(_skipped(ports, context, turn))
    return None, writes


def _charge(context: Context, desk: Desk, reminder: Reminder, turn: Turn) -> LateCharge:
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


def _skipped(ports: Ports, context: Context, turn: Turn) -> Write:
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


def _rates_missing(ports: Ports, context: Context, theirs: Sequence[Turn]) -> list[Write]:
    missing = [day for turn in theirs if (day := missing_half_year(turn.claim)) is not None]
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

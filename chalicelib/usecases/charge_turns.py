"""Whose turn it is to be charged by a reminder, and what each of them owes for being late.

Read only; ``step_charges`` writes. The reads follow that of the account, whose version the
transaction insists on: so no posting comes between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from chalicelib.domain.account import OpenItem
from chalicelib.domain.calendar import local_date
from chalicelib.domain.dunning import Reminder
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.message import MAX_LISTED
from chalicelib.domain.step import Step
from chalicelib.domain.step_charge import ClaimOfStep, Late, charge_of, charges, claim_of_step
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk
from chalicelib.usecases.late_file import LateFile, open_late_files
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.posting import CALL_OFF_ACTIONS, MAX_TASKS
from chalicelib.usecases.reminder_letter import message_id_of

MAX_CHARGED: Final = 20
"""Invoices that one reminder charges: two writes each, beside the message and its 40 copies."""

_ACTIONS: Final = 100  # of a transaction in DynamoDB
_OTHERS: Final = 16  # account, customer, message, what it insists on, and two tasks
_ACTIONS_A_CHARGE: Final = 2


@dataclass(frozen=True)
class Turn:
    """An invoice, the step that it takes, and what that claims or has claimed before.

    The file is as it stands once this reminder has overtaken those that still wait.
    """

    file: LateFile
    step: Step
    claim: ClaimOfStep
    before: LateCharge | None


@dataclass(frozen=True)
class Wanted:
    """What a reminder charges, the oldest first; ``left`` are the items that find no room."""

    chosen: tuple[tuple[OpenItem, Step], ...]
    left: tuple[OpenItem, ...]


def wanted(desk: Desk, reminder: Reminder) -> Wanted:
    """Return what a reminder charges of what its letter lists."""
    taken = reminder.steps_taken
    charging = [
        item
        for item in reminder.items
        if item.invoice_id in taken and charges(taken[item.invoice_id])
    ]
    listed = {item.invoice_id for item in reminder.items[:MAX_LISTED]}
    chosen = [item for item in charging if item.invoice_id in listed][: _room(desk, reminder)]
    return Wanted(
        chosen=tuple((item, taken[item.invoice_id]) for item in chosen),
        left=tuple(item for item in charging if item not in chosen),
    )


def _room(desk: Desk, reminder: Reminder) -> int:
    # A waiting message that this one overtakes is ended in the same transaction, with its copies
    # and with what it had claimed.
    left = _ACTIONS - _OTHERS - min(len(reminder.items), MAX_LISTED)
    if desk.account.planned:
        return min(MAX_CHARGED, (left - CALL_OFF_ACTIONS) // (2 * _ACTIONS_A_CHARGE))
    return min(MAX_CHARGED, (left - MAX_TASKS) // _ACTIONS_A_CHARGE)


def turns(
    ports: Ports,
    context: Context,
    desk: Desk,
    reminder: Reminder,
    chosen: Sequence[tuple[OpenItem, Step]],
) -> tuple[Turn, ...]:
    """Return what each invoice owes: one Query each and one batch."""
    if not chosen:
        return ()
    own = message_id_of(desk, reminder, "")
    ending = [one for one in desk.account.planned if not one.startswith(own)]
    until = local_date(context.at, desk.company.time_zone)
    files = open_late_files(ports, [item.invoice_id for item, _ in chosen])
    return tuple(
        _turn(desk, file.calling_off(ending, context.at), item, step, until)
        for file, (item, step) in zip(files, chosen, strict=True)
    )


def _turn(desk: Desk, file: LateFile, item: OpenItem, step: Step, until: date) -> Turn:
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
    return Turn(file=file, step=step, claim=claim, before=before)

"""Ladders that claim, and reminders that do so, as the tests of charges by step need them."""

from collections.abc import Sequence
from typing import Any

from chalicelib.domain.dunning import Reminder
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.policy import DunningBook, Policy, Step
from chalicelib.usecases.contents import StepCharge
from chalicelib.usecases.context import Context, system_context
from chalicelib.usecases.desk import DUNNING, Desk, open_desk, with_holidays
from chalicelib.usecases.ports import Insert, Ports, Replace
from chalicelib.usecases.send_reminder import due_reminder
from chalicelib.usecases.step_charges import charges_of_step
from tests.builders import Book, at

STEP: dict[str, Any] = {"template": "reminder_firm"}
CLAIMS = Step(id="claims", offset_days=30, claim="interest", **STEP)
FEE = Step(id="fee", offset_days=10, fee_minor=1_500, **STEP)
AGAIN = Step(id="again", offset_days=60, claim="interest", fee_minor=1_500, **STEP)


def climbs(book: Book, *steps: Step) -> None:
    """Give the company one ladder."""
    before = book.ports.store.get(DUNNING)
    ladder = Policy(id="default", name="x", steps=steps)
    version = 1 if before is None else before.version + 1
    after = DunningBook(version=version, policies=(ladder,))
    book.ports.store.commit([Insert(after) if version == 1 else Replace(after)])


def due(book: Book, when: str) -> tuple[Context, Desk, Reminder]:
    """Return what is due for the customer at an instant."""
    context = system_context(at(when))
    desk = with_holidays(book.ports, open_desk(book.ports, book.customer.id, "EUR"))
    reminder = due_reminder(desk, context.at)
    assert reminder is not None
    return context, desk, reminder


def claimed_by_step(ports: Ports, book: Book, when: str) -> tuple[StepCharge, ...]:
    """Commit what the reminder due at an instant claims, and nothing else; return its words."""
    context, desk, reminder = due(book, when)
    writes, told = charges_of_step(ports, context, desk, reminder)
    if writes:
        ports.store.commit(writes)
    return told


def amounts(charges: Sequence[StepCharge | LateCharge]) -> list[tuple[int, int, int]]:
    """Return interest, compensation and fee of each."""
    return [(one.interest_minor, one.compensation_minor, one.fee_minor) for one in charges]


def charges_in(book: Book) -> list[LateCharge]:
    """Return all late charges, oldest first."""
    return sorted(book.all(LateCharge), key=lambda one: (one.claimed_at, one.id))

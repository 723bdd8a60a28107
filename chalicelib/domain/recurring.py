"""Recurring invoices, and the runs by which invoices are issued without a hand.

A recurring invoice is a template with a rhythm. Each occurrence, and each draft that is scheduled
for a day, has one run for good: its record says how far it came and what stopped it.
"""

from datetime import date, datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record
from chalicelib.domain.errors import StateConflict
from chalicelib.domain.invoice import Invoice, LineInput
from chalicelib.domain.occurrences import Every, Rhythm

RecurringState = Literal["active", "paused", "ended"]
RunState = Literal["waiting", "drafted", "pending_approval", "done", "failed", "cancelled"]
UNFINISHED: Final[frozenset[RunState]] = frozenset({"waiting", "drafted", "pending_approval"})
"""What goes on by itself; a failed run waits for a person."""


class RecurringInvoice(Record):
    """A template of invoices and the days on which one is issued.

    None takes what the customer or the company has set on that day. ``next_on`` is the first
    occurrence that has no run yet, ``last_on`` the latest that has one, ``runs`` how many have.
    The amounts are those of one invoice at the present lines.
    """

    kind: ClassVar[str] = "recurring_invoice"

    id: str
    state: RecurringState
    customer_id: str
    customer_name: str
    currency: str
    lines: tuple[LineInput, ...]
    net_minor: int
    tax_minor: int
    total_minor: int
    series: str | None = None
    purchase_order: str | None = None
    notes: str | None = None
    terms_days: int | None = None
    every: Every
    on_day: int
    start_on: date
    end_on: date | None = None
    auto_send: bool
    next_on: date | None
    last_on: date | None = None
    resumed_on: date | None = None
    runs: int = 0
    created_at: datetime
    created_by: str

    @property
    def rhythm(self) -> Rhythm:
        """The days on which it recurs."""
        return Rhythm(
            every=self.every, on_day=self.on_day, start_on=self.start_on, end_on=self.end_on
        )

    def planned(self) -> date | None:
        """Return the first occurrence without a run, in a period that has none yet.

        What passed before ``resumed_on`` is not made up; anything else that was missed is.
        """
        rhythm = self.rhythm
        first = rhythm.on_or_after(max(self.start_on, self.resumed_on or self.start_on))
        if first is None or self.last_on is None:
            return first
        later = rhythm.following(self.last_on)
        return None if later is None else max(first, later)

    def rescheduled(self) -> "RecurringInvoice":
        """Return it with its next occurrence computed anew; without one it has ended."""
        following = self.planned()
        return self.but(next_on=following, state=self.state if following else "ended")

    def after_run(self) -> "RecurringInvoice":
        """Return it after its next occurrence got its run; the last one ends it."""
        return self.next(last_on=self.next_on, runs=self.runs + 1).rescheduled()


class Run(Record):
    """One invoice that is issued without a hand, from its day to its end.

    ``id`` is permanent: the recurring invoice and the occurrence, or the scheduled invoice.
    ``waiting`` for its day, ``drafted`` when the draft is there; then it goes on by itself to
    ``done``, unless it is ``pending_approval``, ``failed`` (``code`` and ``reason`` say why), or
    ``cancelled`` because a person issued or deleted the draft. ``at`` is its latest change.
    """

    kind: ClassVar[str] = "run"

    id: str
    state: RunState
    recurring_id: str | None = None
    due_on: date
    sends: bool
    customer_id: str
    customer_name: str
    currency: str
    total_minor: int
    invoice_id: str | None
    number: str | None = None
    code: str | None = None
    reason: str | None = None
    created_at: datetime
    at: datetime

    @property
    def work_key(self) -> str:
        """The key of the work item that says that it failed."""
        return f"run-{self.id}"

    def reached(self, state: RunState, at: datetime, invoice: Invoice | None) -> "Run":
        """Return the run in another state, with what is true of its invoice now."""
        moved = self.next(state=state, at=at, code=None, reason=None)
        if invoice is None:
            return moved
        return moved.but(
            invoice_id=invoice.id,
            number=invoice.number,
            customer_id=invoice.customer_id,
            customer_name=invoice.customer.name,
            currency=invoice.currency,
            total_minor=invoice.total_minor,
        )


def occurrence_run_id(recurring_id: str, day: date) -> str:
    """Return the permanent id of the run of an occurrence."""
    return f"{recurring_id}-{day.isoformat()}"


def scheduled_run_id(invoice_id: str) -> str:
    """Return the permanent id of the run of a scheduled draft."""
    return f"scheduled-{invoice_id}"


def require_not_ended(recurring: RecurringInvoice) -> None:
    """StateConflict when it has ended: what has an end does not begin again."""
    if recurring.state == "ended":
        raise StateConflict("This recurring invoice has ended.", code="recurring_ended")

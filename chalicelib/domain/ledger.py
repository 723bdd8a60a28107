"""The ledger: immutable entries, and the totals that are folded from them.

An entry says by how much a posting changed what is open and what is unapplied, line by line. The
account, the totals by month and by day, and every report are folds of these lines and nothing else.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.calendar import month_of
from chalicelib.domain.journal import Leg
from chalicelib.domain.shards import shard_of

EntryKind = Literal[
    "invoice_issued",
    "invoice_voided",
    "payment_received",
    "payment_allocated",
    "payment_assigned",
    "payment_unallocated",
    "payment_returned",
    "credit_note_issued",
    "invoice_written_off",
    "invoice_reinstated",
]


class EntryLine(Value):
    """One effect of a posting. It counts from the end of ``effective_on`` onwards.

    ``invoice_id`` and ``due_on`` are set where ``open_delta_minor`` is not zero.
    """

    effective_on: date
    invoice_id: str | None = None
    due_on: date | None = None
    open_delta_minor: int = 0
    unapplied_delta_minor: int = 0


class Entry(Record):
    """One posting to one account. ``sequence`` counts the account's entries from 1 without gap.

    ``booked_on`` is the day in whose month it counts as billed, collected or written off;
    ``posted_on`` the day under which the journal has it: never in a period that was closed before.
    """

    kind: ClassVar[str] = "entry"

    customer_id: str
    currency: str
    sequence: int
    what: EntryKind
    posted_at: datetime
    posted_by: str
    payment_id: str | None = None
    reference: str | None = None
    billed_minor: int = 0
    collected_minor: int = 0
    written_off_minor: int = 0
    booked_on: date
    posted_on: date | None = None
    legs: tuple[Leg, ...] = ()
    lines: tuple[EntryLine, ...]

    @property
    def open_delta_minor(self) -> int:
        """By how much the posting changed what the customer owes."""
        return sum(line.open_delta_minor for line in self.lines)

    @property
    def unapplied_delta_minor(self) -> int:
        """By how much the posting changed the customer's money that settles nothing yet."""
        return sum(line.unapplied_delta_minor for line in self.lines)


class Totals(Record):
    """What changed in one month or one day, one currency, one shard.

    ``period`` is ``YYYY-MM`` or ``YYYY-MM-DD``; ``open_by_due`` maps a due date to the net change
    of what is open.
    """

    kind: ClassVar[str] = "totals"

    period: str
    currency: str
    shard: int
    open_by_due: dict[str, int] = {}
    unapplied_minor: int = 0
    billed_minor: int = 0
    collected_minor: int = 0
    written_off_minor: int = 0

    @property
    def is_felt(self) -> bool:
        """It changes at least one counter."""
        return bool(
            any(self.open_by_due.values())
            or self.unapplied_minor
            or self.billed_minor
            or self.collected_minor
            or self.written_off_minor
        )


def totals_of(entry: Entry) -> tuple[Totals, ...]:
    """Return what the posting adds to the totals: a month and a day for each effective date."""
    days: dict[date, list[EntryLine]] = {entry.booked_on: []}
    for line in entry.lines:
        days.setdefault(line.effective_on, []).append(line)
    by_period: dict[str, Totals] = {}
    for day, lines in sorted(days.items()):
        for period in (month_of(day), day.isoformat()):
            change = _change(entry, period, lines, is_booking_day=day == entry.booked_on)
            known = by_period.get(period)
            by_period[period] = change if known is None else add_totals((known, change))
    return tuple(totals for totals in by_period.values() if totals.is_felt)


def _change(
    entry: Entry, period: str, lines: Iterable[EntryLine], *, is_booking_day: bool
) -> Totals:
    open_by_due: dict[str, int] = {}
    unapplied = 0
    for line in lines:
        unapplied += line.unapplied_delta_minor
        if line.due_on is not None and line.open_delta_minor:
            due = line.due_on.isoformat()
            open_by_due[due] = open_by_due.get(due, 0) + line.open_delta_minor
    return Totals(
        period=period,
        currency=entry.currency,
        shard=shard_of(entry.customer_id),
        open_by_due=open_by_due,
        unapplied_minor=unapplied,
        billed_minor=entry.billed_minor if is_booking_day else 0,
        collected_minor=entry.collected_minor if is_booking_day else 0,
        written_off_minor=entry.written_off_minor if is_booking_day else 0,
    )


def add_totals(parts: Iterable[Totals]) -> Totals:
    """Return the sum of totals of one period and currency; zero entries fall out."""
    first, *rest = parts
    open_by_due = dict(first.open_by_due)
    for part in rest:
        for due, amount in part.open_by_due.items():
            open_by_due[due] = open_by_due.get(due, 0) + amount
    everything = (first, *rest)
    return first.but(
        open_by_due={due: amount for due, amount in open_by_due.items() if amount},
        unapplied_minor=sum(part.unapplied_minor for part in everything),
        billed_minor=sum(part.billed_minor for part in everything),
        collected_minor=sum(part.collected_minor for part in everything),
        written_off_minor=sum(part.written_off_minor for part in everything),
    )

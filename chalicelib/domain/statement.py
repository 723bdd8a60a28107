"""The statement of account: what moved in a period, what was open at its end, what is due now.

All of the past is folded from the ledger by effective date, like the aging report: the closing
balance is what that report says of the account at the end of the same day. What may be asked for
now is what ``Account.asked_for`` says and nothing else.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final, Literal

from chalicelib.domain.account import Account
from chalicelib.domain.account_now import Due, Mark, due_now, marks_of
from chalicelib.domain.aging import BUCKETS, Aging, bucket_of
from chalicelib.domain.base import Value
from chalicelib.domain.ledger import Entry, EntryKind, EntryLine

MovementKind = Literal[
    "invoice", "void", "credit_note", "payment", "return", "discount", "difference", "write_off",
    "reinstated",
]  # fmt: skip

_KINDS: Final[dict[EntryKind, MovementKind]] = {
    "invoice_issued": "invoice",
    "invoice_voided": "void",
    "credit_note_issued": "credit_note",
    "payment_received": "payment",
    "payment_assigned": "payment",
    "payment_returned": "return",
    "invoice_written_off": "write_off",
    "invoice_reinstated": "reinstated",
}
_SETTLING: Final = frozenset(
    ["payment_received", "payment_allocated", "payment_assigned", "payment_unallocated",
     "payment_returned", "credit_note_issued"]
)  # fmt: skip
"""Postings whose lines on invoices move money that is counted elsewhere, and allowances."""


class Movement(Value):
    """One line of a statement. A positive amount is owed, a negative one lowers what is owed.

    ``balance_minor`` is what was owed after it, less unapplied money. ``invoices`` are the numbers
    that a payment or credit settled, or that were opened again.
    """

    on: date
    kind: MovementKind
    reference: str | None
    invoices: tuple[str, ...] = ()
    amount_minor: int
    balance_minor: int


class StatementItem(Value):
    """An invoice that was open at the end of the period; ``days_late`` on that day, 0 in time.

    ``open_now_minor`` is what is open today: money may have come in since. ``marks`` are of today.
    """

    invoice_id: str
    number: str
    issue_date: date
    due_date: date
    days_late: int
    total_minor: int
    open_minor: int
    open_now_minor: int
    marks: tuple[Mark, ...] = ()


class Statement(Value):
    """The account of one customer in one currency over a period, both days included."""

    customer_id: str
    customer_name: str
    currency: str
    first: date
    last: date
    opening_minor: int
    movements: tuple[Movement, ...]
    closing_minor: int
    items: tuple[StatementItem, ...]
    aging: Aging
    due: Due

    @property
    def is_empty(self) -> bool:
        """Nothing was owed and nothing moved."""
        return not (self.opening_minor or self.movements or self.closing_minor or self.items)

    @property
    def has_moved(self) -> bool:
        """Something happened in the period."""
        return bool(self.movements)


class _Opened(Value):
    """An invoice as its issue tells it."""

    number: str
    issue_date: date
    due_date: date
    total_minor: int


def statement_of(
    account: Account,
    entries: Iterable[Entry],
    *,
    first: date,
    last: date,
    today: date,
    at: datetime,
    numbers: Mapping[str, str] | None = None,
) -> Statement:
    """Fold the ledger of an account into its statement of a period.

    ``numbers`` names the invoices whose issue did not note its number.
    """
    ledger = tuple(entries)
    opened = _opened(ledger, numbers or {})
    moved = sorted(
        _movements(ledger, opened), key=lambda one: one.on
    )  # stable: as they were posted
    opening = sum(one.amount_minor for one in moved if one.on < first)
    shown = _with_balance(opening, (one for one in moved if first <= one.on <= last))
    items = _items(account, ledger, opened, last, today, at)
    return Statement(
        customer_id=account.customer_id,
        customer_name=account.customer_name,
        currency=account.currency,
        first=first,
        last=last,
        opening_minor=opening,
        movements=shown,
        closing_minor=shown[-1].balance_minor if shown else opening,
        items=items,
        aging=_aging(account.currency, ledger, items, last),
        due=due_now(account, today, at),
    )


def _opened(ledger: Iterable[Entry], numbers: Mapping[str, str]) -> dict[str, _Opened]:
    return {
        known: _Opened(
            number=entry.reference or numbers.get(known, known),
            issue_date=line.effective_on,
            due_date=line.due_on,
            total_minor=line.open_delta_minor,
        )
        for entry in ledger
        if entry.what == "invoice_issued"
        for line in entry.lines
        if (known := line.invoice_id) is not None and line.due_on is not None
    }


def unnamed(ledger: Iterable[Entry]) -> set[str]:
    """Return the invoices whose issue did not note its number: from before it did."""
    return {
        line.invoice_id
        for entry in ledger
        if entry.what == "invoice_issued" and entry.reference is None
        for line in entry.lines
        if line.invoice_id is not None
    }


def _movements(ledger: Iterable[Entry], opened: Mapping[str, _Opened]) -> Iterable[Movement]:
    for entry in ledger:
        sums: dict[tuple[date, MovementKind], int] = {}
        for line in entry.lines:
            place = (line.effective_on, _kind(entry, line))
            delta = line.open_delta_minor - line.unapplied_delta_minor
            sums[place] = sums.get(place, 0) + delta
        for (on, kind), amount_minor in sums.items():
            if amount_minor:
                yield Movement(
                    on=on,
                    kind=kind,
                    reference=entry.reference,
                    invoices=_settled(entry, opened),
                    amount_minor=amount_minor,
                    balance_minor=0,
                )


def _kind(entry: Entry, line: EntryLine) -> MovementKind:
    # What a settlement takes off an invoice beyond the money is a discount or a small difference.
    if entry.what in _SETTLING and line.invoice_id is not None:
        accounts = {leg.account for leg in entry.legs}
        is_small = "small_difference" in accounts and "cash_discount" not in accounts
        return "difference" if is_small else "discount"
    return _KINDS.get(entry.what, "payment")


def _settled(entry: Entry, opened: Mapping[str, _Opened]) -> tuple[str, ...]:
    if entry.what not in _SETTLING:
        return ()
    names = (line.invoice_id for line in entry.lines if line.invoice_id in opened)
    return tuple(dict.fromkeys(opened[name].number for name in names if name is not None))


def _with_balance(opening_minor: int, moved: Iterable[Movement]) -> tuple[Movement, ...]:
    balance = opening_minor
    shown = []
    for one in moved:
        balance += one.amount_minor
        shown.append(one.but(balance_minor=balance))
    return tuple(shown)


def _items(
    account: Account,
    ledger: Iterable[Entry],
    opened: Mapping[str, _Opened],
    last: date,
    today: date,
    at: datetime,
) -> tuple[StatementItem, ...]:
    open_minor: dict[str, int] = {}
    for entry in ledger:
        for line in entry.lines:
            if line.invoice_id is not None and line.effective_on <= last:
                before = open_minor.get(line.invoice_id, 0)
                open_minor[line.invoice_id] = before + line.open_delta_minor
    marks = marks_of(account, today, at)
    now = {item.invoice_id: item.open_minor for item in account.open_items}
    items = (
        StatementItem(
            invoice_id=name,
            number=opened[name].number,
            issue_date=opened[name].issue_date,
            due_date=opened[name].due_date,
            days_late=max((last - opened[name].due_date).days, 0),
            total_minor=opened[name].total_minor,
            open_minor=amount_minor,
            open_now_minor=now.get(name, 0),
            marks=marks.get(name, ()),
        )
        for name, amount_minor in open_minor.items()
        if amount_minor
    )
    return tuple(sorted(items, key=lambda item: (item.due_date, item.number)))


def _aging(
    currency: str, ledger: Iterable[Entry], items: Iterable[StatementItem], last: date
) -> Aging:
    sums = dict.fromkeys(BUCKETS, 0)
    for item in items:
        sums[bucket_of((last - item.due_date).days)] += item.open_minor
    return Aging(
        currency=currency,
        unapplied_minor=sum(
            line.unapplied_delta_minor
            for entry in ledger
            for line in entry.lines
            if line.effective_on <= last
        ),
        total_minor=sum(sums.values()),
        **{f"{bucket}_minor": sums[bucket] for bucket in BUCKETS},
    )

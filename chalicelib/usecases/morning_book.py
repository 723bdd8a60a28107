"""What the morning's digests are made of: the book as it stands, read once for everybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, takewhile
from typing import Any, TypeVar

from chalicelib.domain.aging import age
from chalicelib.domain.base import Record
from chalicelib.domain.calendar import month_of, zone
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Customer
from chalicelib.domain.message import fold_address
from chalicelib.domain.shards import SHARDS
from chalicelib.domain.staff_mail import DigestItem, Figure
from chalicelib.usecases.agreement_listings import disputes, overdue_disputes, plans, promises
from chalicelib.usecases.book_listings import journal_of
from chalicelib.usecases.listings import accounts_due
from chalicelib.usecases.ports import Listing, Ports
from chalicelib.usecases.read_all import all_rows, find_all
from chalicelib.usecases.references import customer_ref
from chalicelib.usecases.reports import read_totals
from chalicelib.usecases.staff_listings import approvals_in, open_work

Row = Mapping[str, Any]
T = TypeVar("T", bound=Record)


@dataclass(frozen=True)
class Morning:
    """A working day, and the last one before it, from which on things are new.

    ``owners`` says who is in charge of a customer; it has only those that somebody is.
    """

    day: date
    since: date
    payments: tuple[DigestItem, ...] = ()
    overdue: tuple[Figure, ...] = ()
    promised_today: tuple[DigestItem, ...] = ()
    promises_broken: tuple[DigestItem, ...] = ()
    disputes_opened: tuple[DigestItem, ...] = ()
    disputes_late: tuple[DigestItem, ...] = ()
    reminders: tuple[str, ...] = ()
    approvals: tuple[Row, ...] = ()
    work: tuple[Row, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)


def read_morning(ports: Ports, company: Company, day: date, since: date) -> Morning:
    """Read the book as of the morning of a day: some twenty queries, however many people."""
    received = list(_received(ports, day, since))
    reminders = [row["customer_id"] for row in _due_today(ports, company, day)]
    work = tuple(all_rows(ports, open_work()))
    lists = {
        "promised_today": _agreed(ports, day, ("open",), day, day),
        "promises_broken": _agreed(ports, day, ("open", "broken"), since, day - timedelta(days=1)),
        "disputes_opened": [
            _disputed(row)
            for row in takewhile(
                lambda row: _day_of(row["created_at"], company) >= since,
                all_rows(ports, disputes()),
            )
        ],
        "disputes_late": [_disputed(row) for row in all_rows(ports, overdue_disputes(day))],
    }
    concerned = {row["customer_id"] for row in chain(received, work) if row.get("customer_id")}
    concerned |= {item.customer_id for item in chain.from_iterable(lists.values())}
    customers = _customers(ports, concerned | set(reminders))
    return Morning(
        day=day,
        since=since,
        payments=_by_customer(received, customers),
        overdue=_overdue(ports, day, since),
        **{name: tuple(items) for name, items in lists.items()},
        reminders=tuple(reminders),
        approvals=tuple(all_rows(ports, approvals_in("waiting"))),
        work=work,
        owners={
            one.id: fold_address(one.owner) for one in customers.values() if one.owner is not None
        },
    )


def _received(ports: Ports, day: date, since: date) -> Iterable[Row]:
    last = day - timedelta(days=1)
    months = sorted({month_of(since), month_of(last)})
    for month in months:
        for row in all_rows(ports, _days(journal_of(month), since, last)):
            if row["what"] == "payment_received":
                yield row


def _days(listing: Listing[T], first: date, last: date) -> Listing[T]:
    # What a listing by day has of these days, both included.
    after, before = first - timedelta(days=1), last + timedelta(days=1)
    return replace(listing, after=after.isoformat(), before=before.isoformat())


def _by_customer(rows: Iterable[Row], customers: Mapping[str, Customer]) -> tuple[DigestItem, ...]:
    sums: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row["customer_id"], row["currency"])
        received = sum(leg["amount_minor"] for leg in row["legs"] if leg["account"] == "bank")
        sums[key] = sums.get(key, 0) + received
    return tuple(
        DigestItem(
            customer_id=customer_id,
            customer_name=customers[customer_id].name if customer_id in customers else "—",
            amount_minor=amount,
            currency=currency,
            subject="customer",
            subject_id=customer_id,
        )
        for (customer_id, currency), amount in sorted(sums.items(), key=lambda each: -each[1])
    )


def _overdue(ports: Ports, day: date, since: date) -> tuple[Figure, ...]:
    # As the last digest had it: aged to its morning, with what was posted up to the evening before.
    before = {
        one.currency: one.total_minor - one.current_minor
        for one in age(since, read_totals(ports, since - timedelta(days=1)))
    }
    figures = []
    for one in age(day, read_totals(ports, day)):
        overdue = one.total_minor - one.current_minor
        change = overdue - before.get(one.currency, 0)
        if overdue or change:
            figures.append(Figure(currency=one.currency, amount_minor=overdue, change_minor=change))
    return tuple(figures)


def _agreed(
    ports: Ports, day: date, states: Iterable[str], first: date, last: date
) -> list[DigestItem]:
    found = []
    for state in states:
        for row in all_rows(ports, _days(promises(state), first, last)):
            left = row["amount_minor"] - row["received_minor"]
            found.append(_agreement(row, date.fromisoformat(row["promised_on"]), left))
        for row in all_rows(ports, _days(plans(state), first, last)):
            parts = [one for one in row["instalments"] if one["paid_minor"] < one["amount_minor"]]
            due = [one for one in parts if one["due_on"] <= min(day, last).isoformat()]
            left = sum(one["amount_minor"] - one["paid_minor"] for one in due)
            if due:
                found.append(_agreement(row, date.fromisoformat(due[0]["due_on"]), left))
    return sorted(found, key=lambda item: -item.amount_minor)


def _agreement(row: Row, day: date, amount_minor: int) -> DigestItem:
    return DigestItem(
        customer_id=row["customer_id"],
        customer_name=row["customer_name"],
        amount_minor=amount_minor,
        currency=row["currency"],
        day=day,
        subject="customer",
        subject_id=row["customer_id"],
    )


def _disputed(row: Row) -> DigestItem:
    return DigestItem(
        customer_id=row["customer_id"],
        customer_name=row["customer_name"],
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        day=date.fromisoformat(row["deadline"]),
        number=row["invoice_number"],
        subject="invoice",
        subject_id=row["invoice_id"],
    )


def _due_today(ports: Ports, company: Company, day: date) -> Iterable[Row]:
    evening = datetime.combine(day, time.max, zone(company.time_zone)).astimezone(UTC)
    for shard in range(SHARDS):
        yield from all_rows(ports, accounts_due(shard, evening))


def _day_of(instant: str, company: Company) -> date:
    return datetime.fromisoformat(instant).astimezone(zone(company.time_zone)).date()


def _customers(ports: Ports, ids: Iterable[str]) -> dict[str, Customer]:
    found = find_all(ports, [customer_ref(one) for one in sorted(ids)])
    return {one.id: one for one in found.values() if isinstance(one, Customer)}

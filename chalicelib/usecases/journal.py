"""The journal of a month: read by pages from its index, or given back as it was closed.

Entries that were posted into a month while it was being closed, or that the index showed too late,
stand in the next file: every entry stands in exactly one.
"""

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from chalicelib.domain.calendar import month_of
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import InvariantBroken
from chalicelib.domain.journal import Leg, chart_of, legs_of
from chalicelib.domain.journal_csv import JournalEntry, JournalLeg, journal_csv
from chalicelib.domain.ledger import Entry
from chalicelib.domain.period import ClosedPeriod, parse_month, previous_month
from chalicelib.usecases.book_listings import journal_of
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports, Ref
from chalicelib.usecases.read_all import all_rows, find_all
from chalicelib.usecases.references import customer_ref

Row = Mapping[str, Any]


def period_ref(month: str) -> Ref[ClosedPeriod]:
    """Return the key of a closed month, ``YYYY-MM``."""
    return Ref(ClosedPeriod, (month,))


@dataclass(frozen=True)
class Journal:
    """A journal as a file, and where it is kept: for good if it is closed, else for some days."""

    month: str
    content: bytes
    entries: int
    key: str
    is_closed: bool

    @property
    def file_name(self) -> str:
        """The name under which it is downloaded."""
        return f"journal-{self.month}.csv"


def read_journal(ports: Ports, month: str) -> Journal:
    """Return the journal of a month: as it was closed, or as it is now. InvalidField."""
    first = parse_month(month)
    closed = ports.store.get(period_ref(month))
    if closed is not None:
        return Journal(month, _closed_file(ports, closed), closed.entries, closed.file, True)
    return make_journal(ports, first)


def _closed_file(ports: Ports, period: ClosedPeriod) -> bytes:
    content = ports.files.get(period.file)
    if content is None:
        raise InvariantBroken(f"The file of the closed month {period.month} is missing.")
    return content


def make_journal(ports: Ports, first: date) -> Journal:
    """Return the journal of the month that begins on this day, from what is posted in it."""
    company = company_of(ports)
    entries = _entries(ports, first)
    content = journal_csv(entries, chart_of(company.journal_accounts), company.language)
    name = hashlib.sha256(content).hexdigest()[:16]
    month = month_of(first)
    return Journal(month, content, len(entries), f"exports/{month}-{name}.csv", False)


def _entries(ports: Ports, first: date) -> list[JournalEntry]:
    rows = list(all_rows(ports, journal_of(month_of(first))))
    late = _late_for(ports, previous_month(first))
    names = _names(ports, [*rows, *late])
    missing = _without_legs(ports, [*rows, *late])
    entries = [_entry(row, names, missing) for row in rows]
    entries += [replace(_entry(row, names, missing), day=first) for row in late]
    return [entry for entry in entries if entry.legs]  # an invoice over nothing moves nothing


def _late_for(ports: Ports, first: date) -> list[Row]:
    period = ports.store.get(period_ref(month_of(first)))
    if period is None:
        return []
    inside = _names_in(_closed_file(ports, period))
    return [row for row in all_rows(ports, journal_of(period.month)) if _name(row) not in inside]


def _names_in(content: bytes) -> frozenset[str]:
    text = content.decode("utf-8-sig")
    separator = ";" if ";" in text.partition("\n")[0] else ","
    lines = csv.reader(StringIO(text, newline=""), delimiter=separator)
    return frozenset(line[1] for line in lines)


def _name(row: Row) -> str:
    return f"{row['customer_id']}#{row['currency']}#{row['sequence']}"


def _names(ports: Ports, rows: Iterable[Row]) -> dict[str, str]:
    found = find_all(ports, (customer_ref(name) for name in {row["customer_id"] for row in rows}))
    return {one.id: one.name for one in found.values() if isinstance(one, Customer)}


def _without_legs(ports: Ports, rows: Iterable[Row]) -> dict[str, tuple[Leg, ...]]:
    # Postings from before the journal say what they changed and not against what.
    refs: list[Ref[Entry]] = [
        Ref(Entry, (row["customer_id"], row["currency"], str(row["sequence"])))
        for row in rows
        if not row["legs"]
    ]
    found = (one for one in find_all(ports, refs).values() if isinstance(one, Entry))
    return {f"{one.customer_id}#{one.currency}#{one.sequence}": _balanced(one) for one in found}


def _balanced(entry: Entry) -> tuple[Leg, ...]:
    owed, unapplied = entry.open_delta_minor, entry.unapplied_delta_minor
    return legs_of(owed, unapplied, [Leg(account="transfer", amount_minor=unapplied - owed)])


def _entry(
    row: Row, names: Mapping[str, str], missing: Mapping[str, tuple[Leg, ...]]
) -> JournalEntry:
    legs = [_leg(leg) for leg in row["legs"]] or [
        JournalLeg(leg.account, leg.amount_minor, leg.rate) for leg in missing.get(_name(row), ())
    ]
    return JournalEntry(
        day=date.fromisoformat(row["posted_on"]),
        customer_id=row["customer_id"],
        customer_name=names.get(row["customer_id"], ""),
        currency=row["currency"],
        sequence=int(row["sequence"]),
        kind=row["what"],
        document=row["reference"],
        legs=legs,
    )


def _leg(leg: Row) -> JournalLeg:
    rate = None if leg["rate"] is None else Decimal(leg["rate"])
    return JournalLeg(leg["account"], int(leg["amount_minor"]), rate)

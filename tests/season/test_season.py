"""A season of business: 5,000 invoices and all that can happen to them, agreed to the cent.

The books and an independent model of a hundred lines are told the same facts; nothing else of the
one is known to the other.
"""

import ast
import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from chalicelib.domain.account import Account
from chalicelib.domain.aging import BUCKETS
from chalicelib.domain.approval import Approval
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.ledger import Entry, EntryKind
from chalicelib.domain.numbering import RegisterEntry
from chalicelib.domain.payment import Payment
from chalicelib.domain.promise import Plan, Promise
from chalicelib.usecases.journal import read_journal
from chalicelib.usecases.reports import read_aging, read_summary
from tests.invariants import Books, assert_quiet, records_in
from tests.season.calendar import MANY, Season

MODEL = Path(__file__).parent / "model.py"
MONTHS = [date(2026, month, 1) for month in range(1, 13)]
MONTH_ENDS = [
    (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1) for day in MONTHS
]


class _Forgetful(list[Any]):
    """What the table wrote is not kept: only the end of the season is looked at."""

    def append(self, _entry: Any) -> None:
        return


@pytest.fixture(scope="module")
def season() -> Season:
    """The season when every story has been told."""
    lived = Season(seed=2026)
    lived.b.fakes.table.log = _Forgetful()
    lived.live()
    return lived


@pytest.fixture(scope="module")
def books(season: Season) -> Books:
    """Everything that is stored at its end."""
    return Books(records_in(season.b.fakes.table))


def test_the_model_has_a_hundred_lines_and_knows_nothing_of_the_product() -> None:
    text = MODEL.read_text(encoding="utf-8")
    tree = ast.parse(text)

    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {node.module for node in imports if isinstance(node, ast.ImportFrom)}
    lines = [line for line in text.splitlines()[1:] if line.strip()]

    assert modules == {"collections", "datetime", "fractions", "types", "typing"}
    assert len(lines) - len(imports) <= 100


def test_it_was_a_season_of_every_kind_of_event(season: Season, books: Books) -> None:
    kinds = Counter(one.what for one in books.all(Entry))

    assert len(season.b.model.bills) >= 5_000
    assert len(season.customers) == 120
    assert set(kinds) == set(get_args(EntryKind))
    assert min(kinds.values()) >= 20, kinds
    assert {one.state for one in books.all(Approval)} == {"approved", "rejected"}
    assert {one.what for one in books.all(Approval)} == {"issue", "write_off"}
    assert {one.state for one in books.all(LateCharge)} == {"waived", "invoiced"}
    assert max(len(one.allocations) for one in books.all(Payment)) >= MANY
    assert {one.state for one in books.all(Invoice)} == {
        "issued", "partially_paid", "paid", "void", "written_off"
    }  # fmt: skip


def test_every_invoice_is_as_open_and_in_the_state_that_the_model_says(
    season: Season, books: Books
) -> None:
    model = season.b.model

    shown = {
        one.id: (0 if one.state == "void" else one.total_minor, one.open_minor, one.state)
        for one in books.all(Invoice)
    }

    assert shown == {
        name: (bill.sums["billed"], bill.open, model.state(name))
        for name, bill in model.bills.items()
    }


def test_what_can_still_be_credited_agrees_by_tax_rate(season: Season, books: Books) -> None:
    for invoice in books.all(Invoice):
        taken = {one.rate: (one.base_minor, one.tax_minor) for one in invoice.credited}
        left = {
            str(one.rate): [
                one.base_minor - taken.get(one.rate, (0, 0))[0],
                one.tax_minor - taken.get(one.rate, (0, 0))[1],
            ]
            for one in invoice.taxes
        }
        assert left == season.b.model.bills[invoice.id].left


def test_every_account_owes_and_keeps_what_the_model_says(season: Season, books: Books) -> None:
    expected: dict[tuple[str, str], list[int]] = {}
    for bill in season.b.model.bills.values():
        expected.setdefault(bill.account, [0, 0])[0] += bill.open
    for money in season.b.model.money.values():
        expected.setdefault(money.account, [0, 0])[1] += money.left

    shown = {
        (one.customer_id, one.currency): [one.open_minor, one.unapplied_minor]
        for one in books.all(Account)
    }

    assert {key: both for key, both in shown.items() if both != [0, 0]} == {
        key: both for key, both in expected.items() if both != [0, 0]
    }


@pytest.mark.parametrize("day", MONTH_ENDS, ids=str)
def test_the_book_of_each_month_end_aged_as_the_model_says(season: Season, day: date) -> None:
    rows = {
        one.currency: [*(getattr(one, f"{age}_minor") for age in BUCKETS), one.unapplied_minor]
        for one in read_aging(season.b.ports, day)
    }

    assert rows == season.b.model.aging(day)


def test_billed_collected_and_written_off_agree_by_month(season: Season) -> None:
    model = season.b.model
    compared = 0
    for figures in read_summary(season.b.ports, MONTH_ENDS[-1]):
        for one in figures.months[-12:]:
            asked = (figures.currency, one.month)
            assert one.billed_minor == model.total("billed", *asked) - model.total(
                "credited", *asked
            )
            assert one.collected_minor == model.total("collected", *asked)
            assert one.written_off_minor == -model.total("written_off", *asked)
            compared += 1
    assert compared == 2 * 12


def test_each_series_numbers_what_was_issued_in_order(season: Season, books: Books) -> None:
    registers: dict[str, list[tuple[str, int]]] = {}
    for entry in books.all(RegisterEntry):
        registers.setdefault(entry.series, []).append((entry.number, entry.total_minor))

    assert registers == {
        series: [(f"{series}-{n:06d}", total) for n, total in enumerate(totals, start=1)]
        for series, totals in season.b.model.numbers.items()
    }
    assert len(registers["R"]) == len(books.all(CreditNote))


def test_agreements_and_disputes_ended_as_what_was_done_about_them(
    season: Season, books: Books
) -> None:
    ended: dict[tuple[type[Any], str], str | None] = {
        **{(Promise, one.id): one.state for one in books.all(Promise)},
        **{(Plan, one.id): one.state for one in books.all(Plan)},
        **{(Dispute, one.id): one.outcome for one in books.all(Dispute)},
    }

    assert ended == season.b.expected
    assert {"kept", "broken", "cancelled", "credited", "rejected", "paid"} == set(ended.values())


def test_the_journal_balances_by_month_and_ends_at_what_is_owed(season: Season) -> None:
    balances: Counter[tuple[str, str]] = Counter()
    for month in (*MONTHS, date(2027, 1, 1), date(2027, 2, 1)):
        sums: Counter[str] = Counter()
        for account, currency, amount in _journal(season, f"{month:%Y-%m}"):
            balances[account, currency] += amount
            sums[currency] += amount
        assert set(sums.values()) <= {0}

    model = season.b.model
    for currency in ("EUR", "USD"):
        owed = sum(one.open for one in model.bills.values() if one.account[1] == currency)
        kept = sum(one.left for one in model.money.values() if one.account[1] == currency)
        assert balances["430", currency] == owed
        assert balances["438", currency] == -kept


def _journal(season: Season, month: str) -> Iterator[tuple[str, str, int]]:
    text = read_journal(season.b.ports, month).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    for row in rows[1:]:
        if row[0] != "Total":
            yield row[5], row[9], _cents(row[7]) - _cents(row[8])


def _cents(text: str) -> int:
    return int(Decimal(text.replace(",", ".") or "0") * 100)


def test_nothing_is_left_half_done_and_every_invariant_holds(season: Season) -> None:
    assert_quiet(season.b.fakes.table)

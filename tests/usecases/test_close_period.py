"""Closing a month: in order, once, for good; its file is the same whatever happens afterwards."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.errors import InvariantBroken, StateConflict
from chalicelib.domain.ledger import Entry
from chalicelib.domain.period import ClosedPeriod
from chalicelib.usecases.close_period import close_period, read_periods
from chalicelib.usecases.journal import read_journal
from chalicelib.usecases.ports import Conflict, Insert, Ports
from tests.builders import Book, at, by_ana, change_company
from tests.fakes import MemoryTable
from tests.proofs import found_by, nights, prove

APRIL = by_ana(at("2026-04-01"))
MAY = by_ana(at("2026-05-01"))


@pytest.fixture
def march(book: Book) -> Book:
    """A book with postings in March 2026 alone."""
    change_company(book.ports, name="Talleres Ibáñez, S.L.")
    invoice = book.issued(100_000)
    book.paid(35_000, wanted=[(invoice.id, 30_000)])
    return book


def months(book: Book, when: str) -> tuple[list[tuple[str, str]], str | None]:
    periods = read_periods(book.ports, at(when))
    return [(one.month, one.state) for one in periods.items], periods.next_month


def test_a_month_that_is_over_is_closed(march: Book) -> None:
    before = read_journal(march.ports, "2026-03")

    period = close_period(march.ports, APRIL, "2026-03")

    assert (period.entries, period.closed_by, period.closed_at) == (2, "Ana", APRIL.at)
    assert march.all(ClosedPeriod) == [period]
    after = read_journal(march.ports, "2026-03")
    assert (after.content, after.is_closed, before.is_closed) == (before.content, True, False)
    assert march.fakes.files.stored[period.file] == before.content


def test_a_closed_month_is_the_same_for_ever(march: Book) -> None:
    close_period(march.ports, APRIL, "2026-03")
    before = read_journal(march.ports, "2026-03").content

    march.issued(77_700, when=at("2026-03-31"))  # work done as of an earlier instant
    march.issued(55_500, when=at("2026-04-01"), issue_date="2026-03-15", series="B")
    change_company(march.ports, language="en", journal_accounts={"receivable": "1"})

    assert read_journal(march.ports, "2026-03").content == before
    late, dated = march.all(Entry)[2:]
    assert str(late.posted_on) == "2026-04-01"
    assert str(dated.posted_on) == "2026-04-01"
    assert read_journal(march.ports, "2026-04").entries == 2


@pytest.mark.parametrize(
    ("when", "month", "code"),
    [
        ("2026-03-31", "2026-03", "period_not_over"),
        ("2026-03-31T21:59", "2026-03", "period_not_over"),  # still March in Madrid
        ("2026-05-02", "2026-04", "period_order"),
        ("2026-05-02", "2026-02", "period_order"),
        ("2026-05-02", "2026-06", "period_not_over"),
    ],
)
def test_a_month_is_closed_only_in_its_turn(march: Book, when: str, month: str, code: str) -> None:
    before = march.snapshot()

    with pytest.raises(StateConflict) as refused:
        close_period(march.ports, by_ana(at(when)), month)

    assert (refused.value.code, march.snapshot()) == (code, before)
    assert march.fakes.files.stored == {}


def test_the_day_begins_where_the_company_is(march: Book) -> None:
    assert close_period(march.ports, by_ana(at("2026-03-31T22:00")), "2026-03").month == "2026-03"


def test_a_month_is_closed_once(march: Book) -> None:
    close_period(march.ports, APRIL, "2026-03")
    before = march.snapshot()

    with pytest.raises(StateConflict) as refused:
        close_period(march.ports, MAY, "2026-03")

    assert (refused.value.code, march.snapshot()) == ("period_closed_already", before)


def test_months_follow_each_other_those_without_postings_too(march: Book) -> None:
    assert months(march, "2026-03-31") == ([("2026-03", "running")], None)
    assert months(march, "2026-05-01") == (
        [("2026-05", "running"), ("2026-04", "open"), ("2026-03", "open")], "2026-03",
    )  # fmt: skip

    close_period(march.ports, MAY, "2026-03")
    close_period(march.ports, MAY, "2026-04")

    assert months(march, "2026-05-01") == (
        [("2026-05", "running"), ("2026-04", "closed"), ("2026-03", "closed")], None,
    )  # fmt: skip
    assert [one.entries for one in march.all(ClosedPeriod)] == [2, 0]


def test_an_empty_company_has_only_the_running_month() -> None:
    assert months(Book(), "2026-03-31") == ([("2026-03", "running")], None)


def test_a_process_that_died_before_the_file_is_followed_by_one_that_closes(march: Book) -> None:
    class Broken:
        def put(self, *_: Any) -> None:
            raise OSError("no answer")

    with pytest.raises(OSError, match="no answer"):
        close_period(replace(march.ports, files=Broken()), APRIL, "2026-03")  # type: ignore[arg-type]
    march.issued(100, when=at("2026-03-31"))
    assert (march.all(ClosedPeriod), months(march, "2026-04-01")[1]) == ([], "2026-03")

    period = close_period(march.ports, APRIL, "2026-03")

    assert period.entries == 2  # what was posted between is in April


def test_what_the_index_showed_too_late_stands_in_the_next_file_once(march: Book) -> None:
    table: MemoryTable = march.fakes.table
    table.lag = 1_000
    march.issued(4_200, when=at("2026-03-31"))
    period = close_period(march.ports, APRIL, "2026-03")
    table.lag = 0
    table.catch_up()
    march.issued(900, when=at("2026-04-09"))

    april = read_journal(march.ports, "2026-04")
    closed = close_period(march.ports, MAY, "2026-04")
    march.issued(800, when=at("2026-05-09"))
    may = read_journal(march.ports, "2026-05")

    assert (period.entries, april.entries, closed.entries, may.entries) == (2, 2, 2, 1)
    rows = april.content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith(f"2026-04-01;{march.customer.id}#EUR#3;")
    assert read_journal(march.ports, "2026-03").content.count(b"#EUR#3;") == 0


def test_two_who_close_at_once_close_once(march: Book) -> None:
    other = march.fakes.ports()

    class Racing:
        def __getattr__(self, name: str) -> Any:
            return getattr(other.store, name)

        def commit(self, writes: Any) -> None:
            if any(isinstance(one, Insert) and isinstance(one.record, ClosedPeriod)
                   for one in writes) and not march.all(ClosedPeriod):  # fmt: skip
                close_period(other, APRIL, "2026-03")
            other.store.commit(writes)

    ports: Ports = replace(march.ports, store=Racing())
    with pytest.raises(StateConflict) as refused:
        close_period(ports, APRIL, "2026-03")

    assert refused.value.code == "period_closed_already"
    assert len(march.all(ClosedPeriod)) == 1


def test_a_change_of_settings_meanwhile_is_not_lost(march: Book) -> None:
    changed: list[str] = []

    class Racing:
        def __getattr__(self, name: str) -> Any:
            return getattr(march.ports.store, name)

        def commit(self, writes: Any) -> None:
            if not changed:
                changed.append("once")
                change_company(march.ports, phone="1")
                raise Conflict([])
            march.ports.store.commit(writes)

    close_period(replace(march.ports, store=Racing()), APRIL, "2026-03")

    company = change_company(march.ports)
    assert (company.phone, str(company.books_closed_until)) == ("1", "2026-03-31")


def test_a_file_that_is_gone_or_changed_is_found_at_night(march: Book) -> None:
    period = close_period(march.ports, APRIL, "2026-03")
    content = march.fakes.files.stored[period.file]

    march.fakes.files.stored[period.file] = content + b"x"
    changed = prove(march, nights(1))
    del march.fakes.files.stored[period.file]
    gone = prove(march, nights(2))
    with pytest.raises(InvariantBroken):
        read_journal(march.ports, "2026-03")
    march.fakes.files.stored[period.file] = content
    healed = prove(march, nights(3))

    assert [(what, of) for what, of, _ in found_by(march, changed)] == [("period", "2026-03")]
    assert found_by(march, gone)[0][2] == f"sha256 ∅ ≠ {period.sha256}"
    assert (healed.state, march.work()) == ("clean", [])

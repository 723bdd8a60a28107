"""From draft to issued to void: numbers without gap, documents that never change."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from chalicelib.domain.errors import InvalidField, NotFound, Stale, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.numbering import GENESIS, RegisterEntry, Series
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.draft_invoice import change_draft, delete_draft
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.void_invoice import void_invoice
from tests.builders import (
    Book,
    a_customer,
    a_draft,
    a_line,
    aging_as_of,
    an_issued_invoice,
    at,
    by_ana,
)


def issue(book: Book, draft: Invoice, expected_version: int | None = None) -> Invoice:
    return issue_invoice(book.ports, by_ana(), draft.id, expected_version=expected_version)


def void(book: Book, invoice: Invoice, when: str = "2026-03-02") -> Invoice:
    return void_invoice(
        book.ports, by_ana(at(when)), invoice.id, reason="duplicate", expected_version=None
    )


def test_issuing_gives_the_number_freezes_the_document_and_posts_the_debt(book: Book) -> None:
    draft = a_draft(book.ports, book.customer.id, 121_000)

    invoice = issue(book, draft)

    assert (invoice.number, invoice.sequence, invoice.state) == ("A-000001", 1, "issued")
    assert (invoice.issue_date, invoice.due_date) == (date(2026, 3, 2), date(2026, 4, 1))
    assert (invoice.open_minor, invoice.previous_hash) == (121_000, GENESIS)
    assert book.account().open_minor == 121_000
    assert book.invoice(invoice) == invoice


def test_a_draft_has_no_number_and_owes_nothing(book: Book) -> None:
    draft = a_draft(book.ports, book.customer.id)

    assert (draft.number, draft.open_minor, draft.state) == (None, 0, "draft")
    assert book.all(RegisterEntry) == []
    assert aging_as_of(book.ports, date(2026, 12, 31)) == ()


def test_the_issue_date_is_that_of_the_companys_place(book: Book) -> None:
    draft = a_draft(book.ports, book.customer.id)
    just_after_midnight = by_ana(at("2026-03-31T22:30"))

    invoice = issue_invoice(book.ports, just_after_midnight, draft.id, expected_version=None)

    assert invoice.issue_date == date(2026, 4, 1)


def test_each_series_counts_by_itself(book: Book) -> None:
    numbers = [book.issued(series=series).number for series in ("A", "B", "A", "B", "A")]

    assert numbers == ["A-000001", "B-000001", "A-000002", "B-000002", "A-000003"]


def test_an_issue_date_of_another_century_is_refused_and_locks_nothing(book: Book) -> None:
    draft = a_draft(book.ports, book.customer.id, issue_date=date(2062, 3, 2))

    with pytest.raises(InvalidField) as refusal:
        issue(book, draft)

    assert (refusal.value.pointer, refusal.value.field_code) == ("/issue_date", "too_far_ahead")
    assert book.all(Series) == []
    assert book.invoice(draft) == draft


@pytest.mark.parametrize("due_date", [date(9999, 12, 31), date(2062, 3, 2)])
def test_a_due_date_of_another_century_is_refused_and_locks_nothing(
    book: Book, due_date: date
) -> None:
    draft = a_draft(book.ports, book.customer.id, due_date=due_date)

    with pytest.raises(InvalidField) as refusal:
        issue(book, draft)

    assert (refusal.value.pointer, refusal.value.field_code) == ("/due_date", "too_far_ahead")
    assert book.all(Series) == []
    assert book.invoice(draft) == draft


def test_dates_never_go_back_within_a_series(book: Book) -> None:
    book.issued(issue_date="2026-03-01")
    draft = a_draft(book.ports, book.customer.id, issue_date=date(2026, 2, 28))
    before = book.snapshot()

    with pytest.raises(StateConflict, match="2026-03-01"):
        issue(book, draft)

    assert book.snapshot() == before
    assert book.issued(issue_date="2026-02-28", series="B").number == "B-000001"


def test_an_issued_invoice_is_neither_issued_again_nor_edited_nor_deleted(book: Book) -> None:
    invoice = book.issued()
    before = book.snapshot()

    with pytest.raises(StateConflict):
        issue(book, invoice)
    with pytest.raises(StateConflict):
        change_draft(book.ports, by_ana(), invoice.id, {"notes": "x"}, expected_version=None)
    with pytest.raises(StateConflict):
        delete_draft(book.ports, by_ana(), invoice.id, expected_version=None)

    assert book.snapshot() == before


def test_a_later_change_of_the_customer_leaves_issued_documents_alone(book: Book) -> None:
    invoice = book.issued()

    change_customer(
        book.ports, by_ana(), book.customer.id, {"name": "Otra, S.L."}, expected_version=None
    )

    assert book.invoice(invoice).customer.name == "Distribuciones Peñarroya, S.A."
    assert book.issued().customer.name == "Otra, S.L."
    assert book.account().customer_name == "Otra, S.L."


def test_two_editors_of_a_draft_do_not_overwrite_each_other(book: Book) -> None:
    draft = a_draft(book.ports, book.customer.id)
    change_draft(book.ports, by_ana(), draft.id, {"notes": "one"}, expected_version=1)
    before = book.snapshot()

    with pytest.raises(Stale) as refusal:
        change_draft(book.ports, by_ana(), draft.id, {"notes": "two"}, expected_version=1)
    with pytest.raises(Stale):
        issue(book, draft, expected_version=1)
    with pytest.raises(Stale):
        delete_draft(book.ports, by_ana(), draft.id, expected_version=1)

    assert (refusal.value.expected, refusal.value.present) == (1, 2)
    assert book.snapshot() == before


def test_changed_lines_are_priced_anew(book: Book) -> None:
    draft = a_draft(book.ports, book.customer.id)

    after = change_draft(
        book.ports, by_ana(), draft.id, {"lines": [a_line(10_000, tax_rate="0.21")]},
        expected_version=None,
    )  # fmt: skip

    assert (after.net_minor, after.tax_minor, after.total_minor) == (10_000, 2_100, 12_100)


def test_a_deleted_draft_is_gone_and_leaves_no_gap(book: Book) -> None:
    draft = a_draft(book.ports, book.customer.id)
    book.issued()

    delete_draft(book.ports, by_ana(), draft.id, expected_version=None)

    with pytest.raises(NotFound):
        issue(book, draft)
    assert book.issued().number == "A-000002"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"customer_id": "cus_none"}, "/customer_id"),
        ({"customer_id": "unidentified"}, "/customer_id"),
        ({"lines": []}, "/lines"),
        ({"issue_date": date(2026, 3, 2), "due_date": date(2026, 3, 1)}, "/due_date"),
    ],
)
def test_an_impossible_draft_names_its_field(
    book: Book, changes: dict[str, Any], pointer: str
) -> None:
    before = book.snapshot()
    customer_id = str(changes.pop("customer_id", book.customer.id))

    with pytest.raises(InvalidField) as refusal:
        a_draft(book.ports, customer_id, **changes)

    assert refusal.value.pointer == pointer
    assert book.snapshot() == before


def test_a_due_date_before_the_day_of_issue_is_refused_at_issue(book: Book) -> None:
    draft = a_draft(book.ports, book.customer.id, due_date=date(2026, 3, 1))
    before = book.snapshot()

    with pytest.raises(InvalidField, match="/due_date"):
        issue(book, draft)

    assert book.snapshot() == before


def test_an_invoice_of_nothing_is_paid_when_issued(book: Book) -> None:
    invoice = book.issued(0)

    assert (invoice.state, invoice.open_minor, invoice.number) == ("paid", 0, "A-000001")
    assert book.account().open_items == ()


def test_voiding_takes_the_debt_back_and_keeps_the_number(book: Book) -> None:
    invoice = book.issued(50_000)

    after = void(book, invoice, "2026-03-20")

    assert (after.state, after.number, after.open_minor) == ("void", "A-000001", 0)
    assert book.account().open_items == ()
    assert book.issued().number == "A-000002"
    assert [row.total_minor for row in aging_as_of(book.ports, date(2026, 3, 19))] == [150_000]
    assert [row.total_minor for row in aging_as_of(book.ports, date(2026, 3, 20))] == [100_000]


def test_an_invoice_dated_ahead_is_voided_on_its_own_date(book: Book) -> None:
    invoice = book.issued(50_000, issue_date="2026-03-10")

    void(book, invoice, "2026-03-05")

    shown = [aging_as_of(book.ports, date(2026, 3, day)) for day in (4, 5, 9, 10, 31)]
    assert [row.total_minor for rows in shown for row in rows] in ([], [0], [0, 0])


def test_only_a_wholly_unpaid_issued_invoice_can_be_voided(book: Book) -> None:
    draft = a_draft(book.ports, book.customer.id)
    part_paid, paid, voided = book.issued(), book.issued(), book.issued()
    book.paid(150_000)
    void(book, voided)
    before = book.snapshot()

    for invoice in (draft, part_paid, paid, voided):
        with pytest.raises(StateConflict):
            void(book, invoice)
    with pytest.raises(NotFound):
        void_invoice(book.ports, by_ana(), "inv_none", reason=None, expected_version=None)

    assert book.snapshot() == before


def test_twenty_parallel_issuers_make_the_numbers_one_to_twenty(book: Book) -> None:
    customers = [a_customer(book.ports, name=f"Cliente {n}").id for n in range(4)]
    drafts = [a_draft(book.ports, customers[n % 4], 1_000 + n) for n in range(20)]

    with ThreadPoolExecutor(20) as pool:
        issued = list(pool.map(lambda draft: issue(book, draft), drafts))

    assert sorted(invoice.sequence or 0 for invoice in issued) == list(range(1, 21))
    assert [series.next_number for series in book.all(Series)] == [21]


def test_twenty_parallel_requests_to_issue_one_draft_issue_it_once(book: Book) -> None:
    draft = a_draft(book.ports, book.customer.id)

    def attempt(_: int) -> str:
        try:
            return issue(book, draft).number or ""
        except StateConflict:
            return "refused"

    with ThreadPoolExecutor(20) as pool:
        outcomes = sorted(pool.map(attempt, range(20)))

    assert outcomes == ["A-000001", *["refused"] * 19]
    assert book.account().open_minor == 100_000


def test_each_currency_has_an_account_of_its_own(book: Book) -> None:
    book.issued(1_000)
    book.issued(700, currency="JPY")

    assert book.account().open_minor == 1_000
    assert book.account(currency="JPY").open_minor == 700
    rows = aging_as_of(book.ports, date(2026, 3, 2))
    assert [(row.currency, row.total_minor) for row in rows] == [("EUR", 1_000), ("JPY", 700)]


def test_an_invoice_dated_back_is_aged_from_its_own_dates(book: Book) -> None:
    an_issued_invoice(
        book.ports, book.customer.id, 5_000, issue_date="2025-11-01", due_date="2025-12-01"
    )

    assert aging_as_of(book.ports, date(2025, 10, 31)) == ()
    (row,) = aging_as_of(book.ports, date(2025, 11, 1))
    assert row.current_minor == 5_000
    (row,) = aging_as_of(book.ports, date(2026, 1, 30))
    assert (row.days_31_60_minor, row.total_minor) == (5_000, 5_000)

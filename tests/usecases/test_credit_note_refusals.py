"""What no credit note may take back, in which series, and who wins a race over one invoice."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.table import Action
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.errors import DomainError, InvalidField, NotFound, StateConflict
from chalicelib.domain.numbering import Series
from chalicelib.usecases.issue_credit_note import (
    NewCreditNote,
    issue_credit_note,
)
from chalicelib.usecases.return_payment import undo_allocations
from chalicelib.usecases.void_invoice import void_invoice
from chalicelib.usecases.write_off import GivingUp, write_off
from tests.builders import Book, a_draft, a_line, by_ana

TAXED = [a_line(100_003, tax_rate="0.21"), a_line(12_347, tax_rate="0.04")]  # 133,845 in all


def _void(book: Book) -> str:
    invoice = book.issued()
    void_invoice(book.ports, by_ana(), invoice.id, reason=None, expected_version=None)
    return invoice.id


def _written_off(book: Book) -> str:
    invoice = book.issued()
    write_off(book.ports, by_ana(), GivingUp(invoice_id=invoice.id), expected_version=None)
    return invoice.id


REFUSED: dict[str, tuple[Callable[[Book], str], dict[str, Any], str]] = {
    "draft": (lambda book: a_draft(book.ports, book.customer.id).id, {}, "not_creditable"),
    "void": (_void, {}, "not_creditable"),
    "written off": (_written_off, {}, "reinstate_first"),
    "more than it came to": (
        lambda book: book.issued().id, {"amount_minor": 100_001}, "more_than_creditable",
    ),
    "amount and lines": (
        lambda book: book.issued().id, {"amount_minor": 1, "lines": [a_line(1)]}, "amount_or_lines",
    ),
    "before its invoice": (
        lambda book: book.issued().id, {"issue_date": date(2026, 3, 1)}, "date_out_of_range",
    ),
    "in eleven years": (
        lambda book: book.issued().id, {"issue_date": date(2037, 3, 2)}, "date_out_of_range",
    ),
    "a series of invoices": (
        lambda book: book.issued().id, {"series": "A"}, "series_of_other_kind",
    ),
    "no series": (lambda book: book.issued().id, {"series": "r-1"}, "series_code"),
    "nothing": (lambda book: book.issued(0).id, {}, "more_than_creditable"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_credited_is_refused_and_changes_nothing(book: Book, case: str) -> None:
    arrange, changes, code = REFUSED[case]
    new = NewCreditNote(**{"invoice_id": arrange(book), "reason": "x"} | changes)
    before = book.snapshot()

    with pytest.raises(DomainError) as refusal:
        issue_credit_note(book.ports, by_ana(), new)

    assert getattr(refusal.value, "field_code", refusal.value.code) == code
    assert book.snapshot() == before


def test_an_unknown_invoice_cannot_be_credited(book: Book) -> None:
    with pytest.raises(NotFound):
        issue_credit_note(book.ports, by_ana(), NewCreditNote(invoice_id="inv_x", reason="x"))


def test_an_invoice_cannot_take_a_number_of_the_credit_notes(book: Book) -> None:
    book.credited(book.issued(), 100)
    before = len(book.all(Series))

    with pytest.raises(StateConflict) as refusal:
        book.issued(series="R")

    assert refusal.value.code == "series_of_other_kind"
    assert len(book.all(Series)) == before


def test_dates_of_the_series_never_go_back(book: Book) -> None:
    invoice = book.issued()
    book.credited(invoice, 100, issue_date=date(2026, 3, 20))
    before = book.snapshot()

    with pytest.raises(StateConflict) as refusal:
        book.credited(invoice, 100, issue_date=date(2026, 3, 19))

    assert refusal.value.code == "series_order"
    assert book.snapshot() == before


def test_an_invoice_of_a_later_day_is_credited_on_that_day(book: Book) -> None:
    invoice = book.issued(issue_date="2026-03-10")

    assert book.credited(invoice, 100).issue_date == date(2026, 3, 10)


def test_ten_at_once_never_take_back_more_than_the_whole(book: Book) -> None:
    invoice = book.issued(lines=TAXED)

    def attempt(_: int) -> int:
        try:
            return book.credited(invoice, 30_000).total_minor
        except InvalidField:
            return 0

    with ThreadPoolExecutor(10) as pool:
        credited = sum(pool.map(attempt, range(10)))

    assert credited == 120_000
    assert book.invoice(invoice).open_minor == 13_845
    assert sorted(one.sequence for one in book.all(CreditNote)) == [1, 2, 3, 4]


def at_first_commit(book: Book, change: Callable[[], object]) -> None:
    """Let something happen between the reading and the first commit."""
    write, waiting = book.fakes.table.write, [change]

    def racing(actions: Sequence[Action]) -> None:
        if waiting:
            waiting.pop()()
        write(actions)

    book.fakes.table.write = racing  # type: ignore[method-assign]


def test_a_payment_that_comes_between_makes_the_remainder_a_credit(book: Book) -> None:
    invoice = book.issued(100_000)
    at_first_commit(book, lambda: book.paid(90_000))

    note = book.credited(invoice, 50_000)

    assert (note.applied_minor, note.total_minor) == (10_000, 50_000)
    assert (book.account().open_minor, book.account().unapplied_minor) == (0, 40_000)


def test_a_credit_note_that_comes_between_leaves_less_to_credit(book: Book) -> None:
    invoice = book.issued(100_000)
    at_first_commit(book, lambda: book.credited(invoice, 60_000))

    with pytest.raises(InvalidField):
        book.credited(invoice, 50_000)

    assert [one.total_minor for one in book.all(CreditNote)] == [60_000]


def test_an_invoice_made_void_meanwhile_is_not_credited(book: Book) -> None:
    invoice = book.issued()
    at_first_commit(
        book,
        lambda: void_invoice(book.ports, by_ana(), invoice.id, reason=None, expected_version=None),
    )

    with pytest.raises(StateConflict):
        book.credited(invoice)

    assert book.all(CreditNote) == []


@pytest.mark.parametrize("is_undone", [False, True])
def test_a_credited_invoice_cannot_be_made_void(book: Book, is_undone: bool) -> None:
    invoice = book.issued()
    note = book.credited(invoice, 100)
    if is_undone:  # all of the invoice is open again, but its sale is taken back already
        undo_allocations(book.ports, by_ana(), note.payment_id, None)
        assert book.invoice(invoice).open_minor == 100_000
    before = book.snapshot()

    with pytest.raises(StateConflict) as refusal:
        void_invoice(book.ports, by_ana(), invoice.id, reason=None, expected_version=None)

    assert refusal.value.code == "not_voidable"
    assert book.snapshot() == before

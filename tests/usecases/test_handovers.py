"""Hand-overs: the machine is silent, money is posted and told, and taking back wakes the chase."""

from datetime import date
from typing import Any

import pytest

from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.handover import Handover
from chalicelib.domain.invoice import Invoice
from chalicelib.usecases import handovers
from chalicelib.usecases.context import system_context
from chalicelib.usecases.end_rests import end_rests
from chalicelib.usecases.handovers import (
    NewHandover,
    close_handover,
    find_handover,
    hand_over_invoices,
    take_back,
)
from chalicelib.usecases.ports import MailRefused
from chalicelib.usecases.promises import NewPromise, make_promise
from chalicelib.usecases.return_payment import undo_allocations
from tests.builders import Book, an_issued_invoice, at, by_ana, by_bea
from tests.proofs import first, found_by, nights, prove, row, spoilt
from tests.usecases.test_reminder_channels import LETTER, given, given_ladder


def handed(book: Book, *invoices: Invoice, **changes: Any) -> Handover:
    fields: dict[str, Any] = {
        "customer_id": book.customer.id, "currency": "EUR", "to_name": "Bufete Serra",
        "to_email": "casos@serra.example", "invoice_ids": [one.id for one in invoices],
    }  # fmt: skip
    return hand_over_invoices(book.ports, by_ana(), NewHandover(**(fields | changes)))


def test_nothing_is_asked_for_what_lawyers_have_and_the_rest_is_chased(book: Book) -> None:
    invoice, _ = book.issued(100_000), book.issued(30_000)

    handover = handed(book, invoice)

    assert (handover.amount_minor, handover.created_by) == (100_000, "Ana")
    book.remind("2026-04-06")
    (message,) = book.messages()
    assert (message.amount_minor, len(message.invoice_ids)) == (30_000, 1)


def test_without_naming_any_all_that_are_open_go_and_later_ones_do_not(book: Book) -> None:
    book.issued(100_000)
    book.issued(30_000)
    handover = handed(book)
    later = book.issued(7_000)

    assert handover.amount_minor == 130_000
    book.remind("2026-04-06")
    assert [one.invoice_ids for one in book.messages()] == [(later.id,)]


def test_a_hand_over_has_no_day_on_which_it_ends(book: Book) -> None:
    book.issued(100_000)
    handover = handed(book)

    assert end_rests(book.ports, system_context(at("2028-04-06"))) == 0
    book.remind("2028-04-06")

    assert book.messages() == []
    assert find_handover(book.ports, handover.id).state == "open"


def test_amounts_are_those_of_the_day_of_the_hand_over(book: Book) -> None:
    invoice = book.issued(100_000)
    book.paid(20_000)
    handover = handed(book, invoice)

    book.paid(30_000)

    (item,) = find_handover(book.ports, handover.id).items
    assert (item.number, item.total_minor, item.open_minor) == (invoice.number, 100_000, 80_000)
    assert item.due_date == date(2026, 4, 1)


def test_money_on_what_lawyers_have_is_posted_and_told_once_a_payment(book: Book) -> None:
    invoice, other = book.issued(100_000), book.issued(50_000)
    handed(book, invoice)

    payment = book.paid(40_000, wanted=[(invoice.id, 30_000), (other.id, 10_000)])

    assert book.invoice(invoice).open_minor == 70_000
    (item,) = book.work()
    assert (item.what, item.amount_minor, item.detail) == (
        "payment_on_handed_over", 30_000, invoice.number
    )  # fmt: skip
    assert (item.payment_id, item.customer_id) == (payment.id, book.customer.id)
    book.paid(5_000, wanted=[(other.id, 5_000)])
    assert len(book.work()) == 1
    book.paid(5_000, wanted=[(invoice.id, 5_000)])
    assert [one.amount_minor for one in book.work()] == [30_000, 5_000]


def test_a_payment_in_many_batches_is_one_task_over_its_sum(book: Book) -> None:
    for number in range(60):
        book.issued(10, series=f"S{number}", issue_date=f"2026-01-{1 + number // 2:02d}")
    handed(book)

    book.paid(600)

    assert [(one.what, one.amount_minor) for one in book.work()] == [
        ("payment_on_handed_over", 600)
    ]


def test_what_is_opened_again_is_still_with_the_lawyers(book: Book) -> None:
    book.issued(100_000)
    handed(book)
    payment = book.paid(100_000)

    undo_allocations(book.ports, by_ana(), payment.id, None)

    assert book.account().asked_for(date(2026, 4, 6), at("2026-04-06")) == ()


def test_a_reminder_that_waits_is_called_off(book: Book) -> None:
    book.issued(100_000)
    book.fakes.mailer.faults = [MailRefused("rate", is_temporary=True)]
    book.remind("2026-04-06")

    handed(book)

    assert [(one.state, one.reason) for one in book.messages()] == [("suppressed", "covered")]


def test_a_letter_about_it_is_not_to_be_posted_any_more(book: Book) -> None:
    given(book, address="Calle Mayor 1\n28013 Madrid")
    given_ladder(book, LETTER)
    invoice = book.issued(100_000)
    book.issued(30_000)
    book.remind("2026-04-06")
    assert [one.state for one in book.messages()] == ["to_post"]

    handed(book, invoice)

    assert [(one.state, one.reason) for one in book.messages()] == [("suppressed", "covered")]


def test_taken_back_it_is_chased_again(book: Book) -> None:
    book.issued(100_000)
    handover = handed(book)

    after = take_back(book.ports, by_bea(), handover.id)

    assert (after.state, after.ended_by) == ("taken_back", "Bea")
    book.remind("2026-04-06")
    assert [one.amount_minor for one in book.messages()] == [100_000]
    before = book.snapshot()
    with pytest.raises(StateConflict) as refusal:
        take_back(book.ports, by_ana(), handover.id)
    assert refusal.value.code == "ended_already"
    assert book.snapshot() == before


def test_a_case_is_closed_when_nothing_is_open_any_more_and_not_before(book: Book) -> None:
    book.issued(100_000)
    handover = handed(book)
    before = book.snapshot()
    with pytest.raises(StateConflict) as refusal:
        close_handover(book.ports, by_ana(), handover.id)
    assert refusal.value.code == "still_open"
    assert book.snapshot() == before

    book.paid(100_000)

    assert close_handover(book.ports, by_ana(), handover.id).state == "closed"
    assert book.account().rests == ()


def test_an_invoice_is_handed_over_once(book: Book) -> None:
    invoice, other = book.issued(100_000), book.issued(50_000)
    handed(book, invoice)
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        handed(book, other, invoice)

    assert (refusal.value.pointer, refusal.value.field_code) == (
        "/invoice_ids/1", "handed_over_already"
    )  # fmt: skip
    assert book.snapshot() == before
    assert handed(book).invoice_ids == (other.id,)
    with pytest.raises(StateConflict) as nothing:
        handed(book)
    assert nothing.value.code == "nothing_open"


def test_what_was_promised_stays_promised_and_the_lawyers_come_first(book: Book) -> None:
    invoice = book.issued(100_000)
    promise = NewPromise(
        customer_id=book.customer.id, currency="EUR", amount_minor=100_000,
        promised_on=date(2026, 4, 10), invoice_ids=[invoice.id],
    )  # fmt: skip
    make_promise(book.ports, by_ana(), promise)

    handed(book, invoice)

    book.remind("2026-04-20")
    assert book.messages() == []


def test_more_than_one_record_can_hold_is_refused(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handovers, "MAX_HANDED_OVER", 1)
    book.issued()
    book.issued()

    with pytest.raises(StateConflict) as refusal:
        handed(book)

    assert refusal.value.code == "too_many_to_hand_over"


def test_what_is_not_there_cannot_be_handed_over(book: Book) -> None:
    usd = an_issued_invoice(book.ports, book.customer.id, currency="USD")
    with pytest.raises(InvalidField):
        handed(book, usd)
    with pytest.raises(NotFound):
        handed(book, customer_id="unidentified")
    with pytest.raises(NotFound):
        find_handover(book.ports, "hnd_unknown")


def test_the_proof_finds_a_hand_over_that_was_tampered_with(book: Book) -> None:
    book.issued(100_000)
    handover = handed(book)
    assert found_by(book, prove(book)) == []

    with spoilt(book, first(book, Handover), row(state="closed")):
        found = found_by(book, prove(book, nights(1)))

    assert found == [("rest", handover.id, "rest True ≠ False")]

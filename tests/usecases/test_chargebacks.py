"""Disputes at the provider: contested, lost, won, reinstated; what rests and what is chased."""

from datetime import date

import pytest

from chalicelib.usecases.work import finish_work_item
from tests.builders import (
    Book,
    at,
    by_ana,
)
from tests.money_back import dispute, hear, paid, refunded, tasks, the_payment


def test_a_chargeback_rests_until_the_bank_has_decided(book: Book) -> None:
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id))

    hear(book, dispute("contested", "out"))

    assert book.invoice(invoice).state == "issued"
    assert the_payment(book).returned_minor("charged_back") == 100_000
    account = book.account()
    (rest,) = account.rests
    assert (rest.kind, rest.amount_minor, rest.invoice_ids) == (
        "chargeback", 100_000, (invoice.id,),
    )  # fmt: skip
    assert account.asked_for(date(2026, 6, 1), at("2026-06-01")) == ()
    book.remind("2026-06-01")
    assert book.messages() == []
    (item,) = book.work()
    assert (item.what, item.priority, item.detail) == ("chargeback", 1, "du_1 · 2026-03-21")
    assert (item.payment_id, item.invoice_id) == (the_payment(book).id, invoice.id)


def test_a_lost_chargeback_is_owed_and_chased_again(book: Book) -> None:
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id), dispute("contested", "out"))
    before = the_payment(book)

    hear(book, dispute("lost", "out", "closed"))

    assert the_payment(book) == before
    assert book.account().rests == ()
    assert book.account().next_action_at is not None
    assert tasks(book) == [("chargeback_lost", 100_000)]
    assert [item.outcome for item in book.work("done")] == ["lost"]
    book.remind("2026-06-01")
    assert [message.invoice_ids for message in book.messages()] == [(invoice.id,)]


@pytest.mark.parametrize("last", ["won", "reinstated"])
def test_a_won_chargeback_is_paid_again(book: Book, last: str) -> None:
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id), dispute("contested", "out"))
    status = "won" if last == "won" else "contested"

    hear(book, dispute(status, "back", "closed"))

    assert book.invoice(invoice).state == "paid"
    assert book.account().rests == ()
    assert the_payment(book).returned_minor() == 0
    # Until the verdict somebody has to answer, although the money is there.
    assert tasks(book) == ([] if last == "won" else [("chargeback", 100_000)])


def test_an_inquiry_takes_no_money_but_waits_for_an_answer(book: Book) -> None:
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id))

    hear(book, dispute("inquiry", None))
    assert (book.invoice(invoice).state, tasks(book)) == ("paid", [("chargeback", 100_000)])

    hear(book, dispute("won", "back", "closed"))
    assert (book.invoice(invoice).state, tasks(book)) == ("paid", [])
    assert the_payment(book).returns == ()


def test_of_a_partly_refunded_payment_only_the_rest_is_charged_back(book: Book) -> None:
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id), refunded(30_000), dispute("contested", "out"))

    payment = the_payment(book)
    assert (payment.returned_minor("refunded"), payment.returned_minor("charged_back")) == (
        30_000,
        70_000,
    )
    assert [rest.amount_minor for rest in book.account().rests] == [70_000]

    hear(book, dispute("lost", "out", "closed"))
    assert tasks(book) == [("chargeback_lost", 70_000)]


def test_a_refund_that_replaces_a_chargeback_moves_from_one_to_the_other(book: Book) -> None:
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id), dispute("contested", "out"))

    outcome = hear(book, refunded(30_000, "answered"))

    payment = the_payment(book)
    assert outcome == f"charged_back -30000 of {payment.id}; refunded 30000 of {payment.id}"
    assert (payment.returned_minor("refunded"), payment.returned_minor("charged_back")) == (
        30_000,
        70_000,
    )
    assert book.invoice(invoice).open_minor == 100_000
    assert [rest.amount_minor for rest in book.account().rests] == [70_000]


def test_before_its_payment_a_chargeback_is_visible(book: Book) -> None:
    invoice = book.issued(100_000)

    hear(book, dispute("contested", "out"))
    (item,) = book.work()
    assert (item.what, item.customer_id, item.payment_id) == ("chargeback", None, None)

    hear(book, paid(invoice_id=invoice.id))
    (item,) = book.work()
    assert (item.what, item.customer_id, item.payment_id) == (
        "chargeback", book.customer.id, the_payment(book).id,
    )  # fmt: skip
    assert [rest.amount_minor for rest in book.account().rests] == [100_000]


def test_what_a_person_took_off_the_list_stays_off(book: Book) -> None:
    hear(book, dispute("contested", "out"))
    (item,) = book.work()
    finish_work_item(book.ports, by_ana(), item.key, "answered")

    hear(book, dispute("contested", None, "answered", due_by=at("2026-03-25")))

    assert book.work() == []


def test_more_time_to_answer_is_shown(book: Book) -> None:
    hear(book, dispute("contested", "out"))

    hear(book, dispute("contested", None, "answered", due_by=at("2026-03-25")))

    assert [item.detail for item in book.work()] == ["du_1 · 2026-03-25"]

"""Steps by letter and by telephone, and what becomes of a mail that reaches nobody."""

from datetime import date
from typing import Any

import pytest

from chalicelib.domain.message import Suppression
from chalicelib.domain.policy import Step
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.letters import Posted, mark_posted, read_message_pdf
from chalicelib.usecases.policies import change_policy
from chalicelib.usecases.ports import Insert
from tests.builders import Book, a_fact, at, by_ana, provider_says
from tests.usecases.charging import amounts, charges_in
from tests.usecases.reminding import FIRST_DAY, SECOND_DAY


def given_ladder(book: Book, *steps: Step) -> None:
    change_policy(book.ports, by_ana(), "default", name="x", steps=steps, expected_version=None)


def given(book: Book, **changes: Any) -> None:
    change_customer(book.ports, by_ana(), book.customer.id, changes, expected_version=None)


def suppress(book: Book) -> None:
    address = book.customer.email or ""
    one = Suppression(address=address, reason="bounced", since=at("2026-03-01"))
    book.ports.store.commit([Insert(one)])


LETTER = Step(id="letter", offset_days=3, channel="letter", template="letter_last_notice")
CALL = Step(id="call", offset_days=3, channel="call", template="reminder_firm")
MAIL = Step(id="mail", offset_days=7, template="reminder_second")


def test_a_letter_is_written_and_waits_to_be_posted(book: Book) -> None:
    given(book, address="Calle Mayor 1\n28013 Madrid")
    given_ladder(book, LETTER, MAIL)
    book.issued()

    book.remind(FIRST_DAY)
    book.remind(FIRST_DAY)

    (letter,) = book.messages()
    assert (letter.channel, letter.state, letter.template) == (
        "letter", "to_post", "letter_last_notice",
    )  # fmt: skip
    assert letter.file is not None
    assert book.ports.files.get(letter.file) is not None
    assert book.account().planned == (letter.id,)
    assert book.fakes.mailer.accepted == []


def test_a_letter_that_is_paid_before_it_was_posted_is_not_to_be_posted(book: Book) -> None:
    given(book, address="Calle Mayor 1\n28013 Madrid")
    given_ladder(book, LETTER)
    book.issued()
    book.remind(FIRST_DAY)

    book.paid(100_000)

    (letter,) = book.messages()
    assert (letter.state, letter.reason) == ("suppressed", "paid")


def test_a_call_is_a_task_that_ends_with_its_reason(book: Book) -> None:
    given(book, phone="+34 600 100 200")
    given_ladder(book, CALL, MAIL)
    book.issued()
    book.remind(FIRST_DAY)
    (item,) = book.work()
    assert (item.what, item.detail, item.amount_minor) == (
        "call_to_make", "+34 600 100 200", 100_000,
    )  # fmt: skip
    assert book.messages() == []

    book.paid(100_000)

    assert book.work() == []
    assert book.work("done")[0].outcome == "paid"


def test_a_call_that_nobody_made_is_overtaken_by_the_next_step(book: Book) -> None:
    given(book, phone="+34 600 100 200")
    given_ladder(book, CALL, MAIL)
    book.issued()
    book.remind(FIRST_DAY)

    book.remind(SECOND_DAY)

    assert book.work() == []
    assert [mail.content.subject for mail in book.fakes.mailer.accepted] == ["reminder_second"]


def test_a_mail_that_reaches_nobody_becomes_a_letter_once_something_is_overdue(book: Book) -> None:
    given(book, address="Calle Mayor 1\n28013 Madrid")
    suppress(book)
    book.issued()

    book.remind("2026-03-30")  # the notice before: only the address is to be corrected
    assert book.messages() == []
    book.remind(FIRST_DAY)

    (letter,) = book.messages()
    assert (letter.channel, letter.state, letter.template) == ("letter", "to_post", "letter_formal")
    assert [one.what for one in book.work()] == ["no_address"]


@pytest.mark.parametrize("address", [None, "", " \n "])
def test_without_a_postal_address_it_becomes_a_call(book: Book, address: str | None) -> None:
    given(book, address=address, phone="+34 600 100 200")
    suppress(book)
    book.issued()

    book.remind(FIRST_DAY)

    assert sorted(one.what for one in book.work()) == ["call_to_make", "no_address"]
    assert book.messages() == []


def test_when_nothing_is_asked_for_any_more_the_task_about_the_address_ends_too(
    book: Book,
) -> None:
    given(book, address=None, phone=None)
    suppress(book)
    book.issued()
    book.remind(FIRST_DAY)
    assert [one.what for one in book.work()] == ["no_address"]

    book.paid(100_000)

    assert book.work() == []


def printed(book: Book) -> str:
    (letter,) = [one for one in book.messages() if one.state == "to_post"]
    return read_message_pdf(book.ports, letter.customer_id, letter.id)[1].decode()


@pytest.mark.parametrize("what", ["payment", "unapplied", "credit note", "dispute", "on its way"])
def test_a_waiting_letter_that_asks_for_too_much_is_written_anew_over_what_is_left(
    book: Book, what: str
) -> None:
    given(book, address="Calle Mayor 1")
    given_ladder(book, LETTER)
    invoice = book.issued()
    book.remind(FIRST_DAY)

    if what in ("payment", "unapplied"):
        book.paid(40_000, when=at("2026-04-07"), wanted=[] if what == "unapplied" else None)
    elif what == "credit note":
        book.credited(invoice, 40_000, when=at("2026-04-07"))
    elif what == "dispute":
        new = NewDispute(invoice_id=invoice.id, amount_minor=40_000, reason="quality")
        open_dispute(book.ports, by_ana(at("2026-04-07")), new)
    else:
        on_its_way: dict[str, Any] = {"amount_minor": 40_000, "occurred_at": at("2026-04-07")}
        fact = a_fact("processing", invoice_id=invoice.id, **on_its_way)
        provider_says(book.ports, fact, at("2026-04-07"))

    (called_off,) = book.messages()
    assert called_off.state == "suppressed"
    book.remind("2026-04-07T12:00")
    book.remind("2026-04-07T12:15")
    (letter,) = book.messages()
    assert (letter.id, letter.state, letter.reason) == (called_off.id, "to_post", None)
    assert letter.created_at == at("2026-04-07T12:00")
    assert printed(book).endswith(f"A-000001={100_000 if what == 'unapplied' else 60_000}")
    assert book.account().planned == (letter.id,)
    assert book.account().under_way is None


def test_a_letter_whose_oldest_invoice_is_paid_is_written_anew_over_the_others(book: Book) -> None:
    given(book, address="Calle Mayor 1")
    given_ladder(book, LETTER)
    one, other = book.issued(), book.issued(30_000)
    book.issued(5_000, due_date="2026-06-01")
    book.remind(FIRST_DAY)

    book.paid(100_000, when=at("2026-04-07"), wanted=[(one.id, 100_000)])
    book.remind("2026-04-07T12:00")

    assert sorted(one.state for one in book.messages()) == ["suppressed", "to_post"]
    assert f"{one.number}=" not in printed(book)
    assert f"{other.number}=30000" in printed(book)


def test_a_letter_of_which_only_what_is_not_yet_due_is_left_is_not_written_again(
    book: Book,
) -> None:
    given(book, address="Calle Mayor 1")
    given_ladder(book, LETTER)
    one = book.issued()
    book.issued(5_000, due_date="2026-06-01")
    book.remind(FIRST_DAY)

    book.paid(100_000, when=at("2026-04-07"), wanted=[(one.id, 100_000)])
    book.remind("2026-04-07T12:00")

    (letter,) = book.messages()
    assert (letter.state, letter.reason) == ("suppressed", "paid")
    assert (book.account().under_way, book.account().planned) == (None, ())


def test_a_letter_that_is_written_anew_claims_anew(book: Book) -> None:
    given(book, address="Calle Mayor 1")
    given_ladder(book, LETTER.but(fee_minor=1_500))
    book.issued()
    book.remind(FIRST_DAY)
    book.paid(40_000, when=at("2026-04-07"))
    book.remind("2026-04-07T12:00")

    assert amounts(charges_in(book)) == [(0, 0, 1_500), (0, 0, 1_500)]
    assert [one.state for one in charges_in(book)] == ["waived", "claimed"]


def test_a_letter_that_was_posted_although_it_was_called_off_is_not_written_again(
    book: Book,
) -> None:
    given(book, address="Calle Mayor 1")
    given_ladder(book, LETTER)
    book.issued()
    book.remind(FIRST_DAY)
    book.paid(40_000, when=at("2026-04-07"))
    (letter,) = book.messages()
    posted = Posted(letter.customer_id, letter.id, date(2026, 4, 6))
    mark_posted(book.ports, by_ana(at("2026-04-07T11:30")), posted)

    book.remind("2026-04-07T12:00")

    (letter,) = book.messages()
    assert letter.state == "sent"
    assert (book.account().under_way, book.account().planned) == (None, ())

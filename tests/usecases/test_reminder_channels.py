"""Steps by letter and by telephone, and what becomes of a mail that reaches nobody."""

from typing import Any

from chalicelib.domain.message import Suppression
from chalicelib.domain.policy import Step
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.policies import change_policy
from chalicelib.usecases.ports import Insert
from tests.builders import Book, at, by_ana
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


def test_without_a_postal_address_it_becomes_a_call(book: Book) -> None:
    given(book, address=None, phone="+34 600 100 200")
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

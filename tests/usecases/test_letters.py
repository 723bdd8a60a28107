"""Letters on paper: written over what may be claimed, printed, posted with proof, or called off."""

from datetime import date
from typing import Any

import pytest

from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.message import Message
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.letters import (
    Posted,
    mark_not_posted,
    mark_posted,
    print_letters,
    read_message_pdf,
)
from chalicelib.usecases.ports import Replace
from chalicelib.usecases.write_letter import NewLetter, write_letter
from tests.builders import Book, a_customer, an_issued_invoice, at, by_ana

MAY = at("2026-05-04")


def with_address(book: Book, address: str | None = "Calle Mayor, 1\n28001 Madrid") -> None:
    change_customer(
        book.ports, by_ana(), book.customer.id, {"address": address}, expected_version=None
    )


def written(book: Book, template: str = "letter_formal") -> Message:
    return write_letter(book.ports, by_ana(MAY), NewLetter(book.customer.id, "EUR", template))


def posted(book: Book, letter: Message, on: str = "2026-05-05", **proof: Any) -> Message:
    said = Posted(letter.customer_id, letter.id, date.fromisoformat(on), **proof)
    return mark_posted(book.ports, by_ana(at("2026-05-06")), said)


def present(book: Book, letter: Message) -> Message:
    (found,) = [one for one in book.messages() if one.id == letter.id]
    return found


def test_a_letter_claims_what_is_overdue_and_may_be_asked_for(book: Book) -> None:
    with_address(book)
    one = book.issued(100_000, when=at("2026-03-05"))
    other = book.issued(70_000, when=at("2026-03-06"))
    book.issued(55_000, when=at("2026-05-01"))
    new = NewDispute(invoice_id=other.id, amount_minor=30_000, reason="quality")
    open_dispute(book.ports, by_ana(at("2026-04-01")), new)

    letter = written(book)

    assert (letter.channel, letter.state, letter.amount_minor) == ("letter", "to_post", 140_000)
    assert letter.to == "Calle Mayor, 1\n28001 Madrid"
    assert letter.invoice_ids == (one.id, other.id)
    _, pdf = read_message_pdf(book.ports, letter.customer_id, letter.id)
    assert pdf == f"%PDF letter_formal None {one.number}=100000 {other.number}=40000".encode()
    assert letter.id in book.account().planned


@pytest.mark.parametrize("obstacle", ["address", "paid", "covered", "in_time", "parked", "rests"])
def test_no_letter_is_written_without_something_to_claim(book: Book, obstacle: str) -> None:
    due_date = "2026-06-01" if obstacle == "in_time" else "2026-04-01"
    one = book.issued(100_000, when=at("2026-03-05"), due_date=due_date)
    with_address(book, None if obstacle == "address" else "Calle Mayor, 1")
    if obstacle == "paid":
        book.paid(100_000, when=at("2026-04-10"))
    if obstacle == "covered":
        book.paid(100_000, when=at("2026-04-10"), wanted=[])
    if obstacle == "parked":
        book.ports.store.commit([Replace(book.account().next(parked_since=MAY))])
    if obstacle == "rests":
        new = NewDispute(invoice_id=one.id, amount_minor=None, reason="quality")
        open_dispute(book.ports, by_ana(at("2026-04-20")), new)
    before = book.snapshot()

    with pytest.raises(StateConflict):
        written(book)

    assert book.snapshot() == before


def test_only_a_letter_has_the_words_of_one(book: Book) -> None:
    with pytest.raises(InvalidField):
        written(book, "reminder_first")


def test_a_posted_letter_has_its_proof(book: Book) -> None:
    with_address(book)
    book.issued(100_000, when=at("2026-03-05"))
    letter = written(book)

    posted(book, letter, carrier="Correos", tracking="CD123456789ES")

    after = present(book, letter)
    assert after.state == "sent"
    assert after.posting is not None
    assert after.posting.model_dump() == {
        "on": date(2026, 5, 5), "carrier": "Correos", "tracking": "CD123456789ES", "by": "Ana"
    }  # fmt: skip
    assert book.audit()[-1].action == "letter_posted"
    before = book.snapshot()
    with pytest.raises(StateConflict):
        posted(book, letter)
    assert book.snapshot() == before


def test_a_payment_calls_a_letter_off_that_waits(book: Book) -> None:
    with_address(book)
    book.issued(100_000, when=at("2026-03-05"))
    letter = written(book)

    book.paid(100_000, when=MAY)

    assert (present(book, letter).state, present(book, letter).reason) == ("suppressed", "paid")
    with pytest.raises(StateConflict):
        print_letters(book.ports, [])


def test_a_letter_that_was_posted_before_it_was_called_off_is_on_its_way_all_the_same(
    book: Book,
) -> None:
    with_address(book)
    book.issued(100_000, when=at("2026-03-05"))
    letter = written(book)
    book.paid(100_000, when=MAY)

    posted(book, letter)

    assert (present(book, letter).state, present(book, letter).reason) == ("sent", None)


def test_a_letter_that_is_not_posted_says_why(book: Book) -> None:
    with_address(book)
    book.issued(100_000, when=at("2026-03-05"))
    letter = written(book)

    mark_not_posted(book.ports, by_ana(MAY), letter.customer_id, letter.id, "Llamó y paga mañana")

    assert present(book, letter).reason == "Llamó y paga mañana"
    before = book.snapshot()
    with pytest.raises(StateConflict):
        mark_not_posted(book.ports, by_ana(MAY), letter.customer_id, letter.id, "otra vez")
    assert book.snapshot() == before


@pytest.mark.parametrize("day", ["2026-05-03", "2026-05-08"])
def test_a_letter_is_posted_between_the_day_it_was_written_and_today(book: Book, day: str) -> None:
    with_address(book)
    book.issued(100_000, when=at("2026-03-05"))
    letter = written(book)
    before = book.snapshot()

    with pytest.raises(InvalidField):
        posted(book, letter, day)

    assert book.snapshot() == before


def test_all_that_wait_are_printed_as_one_file_in_the_order_they_were_written(book: Book) -> None:
    with_address(book)
    one = book.issued(100_000, when=at("2026-03-05"))
    other = a_customer(book.ports, name="Otra", address="Plaza, 2")
    two = an_issued_invoice(book.ports, other.id, 5_000, at("2026-03-06"))
    written(book)
    write_letter(book.ports, by_ana(at("2026-05-05")), NewLetter(other.id, "EUR", "letter_formal"))
    book.fakes.table.catch_up()

    _, pdf = print_letters(book.ports, [])

    first, second = pdf.decode().split("\n")
    assert one.number is not None
    assert two.number is not None
    assert one.number in first
    assert two.number in second
    assert {letter.state for letter in book.messages()} == {"to_post"}


def test_a_mail_is_no_letter_to_print_or_to_post(book: Book) -> None:
    with pytest.raises(InvalidField):
        print_letters(book.ports, [(book.customer.id, "let_x")])
    with pytest.raises(NotFound):
        mark_posted(book.ports, by_ana(), Posted(book.customer.id, "let_x", date(2026, 5, 5)))


def test_a_reminder_by_mail_does_not_overtake_a_letter_that_a_person_wrote(book: Book) -> None:
    with_address(book)
    book.issued(100_000, when=at("2026-03-05"), due_date="2026-04-01")
    letter = written(book)

    book.remind("2026-05-05")

    assert [one.channel for one in book.messages() if one.state == "sent"] == ["email"]
    assert present(book, letter).state == "to_post"
    book.paid(100_000, when=at("2026-05-06"))
    assert present(book, letter).state == "suppressed"

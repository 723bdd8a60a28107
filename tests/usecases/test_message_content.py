"""What a mail said is kept before it goes out; without its proof no mail goes, and none twice."""

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.usecases.decide_message import Verdict, decide_message
from chalicelib.usecases.message_content import read_content
from chalicelib.usecases.ports import MailRefused, MailUncertain, NotKept
from chalicelib.usecases.send_invoice import send_invoice
from tests.builders import NOON, Book, at, by_ana
from tests.usecases.reminding import FIRST_DAY, only_message
from tests.worker import drain

LOST = NotKept("The file store did not take it.")


def mails_kept(book: Book) -> list[str]:
    return [key for key in book.fakes.files.stored if key.startswith("mails/")]


def test_a_reminder_is_kept_word_by_word(book: Book) -> None:
    book.issued(100_000)

    book.remind(FIRST_DAY)

    message, (mail,) = only_message(book), book.fakes.mailer.accepted
    kept = read_content(book.ports, book.customer.id, message.id)
    assert (kept.subject, kept.text, kept.html) == (
        mail.content.subject, mail.content.text, mail.content.html
    )  # fmt: skip
    assert (kept.to, kept.at, kept.attachments) == (message.to, at(FIRST_DAY), ())


def test_a_mail_with_a_document_keeps_the_name_and_the_fingerprint_of_it(book: Book) -> None:
    invoice = book.issued(100_000)
    send_invoice(book.ports, by_ana(), invoice.id, again=False)

    drain(book.fakes, NOON)

    kept = read_content(book.ports, book.customer.id, f"{invoice.id}-1")
    (one,) = kept.attachments
    (mail,) = book.fakes.mailer.accepted
    assert (one.filename, one.size_bytes) == (
        f"{invoice.number}.pdf", len(mail.attachments[0].content)
    )  # fmt: skip
    assert len(one.sha256) == 64


def test_a_mail_whose_content_cannot_be_kept_waits_and_goes_out_once(book: Book) -> None:
    book.issued(100_000)
    book.fakes.files.faults = [LOST]
    book.remind("2026-04-06T10:00")

    waiting = only_message(book)
    assert (waiting.state, waiting.reason) == ("planned", "The file store did not take it.")
    assert book.fakes.mailer.accepted == []
    book.remind("2026-04-06T10:15")

    assert only_message(book).state == "sent"
    assert len(book.fakes.mailer.accepted) == 1


def test_a_file_store_that_is_down_for_hours_loses_no_mail(book: Book) -> None:
    book.issued(100_000)
    book.fakes.files.faults = [LOST] * 12
    for minute in range(0, 180, 15):
        book.remind(f"2026-04-06T{8 + minute // 60:02d}:{minute % 60:02d}")
    assert only_message(book).state == "planned"
    assert [item.what for item in book.work()] == ["mail_not_kept"]

    book.remind("2026-04-06T11:15")

    assert only_message(book).state == "sent"
    assert len(book.fakes.mailer.accepted) == 1


def test_a_document_whose_mail_cannot_be_kept_waits_too(book: Book) -> None:
    invoice = book.issued(100_000)
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    book.fakes.files.faults = [None, LOST]  # the PDF is stored, the mail is not

    drain(book.fakes, NOON)

    assert only_message(book).state == "queued"
    assert book.fakes.mailer.accepted == []


def test_what_was_refused_and_sent_later_is_kept_as_it_was_sent(book: Book) -> None:
    book.issued(100_000)
    book.fakes.mailer.faults = [MailRefused("rate", is_temporary=True)]
    book.remind("2026-04-06T10:00")
    book.paid(40_000)
    book.remind("2026-04-06T10:15")

    kept = read_content(book.ports, book.customer.id, only_message(book).id)

    assert kept.text == book.fakes.mailer.accepted[0].content.text
    assert len(mails_kept(book)) == 2


def test_an_uncertain_mail_is_kept_and_its_repetition_beside_it(book: Book) -> None:
    book.issued(100_000)
    book.fakes.mailer.faults = [MailUncertain("no answer")]
    book.remind("2026-04-06T10:00")
    message = only_message(book)
    assert read_content(book.ports, book.customer.id, message.id).at == at("2026-04-06T10:00")

    again = Verdict(book.customer.id, message.id, "send_again")
    decide_message(book.ports, by_ana(at("2026-04-06T10:20")), again)
    book.remind("2026-04-06T10:30")

    kept = read_content(book.ports, book.customer.id, message.id)
    assert kept.at == at("2026-04-06T10:30")
    assert len(mails_kept(book)) == 2


def test_a_mail_that_never_went_out_has_no_content(book: Book) -> None:
    invoice = book.issued(100_000)
    send_invoice(book.ports, by_ana(), invoice.id, again=False)

    with pytest.raises(NotFound):
        read_content(book.ports, book.customer.id, f"{invoice.id}-1")
    with pytest.raises(NotFound):
        read_content(book.ports, book.customer.id, "nothing")

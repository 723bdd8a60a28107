"""The mail that carries a credit note: queued once, sent once, shown on note and invoice."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.errors import NotFound, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import MessageOnInvoice, Suppression
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import AlreadyAnswered, RepeatKey, system_context
from chalicelib.usecases.decide_message import Verdict, decide_message
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.documents import read_credit_note_pdf, read_invoice_pdf
from chalicelib.usecases.issue_credit_note import NewCreditNote
from chalicelib.usecases.ports import Insert, MailRefused, MailUncertain
from chalicelib.usecases.read_invoice import read_invoice
from chalicelib.usecases.record_mail_event import MailEvent, record_mail_event
from chalicelib.usecases.references import credit_note_ref
from chalicelib.usecases.send_credit_note import (
    issue_and_send_credit_note,
    send_credit_note,
)
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.sweep import sweep
from tests.builders import NOON, Book, at, by_ana, found
from tests.faults import race_at_first_claim
from tests.invariants import assert_quiet
from tests.usecases.reminding import only_message
from tests.worker import drain, settle


def send(book: Book, note: CreditNote, *, again: bool = False) -> CreditNote:
    return send_credit_note(book.ports, by_ana(), note.id, again=again)


def deliver(book: Book) -> None:
    for body in book.fakes.queues.bodies("mail"):
        deliver_document(book.ports, system_context(NOON), body["customer_id"], body["message_id"])


def now(book: Book, note: CreditNote) -> CreditNote:
    return found(book.ports, credit_note_ref(note.id))


def stop_the_address(book: Book) -> None:
    suppression = Suppression(address="pagos@penarroya.example", reason="bounced", since=NOON)
    book.ports.store.commit([Insert(suppression)])


@pytest.fixture
def invoice(book: Book) -> Invoice:
    return book.issued(100_000)


def test_sending_queues_one_mail_that_carries_the_pdf(book: Book, invoice: Invoice) -> None:
    note = book.credited(invoice, 25_000)

    assert send(book, note).mail_state == "queued"
    deliver(book)

    (mail,) = book.fakes.mailer.accepted
    assert (mail.to, mail.content.subject) == ("pagos@penarroya.example", "Credit note R-000001")
    assert [(one.filename, one.content) for one in mail.attachments] == [
        ("R-000001.pdf", b"%PDF R-000001 25000")
    ]
    assert mail.tags == {"message_id": f"{note.id}-1", "customer_id": book.customer.id}
    message = only_message(book)
    assert (message.purpose, message.state, message.amount_minor) == ("credit_note", "sent", 25_000)
    assert (now(book, note).mail_state, book.invoice(invoice).mail_state) == ("sent", None)


def test_its_pdf_is_kept_under_a_key_with_its_hash(book: Book, invoice: Invoice) -> None:
    note = book.credited(invoice, 25_000)

    name, content = read_credit_note_pdf(book.ports, note.id)
    book.fakes.files.stored[f"credit-notes/R/R-000001-{note.hash[:16]}.pdf"] = b"kept"

    assert (name, content) == ("R-000001.pdf", b"%PDF R-000001 25000")
    assert read_credit_note_pdf(book.ports, note.id) == ("R-000001.pdf", b"kept")
    assert list(book.fakes.files.stored) == [f"credit-notes/R/R-000001-{note.hash[:16]}.pdf"]


def test_the_pdf_of_the_invoice_stays_what_it_was(book: Book, invoice: Invoice) -> None:
    _, before = read_invoice_pdf(book.ports, invoice.id)

    book.credited(invoice)

    assert read_invoice_pdf(book.ports, invoice.id)[1] == before


def test_sending_twice_and_delivering_twice_sends_once(book: Book, invoice: Invoice) -> None:
    note = book.credited(invoice, 25_000)

    for _ in range(3):
        send(book, note)
    for _ in range(3):
        deliver(book)

    assert len(book.fakes.queues.messages) == 1
    assert len(book.fakes.mailer.accepted) == 1


def test_sending_again_on_purpose_is_another_mail(book: Book, invoice: Invoice) -> None:
    note = book.credited(invoice, 25_000)
    send(book, note)
    deliver(book)

    send(book, note, again=True)
    deliver(book)

    assert [one.id for one in book.messages()] == [f"{note.id}-1", f"{note.id}-2"]
    assert len(book.fakes.mailer.accepted) == 2


def test_invoice_and_credit_notes_count_their_mails_apart(book: Book, invoice: Invoice) -> None:
    first, second = book.credited(invoice, 100), book.credited(invoice, 200)
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    for note in (first, second):
        send(book, note)

    deliver(book)

    assert {one.id for one in book.messages()} == {
        f"{invoice.id}-1", f"{first.id}-1", f"{second.id}-1",
    }  # fmt: skip
    states = [
        book.invoice(invoice).mail_state,
        *(now(book, one).mail_state for one in (first, second)),
    ]
    assert states == ["sent"] * 3
    copies = {one.message.id for one in book.all(MessageOnInvoice) if one.invoice_id == invoice.id}
    assert len(copies) == 3


@pytest.mark.parametrize("case", ["no address", "suppressed"])
def test_what_must_not_be_sent_is_refused_and_changes_nothing(
    book: Book, invoice: Invoice, case: str
) -> None:
    note = book.credited(invoice, 100)
    if case == "no address":
        change_customer(
            book.ports, by_ana(), book.customer.id, {"email": None}, expected_version=None
        )
    else:
        stop_the_address(book)
    before = book.snapshot()

    with pytest.raises(StateConflict):
        send(book, note)

    assert book.snapshot() == before
    assert book.fakes.queues.messages == []


@pytest.mark.parametrize("name", ["crn_1_2", "crn", "", "crn_{}_nothing"])
def test_an_unknown_credit_note_is_neither_sent_nor_drawn(
    book: Book, invoice: Invoice, name: str
) -> None:
    name = name.format(invoice.id.removeprefix("inv_"))

    with pytest.raises(NotFound):
        send_credit_note(book.ports, by_ana(), name, again=False)
    with pytest.raises(NotFound):
        read_credit_note_pdf(book.ports, name)


@pytest.mark.parametrize(("event", "state"), [("bounce", "suppressed"), ("freeze", "queued")])
def test_what_speaks_against_it_between_look_and_claim_wins(
    book: Book, invoice: Invoice, event: str, state: str
) -> None:
    note = book.credited(invoice, 100)
    send(book, note)
    changes: dict[str, Callable[[], object]] = {
        "bounce": lambda: stop_the_address(book),
        "freeze": book.freeze_sending,
    }
    race_at_first_claim(book.fakes.table, changes[event])

    deliver(book)

    assert (only_message(book).state, now(book, note).mail_state) == (state, state)
    assert book.fakes.mailer.accepted == []


def test_a_refusal_for_now_is_tried_again(book: Book, invoice: Invoice) -> None:
    send(book, book.credited(invoice, 100))
    book.fakes.mailer.faults = [MailRefused("rate", is_temporary=True)]

    deliver(book)
    assert (only_message(book).state, only_message(book).attempts) == ("queued", 1)
    deliver(book)

    assert (only_message(book).state, only_message(book).attempts) == ("sent", 2)


def test_an_uncertain_send_is_shown_never_repeated_and_decided_by_a_person(
    book: Book, invoice: Invoice
) -> None:
    note = book.credited(invoice, 100)
    send(book, note)
    book.fakes.mailer.faults = [MailUncertain("timed out")]
    for _ in range(3):
        deliver(book)
        sweep(book.ports, system_context(at("2026-03-03")))
    assert (only_message(book).state, now(book, note).mail_state) == ("unknown", "unknown")
    (item,) = book.work()
    assert (item.what, item.invoice_id) == ("send_uncertain", invoice.id)

    verdict = Verdict(book.customer.id, only_message(book).id, "send_again")
    decide_message(book.ports, by_ana(), verdict)
    deliver(book)

    assert (only_message(book).state, now(book, note).mail_state) == ("sent", "sent")
    assert (len(book.fakes.mailer.accepted), book.work()) == (1, [])


def test_what_the_provider_reports_is_shown_on_the_credit_note(
    book: Book, invoice: Invoice
) -> None:
    note = book.credited(invoice, 100)
    send(book, note)
    deliver(book)
    event = MailEvent(
        reached="bounced", customer_id=book.customer.id, message_id=f"{note.id}-1",
        provider_message_id="ses-1", occurred_at=NOON,
    )  # fmt: skip

    for _ in range(2):
        record_mail_event(book.ports, system_context(NOON), event)

    assert (now(book, note).mail_state, book.invoice(invoice).mail_state) == ("bounced", None)
    assert [(one.what, one.invoice_id) for one in book.work()] == [("address_bounced", invoice.id)]


def issue_and_send(book: Book, invoice: Invoice, amount_minor: int = 100) -> CreditNote:
    new = NewCreditNote(invoice_id=invoice.id, reason="x", amount_minor=amount_minor)
    return issue_and_send_credit_note(book.ports, by_ana(), new).note


def test_issued_with_send_it_goes_out_once(book: Book, invoice: Invoice) -> None:
    note = issue_and_send(book, invoice)

    assert (note.mail_state, note.version) == ("queued", 1)
    settle(book.fakes, NOON)

    assert now(book, note).mail_state == "sent"
    assert [mail.content.subject for mail in book.fakes.mailer.accepted] == ["Credit note R-000001"]
    assert_quiet(book.fakes.table)


def test_what_a_crash_left_queued_the_sweeper_sends(book: Book, invoice: Invoice) -> None:
    note = issue_and_send(book, invoice)
    book.fakes.queues.take()  # the process died before it told the worker

    sweep(book.ports, system_context(at("2026-03-02T11:03")))
    drain(book.fakes, at("2026-03-02T11:04"))

    assert now(book, note).mail_state == "sent"


def test_a_mail_that_cannot_go_out_does_not_stop_the_issue(book: Book, invoice: Invoice) -> None:
    stop_the_address(book)
    new = NewCreditNote(invoice_id=invoice.id, reason="x", amount_minor=100)

    issued = issue_and_send_credit_note(book.ports, by_ana(), new)

    assert (issued.warnings, issued.note.mail_state) == (("address_suppressed",), None)
    assert (book.messages(), book.fakes.queues.messages) == ([], [])
    (entry,) = [one for one in book.all(AuditEntry) if one.action == "credit_note_issued"]
    assert entry.facts["warnings"] == ["address_suppressed"]


def test_a_repeated_request_neither_issues_nor_sends_again(book: Book, invoice: Invoice) -> None:
    keyed = replace(by_ana(), repeat_key=RepeatKey("k", "h"))
    new = NewCreditNote(invoice_id=invoice.id, reason="x", amount_minor=100)
    note = issue_and_send_credit_note(book.ports, keyed, new).note

    with pytest.raises(AlreadyAnswered) as repetition:
        issue_and_send_credit_note(book.ports, keyed, new)

    assert repetition.value.record.resource == f"/v1/credit-notes/{note.id}"
    assert len(book.all(CreditNote)) == len(book.messages()) == 1


def test_the_file_of_an_invoice_has_its_credit_notes_and_all_mails(
    book: Book, invoice: Invoice
) -> None:
    first, second = issue_and_send(book, invoice), book.credited(invoice, 200)

    file = read_invoice(book.ports, invoice.id)

    assert file.credit_notes == (first, second)
    assert [one.purpose for one in file.messages] == ["credit_note"]
    assert file.mails_of(first.id) == file.messages
    assert (file.mails_of(second.id), file.mails_of(invoice.id)) == ((), ())
    assert [one.action for one in file.timeline].count("credit_note_issued") == 2

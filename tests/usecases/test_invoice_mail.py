"""The mail that carries an invoice: queued once, sent once, and what became of it."""

import itertools
from collections.abc import Callable
from typing import Any, Literal

import pytest

from chalicelib.domain.customer import Contact, ContactRole
from chalicelib.domain.errors import NotFound, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import Message, MessageOnInvoice, Suppression
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.ports import Insert, MailRefused, MailUncertain
from chalicelib.usecases.record_mail_event import MailEvent, record_mail_event
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.sweep import sweep
from chalicelib.usecases.void_invoice import void_invoice
from tests.builders import NOON, Book, a_customer, a_draft, an_issued_invoice, at, by_ana
from tests.faults import Crash, race_at_first_claim
from tests.usecases.reminding import only_message
from tests.worker import settle

Reached = Literal["sent", "delivered", "opened", "bounced", "complained", "refused"]


def send(book: Book, invoice: Invoice, *, again: bool = False) -> Invoice:
    return send_invoice(book.ports, by_ana(), invoice.id, again=again)


def deliver(book: Book, when: str = "2026-03-02") -> None:
    for body in book.fakes.queues.bodies("mail"):
        context = system_context(at(when))
        deliver_document(book.ports, context, body["customer_id"], body["message_id"])


def report(book: Book, message: Message, reached: Reached, **changes: Any) -> None:
    fields: dict[str, Any] = {"provider_message_id": "ses-1", "occurred_at": NOON}
    event = MailEvent(
        reached=reached, customer_id=message.customer_id, message_id=message.id,
        **(fields | changes),
    )  # fmt: skip
    record_mail_event(book.ports, system_context(NOON), event)


@pytest.fixture
def sent(book: Book) -> Invoice:
    """An invoice whose mail the provider has accepted."""
    invoice = book.issued()
    send(book, invoice)
    deliver(book)
    book.fakes.queues.take()
    return invoice


def test_sending_queues_one_mail_that_carries_the_pdf(book: Book) -> None:
    invoice = book.issued(121_000)

    assert send(book, invoice).mail_state == "queued"
    deliver(book)

    (mail,) = book.fakes.mailer.accepted
    assert (mail.to, mail.content.subject) == ("pagos@penarroya.example", "Invoice A-000001")
    assert [(one.filename, one.content) for one in mail.attachments] == [
        ("A-000001.pdf", b"%PDF A-000001 121000 issued")
    ]
    assert mail.tags == {"message_id": f"{invoice.id}-1", "customer_id": book.customer.id}
    message = only_message(book)
    assert (message.state, message.provider_message_id, message.attempts) == ("sent", "ses-1", 1)
    assert book.invoice(invoice).mail_state == "sent"


def test_sending_twice_and_delivering_twice_sends_once(book: Book) -> None:
    invoice = book.issued()

    for _ in range(3):
        send(book, invoice)
    for _ in range(3):
        deliver(book)

    assert len(book.fakes.queues.messages) == 1
    assert len(book.fakes.mailer.accepted) == 1


def test_sending_again_on_purpose_is_another_mail(book: Book, sent: Invoice) -> None:
    send(book, sent, again=True)
    deliver(book)

    assert [one.id for one in book.messages()] == [f"{sent.id}-1", f"{sent.id}-2"]
    assert len(book.fakes.mailer.accepted) == 2


def test_a_corrected_address_gets_the_mail_without_asking_twice(book: Book, sent: Invoice) -> None:
    report(book, only_message(book), "bounced")
    change_customer(
        book.ports, by_ana(), book.customer.id, {"email": "new@penarroya.example"},
        expected_version=None,
    )  # fmt: skip

    send(book, sent)
    deliver(book)

    assert [mail.to for mail in book.fakes.mailer.accepted] == [
        "pagos@penarroya.example",
        "new@penarroya.example",
    ]


@pytest.mark.parametrize("case", ["draft", "void", "no address", "suppressed"])
def test_what_must_not_be_sent_is_refused_and_changes_nothing(book: Book, case: str) -> None:
    invoice = book.issued()
    if case == "draft":
        invoice = a_draft(book.ports, book.customer.id)
    elif case == "void":
        void_invoice(book.ports, by_ana(), invoice.id, reason=None, expected_version=None)
    elif case == "no address":
        nobody = a_customer(book.ports, name="Sin correo", email=None)
        invoice = an_issued_invoice(book.ports, nobody.id)
    else:
        send(book, invoice)
        deliver(book)
        report(book, only_message(book), "bounced")
        book.fakes.queues.take()
    before = book.snapshot()

    with pytest.raises(StateConflict):
        send(book, invoice)

    assert book.snapshot() == before
    assert book.fakes.queues.messages == []


def test_an_unknown_invoice_cannot_be_sent(book: Book) -> None:
    with pytest.raises(NotFound):
        send_invoice(book.ports, by_ana(), "inv_none", again=False)


def test_a_mail_that_waits_is_called_off_when_its_invoice_is_voided(book: Book) -> None:
    invoice = book.issued()
    send(book, invoice)
    void_invoice(book.ports, by_ana(), invoice.id, reason=None, expected_version=None)

    deliver(book)

    assert (only_message(book).state, only_message(book).reason) == ("suppressed", "void")
    assert book.fakes.mailer.accepted == []


def test_a_mail_that_waits_is_called_off_when_its_address_bounces(book: Book) -> None:
    first, second = book.issued(), book.issued()
    send(book, first)
    deliver(book)
    send(book, second)
    report(book, book.messages()[0], "bounced")

    deliver(book)

    assert [one.state for one in book.messages()] == ["bounced", "suppressed"]
    assert book.invoice(second).mail_state == "suppressed"
    assert len(book.fakes.mailer.accepted) == 1


@pytest.mark.parametrize(("event", "state"), [
    ("void", "suppressed"), ("bounce", "suppressed"), ("freeze", "queued"),
])  # fmt: skip
def test_what_speaks_against_it_between_look_and_claim_wins(
    book: Book, event: str, state: str
) -> None:
    other, invoice = book.issued(), book.issued()
    send(book, other)
    deliver(book)
    send(book, invoice)
    changes: dict[str, Callable[[], object]] = {
        "void": lambda: void_invoice(
            book.ports, by_ana(), invoice.id, reason=None, expected_version=None
        ),
        "bounce": lambda: report(book, book.messages()[0], "bounced"),
        "freeze": book.freeze_sending,
    }
    race_at_first_claim(book.fakes.table, changes[event])

    deliver(book)

    assert book.messages()[1].state == state
    assert len(book.fakes.mailer.accepted) == 1


def test_nothing_goes_out_while_sending_is_frozen(book: Book) -> None:
    send(book, book.issued())
    book.freeze_sending()

    deliver(book)

    assert only_message(book).state == "queued"
    assert book.fakes.mailer.accepted == []


def test_a_refusal_for_now_is_tried_again_and_five_are_enough(book: Book) -> None:
    send(book, book.issued())
    book.fakes.mailer.faults = [MailRefused("rate", is_temporary=True)] * 5

    states = []
    for _ in range(6):
        deliver(book)
        states.append(only_message(book).state)

    assert states == ["queued"] * 4 + ["refused"] * 2
    assert [item.what for item in book.work()] == ["send_refused"]
    assert book.fakes.mailer.accepted == []


def test_a_refusal_for_good_goes_to_a_person_at_once(book: Book) -> None:
    invoice = book.issued()
    send(book, invoice)
    book.fakes.mailer.faults = [MailRefused("address is not verified", is_temporary=False)]

    deliver(book)

    (item,) = book.work()
    assert (item.what, item.detail, item.message_id) == (
        "send_refused",
        "address is not verified",
        only_message(book).id,
    )
    assert book.invoice(invoice).mail_state == "refused"


def test_an_uncertain_send_is_shown_and_never_repeated(book: Book) -> None:
    invoice = book.issued()
    send(book, invoice)
    book.fakes.mailer.faults = [MailUncertain("timed out")]

    for _ in range(3):
        deliver(book)
        sweep(book.ports, system_context(at("2026-03-03")))

    assert only_message(book).state == "unknown"
    assert book.invoice(invoice).mail_state == "unknown"
    assert [item.what for item in book.work()] == ["send_uncertain"]
    assert book.fakes.mailer.accepted == []


def test_the_providers_event_settles_an_uncertain_send(book: Book) -> None:
    send(book, book.issued())
    book.fakes.mailer.after_accept = [MailUncertain("timed out")]
    deliver(book)

    report(book, only_message(book), "sent")

    assert (only_message(book).state, only_message(book).sent_at) == ("sent", NOON)
    assert (book.work(), [item.outcome for item in book.work("done")]) == ([], ["sent"])


def test_a_sender_that_dies_after_the_claim_leaves_an_uncertain_message(book: Book) -> None:
    send(book, book.issued())
    book.fakes.mailer.after_accept = [Crash()]
    with pytest.raises(Crash):
        deliver(book)
    assert only_message(book).state == "claimed"

    deliver(book)
    counts = [
        sweep(book.ports, system_context(at(when)))["uncertain"]
        for when in ("2026-03-02T11:09", "2026-03-02T11:11", "2026-03-02T11:12")
    ]

    assert counts == [0, 1, 0]
    assert only_message(book).state == "unknown"
    assert len(book.fakes.mailer.accepted) == 1


EVENTS: tuple[Reached, ...] = ("sent", "delivered", "opened", "bounced")


@pytest.mark.parametrize("order", list(itertools.permutations(EVENTS)), ids="-".join)
def test_mail_events_in_any_order_end_the_same(book: Book, order: tuple[Reached, ...]) -> None:
    invoice = book.issued()
    send(book, invoice)
    deliver(book)

    for reached in (*order, *order):
        report(book, only_message(book), reached)

    assert only_message(book).state == "bounced"
    assert book.invoice(invoice).mail_state == "bounced"
    assert [item.what for item in book.work()] == ["address_bounced"]
    assert [one.address for one in book.all(Suppression)] == ["pagos@penarroya.example"]


def test_events_that_come_before_our_own_mark_are_kept(book: Book) -> None:
    invoice = book.issued()
    send(book, invoice)
    book.fakes.mailer.before = lambda _: report(book, only_message(book), "delivered")

    deliver(book)

    message = only_message(book)
    assert (message.state, message.sent_at, message.subject) == (
        "delivered",
        NOON,
        "Invoice A-000001",
    )
    assert book.invoice(invoice).mail_state == "delivered"


def test_the_latest_mail_of_an_invoice_tells_its_state(book: Book, sent: Invoice) -> None:
    first = only_message(book)
    send(book, sent, again=True)
    deliver(book)

    report(book, first, "opened")

    assert book.invoice(sent).mail_state == "sent"
    assert [one.state for one in book.messages()] == ["opened", "sent"]


def test_a_complaint_stops_the_address_and_asks_a_person(book: Book, sent: Invoice) -> None:
    report(book, only_message(book), "complained", detail="spam")

    (item,) = book.work()
    assert (item.what, item.customer_id, item.invoice_id) == (
        "address_complained",
        book.customer.id,
        sent.id,
    )
    assert book.all(Suppression)[0].reason == "complained"


def test_an_event_about_a_mail_of_others_changes_nothing(book: Book) -> None:
    before = book.snapshot()
    event = MailEvent(
        reached="bounced", customer_id="cus_x", message_id="m", provider_message_id="p",
        occurred_at=NOON,
    )  # fmt: skip

    record_mail_event(book.ports, system_context(NOON), event)

    assert book.snapshot() == before


def test_the_copy_on_the_invoice_follows_the_message(book: Book, sent: Invoice) -> None:
    report(book, only_message(book), "delivered")

    (copy,) = book.all(MessageOnInvoice)
    assert (copy.invoice_id, copy.message) == (sent.id, only_message(book))


def test_an_invoice_goes_to_the_contacts_who_get_invoices_in_one_mail(book: Book) -> None:
    both: tuple[ContactRole, ...] = ("invoices", "reminders")
    contacts = tuple(
        Contact(id=f"con_{name}", name=name, email=f"{name}@p.example", roles=roles)
        for name, roles in (("luis", both), ("eva", both[:1]), ("pau", both[1:]))
    )
    change_customer(
        book.ports, by_ana(), book.customer.id,
        {"contacts": contacts, "owner": "marta@saldo.example"}, expected_version=None,
    )  # fmt: skip
    invoice = book.issued()

    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    settle(book.fakes, NOON)

    (mail,) = book.fakes.mailer.accepted
    assert (mail.to, mail.cc, mail.reply_to) == (
        "luis@p.example", ("eva@p.example",), "marta@saldo.example",
    )  # fmt: skip


def test_a_contact_who_must_not_be_written_to_is_left_out_even_if_that_comes_up_late(
    book: Book,
) -> None:
    contacts = tuple(
        Contact(id=f"con_{name}", name=name, email=f"{name}@p.example", roles=("invoices",))
        for name in ("luis", "eva", "pau")
    )
    change_customer(
        book.ports, by_ana(), book.customer.id, {"contacts": contacts}, expected_version=None
    )
    suppress(book, "luis@p.example")
    invoice = book.issued()
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    suppress(book, "pau@p.example")

    settle(book.fakes, NOON)

    (mail,) = book.fakes.mailer.accepted
    assert (mail.to, mail.cc) == ("eva@p.example", ())


def suppress(book: Book, address: str) -> None:
    one = Suppression(address=address, reason="bounced", since=NOON)
    book.ports.store.commit([Insert(one)])

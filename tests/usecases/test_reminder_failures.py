"""What may go wrong with a reminder: races, refusals, crashes, bad addresses."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from chalicelib.domain.work import WorkItem
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.contents import OutgoingMail
from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.ports import MailUncertain
from chalicelib.usecases.record_mail_event import MailEvent, record_mail_event
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.sweep import sweep
from chalicelib.usecases.void_invoice import void_invoice
from tests.builders import (
    Book,
    a_fact,
    at,
    by_ana,
    provider_says,
)
from tests.faults import Crash, race_at_first_claim
from tests.usecases.reminding import FIRST_DAY, SECOND_DAY, TEMPORARY, only_message, subjects


def test_a_payment_between_decision_and_claim_wins(book: Book) -> None:
    book.issued()
    race_at_first_claim(book.fakes.table, lambda: book.paid(100_000))

    book.remind(FIRST_DAY)

    assert book.messages() == []
    assert book.fakes.mailer.accepted == []


@pytest.mark.parametrize("event", ["void", "pending", "bounce", "freeze"])
def test_whatever_speaks_against_it_between_decision_and_claim_wins(book: Book, event: str) -> None:
    invoice = book.issued()
    changes: dict[str, Callable[[], object]] = {
        "void": lambda: void_invoice(
            book.ports, by_ana(), invoice.id, reason=None, expected_version=None
        ),
        "pending": lambda: provider_says(
            book.ports,
            a_fact("processing", invoice_id=invoice.id, occurred_at=at(FIRST_DAY)),
        ),
        "bounce": lambda: bounce_another_mail(book),
        "freeze": book.freeze_sending,
    }
    if event == "bounce":
        send_invoice(book.ports, by_ana(), invoice.id, again=False)
        (body,) = book.fakes.queues.bodies("mail")
        deliver_document(
            book.ports, system_context(at("2026-03-02")), body["customer_id"], body["message_id"]
        )
        book.fakes.mailer.accepted.clear()
    race_at_first_claim(book.fakes.table, changes[event])

    book.remind(FIRST_DAY)

    assert book.fakes.mailer.accepted == []
    assert [one for one in book.messages() if one.purpose == "reminder"] == []


def bounce_another_mail(book: Book) -> None:
    message = book.messages()[0]
    event = MailEvent(
        reached="bounced", customer_id=message.customer_id, message_id=message.id,
        provider_message_id="ses-1", occurred_at=at("2026-04-06"),
    )  # fmt: skip
    record_mail_event(book.ports, system_context(at("2026-04-06")), event)


def test_a_refusal_is_tried_again_at_the_next_tick(book: Book) -> None:
    book.issued()
    book.fakes.mailer.faults = [TEMPORARY]

    book.remind("2026-04-06T10:00")

    assert only_message(book).state == "planned"
    account = book.account()
    assert (account.planned, account.next_action_at) == (
        (only_message(book).id,),
        at("2026-04-06T10:15"),
    )
    book.remind("2026-04-06T10:15")
    message = only_message(book)
    assert (message.state, message.attempts) == ("sent", 2)
    assert book.account().planned == ()
    assert subjects(book) == ["reminder_first"]


def test_what_is_paid_while_a_refused_reminder_waits_is_called_off(book: Book) -> None:
    book.issued()
    book.fakes.mailer.faults = [TEMPORARY]
    book.remind(FIRST_DAY)

    book.paid(100_000, when=at("2026-04-06T11:05"))

    assert (only_message(book).state, only_message(book).reason) == ("suppressed", "paid")
    assert book.account().planned == ()
    book.remind("2026-04-06T11:15")
    assert book.fakes.mailer.accepted == []


def test_what_is_paid_while_the_provider_refuses_is_called_off(book: Book) -> None:
    book.issued()
    book.fakes.mailer.before = lambda _: (book.paid(100_000), None)[1]
    book.fakes.mailer.faults = [TEMPORARY]

    book.remind(FIRST_DAY)

    assert (only_message(book).state, only_message(book).reason) == ("suppressed", "paid")
    assert book.account().next_action_at is None


def test_a_refused_reminder_is_overtaken_by_the_next_step(book: Book) -> None:
    book.issued()
    book.fakes.mailer.faults = [TEMPORARY]
    book.remind(FIRST_DAY)

    book.remind(SECOND_DAY)

    states = {one.step: (one.state, one.reason) for one in book.messages()}
    assert states == {3: ("suppressed", "overtaken"), 7: ("sent", None)}
    assert book.account().planned == ()


def test_a_payment_that_covers_40_invoices_of_a_waiting_reminder_still_fits(book: Book) -> None:
    for number in range(40):
        book.issued(100, issue_date=f"2026-02-{1 + number // 2:02d}", due_date="2026-04-01")
    book.fakes.mailer.faults = [TEMPORARY]
    book.remind(FIRST_DAY)

    # Received before the invoices: each of their dates has counters of its own.
    payment = book.paid(4_000, received_on=date(2026, 1, 15))

    assert (payment.unapplied_minor, len(payment.allocations)) == (0, 40)
    assert only_message(book).state == "suppressed"


def test_five_refusals_go_to_a_person_and_the_chase_goes_on_with_the_next_step(book: Book) -> None:
    book.issued()
    book.fakes.mailer.faults = [TEMPORARY] * 5
    now = at("2026-04-06T08:00")

    for _ in range(8):
        book.remind(now)
        now += timedelta(minutes=15)

    assert (only_message(book).state, only_message(book).attempts) == ("refused", 5)
    assert [item.what for item in book.work()] == ["send_refused"]
    book.remind(SECOND_DAY)
    assert subjects(book) == ["reminder_second"]


def test_an_uncertain_send_is_never_repeated_and_a_person_sees_it(book: Book) -> None:
    book.issued()
    book.fakes.mailer.after_accept = [MailUncertain("no answer")]

    for _ in range(5):
        book.remind(FIRST_DAY)
        sweep(book.ports, system_context(at("2026-04-06T15:00")))

    assert only_message(book).state == "unknown"
    assert subjects(book) == ["reminder_first"]
    assert [item.what for item in book.work()] == ["send_uncertain"]


def test_a_sender_that_dies_after_the_provider_accepted_does_not_send_again(book: Book) -> None:
    book.issued()
    book.fakes.mailer.after_accept = [Crash()]
    with pytest.raises(Crash):
        book.remind(FIRST_DAY)

    for _ in range(3):
        book.remind(FIRST_DAY)
    sweep(book.ports, system_context(at("2026-04-06T11:11")))

    assert only_message(book).state == "unknown"
    assert book.fakes.mailer.sent(only_message(book).id) == 1
    assert [item.what for item in book.work()] == ["send_uncertain"]


def test_a_payment_after_the_claim_does_not_lose_the_fate_of_the_message(book: Book) -> None:
    book.issued()

    def pay_meanwhile(_: OutgoingMail) -> None:
        book.paid(100_000)

    book.fakes.mailer.before = pay_meanwhile

    book.remind(FIRST_DAY)

    assert only_message(book).state == "sent"
    assert book.account().open_items == ()


@pytest.mark.parametrize("obstacle", ["no address", "bounced"])
def test_who_cannot_be_written_to_goes_to_a_person_once_a_step(book: Book, obstacle: str) -> None:
    invoice = book.issued()
    if obstacle == "no address":
        change_customer(
            book.ports, by_ana(), book.customer.id, {"email": None}, expected_version=None
        )
    else:
        send_invoice(book.ports, by_ana(), invoice.id, again=False)
        bounce_another_mail(book)

    for _ in range(3):
        book.remind(FIRST_DAY)

    items = [item for item in book.work() if item.what == "no_address"]
    assert [(item.customer_id, item.amount_minor) for item in items] == [
        (book.customer.id, 100_000)
    ]
    assert book.fakes.mailer.accepted == []


def test_work_items_say_what_a_person_needs(book: Book) -> None:
    book.issued()
    book.fakes.mailer.faults = [MailUncertain("read timed out")]

    book.remind(FIRST_DAY)

    (item,) = book.all(WorkItem)
    assert (item.customer_name, item.amount_minor, item.currency, item.detail, item.priority) == (
        "Distribuciones Peñarroya, S.A.", 100_000, "EUR", "read timed out", 1,
    )  # fmt: skip


def test_a_waiting_reminder_ends_when_its_address_turns_out_to_be_wrong(book: Book) -> None:
    invoice = book.issued()
    book.fakes.mailer.faults = [TEMPORARY]
    book.remind(FIRST_DAY)
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    bounce_another_mail(book)

    book.remind("2026-04-06T11:15")

    states = {one.purpose: (one.state, one.reason) for one in book.messages()}
    assert states["reminder"] == ("suppressed", "overtaken")
    assert book.account().planned == ()
    assert [item.what for item in book.work()] == ["address_bounced", "no_address"]


def test_a_waiting_reminder_that_went_out_after_all_is_not_sent_again(book: Book) -> None:
    book.issued()
    book.fakes.mailer.faults = [TEMPORARY]
    book.remind(FIRST_DAY)
    message = only_message(book)
    event = MailEvent(
        reached="delivered", customer_id=message.customer_id, message_id=message.id,
        provider_message_id="ses-1", occurred_at=at(FIRST_DAY),
    )  # fmt: skip
    record_mail_event(book.ports, system_context(at(FIRST_DAY)), event)

    book.remind("2026-04-06T11:15")

    assert book.fakes.mailer.accepted == []
    assert only_message(book).state == "delivered"
    assert (book.account().planned, book.account().open_items[0].step_done) == ((), 3)

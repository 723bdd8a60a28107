"""Every handler dies before and after each of its calls; repeated, it ends as if it had not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from chalicelib.domain.account import Account
from chalicelib.domain.approval import Approval
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.errors import DomainError
from chalicelib.domain.handover import Handover
from chalicelib.domain.hold import Hold
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.payment import Payment
from chalicelib.domain.promise import Plan, Promise
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.assign_payment import assign_payment
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import AlreadyAnswered, RepeatKey, system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.draft_invoice import NewInvoice, change_draft, draft_invoice
from chalicelib.usecases.invoice_late_charge import invoice_late_charge
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.late_charges import claim_late_charge, waive_late_charge
from chalicelib.usecases.ports import MailRefused, MailUncertain, Ports
from chalicelib.usecases.receive_provider_event import receive_provider_event
from chalicelib.usecases.record_mail_event import MailEvent, record_mail_event
from chalicelib.usecases.record_payment import NewPayment, record_payment
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.send_reminder import send_reminder
from chalicelib.usecases.sweep import sweep
from chalicelib.usecases.tick import queue_due_reminders
from chalicelib.usecases.void_invoice import void_invoice
from chalicelib.usecases.work import finish_work_item
from tests.builders import (
    NOON,
    Book,
    a_draft,
    a_fact,
    a_line,
    a_payment,
    at,
    by_ana,
    provider_says,
    receive,
)
from tests.crash import approval_handlers as approvals
from tests.crash import charge_handlers as charges
from tests.crash import checkout_handlers as checkouts
from tests.crash import credit_note_handlers as credit_notes
from tests.crash import dunning_handlers as dunning
from tests.crash import legal_handlers as legal
from tests.crash import money_back_handlers as money_back
from tests.crash import portal_handlers as portal
from tests.crash import provider_handlers as providers
from tests.crash import settings_handlers as settings
from tests.crash import settlement_handlers as settlements
from tests.crash import template_handlers as templates
from tests.faults import Crash, CrashPoint, crashing
from tests.invariants import assert_books_hold, assert_quiet
from tests.worker import settle

JULY = at("2026-07-31")
REMINDER_DAY = at("2026-04-06")
KEYED = replace(by_ana(), repeat_key=RepeatKey("k", "h"))
Act = Callable[[Ports], object]


@dataclass(frozen=True)
class Handler:
    """Something to crash: ``arrange`` prepares a book and returns what is then done, repeatedly."""

    arrange: Callable[[Book], Act]
    has_same_end: bool = True
    """Whether the end is the same as without a crash; mail may end uncertain instead of sent."""


def _payment(book: Book, amount_minor: int, **changes: Any) -> NewPayment:
    fields: dict[str, Any] = {
        "customer_id": book.customer.id, "amount_minor": amount_minor, "currency": "EUR",
        "received_on": NOON.date(), "method": "transfer",
    }  # fmt: skip
    return NewPayment(**(fields | changes))


def _draft(book: Book) -> Act:
    new = NewInvoice(customer_id=book.customer.id, currency=None, lines=[a_line()])
    return lambda ports: draft_invoice(ports, KEYED, new)


def _change_draft(book: Book) -> Act:
    draft = a_draft(book.ports, book.customer.id)
    return lambda ports: change_draft(ports, by_ana(), draft.id, {"notes": "x"}, expected_version=1)


def _issue(book: Book) -> Act:
    draft = a_draft(book.ports, book.customer.id)
    return lambda ports: issue_invoice(ports, KEYED, draft.id, expected_version=None)


def _void(book: Book) -> Act:
    invoice = book.issued()
    return lambda ports: void_invoice(ports, KEYED, invoice.id, reason=None, expected_version=None)


def _record(book: Book) -> Act:
    book.issued()
    book.issued()
    return lambda ports: record_payment(ports, KEYED, _payment(book, 150_000))


def _record_in_batches(book: Book) -> Act:
    for number in range(45):
        book.issued(10, series=f"S{number}", issue_date=f"2026-01-{1 + number // 2:02d}")
    return lambda ports: record_payment(ports, KEYED, _payment(book, 450))


def _record_over_a_waiting_reminder(book: Book) -> Act:
    book.issued()
    book.fakes.mailer.faults = [MailRefused("rate", is_temporary=True)]
    book.remind(REMINDER_DAY)
    return lambda ports: record_payment(ports, KEYED, _payment(book, 100_000))


def _allocate(book: Book) -> Act:
    payment = a_payment(book.ports, book.customer.id, 500)
    book.issued(300)
    book.issued(300)
    return lambda ports: allocate_payment(ports, KEYED, payment.id, None)


def _assign(book: Book) -> Act:
    provider_says(book.ports, a_fact())
    (payment,) = book.all(Payment)
    return lambda ports: assign_payment(ports, KEYED, payment.id, book.customer.id)


def _rename(book: Book) -> Act:
    book.issued()
    changes = {"name": "Nuevo Nombre", "time_zone": "America/Santiago"}
    return lambda ports: change_customer(
        ports, by_ana(), book.customer.id, changes, expected_version=None
    )


def _receive(book: Book) -> Act:
    fact = a_fact(invoice_id=book.issued().id)
    return lambda ports: receive_provider_event(
        ports, system_context(NOON), provider="stripe", event_id=fact.event_id,
        event_type="paid", raw=fact.model_dump_json(),
    )  # fmt: skip


def _apply(what: Any, **changes: Any) -> Callable[[Book], Act]:
    def arrange(book: Book) -> Act:
        named = {"invoice_id": book.issued(80_000).id} | changes
        if what != "processing":
            provider_says(book.ports, a_fact("processing", **named))
        fact = a_fact(what, **named)
        receive(book.ports, fact)
        event = find_event(book.ports, "stripe", fact.event_id)
        return lambda ports: apply_provider_event(ports, system_context(NOON), event, fact)

    return arrange


def _identify(book: Book) -> Act:
    invoice = book.issued(80_000)
    provider_says(book.ports, a_fact(event_id="evt_unnamed"))
    fact = a_fact(invoice_id=invoice.id)
    receive(book.ports, fact)
    event = find_event(book.ports, "stripe", fact.event_id)
    return lambda ports: apply_provider_event(ports, system_context(NOON), event, fact)


def _send(book: Book) -> Act:
    invoice = book.issued()
    return lambda ports: send_invoice(ports, KEYED, invoice.id, again=False)


def _deliver(*faults: BaseException) -> Callable[[Book], Act]:
    def arrange(book: Book) -> Act:
        invoice = book.issued()
        send_invoice(book.ports, by_ana(), invoice.id, again=False)
        book.fakes.mailer.faults = list(faults)
        return lambda ports: deliver_document(
            ports, system_context(NOON), book.customer.id, f"{invoice.id}-1"
        )

    return arrange


def _remind(*faults: BaseException) -> Callable[[Book], Act]:
    def arrange(book: Book) -> Act:
        book.issued()
        book.issued(500, due_date="2026-06-01")
        book.fakes.mailer.faults = list(faults)
        return lambda ports: send_reminder(
            ports, system_context(REMINDER_DAY), book.customer.id, "EUR"
        )

    return arrange


def _mail_event(reached: Any, address: str | None = None) -> Callable[[Book], Act]:
    def arrange(book: Book) -> Act:
        act = _deliver(MailUncertain("?"))(book)
        act(book.ports)
        (message,) = book.messages()
        event = MailEvent(
            reached=reached, customer_id=message.customer_id, message_id=message.id,
            provider_message_id="ses-1", occurred_at=NOON, address=address,
        )  # fmt: skip
        return lambda ports: record_mail_event(ports, system_context(NOON), event)

    return arrange


def _tick(book: Book) -> Act:
    book.issued()
    return lambda ports: queue_due_reminders(ports, system_context(REMINDER_DAY))


def _sweep(book: Book) -> Act:
    _deliver(Crash())(book)
    with pytest.raises(Crash):
        settle(book.fakes, NOON)
    send_invoice(book.ports, by_ana(), book.issued().id, again=False)
    receive(book.ports, a_fact())
    book.fakes.queues.take()
    return lambda ports: sweep(ports, system_context(at("2026-03-02T12:00")))


def _claim(book: Book) -> Act:
    invoice = book.issued()
    context = replace(KEYED, at=JULY)
    return lambda ports: claim_late_charge(ports, context, invoice.id, None)


def _waive(book: Book) -> Act:
    charge = claim_late_charge(book.ports, by_ana(JULY), book.issued().id, None)
    context = replace(KEYED, at=JULY)
    return lambda ports: waive_late_charge(
        ports, context, charge.id, reason="x", expected_version=None
    )


def _invoice_charge(book: Book) -> Act:
    charge = claim_late_charge(book.ports, by_ana(JULY), book.issued().id, None)
    context = replace(KEYED, at=JULY)
    return lambda ports: invoice_late_charge(ports, context, charge.id, expected_version=None)


def _finish(book: Book) -> Act:
    provider_says(book.ports, a_fact())
    (item,) = book.work()
    return lambda ports: finish_work_item(ports, KEYED, item.key, "called")


RATE = MailRefused("rate", is_temporary=True)
QUOTA = MailRefused("quota", is_temporary=True, not_before=NOON)
HANDLERS = {
    "draft": Handler(_draft),
    "change draft": Handler(_change_draft),
    "issue": Handler(_issue),
    "issue and send": Handler(approvals.issue_and_send, has_same_end=False),
    "ask for approval": Handler(approvals.ask_for_approval),
    "approve": Handler(approvals.approve_issue, has_same_end=False),
    "reject": Handler(approvals.reject_issue),
    "void": Handler(_void),
    "record payment": Handler(_record),
    "record payment in batches": Handler(_record_in_batches, has_same_end=False),
    "record payment over a waiting reminder": Handler(_record_over_a_waiting_reminder),
    "allocate": Handler(_allocate),
    "assign": Handler(_assign),
    "rename customer": Handler(_rename),
    "receive event": Handler(_receive),
    "apply paid": Handler(_apply("paid")),
    "apply processing": Handler(_apply("processing")),
    "apply failed": Handler(_apply("failed")),
    "apply unmatched": Handler(_apply("paid", invoice_id=None)),
    "identify": Handler(_identify),
    "send invoice": Handler(_send, has_same_end=False),
    "deliver invoice": Handler(_deliver(), has_same_end=False),
    "deliver invoice, refused": Handler(_deliver(RATE), has_same_end=False),
    "deliver invoice, uncertain": Handler(_deliver(MailUncertain("?")), has_same_end=False),
    "remind": Handler(_remind(), has_same_end=False),
    "remind, refused": Handler(_remind(RATE), has_same_end=False),
    "remind, refused for good": Handler(
        _remind(MailRefused("no", is_temporary=False)), has_same_end=False
    ),
    "mail delivered": Handler(_mail_event("delivered")),
    "mail bounced": Handler(_mail_event("bounced")),
    "mail delayed": Handler(_mail_event("delayed")),
    "mail undelivered": Handler(_mail_event("undelivered")),
    "copy bounced": Handler(_mail_event("bounced", address="colleague@saldo.example")),
    "deliver invoice, over the quota": Handler(_deliver(QUOTA), has_same_end=False),
    "remind, over the quota": Handler(_remind(QUOTA), has_same_end=False),
    "tick": Handler(_tick, has_same_end=False),
    "sweep": Handler(_sweep, has_same_end=False),
    "claim late charge": Handler(_claim),
    "waive late charge": Handler(_waive),
    "invoice late charge": Handler(_invoice_charge),
    "credit a part": Handler(credit_notes.issue_a_part),
    "credit beyond what is open": Handler(credit_notes.issue_beyond_what_is_open),
    "credit over a waiting reminder": Handler(credit_notes.issue_over_a_waiting_reminder),
    "credit and send": Handler(credit_notes.issue_and_send, has_same_end=False),
    "send credit note": Handler(credit_notes.send, has_same_end=False),
    "deliver credit note": Handler(credit_notes.deliver(), has_same_end=False),
    "deliver credit note, refused": Handler(credit_notes.deliver(RATE), has_same_end=False),
    "finish work": Handler(_finish),
    **{name: Handler(arrange) for name, arrange in money_back.HANDLERS.items()},
    **{name: Handler(arrange) for name, arrange in settlements.HANDLERS.items()},
    **{name: Handler(arrange) for name, arrange in checkouts.HANDLERS.items()},
    **{name: Handler(arrange) for name, arrange in providers.HANDLERS.items()},
    **{name: Handler(arrange) for name, arrange in portal.HANDLERS.items()},
    "tell the old address": Handler(portal.tell_the_old_address, has_same_end=False),
    **{name: Handler(arrange, has_same_end=False) for name, arrange in templates.HANDLERS.items()},
    **{name: Handler(arrange) for name, arrange in legal.HANDLERS.items()},
    **{name: Handler(arrange, has_same_end=False) for name, arrange in settings.HANDLERS.items()},
    **{name: Handler(arrange, has_same_end=False) for name, arrange in dunning.HANDLERS.items()},
    **{name: Handler(arrange, has_same_end=False) for name, arrange in charges.HANDLERS.items()},
}


def repeated(act: Act, ports: Ports) -> None:
    """Deliver the message, or send the request, once more."""
    try:
        act(ports)
    except (DomainError, AlreadyAnswered):
        return  # it had happened already, and says so


def end_of(book: Book) -> dict[str, object]:
    """What staff and customers can tell of a book."""
    return {
        "invoices": [
            (one.number, one.state, one.open_minor, one.notes) for one in book.all(Invoice)
        ],
        "payments": [
            (one.amount_minor, one.unapplied_minor, one.returned_minor(), one.customer_name)
            for one in book.all(Payment)
        ],
        "approvals": [(one.state, one.decided_by, one.note) for one in book.all(Approval)],
        "work": [(item.what, item.state, item.outcome) for item in book.all(WorkItem)],
        "rests": [
            *((one.state, one.outcome, one.resting_minor, one.owner) for one in book.all(Dispute)),
            *((one.state, one.received_minor) for one in book.all(Promise)),
            *((one.state, one.instalments) for one in book.all(Plan)),
            *((one.state, one.until) for one in book.all(Hold)),
            *((one.state, one.amount_minor) for one in book.all(Handover)),
        ],
        "late charges": [
            (one.state, one.total_minor, one.charge_invoice_id is None)
            for one in book.all(LateCharge)
        ],
        "mails": len(book.fakes.mailer.accepted),
        "messages": [(one.state, one.attempts) for one in book.messages()],
        "accounts": [
            (one.open_minor, one.unapplied_minor, one.pending, one.next_action_at)
            for one in book.all(Account)
        ],
    }


def run(handler: Handler, point: CrashPoint) -> Book:
    """Arrange, act until the crash, check, act again, settle, check."""
    book = Book()
    act = handler.arrange(book)
    try:
        act(crashing(book.ports, point))
    except Crash:
        assert_books_hold(book.fakes.table)
        repeated(act, book.ports)
    settle(book.fakes, at("2026-04-06T12:00"))
    assert_quiet(book.fakes.table)
    return book


@pytest.mark.parametrize("name", HANDLERS)
def test_a_crash_at_any_call_harms_nothing(name: str) -> None:
    handler = HANDLERS[name]
    whole = CrashPoint()
    expected = end_of(run(handler, whole))
    assert whole.calls

    for call in range(1, len(whole.calls) + 1):
        for after in (False, True):
            book = run(handler, CrashPoint(call, after=after))
            end = end_of(book)
            if handler.has_same_end:
                assert end == expected, f"{whole.calls[call - 1]} (call {call}, {after=})"
            for message in book.messages():
                assert book.fakes.mailer.sent(message.id) <= 1

"""What is crashed of posting money that a provider says went back, each with the book it needs."""

from collections.abc import Callable
from typing import Any

from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.assign_payment import assign_payment
from chalicelib.usecases.context import system_context
from chalicelib.usecases.ports import MailRefused, Ports
from tests.builders import NOON, Book, a_fact, at, by_ana, provider_says, receive

Act = Callable[[Ports], object]

REFUNDED = a_fact("refunded_so_far", amount_minor=70_000)
FAILED = a_fact(
    "refund", object_id="re_1", refund_status="failed", amount_minor=70_000, began_at=NOON,
    event_id="evt_failed",
)  # fmt: skip


def disputed(status: Any, money: Any, minute: int) -> ProviderFact:
    """Return what is said of a dispute over all of the payment."""
    return a_fact(
        "dispute", object_id="du_1", dispute_status=status, money=money,
        event_id=f"evt_dispute_{minute}", occurred_at=at(f"2026-03-02T12:{minute:02d}"),
    )  # fmt: skip


CONTESTED, WON, LOST = (
    disputed("contested", "out", 1), disputed("won", "back", 2), disputed("lost", "out", 2),
)  # fmt: skip


def hearing(fact: ProviderFact, *before: ProviderFact, named: bool = True) -> Callable[[Book], Act]:
    """Apply a fact about a payment of 1,000.00 after others; an invoice of 800.00 is there."""

    def arrange(book: Book) -> Act:
        invoice_id = book.issued(80_000).id if named else None
        facts = [one.but(invoice_id=invoice_id) if one.what == "paid" else one
                 for one in (*before, fact)]  # fmt: skip
        for one in facts[:-1]:
            provider_says(book.ports, one)
        return _applying(book, facts[-1])

    return arrange


def _applying(book: Book, fact: ProviderFact) -> Act:
    receive(book.ports, fact)
    event = find_event(book.ports, fact.provider, fact.event_id)
    return lambda ports: apply_provider_event(ports, system_context(NOON), event, fact)


def identified_after_a_refund(book: Book) -> Act:
    """The payment is refunded before an event says which invoice it was for."""
    invoice = book.issued(80_000)
    for fact in (a_fact(event_id="evt_unnamed"), REFUNDED):
        provider_says(book.ports, fact)
    return _applying(book, a_fact(invoice_id=invoice.id))


def refunded_in_steps(book: Book) -> Act:
    """A refund of what settles more invoices than one transaction holds."""
    for number in range(45):
        book.issued(2_000, series=f"S{number}", issue_date=f"2026-01-{1 + number // 2:02d}")
    provider_says(book.ports, a_fact())
    (payment,) = book.all(Payment)
    assign_payment(book.ports, by_ana(), payment.id, book.customer.id)
    allocate_payment(book.ports, by_ana(), payment.id, None)
    return _applying(book, a_fact("refunded_so_far"))


def won_over_a_waiting_reminder(book: Book) -> Act:
    """Money comes back to an account whose reminder waits for another attempt."""
    invoice = book.issued(80_000)
    book.issued(500)
    for fact in (a_fact(invoice_id=invoice.id), CONTESTED, LOST):
        provider_says(book.ports, fact)
    book.fakes.mailer.faults = [MailRefused("rate", is_temporary=True)]
    book.remind("2026-04-06")
    return _applying(book, disputed("won", "back", 3))


PAID = a_fact()
HANDLERS: dict[str, Callable[[Book], Act]] = {
    "refunded": hearing(REFUNDED, PAID),
    "refund failed": hearing(FAILED, PAID, REFUNDED),
    "refund before its payment": hearing(REFUNDED),
    "payment after its refund": hearing(PAID, REFUNDED),
    "payment after its dispute": hearing(PAID, CONTESTED),
    "unidentified payment after its refund": hearing(PAID, REFUNDED, named=False),
    "identified after a refund": identified_after_a_refund,
    "disputed": hearing(CONTESTED, PAID),
    "won": hearing(WON, PAID, CONTESTED),
    "won over a waiting reminder": won_over_a_waiting_reminder,
    "lost": hearing(LOST, PAID, CONTESTED),
    "refunded while disputed": hearing(REFUNDED, PAID, CONTESTED),
    "refunded in steps": refunded_in_steps,
}

"""Customers, invoices and payments as tests need them: real use cases with sensible defaults."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from chalicelib.domain.access import Actor
from chalicelib.domain.account import Account
from chalicelib.domain.aging import Aging, age
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.base import Record
from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import known
from chalicelib.domain.invoice import Invoice, LineInput
from chalicelib.domain.ledger import Totals
from chalicelib.domain.message import Message
from chalicelib.domain.payment import Payment, Wanted
from chalicelib.domain.provider import FactKind, InboxEvent, ProviderFact
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.book_listings import totals_of_days, totals_of_months
from chalicelib.usecases.context import Context, system_context
from chalicelib.usecases.create_customer import NewCustomer, create_customer
from chalicelib.usecases.draft_invoice import NewInvoice, draft_invoice
from chalicelib.usecases.issue_credit_note import NewCreditNote, issue_credit_note
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.own_company import COMPANY
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace
from chalicelib.usecases.receive_provider_event import receive_provider_event
from chalicelib.usecases.record_payment import NewPayment, record_payment
from chalicelib.usecases.references import account_ref, invoice_ref, payment_ref
from chalicelib.usecases.send_reminder import send_reminder
from tests.fakes import Fakes
from tests.invariants import Books, records_in

R = TypeVar("R", bound=Record)

ANA = Actor(id="ana@saldo.example", name="Ana", role="accountant")
BEA = Actor(id="bea@saldo.example", name="Bea", role="accountant")
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
"""A Monday; noon in Madrid."""


def at(text: str) -> datetime:
    """Return an instant: ``2026-03-02`` is noon in Madrid (11:00 UTC), or ``…T10:00`` in UTC."""
    if "T" not in text:
        text += "T11:00"
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def by_ana(when: datetime = NOON) -> Context:
    """Return the context of a person who works now."""
    return Context(actor=ANA, at=when)


def by_bea(when: datetime = NOON) -> Context:
    """Return the context of another person, who approves what Ana asks for."""
    return Context(actor=BEA, at=when)


def a_line(
    net_minor: int = 100_000, *, quantity: str = "1", tax_rate: str = "0", discount_rate: str = "0"
) -> LineInput:
    """Return a line; one of 1,000.00 without tax by default."""
    return LineInput(
        description="Mantenimiento",
        quantity=Decimal(quantity),
        unit_price_minor=net_minor,
        tax_rate=Decimal(tax_rate),
        discount_rate=Decimal(discount_rate),
    )


def a_customer(ports: Ports, when: datetime = NOON, **changes: Any) -> Customer:
    """Enter a customer with 30 days, in Madrid, in euros."""
    fields: dict[str, Any] = {
        "name": "Distribuciones Peñarroya, S.A.",
        "country": "ES",
        "email": "pagos@penarroya.example",
        "language": "es",
        "currency": "EUR",
        "terms_days": 30,
        "time_zone": "Europe/Madrid",
    }
    return create_customer(ports, by_ana(when), NewCustomer(**(fields | changes)))


def a_draft(
    ports: Ports,
    customer_id: str,
    total_minor: int = 100_000,
    when: datetime = NOON,
    **changes: Any,
) -> Invoice:
    """Write a draft over one line without tax."""
    fields: dict[str, Any] = {"currency": None, "lines": [a_line(total_minor)]}
    new = NewInvoice(customer_id=customer_id, **(fields | changes))
    return draft_invoice(ports, by_ana(when), new)


def an_issued_invoice(
    ports: Ports,
    customer_id: str,
    total_minor: int = 100_000,
    when: datetime = NOON,
    **changes: Any,
) -> Invoice:
    """Write a draft and issue it. ``due_date`` may be given as a text."""
    for name in ("issue_date", "due_date"):
        if isinstance(changes.get(name), str):
            changes[name] = date.fromisoformat(changes[name])
    draft = a_draft(ports, customer_id, total_minor, when, **changes)
    return issue_invoice(ports, by_ana(when), draft.id, expected_version=None)


def a_payment(
    ports: Ports,
    customer_id: str,
    amount_minor: int,
    when: datetime = NOON,
    *,
    wanted: Sequence[tuple[str, int]] | None = None,
    **changes: Any,
) -> Payment:
    """Record a transfer of today; ``wanted`` names invoices and amounts."""
    fields: dict[str, Any] = {"currency": "EUR", "received_on": when.date(), "method": "transfer"}
    chosen = None if wanted is None else [
        Wanted(invoice_id=invoice_id, amount_minor=amount) for invoice_id, amount in wanted
    ]  # fmt: skip
    new = NewPayment(
        customer_id=customer_id, amount_minor=amount_minor, wanted=chosen, **(fields | changes)
    )
    return record_payment(ports, by_ana(when), new)


def a_credit_note(
    ports: Ports,
    invoice_id: str,
    amount_minor: int | None = None,
    when: datetime = NOON,
    **changes: Any,
) -> CreditNote:
    """Issue a credit note over so much of an invoice, or over all that is left of it."""
    fields: dict[str, Any] = {"reason": "Devolución", "amount_minor": amount_minor} | changes
    return issue_credit_note(ports, by_ana(when), NewCreditNote(invoice_id=invoice_id, **fields))


def a_fact(what: FactKind = "paid", **changes: Any) -> ProviderFact:
    """Return a provider's fact about ``pi_1`` over 1,000.00."""
    fields: dict[str, Any] = {
        "what": what,
        "provider": "stripe",
        "event_id": f"evt_{what}",
        "payment_key": "pi_1",
        "invoice_id": None,
        "amount_minor": 100_000,
        "currency": "EUR",
        "occurred_at": NOON,
    }
    return ProviderFact(**(fields | changes))


def receive(ports: Ports, fact: ProviderFact, when: datetime = NOON) -> None:
    """Take in the event that says this fact."""
    receive_provider_event(
        ports,
        system_context(when),
        provider=fact.provider,
        event_id=fact.event_id,
        event_type=fact.what,
        raw=fact.model_dump_json(),
    )


def fact_of(event: InboxEvent) -> ProviderFact:
    """Understand an event that ``receive`` took in."""
    return ProviderFact.model_validate_json(event.raw)


def provider_says(ports: Ports, fact: ProviderFact, when: datetime = NOON) -> str:
    """Take in an event and work on it."""
    receive(ports, fact, when)
    event = find_event(ports, fact.provider, fact.event_id)
    return apply_provider_event(ports, system_context(when), event, fact)


@dataclass
class Book:
    """A company's book in memory with one customer, and short ways to look into it."""

    fakes: Fakes = field(default_factory=Fakes)

    def __post_init__(self) -> None:
        self.ports = self.fakes.ports()
        self.customer = a_customer(self.ports)

    def invoice(self, invoice: Invoice | str) -> Invoice:
        """The invoice as it stands now."""
        return found(self.ports, invoice_ref(invoice if isinstance(invoice, str) else invoice.id))

    def payment(self, payment: Payment | str) -> Payment:
        """The payment as it stands now."""
        return found(self.ports, payment_ref(payment if isinstance(payment, str) else payment.id))

    def account(self, customer_id: str | None = None, currency: str = "EUR") -> Account:
        """An account as it stands now."""
        return found(self.ports, account_ref(customer_id or self.customer.id, currency))

    def issued(self, total_minor: int = 100_000, **changes: Any) -> Invoice:
        """Issue an invoice to the customer."""
        return an_issued_invoice(self.ports, self.customer.id, total_minor, **changes)

    def paid(self, amount_minor: int, **changes: Any) -> Payment:
        """Record a payment of the customer."""
        return a_payment(self.ports, self.customer.id, amount_minor, **changes)

    def credited(
        self, invoice: Invoice, amount_minor: int | None = None, **changes: Any
    ) -> CreditNote:
        """Issue a credit note over an invoice."""
        return a_credit_note(self.ports, invoice.id, amount_minor, **changes)

    def remind(self, when: str | datetime, customer_id: str | None = None) -> None:
        """Send what is due for the customer's account at an instant."""
        instant = at(when) if isinstance(when, str) else when
        send_reminder(self.ports, system_context(instant), customer_id or self.customer.id, "EUR")

    def work(self, state: str = "open") -> list[WorkItem]:
        """The work items in a state."""
        return [item for item in self.all(WorkItem) if item.state == state]

    def messages(self) -> list[Message]:
        """All messages."""
        return self.all(Message)

    def audit(self) -> list[AuditEntry]:
        """All entries of the audit log, oldest first."""
        return sorted(self.all(AuditEntry), key=lambda one: one.at)

    def books(self) -> Books:
        """Everything stored."""
        return Books(records_in(self.fakes.table))

    def all(self, record: type[R]) -> list[R]:
        """Every stored record of a type."""
        return self.books().all(record)

    def snapshot(self) -> str:
        """Everything stored, as text that two states can be compared by."""
        return json.dumps(self.fakes.table.items(), sort_keys=True)

    def freeze_sending(self) -> None:
        """Stop all mail."""
        change_company(self.ports, sending_frozen=True)


def found(ports: Ports, ref: Ref[R]) -> R:
    """Return a record that must be there."""
    return known(ports.store.get(ref))


def change_company(ports: Ports, **changes: Any) -> Company:
    """Store the company's settings with these changes."""
    before = ports.store.get(COMPANY) or Company(version=0, name="Talleres Ibáñez, S.L.")
    after = before.next(**changes)
    ports.store.commit([Replace(after) if after.version > 1 else Insert(after)])
    return after


def aging_as_of(ports: Ports, day: date) -> tuple[Aging, ...]:
    """Read the aging of a day as the report does: two Queries."""
    totals: list[Totals] = [
        *ports.store.records(totals_of_months(day)),
        *ports.store.records(totals_of_days(day)),
    ]
    return age(day, totals)


def days(count: int) -> timedelta:
    """Return so many days."""
    return timedelta(days=count)

"""What goes wrong, or aside, in every business: put into the example's story."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import known
from chalicelib.domain.invoice import Invoice, LineInput
from chalicelib.domain.provider import FactKind, ProviderFact
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.draft_invoice import NewInvoice, draft_invoice
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.receive_provider_event import receive_provider_event
from chalicelib.usecases.record_payment import NewPayment, record_payment
from chalicelib.usecases.void_invoice import void_invoice
from infra.local.example.chase import NO_ADDRESS
from infra.local.example.past import Past

# How many invoices the incidents issue.
ISSUED: Final = 3
_ACCOUNTANT: Final = 1


class Incidents:
    """Each happens so many days ago; `customers` are known by name."""

    def __init__(self, past: Past, customers: Mapping[str, Customer]) -> None:
        self._past = past
        self._customers = customers
        self._sold: dict[str, Invoice] = {}
        self._events = 0
        self._calendar: dict[int, Callable[[date], None]] = {
            27: self._a_mailbox_is_given_up,
            41: self._money_comes_in_advance,
            20: self._a_hotel_orders,
            13: self._a_startup_orders,
            9: self._an_invoice_was_a_mistake,
            6: self._money_comes_from_nobody_known,
            5: self._the_hotel_pays_twice,
            3: self._the_card_of_the_startup_is_declined,
        }

    def happen(self, day: date, days_ago: int) -> None:
        """Let happen what belongs to this day."""
        if days_ago in self._calendar:
            self._calendar[days_ago](day)

    def _a_mailbox_is_given_up(self, _day: date) -> None:
        self._past.returned.add(known(self._customers[NO_ADDRESS].email))

    def _money_comes_in_advance(self, day: date) -> None:
        payment = NewPayment(
            customer_id=self._customers["Teatro del Coso"].id,
            amount_minor=150_000,
            currency="EUR",
            received_on=day,
            method="transfer",
            reference="Anticipo temporada",
            wanted=(),
        )
        context = self._past.by(_ACCOUNTANT, self._past.at(day, 13))
        record_payment(self._past.ports, context, payment)

    def _an_invoice_was_a_mistake(self, day: date) -> None:
        invoice = self._sell("Club Ciclista Puerta Cinegia", day, "Dorsales, juego de 200", 46_000)
        context = self._past.by(_ACCOUNTANT, self._past.at(day, 14))
        void_invoice(
            self._past.ports,
            context,
            invoice.id,
            reason="Emitida por duplicado",
            expected_version=None,
        )

    def _a_hotel_orders(self, day: date) -> None:
        self._sell("Hotel Balneario de la Sierra", day, "Cartas de restaurante, 60 uds.", 89_000)

    def _a_startup_orders(self, day: date) -> None:
        self._sell("Startup Limonar, S.L.", day, "Lona 3 × 2 m para feria", 24_500)

    def _money_comes_from_nobody_known(self, day: date) -> None:
        self._report(day, "paid", "pi_example_unknown", None, 31_240)

    def _the_hotel_pays_twice(self, day: date) -> None:
        invoice = self._sold["Hotel Balneario de la Sierra"]
        for payment_key in ("pi_example_hotel_1", "pi_example_hotel_2"):
            self._report(day, "paid", payment_key, invoice, invoice.total_minor)

    def _the_card_of_the_startup_is_declined(self, day: date) -> None:
        invoice = self._sold["Startup Limonar, S.L."]
        self._report(day, "failed", "pi_example_declined", invoice, invoice.total_minor)

    def _sell(self, customer: str, day: date, what: str, price_minor: int) -> Invoice:
        context, ports = self._past.by(_ACCOUNTANT, self._past.at(day, 12)), self._past.ports
        line = LineInput(
            description=what,
            quantity=Decimal(1),
            unit_price_minor=price_minor,
            tax_rate=Decimal("0.21"),
        )
        new = NewInvoice(customer_id=self._customers[customer].id, currency="EUR", lines=[line])
        draft = draft_invoice(ports, context, new)
        self._sold[customer] = issue_invoice(ports, context, draft.id, expected_version=None)
        return self._sold[customer]

    def _report(
        self, day: date, what: FactKind, payment_key: str, invoice: Invoice | None, minor: int
    ) -> None:
        """The payment provider tells of money."""
        self._events += 1
        at, ports = self._past.at(day, 18), self._past.ports
        context = self._past.by_itself(at)
        fact = ProviderFact(
            what=what,
            provider="stripe",
            event_id=f"evt_example_{self._events}",
            payment_key=payment_key,
            invoice_id=invoice.id if invoice else None,
            amount_minor=minor,
            currency="EUR",
            occurred_at=at,
            detail="Your card was declined." if what == "failed" else None,
        )
        receive_provider_event(
            ports,
            context,
            provider=fact.provider,
            event_id=fact.event_id,
            event_type=f"example.{what}",
            raw="{}",
        )
        event = find_event(ports, fact.provider, fact.event_id)
        apply_provider_event(ports, context, event, fact)

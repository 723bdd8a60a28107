"""What goes wrong, or aside, in every business: put into the example's story."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import known
from chalicelib.domain.invoice import Invoice, LineInput
from chalicelib.usecases.draft_invoice import NewInvoice, draft_invoice
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.record_payment import NewPayment, record_payment
from chalicelib.usecases.void_invoice import void_invoice
from infra.local.example.chase import NO_ADDRESS
from infra.local.example.past import Past

# How many invoices the incidents issue.
ISSUED: Final = 1
_ACCOUNTANT: Final = 1


class Incidents:
    """Each happens so many days ago; `customers` are known by name."""

    def __init__(self, past: Past, customers: Mapping[str, Customer]) -> None:
        self._past = past
        self._customers = customers
        self._sold: dict[str, Invoice] = {}
        self._calendar: dict[int, Callable[[date], None]] = {
            27: self._a_mailbox_is_given_up,
            41: self._money_comes_in_advance,
            9: self._an_invoice_was_a_mistake,
            6: self._money_comes_from_nobody_known,
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

    def _money_comes_from_nobody_known(self, day: date) -> None:
        at = self._past.at(day, 18)
        self._past.by_itself(at)
        self._past.till.pay_at_stripe(31_240, "Pedido de la feria")
        self._past.hear(at)

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

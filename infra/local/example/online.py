"""Customers of the example who pay at a provider's page, and what became of their money.

Each got its invoice by mail, came by the link in it, and paid (or not) at another provider: a debt
of its own at somebody who owes little else, so that it stands there on any day.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple

from chalicelib.domain.checkout import Checkout
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import known
from chalicelib.domain.invoice import Invoice, LineInput
from chalicelib.domain.portal import PortalLink
from chalicelib.usecases.close_checkouts import close_checkouts
from chalicelib.usecases.compare_provider import compare_provider, due_comparisons
from chalicelib.usecases.context import Context
from chalicelib.usecases.draft_invoice import NewInvoice, draft_invoice
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.portal_access import note_visit, visitor
from chalicelib.usecases.portal_checkouts import PortalPayment, pay_in_portal
from chalicelib.usecases.portal_links import link_ref, list_links
from chalicelib.usecases.send_invoice import send_invoice
from infra.local.example.past import Past

CARD: Final = "Quesos Valle del Ésera, S.L."
BIZUM: Final = "Mieles del Maestrazgo"
DEBIT: Final = "Seguros Monegros, Correduría"
DEBIT_FAILED: Final = "Informática Pilar y Hermanos"
PAYPAL: Final = "Fundación Río Gállego"
DISPUTED: Final = "Bodegas Peña Roya, S.A."
SEVERAL: Final = "Colegio San Gregorio"
TWICE: Final = "Hotel Balneario de la Sierra"
DECLINED: Final = "Startup Limonar, S.L."
OPEN: Final = "Ediciones del Moncayo, S.L."
MISSED: Final = "Autocares Tierra Estella, S.L."
DIFFERENT: Final = "Energía Solar Belchite, S.L."
PROMISED: Final = "Aceites Bajo Aragón, S.L."
CONTESTED: Final = "Cosmética Flor de Sal, S.L."


class Sale(NamedTuple):
    """Sold to a customer so many days ago, at a net price in minor units."""

    customer: str
    days_ago: int
    what: str
    price_minor: int


_SALES: Final = (
    Sale(CARD, 24, "Etiquetas para queso, 6.000 uds.", 31_800),
    Sale(BIZUM, 18, "Etiquetas para miel, 2.000 uds.", 14_500),
    Sale(DEBIT, 37, "Pólizas y sobres impresos", 68_000),
    Sale(DEBIT_FAILED, 41, "Carpetas corporativas, 1.500 uds.", 92_400),
    Sale(PAYPAL, 21, "Memoria anual, 400 uds.", 117_000),
    Sale(DISPUTED, 30, "Cajas de vino impresas, 3.000 uds.", 246_000),
    Sale(SEVERAL, 26, "Agendas escolares, 500 uds.", 139_500),
    Sale(SEVERAL, 22, "Boletines y circulares", 27_600),
    Sale(TWICE, 20, "Cartas de restaurante, 60 uds.", 89_000),
    Sale(DECLINED, 13, "Lona 3 × 2 m para feria", 24_500),
    Sale(OPEN, 12, "Marcapáginas, 5.000 uds.", 43_000),
    Sale(MISSED, 25, "Horarios plegados, 8.000 uds.", 58_700),
    Sale(DIFFERENT, 23, "Manuales de inversor, 300 uds.", 76_300),
    Sale(PROMISED, 39, "Estuches para aceite, 4.000 uds.", 121_000),
    Sale(CONTESTED, 34, "Expositores de mostrador, 150 uds.", 187_500),
)
SOLD: Final = len(_SALES)
_ACCOUNTANT: Final = 1
_PART_MINOR: Final = 24_200
_LESS_MINOR: Final = 3_000
_MORNING: Final = 11
_NIGHT: Final = 3
_NIGHTS: Final = (2, 1, 0)

Act = Callable[[date], object]


class Online:
    """Told day by day like the rest of the story; customers are known by name."""

    def __init__(self, past: Past, customers: Mapping[str, Customer]) -> None:
        self._past = past
        self._customers = customers
        self._sold: dict[str, list[Invoice]] = defaultdict(list)
        self._links: dict[str, PortalLink] = {}
        self._begun: dict[str, Checkout] = {}
        self._calendar: dict[int, list[Act]] = defaultdict(list)
        for night in _NIGHTS:
            self._calendar[night].append(self._compare)
        for sale in _SALES:
            self._calendar[sale.days_ago].append(partial(self._sell, sale))
        for days_ago, act in (*self._payments(), *self._consequences()):
            self._calendar[days_ago].append(act)

    def happen(self, day: date, days_ago: int) -> None:
        """Let happen what belongs to this day."""
        for act in self._calendar[days_ago]:
            act(day)

    def visit(self, name: str, at: datetime) -> tuple[PortalLink, Context]:
        """A customer follows the link of its last mail; the link, and as whom it acts."""
        link = self._links[name]
        note_visit(self._past.ports, self._past.by_actor(visitor(link), at), link)
        link = known(self._past.ports.store.get(link_ref(link.id)))
        return link, self._past.by_actor(visitor(link), at)

    def invoice(self, name: str) -> Invoice:
        """What was sold to a customer last, as it was then."""
        return self._sold[name][-1]

    def _payments(self) -> Iterable[tuple[int, Act]]:
        yield 17, partial(self._pay, DISPUTED, "stripe", "pay")
        yield 15, partial(self._pay, CARD, "stripe", "pay")
        yield 14, partial(self._pay, DEBIT_FAILED, "gocardless", "pay_later")
        yield 12, partial(self._pay, PAYPAL, "paypal", "pay")
        yield 11, partial(self._pay, BIZUM, "redsys", "bizum")
        yield 8, partial(self._pay, SEVERAL, "stripe", "pay")
        yield 5, self._pay_twice
        yield 3, partial(self._pay, DECLINED, "stripe", "decline")
        yield 1, partial(self._pay, DEBIT, "gocardless", "pay_later")
        yield 1, self._pay_unheard
        yield 1, self._pay_less
        yield 0, partial(self._begin, OPEN, "redsys")

    def _consequences(self) -> Iterable[tuple[int, Act]]:
        yield 11, partial(self._act, DEBIT_FAILED, "confirm", None)
        yield 9, partial(self._act, DEBIT_FAILED, "pay_out", None)
        yield 7, partial(self._act, PAYPAL, "refund", _PART_MINOR)
        yield 4, partial(self._act, DEBIT_FAILED, "fail_late", None)
        yield 2, partial(self._act, DISPUTED, "dispute", None)
        yield 2, self._pages_expire

    def _sell(self, sale: Sale, day: date) -> None:
        """Invoice it, and let the mail with its link arrive."""
        ports, context = self._past.ports, self._past.by(_ACCOUNTANT, self._past.at(day, 12))
        customer = self._customers[sale.customer]
        line = LineInput(
            description=sale.what,
            quantity=Decimal(1),
            unit_price_minor=sale.price_minor,
            tax_rate=Decimal("0.21"),
        )
        due = day + timedelta(days=30)
        new = NewInvoice(customer_id=customer.id, currency="EUR", lines=[line], due_date=due)
        draft = draft_invoice(ports, context, new)
        invoice = issue_invoice(ports, context, draft.id, expected_version=None)
        send_invoice(ports, context, invoice.id, again=False)
        self._past.work_off(context.at)
        self._sold[sale.customer].append(invoice)
        self._links[sale.customer] = list_links(ports, customer.id)[0]

    def _begin(self, name: str, provider: str, day: date) -> Checkout:
        """The customer is led to the provider's page."""
        link, context = self.visit(name, self._past.at(day, _MORNING, 20))
        wanted = PortalPayment(
            currency="EUR",
            provider=provider,
            invoice_ids=[one.id for one in self._sold[name]],
        )
        till = self._past.till
        checkout = pay_in_portal(self._past.ports, context, link, wanted, base_url=till.base_url)
        self._begun[name] = checkout
        return checkout

    def _pay(self, name: str, provider: str, choice: str, day: date) -> None:
        self._past.till.choose(self._begin(name, provider, day), choice)
        self._past.hear(self._past.at(day, _MORNING, 24))

    def _act(self, name: str, action: str, amount_minor: int | None, day: date) -> None:
        """Something happens at the provider, which tells of it."""
        at = self._past.at(day, _MORNING, 40)
        self._past.by_itself(at)
        self._past.till.act(self._begun[name], action, amount_minor)
        self._past.hear(at)

    def _pay_twice(self, day: date) -> None:
        """Two people of a hotel open a page each; that of the bank cannot be called back."""
        at_the_bank = self._begin(TWICE, "redsys", day)
        self._pay(TWICE, "stripe", "pay", day)
        self._past.till.choose(at_the_bank, "pay")
        self._past.hear(self._past.at(day, _MORNING, 31))

    def _pay_unheard(self, day: date) -> None:
        """What the provider tells is lost on the way; the comparison at night finds it."""
        self._past.till.choose(self._begin(MISSED, "stripe", day), "pay")
        self._past.till.told()

    def _pay_less(self, day: date) -> None:
        """Somebody corrects the charge in the provider's dashboard, of which no event tells."""
        self._pay(DIFFERENT, "stripe", "pay", day)
        self._past.till.capture_less(self._begun[DIFFERENT], _LESS_MINOR)

    def _pages_expire(self, day: date) -> None:
        close_checkouts(self._past.ports, self._past.by_itself(self._past.at(day, 12)))
        self._past.till.told()

    def _compare(self, day: date) -> None:
        ports, context = self._past.ports, self._past.by_itself(self._past.at(day, _NIGHT))
        for one in due_comparisons(ports, context):
            compare_provider(ports, context, one["provider"])
        self._past.finish(context.at)

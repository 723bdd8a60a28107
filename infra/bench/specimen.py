"""A customer's three years of business, done once by the real procedures and then copied.

Every identifier holds MARK where a copy puts its own number.
"""

import json
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any, Final

from chalicelib.adapters.dynamodb.items import Item
from chalicelib.adapters.dynamodb.marshal import item_to_wire
from chalicelib.adapters.dynamodb.store import DynamoStore
from chalicelib.domain.access import Actor
from chalicelib.domain.invoice import Invoice, LineInput
from chalicelib.usecases.context import Context
from chalicelib.usecases.create_customer import NewCustomer, create_customer
from chalicelib.usecases.draft_invoice import NewInvoice, draft_invoice
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.record_payment import NewPayment, record_payment
from infra.bench.outside import ports_over
from infra.local.example.buffer import Buffer

MARK: Final = "zqzqzq"  # letters and digits only: it stands in a name that is searched for too
INVOICES: Final = 25
OPEN: Final = 4  # the latest of them: 16 %
NOW: Final = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
"""A Monday at ten in Madrid."""
_YEARS_DAYS: Final = 3 * 365
_TERMS_DAYS: Final = 30
_KEPT: Final = frozenset({"customer", "account", "invoice", "payment", "name_word"})
CLERK: Final = Actor(id="bench", name="Bench", role="accountant")


def by_clerk(at: datetime) -> Context:
    """Return the context of somebody who works at this instant."""
    return Context(actor=CLERK, at=at)


class Specimen:
    """The stored items of one customer as text to be copied, and their part in the totals."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        buffer = _Buffer()
        self._ports = _ports(buffer)
        self._live()
        kept = [item for item in buffer.everything() if _is_kept(item)]
        self.text = json.dumps([item_to_wire(item) for item in kept])
        self.totals: dict[tuple[str, str], Counter[str]] = {
            (item["PK"], item["SK"].rpartition("#")[0]): _counters(item)
            for item in buffer.everything()
            if item["kind"] == "totals"
        }

    def _live(self) -> None:
        days = sorted(self._chance.sample(range(1, _YEARS_DAYS), INVOICES), reverse=True)
        first = _at(NOW.date() - timedelta(days=_YEARS_DAYS))
        customer = create_customer(self._ports, by_clerk(first), _customer())
        issued = [self._issue(customer.id, NOW.date() - timedelta(days=ago)) for ago in days]
        for invoice in issued[:-OPEN]:
            self._pay(invoice)

    def _issue(self, customer_id: str, day: date) -> Invoice:
        context = by_clerk(_at(day))
        lines = [_line(self._chance) for _ in range(self._chance.randint(1, 5))]
        new = NewInvoice(customer_id=customer_id, currency=None, lines=lines)
        draft = draft_invoice(self._ports, context, new)
        return issue_invoice(self._ports, context, draft.id, expected_version=None)

    def _pay(self, invoice: Invoice) -> None:
        due = invoice.due_date or NOW.date()
        day = min(due + timedelta(days=self._chance.randint(-5, 40)), NOW.date())
        payment = NewPayment(
            customer_id=invoice.customer_id,
            amount_minor=invoice.open_minor,
            currency=invoice.currency,
            received_on=day,
            method="transfer",
        )
        record_payment(self._ports, by_clerk(_at(day)), payment)


class _Buffer(Buffer):
    def everything(self) -> list[Item]:
        return list(self._items.values())


class _MarkedIds:
    def __init__(self) -> None:
        self._numbers = count(1)

    def new(self, prefix: str, at: datetime) -> str:
        return f"{prefix}_{int(at.timestamp() * 1000):014d}{MARK}{next(self._numbers):06d}"

    def secret(self) -> str:
        return f"secret{MARK}{next(self._numbers)}"


def _ports(buffer: Buffer) -> Ports:
    from dataclasses import replace  # noqa: PLC0415

    return replace(ports_over(None, ""), store=DynamoStore(buffer), ids=_MarkedIds())


def _is_kept(item: Item) -> bool:
    # The ledger, the register and the drafting of the past lie in partitions of their own, which
    # no measured operation reads: they would only take time to load.
    is_issue = item["kind"] == "audit_entry" and item["row"]["action"] == "invoice_issued"
    return is_issue or item["kind"] in _KEPT


def _counters(item: Item) -> Counter[str]:
    return Counter({name: value for name, value in item.items() if isinstance(value, int)})


def _customer() -> NewCustomer:
    return NewCustomer(
        name=f"Talleres {MARK} Hermanos, S.L.",
        country="ES",
        tax_id="B12345674",
        address="Calle Mayor 1\n28013 Madrid",
        email=f"pagos@{MARK}.example",
        language="es",
        currency="EUR",
        terms_days=_TERMS_DAYS,
        time_zone="Europe/Madrid",
    )


def _line(chance: Random) -> LineInput:
    return LineInput(
        description="Catálogo A4, 32 páginas, cosido",
        quantity=Decimal(chance.randint(1, 20)),
        unit_price_minor=chance.randint(1_000, 50_000),
        tax_rate=Decimal("0.21"),
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


def copied(specimen: Specimen, number: int) -> list[dict[str, Any]]:
    """Return the items of one copy, in DynamoDB's wire form."""
    items: list[dict[str, Any]] = json.loads(specimen.text.replace(MARK, f"{number:06d}"))
    return items

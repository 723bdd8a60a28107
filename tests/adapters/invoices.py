"""Invoices and a company to draw and to write about."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from chalicelib.domain.company import Company
from chalicelib.domain.customer import Party
from chalicelib.domain.invoice import Invoice, LineInput, price

BUYER = Party(
    name="Distribuciones Peñarroya, S.A.",
    tax_id="A87654321",
    address="Avenida de la Constitución, 120\n28001 Madrid",
    country="ES",
    email="pagos@penarroya.example",
)


def a_company(**changes: Any) -> Company:
    fields: dict[str, Any] = {
        "name": "Talleres Ibáñez e Hijos, S.L.",
        "tax_id": "B12345674",
        "address": "Calle de la Industria, 14\n08840 Viladecans",
        "email": "facturas@ibanez.example",
        "phone": "+34 936 37 00 00",
        "iban": "ES9121000418450200051332",
        "invoice_footer": "Inscrita en el Registro Mercantil de Barcelona.",
    }
    return Company(**(fields | changes))


def a_line(
    description: str = "Mantenimiento",
    *,
    quantity: str = "1",
    unit_price_minor: int = 100_000,
    tax_rate: str = "0.21",
    discount_rate: str = "0",
) -> LineInput:
    return LineInput(
        description=description,
        quantity=Decimal(quantity),
        unit_price_minor=unit_price_minor,
        tax_rate=Decimal(tax_rate),
        discount_rate=Decimal(discount_rate),
    )


def an_invoice(*lines: LineInput, **changes: Any) -> Invoice:
    """Return an issued invoice over these lines (one of 1,210.00 when there are none)."""
    priced = price(lines or (a_line(),))
    fields: dict[str, Any] = {
        "id": "inv_1",
        "state": "issued",
        "series": "A",
        "number": "A-000127",
        "sequence": 127,
        "customer_id": "cus_1",
        "customer": BUYER,
        "language": "es",
        "currency": "EUR",
        "lines": priced.lines,
        "taxes": priced.taxes,
        "net_minor": priced.net_minor,
        "tax_minor": priced.tax_minor,
        "total_minor": priced.total_minor,
        "open_minor": priced.total_minor,
        "issue_date": date(2026, 11, 21),
        "due_date": date(2026, 12, 21),
        "created_at": datetime(2026, 11, 21, 9, tzinfo=UTC),
        "issued_at": datetime(2026, 11, 21, 10, 30, tzinfo=UTC),
        "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    }
    return Invoice(**(fields | changes))

"""Credit notes to draw and to write about."""

from datetime import UTC, date, datetime
from typing import Any

from chalicelib.domain.credit_note import CreditNote, credit_amount, credit_lines
from chalicelib.domain.invoice import Invoice, LineInput
from tests.adapters.invoices import BUYER, an_invoice


def a_credit_note(
    *lines: LineInput,
    amount_minor: int | None = None,
    invoice: Invoice | None = None,
    **changes: Any,
) -> CreditNote:
    """Return a credit note over these lines or this amount of an invoice; all of it without."""
    invoice = invoice or an_invoice()
    credited = (
        credit_lines(invoice, lines)
        if lines
        else credit_amount(invoice, amount_minor or invoice.total_minor)
    )
    fields: dict[str, Any] = {
        "id": "crn_1_2",
        "number": "R-000007",
        "series": "R",
        "sequence": 7,
        "invoice_id": invoice.id,
        "invoice_number": invoice.number,
        "customer_id": "cus_1",
        "customer": BUYER,
        "language": "es",
        "currency": invoice.currency,
        "lines": credited.lines,
        "taxes": credited.taxes,
        "net_minor": credited.net_minor,
        "tax_minor": credited.tax_minor,
        "total_minor": credited.total_minor,
        "applied_minor": credited.total_minor,
        "payment_id": "pay_1",
        "reason": "Devolución de 2 unidades defectuosas",
        "issue_date": date(2026, 12, 1),
        "created_at": datetime(2026, 12, 1, 9, tzinfo=UTC),
        "created_by": "ana@saldo.example",
        "hash": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        "previous_hash": "0" * 64,
    }
    return CreditNote(**(fields | changes))

"""The words of the journal in the company's language."""

from typing import Final

from chalicelib.domain.customer import Language

HEADINGS: Final[dict[Language, tuple[str, ...]]] = {
    "es": (
        "Fecha", "Asiento", "Concepto", "Documento", "Cliente", "Cuenta", "Nombre de la cuenta",
        "Debe", "Haber", "Moneda", "Tipo impositivo",
    ),
    "en": (
        "Date", "Entry", "Kind", "Document", "Customer", "Account", "Account name",
        "Debit", "Credit", "Currency", "Tax rate",
    ),
}  # fmt: skip
TOTAL: Final[dict[Language, str]] = {"es": "Total", "en": "Total"}
ACCOUNTS: Final[dict[Language, dict[str, str]]] = {
    "es": {
        "receivable": "Clientes",
        "customer_credit": "Anticipos de clientes",
        "sales": "Ventas",
        "sales_returns": "Devoluciones de ventas",
        "tax": "Hacienda Pública, IVA repercutido",
        "bank": "Bancos",
        "cash_discount": "Descuentos por pronto pago",
        "small_difference": "Otras pérdidas en gestión corriente",
        "bad_debt": "Pérdidas de créditos comerciales incobrables",
        "transfer": "Partidas pendientes de aplicación",
    },
    "en": {
        "receivable": "Receivables",
        "customer_credit": "Customer prepayments",
        "sales": "Sales",
        "sales_returns": "Sales returns",
        "tax": "Output tax",
        "bank": "Bank",
        "cash_discount": "Early-payment discounts",
        "small_difference": "Small differences",
        "bad_debt": "Bad debt",
        "transfer": "Suspense",
    },
}
KINDS: Final[dict[Language, dict[str, str]]] = {
    "es": {
        "invoice_issued": "Factura emitida",
        "invoice_voided": "Factura anulada",
        "payment_received": "Cobro",
        "payment_allocated": "Aplicación de cobro",
        "payment_assigned": "Cobro identificado",
        "payment_unallocated": "Aplicación deshecha",
        "payment_returned": "Devolución de cobro",
        "credit_note_issued": "Factura rectificativa",
        "invoice_written_off": "Baja de crédito incobrable",
        "invoice_reinstated": "Recuperación de crédito dado de baja",
    },
    "en": {
        "invoice_issued": "Invoice issued",
        "invoice_voided": "Invoice voided",
        "payment_received": "Payment received",
        "payment_allocated": "Payment allocated",
        "payment_assigned": "Payment identified",
        "payment_unallocated": "Allocation undone",
        "payment_returned": "Payment returned",
        "credit_note_issued": "Credit note",
        "invoice_written_off": "Write-off",
        "invoice_reinstated": "Write-off reinstated",
    },
}

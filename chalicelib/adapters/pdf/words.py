"""The words printed on documents, by language."""

from typing import Final, NamedTuple

from chalicelib.domain.customer import Language


class Words(NamedTuple):
    """Every label of an invoice in one language."""

    invoice: str
    draft: str
    void: str
    bill_to: str
    number: str
    issued: str
    due: str
    purchase_order: str
    currency: str
    tax_id: str
    to_pay: str
    due_on: str
    void_on: str
    description: str
    quantity: str
    unit_price: str
    discount: str
    tax: str
    net: str
    subtotal: str
    tax_on: str
    total: str
    how_to_pay: str
    transfer_to: str
    reference: str
    amount: str
    scan: str
    name_reference: str
    notes: str
    page: str
    fingerprint: str


_SPANISH: Final = Words(
    invoice="Factura",
    draft="Borrador",
    void="Anulada",
    bill_to="Facturar a",
    number="Número",
    issued="Fecha",
    due="Vencimiento",
    purchase_order="Su pedido",
    currency="Moneda",
    tax_id="NIF",
    to_pay="Total a pagar",
    due_on="Vence el {date}",
    void_on="Anulada el {date}",
    description="Descripción",
    quantity="Cantidad",
    unit_price="Precio",
    discount="Dto.",
    tax="IVA",
    net="Importe",
    subtotal="Base imponible",
    tax_on="IVA {rate} sobre {base}",
    total="Total",
    how_to_pay="Cómo pagar",
    transfer_to="Transferencia a",
    reference="Concepto",
    amount="Importe",
    scan="Escanee el código con la app de su banco",
    name_reference="Indique por favor la referencia {number} en su pago.",
    notes="Observaciones",
    page="Página {page} de {{nb}}",
    fingerprint="Huella {hash}",
)
_ENGLISH: Final = Words(
    invoice="Invoice",
    draft="Draft",
    void="Void",
    bill_to="Bill to",
    number="Number",
    issued="Date",
    due="Due date",
    purchase_order="Your order",
    currency="Currency",
    tax_id="Tax ID",
    to_pay="Amount due",
    due_on="Due on {date}",
    void_on="Voided on {date}",
    description="Description",
    quantity="Quantity",
    unit_price="Price",
    discount="Disc.",
    tax="VAT",
    net="Amount",
    subtotal="Subtotal",
    tax_on="VAT {rate} on {base}",
    total="Total",
    how_to_pay="How to pay",
    transfer_to="Bank transfer to",
    reference="Reference",
    amount="Amount",
    scan="Scan with your banking app",
    name_reference="Please quote the reference {number} with your payment.",
    notes="Notes",
    page="Page {page} of {{nb}}",
    fingerprint="Fingerprint {hash}",
)
_WORDS: Final[dict[Language, Words]] = {"es": _SPANISH, "en": _ENGLISH}


def words_in(language: Language) -> Words:
    """Return the words of a language."""
    return _WORDS[language]

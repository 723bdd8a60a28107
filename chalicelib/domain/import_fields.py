"""The fields that an import knows, and by which words people head their columns."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from chalicelib.domain.search_text import normal

ImportKind = Literal["customers", "invoices"]
Content = Literal["text", "amount", "date", "yes_no", "country"]

CUSTOMER_FIELDS: Final[dict[str, Content]] = {
    "id": "text", "code": "text", "name": "text", "tax_id": "text", "country": "country",
    "address": "text", "email": "text", "phone": "text", "language": "text", "currency": "text",
    "terms_days": "text", "segment": "text", "credit_limit": "amount", "notes": "text",
    "invoices_email": "text", "reminders_email": "text",
}  # fmt: skip
INVOICE_FIELDS: Final[dict[str, Content]] = {
    "number": "text", "customer_code": "text", "customer_tax_id": "text", "customer_name": "text",
    "customer_email": "text", "customer_country": "country",
    "issue_date": "date", "due_date": "date",
    "terms_days": "text", "currency": "text", "net": "amount", "tax": "amount",
    "total": "amount", "description": "text", "purchase_order": "text", "paid_amount": "amount",
    "paid_on": "date", "open_amount": "amount", "disputed": "yes_no",
}  # fmt: skip
FIELDS: Final[dict[ImportKind, dict[str, Content]]] = {
    "customers": CUSTOMER_FIELDS,
    "invoices": INVOICE_FIELDS,
}
REPEATABLE: Final = frozenset({"address", "notes", "description"})
"""Several columns may go into one of these, in their order."""

_CUSTOMER_WORDS: Final[dict[str, Sequence[str]]] = {
    "id": ("saldo id", "id saldo", "id de saldo"),
    "code": ("codigo", "codigo cliente", "cod cliente", "id cliente", "numero cliente",
             "cliente id", "code", "customer code", "customer id", "customer number",
             "account number", "customerid", "referencia", "id"),
    "name": ("nombre", "razon social", "cliente", "nombre cliente", "nombre fiscal", "empresa",
             "denominacion", "name", "customer", "customer name", "company", "company name"),
    "tax_id": ("nif", "cif", "nif cif", "cif nif", "dni", "rfc", "nit", "ruc", "rut", "cuit", "vat",
               "tax id", "vat number", "vat id", "identificacion fiscal", "nif iva", "taxid"),
    "country": ("pais", "country", "country code", "codigo pais", "countrycode"),
    "address": ("direccion", "domicilio", "calle", "address", "street", "address line 1", "cp",
                "codigo postal", "poblacion", "ciudad", "provincia", "localidad", "city",
                "postal code", "zip", "state", "address line 2"),
    "email": ("email", "e mail", "correo", "correo electronico", "mail", "email address"),
    "phone": ("telefono", "tel", "movil", "phone", "phone number", "mobile"),
    "language": ("idioma", "lengua", "language"),
    "currency": ("moneda", "divisa", "currency", "currency code"),
    "terms_days": ("plazo", "dias de pago", "plazo dias", "dias", "terms", "terms days",
                   "payment terms", "vencimiento dias", "condiciones", "net days"),
    "segment": ("segmento", "grupo", "tipo cliente", "categoria", "segment", "group", "category"),
    "credit_limit": ("limite credito", "limite de credito", "riesgo maximo", "credit limit",
                     "limite"),
    "notes": ("notas", "observaciones", "comentarios", "notes", "comments", "remarks"),
    "invoices_email": ("email facturas", "correo facturas", "email facturacion", "invoice email",
                       "billing email", "invoices email"),
    "reminders_email": ("email recordatorios", "email cobros", "email pagos", "correo pagos",
                        "reminder email", "reminders email", "accounts payable email"),
}  # fmt: skip
_INVOICE_WORDS: Final[dict[str, Sequence[str]]] = {
    "number": ("numero", "factura", "numero factura", "num factura", "n factura", "no factura",
               "numero de factura", "serie y numero", "documento", "folio", "number", "invoice",
               "invoice number", "invoice no", "invoicenumber", "document number", "doc no"),
    "customer_code": ("codigo cliente", "cod cliente", "id cliente", "cliente id", "codigo",
                      "customer code", "customer id", "customer number", "customerid",
                      "account number", "cuenta cliente"),
    "customer_tax_id": ("nif", "cif", "nif cif", "nif cliente", "cif cliente", "rfc", "nit", "ruc",
                        "rut", "tax id", "vat", "vat number", "customer tax id", "customer vat"),
    "customer_name": ("cliente", "nombre", "razon social", "nombre cliente", "customer",
                      "customer name", "name", "company", "bill to"),
    "customer_email": ("email", "correo", "email cliente", "correo electronico", "customer email",
                       "e mail"),
    "customer_country": ("pais", "country", "country code", "countrycode", "pais cliente"),
    "issue_date": ("fecha", "fecha factura", "fecha emision", "fecha de emision",
                   "fecha expedicion", "emitida", "emision", "date", "invoice date", "issue date",
                   "issued", "document date"),
    "due_date": ("vencimiento", "fecha vencimiento", "fecha de vencimiento", "vence", "due",
                 "due date", "payment due"),
    "terms_days": ("plazo", "dias", "plazo dias", "terms", "terms days", "payment terms"),
    "currency": ("moneda", "divisa", "currency", "currency code"),
    "net": ("base", "base imponible", "neto", "subtotal", "importe neto", "net", "net amount",
            "taxable base", "sin iva"),
    "tax": ("iva", "impuesto", "cuota", "cuota iva", "impuestos", "importe iva", "igv", "tax",
            "tax amount", "vat amount"),
    "total": ("total", "importe", "importe total", "total factura", "amount", "total amount",
              "invoice amount", "gross", "gross amount", "con iva"),
    "description": ("concepto", "descripcion", "detalle", "asunto", "description", "subject",
                    "item", "memo"),
    "purchase_order": ("pedido", "su pedido", "numero pedido", "orden de compra", "po",
                       "po number", "purchase order", "order number"),
    "paid_amount": ("pagado", "cobrado", "importe pagado", "importe cobrado", "paid",
                    "amount paid", "paid amount"),
    "paid_on": ("fecha pago", "fecha cobro", "fecha de pago", "fecha de cobro", "pagada el",
                "paid on", "paid date", "date paid", "payment date", "settled date", "settled"),
    "open_amount": ("pendiente", "saldo", "importe pendiente", "saldo pendiente", "por cobrar",
                    "open", "open amount", "balance", "balance due", "amount due", "outstanding",
                    "remaining"),
    "disputed": ("disputa", "en disputa", "disputada", "incidencia", "disputed", "dispute"),
}  # fmt: skip
WORDS: Final[dict[ImportKind, Mapping[str, Sequence[str]]]] = {
    "customers": _CUSTOMER_WORDS,
    "invoices": _INVOICE_WORDS,
}
_EXACT: Final = 1_000


def guess_fields(
    what: ImportKind, headings: Sequence[str], contents: Sequence[frozenset[Content]]
) -> tuple[str | None, ...]:
    """Return the likeliest field of each column, each field once (but those that are repeatable).

    By the words of the heading; ``contents`` says what the cells of each column could be.
    """
    scored = [
        (score, -place, field)
        for place, heading in enumerate(headings)
        for field, words in WORDS[what].items()
        if FIELDS[what][field] in contents[place]
        and (score := _score(heading_words(heading), words))
    ]
    chosen: dict[int, str] = {}
    for _, place, field in sorted(scored, reverse=True):
        is_free = field in REPEATABLE or field not in chosen.values()
        if -place not in chosen and is_free:
            chosen[-place] = field
    return tuple(chosen.get(place) for place in range(len(headings)))


def heading_words(heading: str) -> str:
    """Return a heading as words: ``InvoiceDate`` and ``invoice_date`` are the same."""
    parts = [
        f" {one}" if one.isupper() and before.islower() else one
        for before, one in zip(f" {heading}", heading, strict=False)
    ]
    return normal("".join(parts).replace("º", " ").replace("ª", " "))


def _score(heading: str, words: Sequence[str]) -> int:
    for place, known in enumerate(words):
        if heading == known:
            return _EXACT - place
    inside = [one for one in words if f" {one} " in f" {heading} "]
    return max((len(one) for one in inside), default=0)

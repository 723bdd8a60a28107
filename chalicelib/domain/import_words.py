"""What is wrong with a row, in words, for the file of rejected rows; example files to fill in."""

from typing import Final

from chalicelib.domain.csv_table import Cell
from chalicelib.domain.customer import Language
from chalicelib.domain.import_fields import ImportKind

ISSUE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "missing": ("falta", "is missing"),
    "too_long": ("es demasiado largo; caben", "is too long; it has room for"),
    "not_a_number": ("no es un importe; se espera", "is not an amount; expected"),
    "too_many_decimals": (
        "tiene demasiados decimales; la moneda tiene",
        "has too many decimals; the currency has",
    ),
    "too_large": ("es demasiado grande", "is too large"),
    "not_a_date": ("no es una fecha; se espera", "is not a date; expected"),
    "too_long_ago": ("es demasiado antigua; desde", "is too long ago; from"),
    "in_future": ("está en el futuro; se espera", "lies in the future; expected"),
    "too_far_ahead": ("está demasiado lejos; se espera", "lies too far ahead; expected"),
    "due_before_issue": (
        "es anterior a la fecha de la factura; se espera",
        "lies before the issue date; expected",
    ),
    "not_days": ("no es un número de días; se espera", "is not a number of days; expected"),
    "not_yes_or_no": ("no es sí ni no; se espera", "is neither yes nor no; expected"),
    "unknown_country": (
        "no es un país conocido; se espera un código como",
        "is no known country; expected a code such as",
    ),
    "unknown_language": (
        "no es un idioma de Saldo; se espera",
        "is no language of Saldo; expected",
    ),
    "unknown_currency": (
        "no es una moneda ISO 4217; se espera un código como",
        "is no ISO 4217 currency; expected a code such as",
    ),
    "not_an_email": (
        "no es una dirección de correo; se espera",
        "is not an e-mail address; expected",
    ),
    "not_positive": (
        "no es positivo; los abonos no se importan; se espera",
        "is not positive; credit notes are not imported; expected",
    ),
    "negative_part": ("tiene base o impuesto negativo", "has a negative net or tax"),
    "sums_differ": (
        "no es la suma de base e impuesto, que es",
        "is not the sum of net and tax, which is",
    ),
    "paid_and_open_differ": (
        "no cuadra con lo pagado; se espera",
        "does not fit what was paid; expected",
    ),
    "paid_out_of_range": (
        "no está entre cero y el total",
        "does not lie between zero and the total",
    ),
    "customer_missing": ("no dice de qué cliente es", "does not say whose it is"),
    "customer_unknown": ("no es un cliente conocido", "is no known customer"),
    "customer_ambiguous": ("lo tienen varios clientes", "belongs to several customers"),
    "customers_differ": (
        "y los demás datos señalan a clientes distintos",
        "and the rest name two customers",
    ),
    "number_taken": (
        "es ya el de otra factura importada:",
        "is that of another imported invoice already:",
    ),
    "repeated_differs": (
        "se repite con otro importe o fecha; está en la fila",
        "stands with another amount or date in row",
    ),
    "number_of_ours": (
        "pertenece a una serie en la que emite Saldo",
        "belongs to a series in which Saldo issues",
    ),
    "period_closed": ("está en un mes cerrado; se espera", "lies in a closed month; expected"),
    "limit_in_other_currency": (
        "hay que decirlo en la moneda nueva; ahora está en",
        "has to be said in the new currency; now it is in",
    ),
    "too_many_open_items": (
        "el cliente tiene ya demasiadas facturas abiertas",
        "the customer has too many open invoices already",
    ),
    "too_many_rests": (
        "el cliente tiene ya demasiadas pausas y disputas",
        "the customer has too many pauses and disputes already",
    ),
}
"""Spanish and English. What was expected stands behind."""
_OTHER: Final = ("no se pudo guardar:", "could not be entered:")

_INVOICES: Final[dict[Language, tuple[tuple[Cell, ...], ...]]] = {
    "es": (
        ("Número", "Código cliente", "Cliente", "NIF", "Email", "Fecha factura", "Vencimiento",
         "Moneda", "Base", "IVA", "Total", "Pagado", "Fecha cobro", "Concepto", "Disputada"),
        ("F2026/001", "C-001", "Distribuciones Peñarroya, S.A.", "A12345674",
         "pagos@penarroya.example", "15/01/2026", "14/02/2026", "EUR", "1.000,00", "210,00",
         "1.210,00", "", "", "Mantenimiento de enero", "no"),
        ("F2026/002", "C-002", "Talleres Ibáñez, S.L.", "B12345674", "admin@ibanez.example",
         "20/01/2026", "19/02/2026", "EUR", "500,00", "105,00", "605,00", "605,00", "10/02/2026",
         "Reparación", "no"),
    ),
    "en": (
        ("Invoice number", "Customer code", "Customer name", "Tax ID", "Customer email",
         "Invoice date", "Due date", "Currency", "Net", "Tax", "Total", "Paid", "Paid on",
         "Description", "Disputed"),
        ("F2026/001", "C-001", "Penarroya Distribution", "A12345674", "pay@penarroya.example",
         "2026-01-15", "2026-02-14", "EUR", "1,000.00", "210.00", "1,210.00", "", "",
         "January maintenance", "no"),
        ("F2026/002", "C-002", "Ibanez Workshops", "B12345674", "office@ibanez.example",
         "2026-01-20", "2026-02-19", "EUR", "500.00", "105.00", "605.00", "605.00", "2026-02-10",
         "Repair", "no"),
    ),
}  # fmt: skip
_CUSTOMERS: Final[dict[Language, tuple[tuple[Cell, ...], ...]]] = {
    "es": (
        ("Código", "Nombre", "NIF", "País", "Dirección", "Email", "Teléfono", "Idioma", "Moneda",
         "Plazo días", "Segmento", "Límite de crédito", "Email facturas", "Email recordatorios",
         "Notas"),
        ("C-001", "Distribuciones Peñarroya, S.A.", "A12345674", "ES",
         "Calle Mayor 1, 28013 Madrid", "hola@penarroya.example", "910 000 000", "es", "EUR", "30",
         "", "10.000,00", "facturas@penarroya.example", "pagos@penarroya.example", ""),
    ),
    "en": (
        ("Code", "Name", "Tax ID", "Country", "Address", "Email", "Phone", "Language", "Currency",
         "Terms days", "Segment", "Credit limit", "Invoice email", "Reminder email", "Notes"),
        ("C-001", "Penarroya Distribution", "A12345674", "ES", "Calle Mayor 1, 28013 Madrid",
         "hello@penarroya.example", "910 000 000", "en", "EUR", "30", "", "10,000.00",
         "invoices@penarroya.example", "payments@penarroya.example", ""),
    ),
}  # fmt: skip


def issue_words(code: str, heading: str, found: str, expected: str, language: Language) -> str:
    """Return what is wrong with a cell as a sentence."""
    words = ISSUE_WORDS.get(code, _OTHER)[0 if language == "es" else 1]
    subject = f"{heading}: {found}" if found else heading
    return " ".join(part for part in (subject, words, expected) if part)


def example_file(what: ImportKind, language: Language) -> tuple[tuple[Cell, ...], ...]:
    """Return the headings of a file that is understood as it is, and some rows to be replaced."""
    return (_INVOICES if what == "invoices" else _CUSTOMERS)[language]

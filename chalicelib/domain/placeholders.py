"""The placeholders of mail templates: the fixed list of what a template may name.

Each has a name in English and one in Spanish; a template may use either. Their values are finished
strings, singular or plural, overdue or not yet due: a template has no logic of its own.
"""

from typing import Final, Literal, NamedTuple

from chalicelib.domain.customer import Language

TemplatePurpose = Literal["reminder", "letter", "invoice", "credit_note", "statement"]

EVERY: Final[tuple[TemplatePurpose, ...]] = (
    "reminder",
    "letter",
    "invoice",
    "credit_note",
    "statement",
)
_CHASE: Final[tuple[TemplatePurpose, ...]] = ("reminder", "letter")
_DEBT: Final[tuple[TemplatePurpose, ...]] = ("reminder", "letter", "statement")
_ONE: Final[tuple[TemplatePurpose, ...]] = ("invoice", "credit_note")


class Placeholder(NamedTuple):
    """What a template may name: its names, meanings and examples in English and Spanish.

    ``is_phrase``: its value is in our words and begins with a capital at the start of a sentence.
    ``may_be_empty``: there are mails in which it says nothing.
    """

    name: str
    spanish: str
    meaning: str
    meaning_es: str
    example: str
    example_es: str
    purposes: tuple[TemplatePurpose, ...]
    is_phrase: bool = False
    may_be_empty: bool = False

    def name_in(self, language: Language) -> str:
        """Return the name by which templates of this language call it."""
        return self.spanish if language == "es" else self.name


PLACEHOLDERS: Final[tuple[Placeholder, ...]] = (
    Placeholder(
        "what_is_owed", "lo_que_se_debe",
        "what is owed and since when, in a sentence", "qué se debe y desde cuándo, en una frase",
        "Invoice A-000127 for €1,210.00 was due on 8 November 2026 (15 days ago), and we have not "
        "seen your payment yet.",
        "La factura A-000127, de 1.210,00 €, venció el 8 de noviembre de 2026 (hace 15 días) y no "
        "nos consta su pago.",
        (*_DEBT, "invoice"),
    ),
    Placeholder(
        "amount", "importe",
        "what is overdue; if nothing is, what falls due",
        "lo vencido; si no hay nada vencido, lo que va a vencer",
        "€1,210.00", "1.210,00 €", _CHASE,
    ),
    Placeholder(
        "amount_to_pay", "importe_a_pagar",
        "the amount asked for: less what was received and not yet applied",
        "lo que se pide pagar: descontado lo recibido sin asignar",
        "€1,210.00", "1.210,00 €", (*_DEBT, "invoice"),
    ),
    Placeholder(
        "invoices", "facturas",
        "the invoice by its number, or how many they are",
        "la factura con su número, o cuántas son",
        "invoice A-000127", "la factura A-000127", _CHASE, is_phrase=True,
    ),
    Placeholder(
        "invoices_title", "titulo_facturas",
        "the same for a subject, without an article", "lo mismo para un asunto, sin artículo",
        "invoice A-000127", "factura A-000127", _CHASE, is_phrase=True,
    ),
    Placeholder(
        "the_invoices", "las_facturas",
        "“the invoice” or “these invoices”", "«la factura» o «las facturas», según cuántas sean",
        "the invoice", "la factura", _CHASE, is_phrase=True,
    ),
    Placeholder(
        "when_due", "cuando_vence",
        "when it was or will be due", "cuándo venció o vencerá",
        "due on 26 November 2026", "vence el 26 de noviembre de 2026", _CHASE, is_phrase=True,
    ),
    Placeholder(
        "how_long", "hace_cuanto",
        "how long ago, or how soon, the oldest invoice is due",
        "hace cuánto venció, o en cuánto vence, la más antigua",
        "15 days ago", "hace 15 días", _CHASE, is_phrase=True,
    ),
    Placeholder(
        "state", "estado",
        "“overdue” or “outstanding”", "«vencido» o «pendiente»",
        "overdue", "vencido", _CHASE, is_phrase=True,
    ),
    Placeholder(
        "deadline", "fecha_limite",
        "the day until which you wait: a working day, at least seven days ahead",
        "hasta cuándo se espera: un día hábil, al menos siete días después",
        "30 November 2026", "30 de noviembre de 2026", _CHASE,
    ),
    Placeholder(
        "due_date", "vencimiento",
        "the due date; of several invoices, that of the oldest",
        "el vencimiento; de varias facturas, el de la más antigua",
        "8 November 2026", "8 de noviembre de 2026", (*_CHASE, "invoice"),
    ),
    Placeholder(
        "days_overdue", "dias_de_retraso",
        "days since the oldest invoice was due, as a number",
        "días desde que venció la más antigua, en cifra",
        "15", "15", _CHASE,
    ),
    Placeholder(
        "oldest_invoice", "factura_mas_antigua",
        "the number of the oldest invoice", "el número de la factura más antigua",
        "A-000127", "A-000127", _CHASE,
    ),
    Placeholder(
        "invoice_count", "numero_de_facturas",
        "how many invoices the amount is made of", "de cuántas facturas es el importe",
        "1", "1", _CHASE,
    ),
    Placeholder(
        "overdue_amount", "importe_vencido",
        "everything that is overdue", "todo lo vencido",
        "€1,210.00", "1.210,00 €", _DEBT,
    ),
    Placeholder(
        "upcoming_amount", "importe_por_vencer",
        "everything that is not due yet", "todo lo que aún no ha vencido",
        "€3,025.00", "3.025,00 €", _DEBT,
    ),
    Placeholder(
        "total_open", "total_pendiente",
        "overdue and not yet due together", "lo vencido y lo que aún no ha vencido",
        "€4,235.00", "4.235,00 €", _DEBT,
    ),
    Placeholder(
        "late_charges", "cargos_por_demora",
        "interest and compensation claimed with this message, apart from the invoices",
        "intereses e indemnización que se reclaman con este mensaje, aparte de las facturas",
        "€46.25", "46,25 €", _CHASE,
    ),
    Placeholder(
        "payment_reference", "concepto",
        "what to quote with the transfer", "qué indicar en la transferencia",
        "RF05 A000 0001 27", "RF05 A000 0001 27", (*_CHASE, "invoice"),
    ),
    Placeholder(
        "iban", "iban",
        "the account to pay to", "la cuenta en la que pagar",
        "ES91 2100 0418 4502 0005 1332", "ES91 2100 0418 4502 0005 1332",
        EVERY, may_be_empty=True,
    ),
    Placeholder(
        "number", "numero",
        "the number of the document", "el número del documento",
        "A-000127", "A-000127", _ONE,
    ),
    Placeholder(
        "issued_on", "fecha",
        "the day on which it was issued", "el día en que se emitió",
        "21 November 2026", "21 de noviembre de 2026", _ONE,
    ),
    Placeholder(
        "total", "total",
        "its total, tax included", "su total, impuestos incluidos",
        "€1,210.00", "1.210,00 €", _ONE,
    ),
    Placeholder(
        "your_order", "su_pedido",
        "the customer's order in a sentence, if there is one",
        "el pedido del cliente en una frase, si lo hay",
        "It is for your order PO-4471.", "Corresponde a su pedido PO-4471.",
        ("invoice",), may_be_empty=True,
    ),
    Placeholder(
        "early_payment", "pronto_pago",
        "the discount for paying early, if there is one",
        "el descuento por pronto pago, si lo hay",
        "2% discount if you pay by 1 Dec 2026: €1,185.80.",
        "2 % de descuento si paga hasta el 01/12/2026: 1.185,80 €.",
        ("invoice",), may_be_empty=True,
    ),
    Placeholder(
        "invoice_number", "factura_corregida",
        "the invoice that the credit note corrects", "la factura que se rectifica",
        "A-000127", "A-000127", ("credit_note",),
    ),
    Placeholder(
        "reason", "motivo",
        "why it was issued", "por qué se emitió",
        "Return of 2 faulty units", "Devolución de 2 unidades defectuosas", ("credit_note",),
    ),
    Placeholder(
        "what_it_settles", "que_salda",
        "what becomes of its amount, in a sentence", "qué pasa con su importe, en una frase",
        "We have taken it off invoice A-000127.", "Lo hemos descontado de la factura A-000127.",
        ("credit_note",),
    ),
    Placeholder(
        "period", "periodo",
        "the days that the statement is about", "los días a los que se refiere el extracto",
        "1 November 2026 – 30 November 2026",
        "1 de noviembre de 2026 – 30 de noviembre de 2026",
        ("statement",),
    ),
    Placeholder(
        "opening_balance", "saldo_inicial",
        "the balance before the first of these days", "el saldo antes del primero de esos días",
        "€2,420.00", "2.420,00 €", ("statement",),
    ),
    Placeholder(
        "closing_balance", "saldo_final",
        "the balance after the last of these days", "el saldo después del último de esos días",
        "€3,630.00", "3.630,00 €", ("statement",),
    ),
    Placeholder(
        "customer", "cliente",
        "the customer's name", "el nombre del cliente",
        "Distribuciones Peñarroya, S.A.", "Distribuciones Peñarroya, S.A.", EVERY,
    ),
    Placeholder(
        "contact", "contacto",
        "the person written to; without one, the customer",
        "la persona a la que se escribe; si no la hay, el cliente",
        "Marta Ruiz", "Marta Ruiz", EVERY,
    ),
    Placeholder(
        "company", "empresa",
        "your company's name", "el nombre de su empresa",
        "Talleres Ibáñez, S.L.", "Talleres Ibáñez, S.L.", EVERY,
    ),
    Placeholder(
        "company_phone", "telefono",
        "your company's telephone number", "el teléfono de su empresa",
        "+34 936 37 00 00", "+34 936 37 00 00", EVERY, may_be_empty=True,
    ),
    Placeholder(
        "company_email", "correo",
        "the address to which replies go", "la dirección a la que llegan las respuestas",
        "facturas@ibanez.example", "facturas@ibanez.example", EVERY, may_be_empty=True,
    ),
    Placeholder(
        "today", "hoy",
        "the day of the message, at the customer's place",
        "el día del mensaje, donde está el cliente",
        "23 November 2026", "23 de noviembre de 2026", EVERY,
    ),
)  # fmt: skip
BY_NAME: Final[dict[str, Placeholder]] = {
    name: one for one in PLACEHOLDERS for name in (one.name, one.spanish)
}


def offered(purpose: TemplatePurpose) -> tuple[Placeholder, ...]:
    """Return the placeholders of a purpose, the most useful first."""
    return tuple(one for one in PLACEHOLDERS if purpose in one.purposes)

"""The words of statements and of letters on paper. Braces are blanks."""

from typing import Final, NamedTuple

from chalicelib.domain.customer import Language


class PaperWords(NamedTuple):
    """Every label of a statement and of a letter in one language."""

    # A statement and its movements.
    statement: str
    of_customer: str
    period: str
    from_to: str
    made_on: str
    moved: str
    concept: str
    charge: str
    credit: str
    balance: str
    opening: str
    closing: str
    nothing_moved: str
    kinds: dict[str, str]
    settles: str
    and_more: str

    # What was open at the end.
    open_on: str
    nothing_open: str
    date: str
    days_late: str
    total: str
    marks: dict[str, str]
    settled_since: str
    aging: dict[str, str]
    unapplied: str

    # What is due now.
    to_pay_on: str
    of_it_overdue: str
    nothing_to_pay: str
    not_asked: str
    in_your_favour: str
    owes_nothing: str
    owes_in_time: str
    owes_overdue: str
    reference_of_statement: str

    # A letter.
    letter_date: str
    our_reference: str
    attention: str
    annexed: str
    interest: str
    compensation: str
    fee: str
    total_claimed: str
    farewell: str
    term: str
    law: str


_SPANISH: Final = PaperWords(
    statement="Estado de cuenta",
    of_customer="Cliente",
    period="Periodo",
    from_to="del {first} al {last}",
    made_on="Fecha",
    moved="Movimientos",
    concept="Concepto",
    charge="Cargo",
    credit="Abono",
    balance="Saldo",
    opening="Saldo anterior",
    closing="Saldo al {date}",
    nothing_moved="Sin movimientos en el periodo.",
    kinds={
        "invoice": "Factura {reference}",
        "void": "Anulación de la factura {reference}",
        "credit_note": "Factura rectificativa {reference}",
        "payment": "Pago recibido",
        "return": "Pago devuelto",
        "discount": "Descuento por pronto pago",
        "difference": "Diferencia condonada",
        "write_off": "Baja de la factura {reference}",
        "reinstated": "Recuperación de la factura {reference}",
    },
    settles="Aplicado a {numbers}",
    and_more="{numbers} y {count} más",
    open_on="Facturas pendientes al {date}",
    nothing_open="Ninguna factura pendiente.",
    date="Fecha",
    days_late="Días de retraso",
    total="Importe",
    marks={
        "legal": "en reclamación externa: {amount}",
        "dispute": "en disputa: {amount}",
        "chargeback": "contracargo en estudio: {amount}",
        "hold": "sin reclamar por ahora: {amount}",
        "plan": "en plan de pagos: {amount}",
        "promise": "pago comprometido: {amount}",
        "on_its_way": "pago en curso: {amount}",
    },
    settled_since="pendiente hoy: {amount}",
    aging={
        "current": "Sin vencer",
        "days_1_30": "1–30 días",
        "days_31_60": "31–60 días",
        "days_61_90": "61–90 días",
        "over_90": "Más de 90 días",
    },
    unapplied="Recibido y aún sin aplicar, a su favor",
    to_pay_on="A pagar al {date}",
    of_it_overdue="De ello, vencido: {amount}",
    nothing_to_pay="No tiene nada que pagar ahora",
    not_asked="De lo pendiente, por ahora no se reclaman {amount}: el motivo figura junto a cada "
    "factura.",
    in_your_favour="Tiene a su favor {amount} que hemos recibido y aún no hemos aplicado a ninguna "
    "factura.",
    owes_nothing="A día de hoy, {today}, no tiene nada que pagar.",
    owes_in_time="A día de hoy, {today}, quedan por pagar {amount}, todo dentro de plazo.",
    owes_overdue="A día de hoy, {today}, quedan por pagar {amount}; de ello, han vencido "
    "{overdue}.",
    reference_of_statement="los números de las facturas",
    letter_date="Fecha",
    our_reference="Referencia",
    attention="A la atención de {name}",
    annexed="Detalle de la deuda",
    interest="Intereses de demora",
    compensation="Indemnización por costes de cobro",
    fee="Gastos de reclamación pactados",
    total_claimed="Total reclamado",
    farewell="Atentamente,",
    term="El plazo para pagar, proponernos un calendario de pagos o indicarnos por escrito con qué "
    "no está de acuerdo termina el {date}.",
    law="Esta comunicación es una reclamación extrajudicial que interrumpe la prescripción "
    "(artículo 1973 del Código Civil).",
)
_ENGLISH: Final = PaperWords(
    statement="Statement of account",
    of_customer="Customer",
    period="Period",
    from_to="{first} to {last}",
    made_on="Date",
    moved="Movements",
    concept="Description",
    charge="Charge",
    credit="Credit",
    balance="Balance",
    opening="Opening balance",
    closing="Balance on {date}",
    nothing_moved="Nothing moved in this period.",
    kinds={
        "invoice": "Invoice {reference}",
        "void": "Invoice {reference} voided",
        "credit_note": "Credit note {reference}",
        "payment": "Payment received",
        "return": "Payment returned",
        "discount": "Early-payment discount",
        "difference": "Difference waived",
        "write_off": "Invoice {reference} written off",
        "reinstated": "Invoice {reference} reinstated",
    },
    settles="Applied to {numbers}",
    and_more="{numbers} and {count} more",
    open_on="Open invoices on {date}",
    nothing_open="No open invoices.",
    date="Date",
    days_late="Days late",
    total="Amount",
    marks={
        "legal": "with a third party for collection: {amount}",
        "dispute": "in dispute: {amount}",
        "chargeback": "chargeback under review: {amount}",
        "hold": "not being asked for now: {amount}",
        "plan": "in a payment plan: {amount}",
        "promise": "payment agreed: {amount}",
        "on_its_way": "payment on its way: {amount}",
    },
    settled_since="open today: {amount}",
    aging={
        "current": "Not yet due",
        "days_1_30": "1–30 days",
        "days_31_60": "31–60 days",
        "days_61_90": "61–90 days",
        "over_90": "Over 90 days",
    },
    unapplied="Received and not yet applied, in your favour",
    to_pay_on="To pay as of {date}",
    of_it_overdue="Of which overdue: {amount}",
    nothing_to_pay="There is nothing for you to pay now",
    not_asked="Of what is open, {amount} is not being asked for now: the reason stands next to "
    "each invoice.",
    in_your_favour="You have {amount} in your favour that we have received and not yet applied to "
    "an invoice.",
    owes_nothing="As of today, {today}, there is nothing for you to pay.",
    owes_in_time="As of today, {today}, {amount} remains to be paid, none of it overdue.",
    owes_overdue="As of today, {today}, {amount} remains to be paid, of which {overdue} is "
    "overdue.",
    reference_of_statement="the invoice numbers",
    letter_date="Date",
    our_reference="Reference",
    attention="For the attention of {name}",
    annexed="Details of the debt",
    interest="Late-payment interest",
    compensation="Compensation for recovery costs",
    fee="Agreed reminder fee",
    total_claimed="Total claimed",
    farewell="Yours faithfully,",
    term="The time to pay, to propose a payment schedule or to tell us in writing what you "
    "disagree with ends on {date}.",
    law="This letter is an out-of-court claim that interrupts the limitation period "
    "(article 1973 of the Spanish Civil Code).",
)
_WORDS: Final[dict[Language, PaperWords]] = {"es": _SPANISH, "en": _ENGLISH}


def paper_words(language: Language) -> PaperWords:
    """Return the words of a language."""
    return _WORDS[language]

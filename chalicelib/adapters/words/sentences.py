"""Which sentences and phrases a language must have for what mails say of a debt or a document.

Braces are blanks. They are the values of placeholders: each is whole, so that a template needs
neither singular and plural nor a case for what is overdue.
"""

from typing import Final, NamedTuple

from chalicelib.domain.customer import Language


class Sentences(NamedTuple):
    """What is said of invoices and money, in one language."""

    # What is owed. Blanks: number, amount, total, date, age.
    overdue_one: str
    overdue_part: str
    overdue_many: str
    upcoming_one: str
    upcoming_part: str
    upcoming_many: str
    also_upcoming: str
    unapplied: str

    # What is claimed beside it.
    late_charges: str
    interest: str
    compensation: str
    fee: str
    last_of_list: str

    # How the invoices are spoken of.
    one_invoice: str
    many_invoices: str
    one_title: str
    many_titles: str
    the_one: str
    the_many: str
    was_due: str
    is_due: str
    first_was_due: str
    first_is_due: str
    overdue: str
    outstanding: str

    # Documents.
    invoice_whole: str
    invoice_part: str
    invoice_paid: str
    for_order: str
    credit_applied: str
    credit_both: str
    credit_left: str

    # The answer that the button of a reminder prepares.
    answer_label: str
    answer_text: str


SPANISH: Final = Sentences(
    overdue_one=(
        "La factura {number}, de {amount}, venció el {date} ({age}) y no nos consta su pago."
    ),
    overdue_part=(
        "De la factura {number}, de {total}, que venció el {date} ({age}), quedan por pagar "
        "{amount}."
    ),
    overdue_many=(
        "Tiene facturas vencidas por un total de {amount}. La más antigua, la {number}, venció el "
        "{date} ({age})."
    ),
    upcoming_one="La factura {number}, de {amount}, vence el {date} ({age}).",
    upcoming_part=(
        "De la factura {number}, de {total}, que vence el {date} ({age}), quedan por pagar "
        "{amount}."
    ),
    upcoming_many=(
        "Tiene facturas por un total de {amount}, todas dentro de plazo. La primera en vencer es "
        "la {number}, el {date} ({age})."
    ),
    also_upcoming="En la lista figuran también {amount} que aún no han vencido.",
    unapplied=(
        "Además, hemos recibido de usted {amount} que todavía no hemos podido asignar a ninguna "
        "factura. Si nos indica a cuál corresponden, los aplicaremos enseguida."
    ),
    late_charges=(
        "Aparte del importe de las facturas, por la demora le reclamamos {amount}: {parts}."
    ),
    interest="{amount} de intereses de demora",
    compensation="{amount} de indemnización por costes de cobro",
    fee="{amount} de gastos de reclamación pactados",
    last_of_list=" y ",
    one_invoice="la factura {number}",
    many_invoices="{count} facturas",
    one_title="factura {number}",
    many_titles="{count} facturas",
    the_one="la factura",
    the_many="las facturas",
    was_due="venció el {date}",
    is_due="vence el {date}",
    first_was_due="la más antigua venció el {date}",
    first_is_due="la primera vence el {date}",
    overdue="vencido",
    outstanding="pendiente",
    invoice_whole="Su importe es de {total} y vence el {date}.",
    invoice_part="De su importe de {total} quedan por pagar {amount}; vence el {date}.",
    invoice_paid="Está pagada: no tiene que hacer nada.",
    for_order="Corresponde a su pedido {number}.",
    credit_applied="Lo hemos descontado de la factura {number}.",
    credit_both=(
        "Hemos descontado {applied} de la factura {number}; los {credit} restantes quedan a su "
        "favor."
    ),
    credit_left="Como la factura {number} ya no tiene nada pendiente, queda a su favor.",
    answer_label="Responder con la fecha de pago",
    answer_text="Pagaremos {invoices} ({amount}) el día: ",
)

ENGLISH: Final = Sentences(
    overdue_one=(
        "Invoice {number} for {amount} was due on {date} ({age}), and we have not seen your "
        "payment yet."
    ),
    overdue_part=(
        "Of invoice {number} for {total}, which was due on {date} ({age}), {amount} is still "
        "outstanding."
    ),
    overdue_many=(
        "You have overdue invoices for a total of {amount}. The oldest, {number}, was due on "
        "{date} ({age})."
    ),
    upcoming_one="Invoice {number} for {amount} is due on {date} ({age}).",
    upcoming_part=(
        "Of invoice {number} for {total}, which is due on {date} ({age}), {amount} is still "
        "outstanding."
    ),
    upcoming_many=(
        "You have invoices for a total of {amount}, none of them due yet. The first to fall due "
        "is {number}, on {date} ({age})."
    ),
    also_upcoming="The list also shows {amount} that is not due yet.",
    unapplied=(
        "We have also received {amount} from you that we could not match to an invoice yet. Tell "
        "us which one it is for and we will apply it straight away."
    ),
    late_charges="Apart from the invoices, we claim {amount} for the delay: {parts}.",
    interest="{amount} of late-payment interest",
    compensation="{amount} of compensation for recovery costs",
    fee="{amount} of agreed reminder fees",
    last_of_list=" and ",
    one_invoice="invoice {number}",
    many_invoices="{count} invoices",
    one_title="invoice {number}",
    many_titles="{count} invoices",
    the_one="the invoice",
    the_many="these invoices",
    was_due="was due on {date}",
    is_due="due on {date}",
    first_was_due="the oldest was due on {date}",
    first_is_due="the first is due on {date}",
    overdue="overdue",
    outstanding="outstanding",
    invoice_whole="It comes to {total} and is due on {date}.",
    invoice_part="Of its total of {total}, {amount} is still outstanding, due on {date}.",
    invoice_paid="It is paid: there is nothing for you to do.",
    for_order="It is for your order {number}.",
    credit_applied="We have taken it off invoice {number}.",
    credit_both=(
        "We have taken {applied} off invoice {number}; the remaining {credit} are credit in your "
        "favour."
    ),
    credit_left=("As nothing is outstanding on invoice {number}, it is credit in your favour."),
    answer_label="Reply with your payment date",
    answer_text="We will pay {invoices} ({amount}) on: ",
)
_SENTENCES: Final[dict[Language, Sentences]] = {"es": SPANISH, "en": ENGLISH}


def sentences_in(language: Language) -> Sentences:
    """Return the sentences of a language."""
    return _SENTENCES[language]

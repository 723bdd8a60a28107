"""The labels around a letter, and how long ago or ahead a day is, by language."""

from typing import Final, NamedTuple

from chalicelib.domain.customer import Language


class Words(NamedTuple):
    """Every label of a mail in one language."""

    invoice: str
    due: str
    open: str
    of_total: str
    total_open: str
    of_it_overdue: str
    unapplied: str
    to_pay: str
    overdue_since: str
    due_on: str
    first_due_on: str
    holder: str
    reference: str
    reference_of_many: str
    more_of_one: str
    more_of_many: str
    greeting: str
    regards: str
    today: str
    tomorrow: str
    yesterday: str
    days_ahead: str
    days_ago: str


_SPANISH: Final = Words(
    invoice="Factura",
    due="Vencimiento",
    open="Pendiente",
    of_total="de {total}",
    total_open="Total pendiente",
    of_it_overdue="De ello, vencido",
    unapplied="Recibido, sin asignar",
    to_pay="Importe a pagar",
    overdue_since="Vencido desde el {date}",
    due_on="Vence el {date}",
    first_due_on="La primera vence el {date}",
    holder="Titular",
    reference="Concepto",
    reference_of_many="los números de las facturas",
    more_of_one="y 1 factura más",
    more_of_many="y {count} facturas más",
    greeting="A la atención de {name}:",
    regards="Un saludo,",
    today="hoy",
    tomorrow="mañana",
    yesterday="ayer",
    days_ahead="dentro de {days} días",
    days_ago="hace {days} días",
)
_ENGLISH: Final = Words(
    invoice="Invoice",
    due="Due date",
    open="Outstanding",
    of_total="of {total}",
    total_open="Total outstanding",
    of_it_overdue="Of which overdue",
    unapplied="Received, not yet applied",
    to_pay="Amount to pay",
    overdue_since="Overdue since {date}",
    due_on="Due on {date}",
    first_due_on="The first is due on {date}",
    holder="Payee",
    reference="Reference",
    reference_of_many="the invoice numbers",
    more_of_one="and 1 more invoice",
    more_of_many="and {count} more invoices",
    greeting="Dear {name},",
    regards="Kind regards,",
    today="today",
    tomorrow="tomorrow",
    yesterday="yesterday",
    days_ahead="in {days} days",
    days_ago="{days} days ago",
)
_WORDS: Final[dict[Language, Words]] = {"es": _SPANISH, "en": _ENGLISH}


def words_in(language: Language) -> Words:
    """Return the words of a language."""
    return _WORDS[language]


def distance(days: int, words: Words) -> str:
    """Return how far a day is that lies this many days ahead (negative: back)."""
    near = {0: words.today, 1: words.tomorrow, -1: words.yesterday}
    if days in near:
        return near[days]
    return (words.days_ahead if days > 0 else words.days_ago).format(days=abs(days))

"""What an invoice for a late charge says, in the customer's language."""

from typing import Final

from chalicelib.domain.customer import Language
from chalicelib.domain.errors import known
from chalicelib.domain.formatting import amount, percent, short_date
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.late_interest import Segment

MAX_NOTE_CHARACTERS: Final = 2_000  # what the API accepts when the draft is edited
_ROOM_FOR_REST: Final = 60

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "es": {
        "interest": "Intereses de demora de la factura {number}, del {start} al {end}",
        "compensation": "Indemnización por costes de cobro de la factura {number}",
        "fee": "Gastos de reclamación según contrato de la factura {number}",
        "about": "Factura {number} por {total}, vencida el {due}.",
        "one": "día",
        "many": "días",
        "rest": "y {count} tramos más",
    },
    "en": {
        "interest": "Late-payment interest on invoice {number}, {start} to {end}",
        "compensation": "Compensation for recovery costs, invoice {number}",
        "fee": "Contractual reminder fee, invoice {number}",
        "about": "Invoice {number} over {total}, due on {due}.",
        "one": "day",
        "many": "days",
        "rest": "and {count} more parts",
    },
}


def interest_line(charge: LateCharge, language: Language) -> str:
    """Return the description of the line for interest."""
    return _WORDS[language]["interest"].format(
        number=charge.number,
        start=short_date(charge.from_day, language),
        end=short_date(charge.until_day, language),
    )


def compensation_line(charge: LateCharge, language: Language) -> str:
    """Return the description of the line for compensation."""
    return _WORDS[language]["compensation"].format(number=charge.number)


def fee_line(charge: LateCharge, language: Language) -> str:
    """Return the description of the line for the fee."""
    return _WORDS[language]["fee"].format(number=charge.number)


def derivation_note(charge: LateCharge, invoice: Invoice, language: Language) -> str:
    """Return the late invoice and the interest step by step; a very long list is cut."""
    about = _WORDS[language]["about"].format(
        number=charge.number,
        total=amount(invoice.total_minor, invoice.currency, language),
        due=short_date(known(invoice.due_date), language),
    )
    lines = [about]
    steps = [_step(one, charge, language) for one in charge.segments]
    for index, step in enumerate(steps):
        if len("\n".join([*lines, step])) > MAX_NOTE_CHARACTERS - _ROOM_FOR_REST:
            lines.append(_WORDS[language]["rest"].format(count=len(steps) - index))
            break
        lines.append(step)
    return "\n".join(lines)


def _step(segment: Segment, charge: LateCharge, language: Language) -> str:
    words, currency = _WORDS[language], charge.currency
    return (
        f"{short_date(segment.from_day, language)} – {short_date(segment.until_day, language)}: "
        f"{amount(segment.principal_minor, currency, language)} × {segment.days} "
        f"{words['one' if segment.days == 1 else 'many']} × "
        f"{percent(segment.annual_rate, language)} / {charge.day_count} = "
        f"{amount(segment.interest_minor, currency, language)}"
    )

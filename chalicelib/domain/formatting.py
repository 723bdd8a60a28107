"""How amounts, rates, dates and accounts are written for people, in Spanish and in English.

The space before a symbol is a plain one, so that a reader who searches or copies finds the amount.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from chalicelib.domain.customer import Language
from chalicelib.domain.money import major

# Only symbols that mean one currency wherever the letter is read; all others show their ISO code.
_SYMBOLS: Final = {"EUR": "€", "GBP": "£", "USD": "US$", "JPY": "¥"}
_POINTS: Final[dict[Language, tuple[str, str]]] = {"es": (".", ","), "en": (",", ".")}
_MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_PERCENT: Final = 100


def amount(amount_minor: int, currency: str, language: Language) -> str:
    """Return an amount with its currency: ``1.234,56 €``, ``€1,234.56``, ``TND 1,234.567``."""
    digits = bare_amount(abs(amount_minor), currency, language)
    sign = "-" if amount_minor < 0 else ""
    symbol = _SYMBOLS.get(currency)
    if language == "es":
        return f"{sign}{digits} {symbol or currency}"
    return f"{sign}{symbol}{digits}" if symbol else f"{sign}{currency} {digits}"


def bare_amount(amount_minor: int, currency: str, language: Language) -> str:
    """Return an amount without its currency, for a column that names it once."""
    return _localized(f"{major(amount_minor, currency):,f}", language)


def number(value: Decimal, language: Language) -> str:
    """Return a quantity without needless zeros: ``1.234,5``, ``2``."""
    return _localized(f"{_plain(value):,f}", language)


def percent(rate: Decimal, language: Language) -> str:
    """Return a rate, given as a fraction, as people write it: ``21 %`` in Spanish, ``21%``."""
    return number(rate * _PERCENT, language) + (" %" if language == "es" else "%")


def long_date(day: date, language: Language) -> str:
    """Return ``21 de noviembre de 2026`` or ``21 November 2026``."""
    month = _MONTHS[language][day.month - 1]
    return (
        f"{day.day} de {month} de {day.year}"
        if language == "es"
        else f"{day.day} {month} {day.year}"
    )


def short_date(day: date, language: Language) -> str:
    """Return ``21/11/2026`` or, so that no reader swaps day and month, ``21 Nov 2026``."""
    if language == "es":
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    return f"{day.day} {_MONTHS[language][day.month - 1][:3]} {day.year}"


def grouped_iban(iban: str) -> str:
    """Return an IBAN in groups of four, as on paper."""
    bare = iban.replace(" ", "").upper()
    return " ".join(bare[start : start + 4] for start in range(0, len(bare), 4))


def _plain(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _localized(text: str, language: Language) -> str:
    thousands, decimals = _POINTS[language]
    return text.translate(str.maketrans(",.", thousands + decimals))

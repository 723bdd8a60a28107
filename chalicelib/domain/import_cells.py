"""What a cell of an imported file means: amounts, dates, yes and no, countries, languages.

Amounts are exact decimals from the text; no float comes near them. A cell that means nothing
raises NoMeaning with what was expected.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal

from chalicelib.domain.customer import Language
from chalicelib.domain.money import MAX_MINOR, exponent_of
from chalicelib.domain.search_text import normal

NumberStyle = Literal["es", "en"]
"""``es``: 1.234,56. ``en``: 1,234.56."""
DateStyle = Literal["dmy", "mdy"]
"""03/04/2026 is the third of April or the fourth of March; other ways of writing need no style."""

_NUMBERS: Final[dict[str, re.Pattern[str]]] = {
    "es": re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?"),
    "en": re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d+))?"),
}
_MONEY_SIGNS: Final = re.compile(r"^(?:[A-Z]{3}|S/|R\$|[€$£])\s*|\s*(?:[A-Z]{3}|[€$£])$")
_SPACES: Final = re.compile(r"[\s\u00a0\u202f'’]")
_SLASHED: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:[ T]\d.*)?")
_ISO: Final = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T].*)?")
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_SERIAL: Final = re.compile(r"([1-9]\d{4})(?:[.,]\d+)?")
_NAMED: Final = re.compile(
    r"(\d{1,2})(?:[ /.\-]|de )+([a-z]{3,})\.?(?:[ /.\-]|del? )+(\d{4}|\d{2})"
)
_NAMED_FIRST: Final = re.compile(r"([a-z]{3,})\.? (\d{1,2}),? (\d{4}|\d{2})")
_EXCEL_EPOCH: Final = date(1899, 12, 30)
"""Day 0 of Excel's 1900 system, its 29 February 1900 that never was included."""
_MONTHS: Final = {
    name: month
    for month, names in enumerate(
        (
            ("ene", "jan"), ("feb",), ("mar",), ("abr", "apr"), ("may",), ("jun",), ("jul",),
            ("ago", "aug"), ("sep", "set"), ("oct",), ("nov",), ("dic", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_CENTURY: Final = 70  # 69 is 2069, 70 is 1970: as spreadsheets and POSIX read it
_EARLIEST: Final = date(1990, 1, 1)

_YES: Final = frozenset({"yes", "y", "true", "1", "si", "s", "verdadero", "x", "disputed"})
_NO: Final = frozenset({"", "no", "n", "false", "0", "falso"})
_LANGUAGES: Final[dict[str, Language]] = {
    "es": "es", "esp": "es", "spa": "es", "espanol": "es", "castellano": "es", "spanish": "es",
    "en": "en", "eng": "en", "ing": "en", "ingles": "en", "english": "en",
}  # fmt: skip
_COUNTRIES: Final = {
    "espana": "ES", "spain": "ES", "esp": "ES", "portugal": "PT", "prt": "PT", "francia": "FR",
    "france": "FR", "fra": "FR", "alemania": "DE", "germany": "DE", "deu": "DE", "italia": "IT",
    "italy": "IT", "ita": "IT", "andorra": "AD", "reino unido": "GB", "united kingdom": "GB",
    "gbr": "GB", "uk": "GB", "irlanda": "IE", "ireland": "IE", "paises bajos": "NL",
    "netherlands": "NL", "belgica": "BE", "belgium": "BE", "suiza": "CH", "switzerland": "CH",
    "estados unidos": "US", "united states": "US", "usa": "US", "eeuu": "US", "mexico": "MX",
    "mex": "MX", "colombia": "CO", "col": "CO", "argentina": "AR", "arg": "AR", "chile": "CL",
    "chl": "CL", "peru": "PE", "per": "PE", "ecuador": "EC", "ecu": "EC", "uruguay": "UY",
    "ury": "UY", "paraguay": "PY", "bolivia": "BO", "costa rica": "CR", "panama": "PA",
    "brasil": "BR", "brazil": "BR", "bra": "BR",
}  # fmt: skip
_TWO_LETTERS: Final = 2


class NoMeaning(ValueError):
    """A cell that cannot be understood; ``code`` says what was expected of it."""

    def __init__(self, code: str, expected: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected


def number_of(text: str, style: NumberStyle) -> Decimal:
    """Return the number that a text means in a style. NoMeaning.

    A minus may stand behind, an amount in brackets is negative, currencies and spaces are let be.
    An apostrophe at the start is the guard that our own CSV files put before a sign.
    """
    bare = _MONEY_SIGNS.sub("", text.strip().lstrip("'").strip())
    is_negative = bare.startswith(("-", "−", "(")) or bare.endswith("-")
    bare = _MONEY_SIGNS.sub("", _SPACES.sub("", bare.strip("-−()+ ")))
    found = _NUMBERS[style].fullmatch(bare)
    if found is None or not bare:
        raise NoMeaning("not_a_number", "1.234,56" if style == "es" else "1,234.56")
    whole, part = (
        (found.group(1) or "0").translate({ord("."): None, ord(","): None}),
        found.group(2),
    )
    if not whole.isascii():
        raise NoMeaning("not_a_number")
    number = Decimal(f"{whole}.{part or 0}")
    return -number if is_negative else number


def minor_of(text: str, style: NumberStyle, currency: str) -> int:
    """Return an amount in minor units. NoMeaning for a fraction of one: nothing is rounded."""
    exact = number_of(text, style).scaleb(exponent_of(currency))
    if exact != exact.to_integral_value():
        raise NoMeaning("too_many_decimals", f"{exponent_of(currency)}")
    if abs(exact) > MAX_MINOR:
        raise NoMeaning("too_large")
    return int(exact)


def day_of(text: str, style: DateStyle) -> date:
    """Return the date that a text means. NoMeaning for none, and for one before 1990."""
    day = _day(text.strip(), style)
    if day < _EARLIEST:
        raise NoMeaning("too_long_ago", _EARLIEST.isoformat())
    return day


def _day(text: str, style: DateStyle) -> date:
    try:
        return _plain_day(text) or _slashed_day(text, style)
    except (ValueError, OverflowError) as exc:
        raise NoMeaning("not_a_date", "31/12/2026" if style == "dmy" else "12/31/2026") from exc


def _plain_day(text: str) -> date | None:
    # Ways of writing that mean the same everywhere.
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return date(*(int(part) for part in found.groups()))
    if found := _SERIAL.fullmatch(text):
        return _EXCEL_EPOCH + timedelta(days=int(found.group(1)))
    words = text.lower()
    if found := _NAMED.fullmatch(words):
        day, name, year = found.groups()
    elif found := _NAMED_FIRST.fullmatch(words):
        name, day, year = found.groups()
    else:
        return None
    month = _MONTHS.get(name[:3])
    return None if month is None else date(_year(year), month, int(day))


def _slashed_day(text: str, style: DateStyle) -> date:
    found = _SLASHED.fullmatch(text)
    if found is None:
        raise ValueError(text)
    first, second, year = found.groups()
    day, month = (first, second) if style == "dmy" else (second, first)
    return date(_year(year), int(month), int(day))


def _year(text: str) -> int:
    year = int(text)
    if len(text) > _TWO_LETTERS:
        return year
    return year + (2000 if year < _CENTURY else 1900)


def yes_of(text: str) -> bool:
    """Return whether a cell says yes. NoMeaning for what is neither yes nor no."""
    word = normal(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise NoMeaning("not_yes_or_no", "sí / no")


def country_of(text: str) -> str:
    """Return the ISO 3166-1 code of a country by code or name. NoMeaning."""
    if len(text) == _TWO_LETTERS and text.isascii() and text.isalpha():
        return text.upper()
    code = _COUNTRIES.get(normal(text))
    if code is None:
        raise NoMeaning("unknown_country", "ES")
    return code


def language_of(text: str) -> Language:
    """Return a language that Saldo writes. NoMeaning for another."""
    language = _LANGUAGES.get(normal(text).partition(" ")[0])
    if language is None:
        raise NoMeaning("unknown_language", "es / en")
    return language

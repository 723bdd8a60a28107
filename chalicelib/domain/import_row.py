"""One row of an imported file, read field by field; what is wrong with it is collected."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

from chalicelib.domain.base import Value
from chalicelib.domain.customer import Language
from chalicelib.domain.import_cells import NoMeaning, country_of, day_of, minor_of, yes_of
from chalicelib.domain.import_columns import Reading
from chalicelib.domain.import_fields import REPEATABLE
from chalicelib.domain.money import is_currency, major

T = TypeVar("T")
_EMAIL: Final = re.compile(
    r"[^@\s<>,;\"\x00-\x20]+@[^@\s<>,;\"\x00-\x20]+\.[A-Za-z0-9-]+", re.ASCII
)
_SIGNS: Final = {"€": "EUR", "£": "GBP", "EUROS": "EUR", "EURO": "EUR", "S/": "PEN", "US$": "USD"}
_WHOLE: Final = re.compile(
    r"(\d{1,3})(?:[.,]0+)?(?:\s*(?:d|días|dias|days|day|net)\b.*)?", re.IGNORECASE
)
LINE_CHARACTERS: Final = 200
TEXT_CHARACTERS: Final = 2_000
MAX_TERMS_DAYS: Final = 365
_MAIL_CHARACTERS: Final = 254


class Issue(Value):
    """What is wrong with a cell, or odd about it: ``is_error`` keeps the row out."""

    code: str
    field: str
    heading: str = ""
    found: str = ""
    expected: str = ""
    is_error: bool = True


class Defaults(Value):
    """What a cell that is empty or has no column means. Today is the day at the company's place."""

    currency: str
    country: str
    language: Language
    terms_days: int | None
    today: date


class Row:
    """The cells of one row by field. Reading notes what cannot be understood and goes on."""

    def __init__(
        self, cells: Sequence[str], readings: Sequence[Reading], headings: Mapping[int, str]
    ) -> None:
        self.issues: list[Issue] = []
        self._readings = {one.field: one for one in reversed(readings)}
        self._headings = headings
        self._texts: dict[str, str] = {}
        for one in readings:
            text = cells[one.place] if one.place < len(cells) else ""
            if text and one.field in REPEATABLE and one.field in self._texts:
                text = f"{self._texts[one.field]}\n{text}"
            if text:
                self._texts[one.field] = text

    def has_column(self, field: str) -> bool:
        """Tell whether a column was chosen for this field."""
        return field in self._readings

    def note(self, code: str, field: str, *, expected: str = "", is_error: bool = True) -> None:
        """Note that something is wrong with a field of this row."""
        reading = self._readings.get(field)
        self.issues.append(
            Issue(
                code=code,
                field=field,
                heading=self._headings.get(reading.place, "") if reading else "",
                found=self._texts.get(field, "")[:LINE_CHARACTERS],
                expected=expected,
                is_error=is_error,
            )
        )

    @property
    def is_wrong(self) -> bool:
        """Something in it keeps it out."""
        return any(one.is_error for one in self.issues)

    def line(self, field: str) -> str | None:
        """Return a text on one line; None for an empty cell."""
        text = " ".join(_printable(self._texts.get(field, "")).split())
        # The guard that our own files, and those of others, put before what looks like a formula.
        if text.startswith("'") and text[1:2] in ("=", "+", "-", "@"):
            text = text[1:]
        if len(text) > LINE_CHARACTERS:
            self.note("too_long", field, expected=str(LINE_CHARACTERS))
            return None
        return text or None

    def needed(self, field: str) -> str:
        """Return a text that has to be there."""
        text = self.line(field)
        if text is None:
            self.note("missing", field)
        return text or ""

    def text(self, field: str) -> str | None:
        """Return a text that may have lines."""
        text = _printable(self._texts.get(field, ""), keep="\n").strip()
        if len(text) > TEXT_CHARACTERS:
            self.note("too_long", field, expected=str(TEXT_CHARACTERS))
            return None
        return text or None

    def email(self, field: str) -> str | None:
        """Return an e-mail address; of several the first, with a warning."""
        text = self._texts.get(field, "")
        parts = [one for one in re.split(r"[;,\s]+", text) if one]
        if not parts:
            return None
        if not _EMAIL.fullmatch(parts[0]) or len(parts[0]) > _MAIL_CHARACTERS:
            self.note("not_an_email", field, expected="nombre@empresa.com")
            return None
        if len(parts) > 1:
            self.note("several_emails", field, expected=parts[0], is_error=False)
        return parts[0]

    def amount(self, field: str, currency: str) -> int | None:
        """Return an amount in minor units."""
        reading = self._readings.get(field)
        text = self._texts.get(field)
        if reading is None or text is None:
            return None
        return self._read(field, lambda: minor_of(text, reading.amounts, currency))

    def written(self, field: str, amount_minor: int, currency: str) -> str:
        """Return an amount as the column writes its own: what would have been right there."""
        reading = self._readings.get(field)
        plain = f"{major(amount_minor, currency):f}"
        return plain.replace(".", ",") if reading and reading.amounts == "es" else plain

    def day(self, field: str) -> date | None:
        """Return a date."""
        reading = self._readings.get(field)
        text = self._texts.get(field)
        if reading is None or text is None:
            return None
        return self._read(field, lambda: day_of(text, reading.dates))

    def is_yes(self, field: str) -> bool:
        """Tell whether the cell says yes."""
        return bool(self._read(field, lambda: yes_of(self._texts.get(field, ""))))

    def country(self, field: str, default: str) -> str:
        """Return the code of a country."""
        text = self._texts.get(field)
        return default if text is None else self._read(field, lambda: country_of(text)) or default

    def currency(self, default: str) -> str:
        """Return an ISO 4217 code."""
        text = self._texts.get("currency")
        if text is None:
            return default
        code = _SIGNS.get(text.upper(), text.upper())
        if not is_currency(code):
            self.note("unknown_currency", "currency", expected="EUR")
            return default
        return code

    def terms_days(self) -> int | None:
        """Return a number of days: 30, or "30 días"."""
        text = self._texts.get("terms_days")
        if text is None:
            return None
        found = _WHOLE.fullmatch(text)
        if found is None or int(found.group(1)) > MAX_TERMS_DAYS:
            self.note("not_days", "terms_days", expected=f"0 – {MAX_TERMS_DAYS}")
            return None
        return int(found.group(1))

    def _read(self, field: str, meaning: Callable[[], T]) -> T | None:
        try:
            return meaning()
        except NoMeaning as wrong:
            self.note(wrong.code, field, expected=wrong.expected)
            return None


def _printable(text: str, keep: str = "") -> str:
    return "".join(one if one.isprintable() or one in keep else " " for one in text)

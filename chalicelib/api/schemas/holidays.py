"""Bodies about public holidays."""

from datetime import date

from chalicelib.api.schemas.base import Answer


class Holiday(Answer):
    """A day on which nobody works, with its name in both languages."""

    on: date
    name_es: str
    name_en: str


class HolidaysOfYear(Answer):
    """The public holidays of a year, in order; none for a country whose days nobody knows.

    Days on which the company itself is closed are in its settings (``days_off``).
    """

    country: str
    region: str | None
    year: int
    items: list[Holiday]


class Region(Answer):
    """A part of a country: ``code`` is MD for ES-MD (ISO 3166-2)."""

    code: str
    name_es: str
    name_en: str


class Regions(Answer):
    """The regions of a country that have holidays of their own."""

    country: str
    items: list[Region]

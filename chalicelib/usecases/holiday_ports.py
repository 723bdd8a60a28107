"""What the use cases need to know of public holidays, as a protocol."""

from datetime import date
from typing import Protocol

from chalicelib.domain.base import Value


class PublicHoliday(Value):
    """A day on which a country, or a region of it, does not work."""

    on: date
    name_es: str
    name_en: str


class Region(Value):
    """A part of a country with holidays of its own; ``code`` is MD for ES-MD (ISO 3166-2)."""

    code: str
    name_es: str
    name_en: str


class Holidays(Protocol):
    """Public holidays by country (ISO 3166-1) and region.

    A country that nobody knows has none; an unknown region has those of its country.
    """

    def days(self, country: str, region: str | None, year: int) -> frozenset[date]:
        """Return the public holidays of a year; asked for again, they cost nothing."""
        ...

    def named(self, country: str, region: str | None, year: int) -> tuple[PublicHoliday, ...]:
        """Return the public holidays of a year with their names, in order."""
        ...

    def regions(self, country: str) -> tuple[Region, ...]:
        """Return the regions of a country that have holidays of their own."""
        ...

"""Public holidays of countries and their regions, from the package `holidays`.

Nothing here is fatal: a country that the package does not know has no holidays, a region that it
does not know has those of its country. Half holidays, bank and school holidays are not asked for.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Any, Final

import holidays
from holidays.registry import EntityLoader

from chalicelib.domain.customer import Language
from chalicelib.usecases.holiday_ports import PublicHoliday, Region

# The package lists cities and school zones as well; a code of ISO 3166-2 has this shape.
_ISO_CODE: Final = re.compile(r"[A-Z0-9]{1,3}")
_COUNTRIES: Final = frozenset(EntityLoader.get_country_codes(include_aliases=False))
_YEARS_AT_ONCE: Final = 512  # a few countries with their regions, for a few years

# What the package lacks: it knows each region by one name, and Spain's in brief.
_SPAIN: Final = {
    "AN": ("Andalucía", "Andalusia"),
    "AR": ("Aragón", "Aragon"),
    "AS": ("Principado de Asturias", "Asturias"),
    "CB": ("Cantabria", "Cantabria"),
    "CE": ("Ceuta", "Ceuta"),
    "CL": ("Castilla y León", "Castile and León"),
    "CM": ("Castilla-La Mancha", "Castile-La Mancha"),
    "CN": ("Canarias", "Canary Islands"),
    "CT": ("Cataluña", "Catalonia"),
    "EX": ("Extremadura", "Extremadura"),
    "GA": ("Galicia", "Galicia"),
    "IB": ("Illes Balears", "Balearic Islands"),
    "MC": ("Región de Murcia", "Region of Murcia"),
    "MD": ("Comunidad de Madrid", "Community of Madrid"),
    "ML": ("Melilla", "Melilla"),
    "NC": ("Navarra", "Navarre"),
    "PV": ("País Vasco", "Basque Country"),
    "RI": ("La Rioja", "La Rioja"),
    "VC": ("Comunitat Valenciana", "Valencian Community"),
}


class PublicHolidays:
    """The port Holidays."""

    def days(self, country: str, region: str | None, year: int) -> frozenset[date]:
        """Return the public holidays of a year."""
        return _days(country, region, year)

    def named(self, country: str, region: str | None, year: int) -> tuple[PublicHoliday, ...]:
        """Return the public holidays of a year with their names, in order."""
        spanish = _calendar(country, region, year, "es")
        english = _calendar(country, region, year, "en")
        return tuple(
            PublicHoliday(on=day, name_es=spanish[day], name_en=english[day])
            for day in sorted(spanish)
        )

    def regions(self, country: str) -> tuple[Region, ...]:
        """Return the regions that have holidays of their own, by their Spanish names."""
        kind = _kind(country)
        if kind is None:
            return ()
        codes = (code for code in kind.subdivisions if _ISO_CODE.fullmatch(code))
        named = (_region(country, code, kind.subdivisions_aliases) for code in codes)
        return tuple(sorted(named, key=lambda region: (region.name_es, region.code)))


@lru_cache(maxsize=_YEARS_AT_ONCE)
def _days(country: str, region: str | None, year: int) -> frozenset[date]:
    return frozenset(_calendar(country, region, year, "es"))


def _calendar(country: str, region: str | None, year: int, language: Language) -> dict[date, str]:
    kind = _kind(country)
    if kind is None:
        return {}
    known = region if region in kind.subdivisions else None
    spoken = _spoken(kind.supported_languages, language)
    return dict(kind(subdiv=known, years=year, expand=False, language=spoken))


def _kind(country: str) -> Any:
    # A loader: the country's own module is imported at its first use.
    return getattr(holidays, country) if country in _COUNTRIES else None


def _spoken(supported: tuple[str, ...], language: Language) -> str:
    # Without the wanted language the package's English one, without that the country's own.
    choices = [one for one in supported if one.partition("_")[0] == language]
    choices += [one for one in supported if one.startswith("en")]
    return choices[0] if choices else language


def _region(country: str, code: str, aliases: dict[str, str]) -> Region:
    if country == "ES" and code in _SPAIN:
        name_es, name_en = _SPAIN[code]
        return Region(code=code, name_es=name_es, name_en=name_en)
    # Some aliases are other codes.
    names = (name for name, of in aliases.items() if of == code and not name.isupper())
    name = next(names, code)
    return Region(code=code, name_es=name, name_en=name)

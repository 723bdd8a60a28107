"""What every implementation of the port Holidays promises, and what the real one knows."""

from datetime import date

import pytest
from holidays.registry import EntityLoader

from chalicelib.adapters.public_holidays import PublicHolidays
from chalicelib.usecases.holiday_ports import Holidays, Region
from tests.fakes import FakeHolidays

MADRID_DAY = date(2026, 5, 2)
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture(params=["real", "fake"])
def holidays(request: pytest.FixtureRequest) -> Holidays:
    if request.param == "real":
        return PublicHolidays()
    return FakeHolidays({"ES": [NEW_YEAR], "ES-MD": [MADRID_DAY]})


def test_a_region_adds_its_own_days_to_those_of_its_country(holidays: Holidays) -> None:
    in_spain, in_madrid = (holidays.days("ES", region, 2026) for region in (None, "MD"))

    assert NEW_YEAR in in_spain
    assert MADRID_DAY not in in_spain
    assert {NEW_YEAR, MADRID_DAY} <= in_madrid


def test_a_region_that_nobody_knows_has_the_days_of_its_country(holidays: Holidays) -> None:
    assert holidays.days("ES", "ZZ", 2026) == holidays.days("ES", None, 2026)


@pytest.mark.parametrize("country", ["XX", "ESP", "es", ""])
def test_a_country_that_nobody_knows_has_no_days_and_no_regions(
    holidays: Holidays, country: str
) -> None:
    assert holidays.days(country, "MD", 2026) == frozenset()
    assert holidays.named(country, None, 2026) == ()
    assert holidays.regions(country) == ()


def test_only_days_of_the_year_in_question_are_answered(holidays: Holidays) -> None:
    assert NEW_YEAR not in holidays.days("ES", None, 2027)


def test_named_days_are_the_same_days_in_order(holidays: Holidays) -> None:
    named = holidays.named("ES", "MD", 2026)

    assert [day.on for day in named] == sorted(holidays.days("ES", "MD", 2026))


# -- what the real one knows --------------------------------------------------------------------

real = PublicHolidays()


def days_of(text: str) -> frozenset[date]:
    """Return days of 2026, written ``1-6`` for 6 January."""
    return frozenset(date(2026, *map(int, day.split("-"))) for day in text.split())


def test_spain_in_2026_is_as_in_the_official_gazette() -> None:
    # BOE-A-2025-21667, holidays in every region; 1 November and 6 December are Sundays.
    assert real.days("ES", None, 2026) == days_of("1-1 1-6 4-3 5-1 8-15 10-12 12-8 12-25")


def test_madrid_in_2026_is_as_in_the_official_gazette_with_two_moved_to_monday() -> None:
    added = real.days("ES", "MD", 2026) - real.days("ES", None, 2026)

    # Maundy Thursday, the region's day, and two Sundays that it moves: All Saints, Constitution.
    assert added == days_of("4-2 5-2 11-2 12-7")


def test_catalonia_in_2026_has_its_own_days() -> None:
    added = real.days("ES", "CT", 2026) - real.days("ES", None, 2026)

    assert added == days_of("4-6 6-24 9-11 12-26")


def test_mexico_moves_three_days_to_monday() -> None:
    # Ley Federal del Trabajo, art. 74.
    assert real.days("MX", None, 2026) == days_of("1-1 2-2 3-16 5-1 9-16 11-16 12-25")


def test_colombia_moves_most_days_to_monday() -> None:
    # Ley 51 de 1983: Epiphany, Saint Joseph, Ascension, Corpus Christi ... on the Monday after.
    assert days_of("1-12 3-23 5-18 6-8 6-15 6-29 8-17 10-12 11-2 11-16") <= real.days(
        "CO", None, 2026
    )


def test_peru_has_its_national_holidays() -> None:
    peru = real.days("PE", None, 2026)

    # Decreto Legislativo 713 and later laws.
    assert (
        days_of("1-1 4-2 4-3 5-1 6-7 6-29 7-23 7-28 7-29 8-6 8-30 10-8 11-1 12-8 12-9 12-25")
        <= peru
    )
    assert days_of("1-6 10-12 5-2").isdisjoint(peru)


def test_names_are_in_spanish_and_english() -> None:
    first = real.named("ES", "MD", 2026)[1]

    assert (first.on, first.name_es, first.name_en) == (
        date(2026, 1, 6), "Epifanía del Señor", "Epiphany",
    )  # fmt: skip


def test_a_country_without_spanish_names_has_its_english_ones() -> None:
    unity = next(day for day in real.named("DE", None, 2026) if day.on == date(2026, 10, 3))

    assert (unity.name_es, unity.name_en) == ("German Unity Day", "German Unity Day")


def test_names_do_not_depend_on_the_language_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = real.named("FR", None, 2026)
    monkeypatch.setenv("LANGUAGE", "uk")

    assert PublicHolidays().named("FR", None, 2026) == before


def test_every_region_of_spain_has_its_names_in_both_languages() -> None:
    regions = real.regions("ES")

    assert len(regions) == 19
    assert Region(code="CT", name_es="Cataluña", name_en="Catalonia") in regions
    assert (
        Region(code="MD", name_es="Comunidad de Madrid", name_en="Community of Madrid") in regions
    )
    assert all(region.name_es != region.code for region in regions)


def test_cities_and_school_zones_are_no_regions() -> None:
    codes = {region.code for country in ("ES", "FR", "DE") for region in real.regions(country)}

    assert codes.isdisjoint({"Barcelona", "Zone A", "Augsburg"})


def test_a_country_without_regions_has_none() -> None:
    assert real.regions("PE") == ()


@pytest.mark.parametrize("country", sorted(EntityLoader.get_country_codes(include_aliases=False)))
def test_every_country_answers_for_this_year_and_the_next(country: str) -> None:
    for year in (2026, 2027):
        named = real.named(country, None, year)
        assert {day.on for day in named} == real.days(country, None, year)
        assert all(day.on.year == year and day.name_es and day.name_en for day in named)
    for region in real.regions(country):
        assert all(day.year == 2026 for day in real.days(country, region.code, 2026))

"""Public holidays and regions over HTTP."""

from datetime import date

import pytest

from tests.api.conftest import Api
from tests.api.staff import Staff


@pytest.fixture
def staff(api: Api) -> Staff:
    api.fakes.holidays.given = {
        "ES": [date(2026, 1, 6), date(2027, 1, 6)],
        "ES-MD": [date(2026, 5, 2)],
        "PE": [date(2026, 7, 28)],
    }
    return Staff(api)


def test_without_parameters_they_are_this_years_in_the_companys_country(staff: Staff) -> None:
    assert staff.send("GET", "/v1/holidays", role="viewer") == (
        200,
        {
            "country": "ES",
            "region": None,
            "year": 2026,
            "items": [{"on": "2026-01-06", "name_es": "Fiesta", "name_en": "Holiday"}],
        },
    )


def test_a_region_has_its_own_beside_those_of_the_country(staff: Staff) -> None:
    _, shown = staff.send("GET", "/v1/holidays?country=ES&region=MD&year=2026", role="viewer")

    assert [day["on"] for day in shown["items"]] == ["2026-01-06", "2026-05-02"]


def test_another_country_and_another_year_can_be_asked_for(staff: Staff) -> None:
    _, peru = staff.send("GET", "/v1/holidays?country=PE&year=2026", role="viewer")
    _, next_year = staff.send("GET", "/v1/holidays?year=2027", role="viewer")

    assert [day["on"] for day in peru["items"]] == ["2026-07-28"]
    assert [day["on"] for day in next_year["items"]] == ["2027-01-06"]


def test_a_country_whose_days_nobody_knows_has_none(staff: Staff) -> None:
    _, shown = staff.send("GET", "/v1/holidays?country=XX", role="viewer")

    assert shown["items"] == []


def test_regions_of_a_country(staff: Staff) -> None:
    _, own = staff.send("GET", "/v1/regions", role="viewer")
    _, of_peru = staff.send("GET", "/v1/regions?country=PE", role="viewer")

    assert own == {
        "country": "ES",
        "items": [{"code": "MD", "name_es": "MD", "name_en": "MD"}],
    }
    assert of_peru == {"country": "PE", "items": []}


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("country=esp", "/country", "unknown_country"),
        ("country=ES&region=ZZ", "/region", "unknown_region"),
        ("country=PE&region=MD", "/region", "unknown_region"),
        ("year=26", "/year", "unknown_year"),
        ("year=2101", "/year", "unknown_year"),
        ("year=\u0662\u0660\u0662\u0666", "/year", "unknown_year"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_place(
    staff: Staff, query: str, pointer: str, code: str
) -> None:
    status, problem = staff.send("GET", f"/v1/holidays?{query}", role="viewer")

    assert status == 422
    assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [(pointer, code)]

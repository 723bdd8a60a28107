"""Public holidays by country and region over HTTP, for whoever picks a region or plans a mail."""

import re
from typing import Final

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import holidays as bodies
from chalicelib.domain.errors import InvalidField
from chalicelib.usecases.own_company import company_of

routes = Routes()
_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2100  # holidays are computed, not published: further on they are a guess
_COUNTRY: Final = re.compile(r"[A-Z]{2}")


@routes.route(
    "/v1/holidays", "GET", gives=bodies.HolidaysOfYear, query=("country", "region", "year")
)
def read(request: ApiRequest) -> Reply:
    """Public holidays of a year (this one by default), in a country (the company's) or region."""
    country = _country(request)
    region = _region(request, country)
    year = _year(request)
    named = request.ports.holidays.named(country, region, year)
    items = [bodies.Holiday(**day.model_dump()) for day in named]
    return Reply(bodies.HolidaysOfYear(country=country, region=region, year=year, items=items))


@routes.route("/v1/regions", "GET", gives=bodies.Regions, query=("country",))
def regions(request: ApiRequest) -> Reply:
    """Regions of a country (the company's by default) that have holidays of their own."""
    country = _country(request)
    found = request.ports.holidays.regions(country)
    items = [bodies.Region(**region.model_dump()) for region in found]
    return Reply(bodies.Regions(country=country, items=items))


def _country(request: ApiRequest) -> str:
    country = request.query.get("country") or company_of(request.ports).country
    if not _COUNTRY.fullmatch(country):
        raise InvalidField(
            "/country",
            "A country is written as its two capital letters, such as ES.",
            field_code="unknown_country",
        )
    return country


def _region(request: ApiRequest, country: str) -> str | None:
    region = request.query.get("region") or None
    codes = {known.code for known in request.ports.holidays.regions(country)} if region else set()
    if region is not None and region not in codes:
        raise InvalidField(
            "/region",
            f"{country} has no region {region!r} with holidays of its own.",
            field_code="unknown_region",
        )
    return region


def _year(request: ApiRequest) -> int:
    text = request.query.get("year")
    if not text:
        return request.today().year
    if not (text.isascii() and text.isdecimal()) or not _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        raise InvalidField(
            "/year",
            f"A year is a number from {_FIRST_YEAR} to {_LAST_YEAR}.",
            field_code="unknown_year",
        )
    return int(text)

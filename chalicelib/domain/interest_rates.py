"""The table of interest rates for late payment: one row for each half-year, with its source.

A row governs its own half-year and no other (Directive 2011/7/EU; Ley 3/2004, art. 7): the rate of
1 January counts until 30 June, that of 1 July until 31 December. No rate is guessed.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from chalicelib.domain.base import Record, Value
from chalicelib.domain.errors import InvalidField

_JUNE: Final = 6
DAY_COUNTS: Final = (360, 365)


class InterestRate(Value):
    """The rate of the half-year that begins on ``from_day``, as a fraction a year: 0.08 is 8 %.

    ``source`` says where it was published, for whoever has to prove it.
    """

    from_day: date
    annual_rate: Decimal
    source: str


class InterestRates(Record):
    """The company's table, in order. ``day_count`` is the number of days that a year counts."""

    kind: ClassVar[str] = "interest_rates"

    rates: tuple[InterestRate, ...]
    day_count: int = 365

    def of(self, half_year: date) -> InterestRate | None:
        """Return the rate of the half-year that begins on this day; None when it is unknown."""
        return next((rate for rate in self.rates if rate.from_day == half_year), None)


def half_year_of(day: date) -> date:
    """Return the first day of the half-year in which a day lies."""
    return date(day.year, 1 if day.month <= _JUNE else 7, 1)


def following_half_year(day: date) -> date:
    """Return the first day of the half-year after the one in which a day lies."""
    return date(day.year, 7, 1) if day.month <= _JUNE else date(day.year + 1, 1, 1)


def require_sound(rates: Sequence[InterestRate]) -> None:
    """InvalidField unless every row begins a half-year, in order, each half-year once."""
    for index, rate in enumerate(rates):
        if rate.from_day != half_year_of(rate.from_day):
            raise InvalidField(
                f"/rates/{index}/from_day",
                "A rate begins on 1 January or on 1 July.",
                field_code="not_a_half_year",
            )
    days = [rate.from_day for rate in rates]
    if days != sorted(set(days)):
        raise InvalidField(
            "/rates",
            "Rates come in ascending order of their days, each half-year once.",
            field_code="rates_out_of_order",
        )


_UNVERIFIED: Final = "not taken from the official gazette: check against BOE before claiming"
_SPAIN: Final = (
    (date(2014, 7, 1), "0.0815", "BOE-A-2014-6914"),
    (date(2020, 1, 1), "0.08", "BOE-A-2019-18736"),
    (date(2026, 1, 1), "0.1015", f"BOE-A-2025-27201 (the value is {_UNVERIFIED})"),
    (date(2026, 7, 1), "0.104", f"Reference and value are {_UNVERIFIED}"),
)


def shipped_rates() -> InterestRates:
    """Return the table before the company has entered one of its own (version 0).

    Rates for commercial debts in Spain (Ley 3/2004, art. 7), of those half-years that are known.
    """
    rates = tuple(
        InterestRate(from_day=day, annual_rate=Decimal(rate), source=source)
        for day, rate, source in _SPAIN
    )
    return InterestRates(version=0, rates=rates)

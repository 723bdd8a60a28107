"""The formulas of receivables, on plain numbers. Exact fractions; None where a figure is undefined.

Sales are gross of VAT throughout, as receivables are: a net figure would overstate every DSO by
the VAT rate. "Current" means not past due on the day in question.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

MAX_COUNTBACK_MONTHS: Final = 24
"""Older debt than this says nothing about how fast customers pay: the figure is undefined."""

_PERCENT: Final = 100


def dso(receivables: int, sales: int, days: int) -> Fraction | None:
    """Return days sales outstanding: receivables ÷ sales of the period × its days.

    With current receivables instead of all this is the best possible DSO.
    """
    return Fraction(receivables * days, sales) if sales > 0 else None


def countback_dso(receivables: int, months: Iterable[tuple[int, int]]) -> Fraction | None:
    """Return how many days of sales, counted back from today, the receivables amount to.

    ``months`` are (sales, days), the latest first. None when MAX_COUNTBACK_MONTHS do not suffice.
    """
    rest, days = receivables, Fraction(0)
    for month, (sales, days_of_month) in enumerate(months):
        if rest <= 0:
            return days
        if month == MAX_COUNTBACK_MONTHS:
            return None
        if rest < sales:
            return days + Fraction(rest * days_of_month, sales)
        rest -= sales
        days += days_of_month
    return days if rest <= 0 else None


def average_days_delinquent(simple: Fraction | None, best: Fraction | None) -> Fraction | None:
    """Return DSO − best possible DSO: the days that lateness adds. Not how late invoices are."""
    return simple - best if simple is not None and best is not None else None


def collection_effectiveness(
    *, beginning: int, sales: int, months: int, ending: int, ending_current: int
) -> Fraction | None:
    """Return the CEI in percent as the Credit Research Foundation defines it.

    (beginning + sales ÷ months − ending) ÷ (beginning + sales ÷ months − ending current) × 100:
    how much of what could be collected was. None when nothing could be.
    """
    available = beginning + Fraction(sales, months)
    collectable = available - ending_current
    if collectable <= 0:
        return None
    return (available - ending) / collectable * _PERCENT


def delinquency(overdue: int, receivables: int) -> Fraction | None:
    """Return the past-due share of the receivables in percent, by amount."""
    return Fraction(overdue * _PERCENT, receivables) if receivables > 0 else None


def bad_debt(written_off: int, sales: int) -> Fraction | None:
    """Return bad debt to sales in percent: written off, net of recoveries ÷ sales of the period.

    Siegel and Shim, 1997: BD ÷ S. The other definition in use, BD ÷ receivables, is not this one.
    """
    return Fraction(written_off * _PERCENT, sales) if sales > 0 else None


def rounded(figure: Fraction | None, places: int) -> Decimal | None:
    """Return the figure with so many decimals, halves away from zero."""
    if figure is None:
        return None
    exact = Decimal(figure.numerator) / Decimal(figure.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)

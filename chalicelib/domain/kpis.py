"""The key figures of the book as of any day, by currency, from the totals of months and days.

Windows, which whole months decide because older days are only kept by month:

- DSO, best possible DSO and ADD: the running month up to the day, and the two months before it;
- CEI: the last month that is over (the running one on its last day);
- countback: the running month up to the day, then month by month;
- bad debt: the running month up to the day, and the eleven months before it.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from chalicelib.domain.base import Value
from chalicelib.domain.calendar import month_of
from chalicelib.domain.kpi_formulas import (
    MAX_COUNTBACK_MONTHS,
    average_days_delinquent,
    bad_debt,
    collection_effectiveness,
    countback_dso,
    delinquency,
    dso,
    rounded,
)
from chalicelib.domain.ledger import Totals
from chalicelib.domain.month_book import Book, last_day, months_before, not_past_due

MONTHS_SHOWN: Final = 13  # a year, and the same month of last year to compare with
EXPECTED_DAYS: Final = 30
DSO_MONTHS: Final = 3
BAD_DEBT_MONTHS: Final = 12
PLACES: Final = 1


class MonthFigures(Value):
    """One month: billed and collected in it, open at its end (or on the day, if it still runs).

    Collected is net of what went back, written off is net of what was recovered.
    """

    month: str
    billed_minor: int
    collected_minor: int
    written_off_minor: int = 0
    open_minor: int


class KeyFigures(Value):
    """One currency. Days and percentages have one decimal; None where a figure is undefined.

    ``expected_30_days_minor`` is what falls due from the day itself to 30 days later.
    """

    currency: str
    outstanding_minor: int
    overdue_minor: int
    unapplied_minor: int
    expected_30_days_minor: int
    dso_simple_days: Decimal | None
    dso_best_possible_days: Decimal | None
    dso_countback_days: Decimal | None
    add_days: Decimal | None
    cei_percent: Decimal | None
    delinquency_percent: Decimal | None
    bad_debt_percent: Decimal | None
    months: tuple[MonthFigures, ...]


def key_figures(as_of: date, totals: Iterable[Totals]) -> tuple[KeyFigures, ...]:
    """Return one row a currency, in alphabetical order.

    ``totals`` are those of all months before that of ``as_of`` and of its days up to it.
    """
    by_currency: dict[str, list[Totals]] = {}
    for one in totals:
        by_currency.setdefault(one.currency, []).append(one)
    return tuple(
        _figures(currency, Book(as_of, parts)) for currency, parts in sorted(by_currency.items())
    )


def _figures(currency: str, book: Book) -> KeyFigures:
    sales, days = _dso_window(book)
    overdue = book.outstanding - book.current
    simple = dso(book.outstanding, sales, days)
    best = dso(book.current, sales, days)
    return KeyFigures(
        currency=currency,
        outstanding_minor=book.outstanding,
        overdue_minor=overdue,
        unapplied_minor=book.unapplied,
        expected_30_days_minor=book.expected(EXPECTED_DAYS),
        dso_simple_days=rounded(simple, PLACES),
        dso_best_possible_days=rounded(best, PLACES),
        dso_countback_days=rounded(_countback(book), PLACES),
        add_days=rounded(average_days_delinquent(simple, best), PLACES),
        cei_percent=rounded(_effectiveness(book), PLACES),
        delinquency_percent=rounded(delinquency(overdue, book.outstanding), PLACES),
        bad_debt_percent=rounded(_bad_debt(book), PLACES),
        months=_months(book),
    )


def _dso_window(book: Book) -> tuple[int, int]:
    """Return what was billed in the window, and how many days it has."""
    months = [months_before(book.as_of, back) for back in range(DSO_MONTHS)]
    billed = sum(book.billed(month_of(first)) for first in months)
    return billed, (book.as_of - months[-1]).days + 1


def _countback(book: Book) -> Fraction | None:
    firsts = [months_before(book.as_of, back) for back in range(MAX_COUNTBACK_MONTHS)]
    days = [book.as_of.day, *(last_day(first).day for first in firsts[1:])]
    sales = [book.billed(month_of(first)) for first in firsts]
    return countback_dso(book.outstanding, zip(sales, days, strict=True))


def _effectiveness(book: Book) -> Fraction | None:
    is_over = book.as_of == last_day(book.as_of)
    month = months_before(book.as_of, 0 if is_over else 1)
    ending = book.open_by_due(month)
    return collection_effectiveness(
        beginning=sum(book.open_by_due(months_before(month, 1)).values()),
        sales=book.billed(month_of(month)),
        months=1,
        ending=sum(ending.values()),
        ending_current=not_past_due(ending, last_day(month)),
    )


def _bad_debt(book: Book) -> Fraction | None:
    months = [month_of(months_before(book.as_of, back)) for back in range(BAD_DEBT_MONTHS)]
    written_off = sum(book.written_off(month) for month in months)
    return bad_debt(written_off, sum(book.billed(month) for month in months))


def _months(book: Book) -> tuple[MonthFigures, ...]:
    firsts = [months_before(book.as_of, back) for back in reversed(range(MONTHS_SHOWN))]
    return tuple(
        MonthFigures(
            month=month_of(first),
            billed_minor=book.billed(month_of(first)),
            collected_minor=book.collected(month_of(first)),
            written_off_minor=book.written_off(month_of(first)),
            open_minor=sum(book.open_by_due(first).values()),
        )
        for first in firsts
    )

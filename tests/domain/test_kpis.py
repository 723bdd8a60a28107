"""The key figures of a small book, computed by hand."""

from datetime import date
from decimal import Decimal

from chalicelib.domain.aging import age
from chalicelib.domain.kpis import KeyFigures, MonthFigures, key_figures
from chalicelib.domain.ledger import Totals


def totals(
    period: str,
    *,
    billed: int = 0,
    collected: int = 0,
    open_by_due: dict[str, int] | None = None,
    unapplied: int = 0,
    written_off: int = 0,
    currency: str = "EUR",
    shard: int = 0,
) -> Totals:
    return Totals(
        period=period,
        currency=currency,
        shard=shard,
        open_by_due=open_by_due or {},
        unapplied_minor=unapplied,
        billed_minor=billed,
        collected_minor=collected,
        written_off_minor=written_off,
    )


# The book of the published examples: sales of 3,390, 3,610 and 3,890 from January to March, and at
# the end of March 6,340 open, of which 3,590 are not past due. 6,200 were open before the quarter.
BOOK = (
    totals("2025-12", billed=6_200, open_by_due={"2026-01-15": 6_200}),
    totals("2026-01", billed=3_390, collected=3_250,
           open_by_due={"2026-01-15": -3_250, "2026-02-20": 3_390}),
    totals(
        "2026-02",
        billed=3_610,
        collected=4_000,
        open_by_due={"2026-01-15": -2_950, "2026-02-20": -1_050, "2026-03-20": 3_610},
        shard=1,
    ),
    totals("2026-03-04", billed=1_890, open_by_due={"2026-04-04": 1_890}),
    totals("2026-03-10", collected=3_500, open_by_due={"2026-02-20": -2_340, "2026-03-20": -860},
           unapplied=300),
    totals("2026-03-31", billed=2_000, open_by_due={"2026-05-01": 1_700, "2026-03-31": 300},
           shard=2),
    totals("2026-03-31", open_by_due={"2026-04-04": -300}),
)  # fmt: skip
MARCH_31 = date(2026, 3, 31)


def figures(as_of: date = MARCH_31, book: tuple[Totals, ...] = BOOK) -> KeyFigures:
    (row,) = key_figures(as_of, book)
    return row


def test_what_is_owed_agrees_with_the_aging() -> None:
    row = figures()

    (aging,) = age(MARCH_31, BOOK)
    assert row.outstanding_minor == aging.total_minor == 6_340
    assert row.outstanding_minor - row.overdue_minor == aging.current_minor == 3_590
    assert row.unapplied_minor == aging.unapplied_minor == 300


def test_days_and_percentages_are_those_of_the_published_examples() -> None:
    row = figures()

    assert row.dso_simple_days == Decimal("52.4")
    assert row.dso_best_possible_days == Decimal("29.7")
    assert row.dso_countback_days == Decimal("50.0")
    assert row.add_days == Decimal("22.7")
    assert row.delinquency_percent == Decimal("43.4")


def test_cei_looks_at_the_month_that_ends_on_the_day() -> None:
    # (5,950 + 3,890 − 6,340) ÷ (5,950 + 3,890 − 3,590): 5,950 were open at the end of February.
    assert figures().cei_percent == Decimal("56.0")


def test_cei_looks_at_the_last_whole_month_while_one_still_runs() -> None:
    until_the_4th = tuple(one for one in BOOK if one.period <= "2026-03-04")

    row = figures(date(2026, 3, 4), until_the_4th)

    # February: (6,340 + 3,610 − 5,950) ÷ (6,340 + 3,610 − 3,610)
    assert row.cei_percent == Decimal("63.1")
    assert row.months[-1] == MonthFigures(
        month="2026-03", billed_minor=1_890, collected_minor=0, open_minor=7_840
    )


def test_expected_is_what_falls_due_from_today_for_thirty_days() -> None:
    # 300 fall due on the day itself, 1,590 on 4 April, 1,700 on 1 May, one day too late.
    assert figures().expected_30_days_minor == 1_890


def test_thirteen_months_are_shown_oldest_first() -> None:
    months = figures().months

    assert [one.month for one in months][:2] == ["2025-03", "2025-04"]
    assert len(months) == 13
    assert months[-4:-1] == (
        MonthFigures(month="2025-12", billed_minor=6_200, collected_minor=0, open_minor=6_200),
        MonthFigures(month="2026-01", billed_minor=3_390, collected_minor=3_250, open_minor=6_340),
        MonthFigures(month="2026-02", billed_minor=3_610, collected_minor=4_000, open_minor=5_950),
    )


def test_an_empty_book_has_no_rows() -> None:
    assert key_figures(MARCH_31, ()) == ()


def test_a_settled_book_leaves_ratios_undefined() -> None:
    book = (
        totals("2024-01", billed=100, open_by_due={"2024-02-01": 100}),
        totals("2024-02", collected=100, open_by_due={"2024-02-01": -100}),
    )

    row = figures(MARCH_31, book)

    assert row.outstanding_minor == 0
    assert row.dso_countback_days == 0
    assert row.dso_simple_days is None
    assert row.add_days is None
    assert row.cei_percent is None
    assert row.delinquency_percent is None


def test_debt_from_before_the_last_two_years_has_no_countback() -> None:
    row = figures(MARCH_31, (totals("2023-01", billed=100, open_by_due={"2023-02-01": 100}),))

    assert row.dso_countback_days is None
    assert row.delinquency_percent == 100


def test_currencies_never_mix() -> None:
    dollars = totals("2026-03-02", billed=700, open_by_due={"2026-04-01": 700}, currency="USD")

    rows = key_figures(MARCH_31, (dollars, *BOOK))

    assert [(row.currency, row.outstanding_minor) for row in rows] == [
        ("EUR", 6_340),
        ("USD", 700),
    ]


def test_bad_debt_counts_a_year_by_the_day_of_the_write_off_net_of_recoveries() -> None:
    given_up = (
        totals("2025-03", written_off=999),  # thirteen months ago
        totals("2025-04", written_off=700),
        totals("2026-02", written_off=-100),  # recovered
        totals("2026-03-10", written_off=255, shard=3),
    )

    row = figures(book=(*BOOK, *given_up))

    # 855 ÷ (6,200 + 3,390 + 3,610 + 3,890) = 5.003 %
    assert row.bad_debt_percent == Decimal("5.0")
    assert [one.written_off_minor for one in row.months[-2:]] == [-100, 255]
    assert figures(book=given_up).bad_debt_percent is None


def test_the_row_fits_the_answer_of_the_api() -> None:
    from chalicelib.api.schemas.reports import SummaryRow

    row = SummaryRow.model_validate(figures().model_dump(mode="json"))

    assert row.dso_simple_days == "52.4"
    assert row.months[-1].open_minor == 6_340

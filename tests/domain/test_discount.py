"""Early-payment discount: who gets it, and how much."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.discount import DiscountOffer, DiscountTerms, earned, offer, payable

ISSUED = date(2026, 3, 2)
LAST_DAY = date(2026, 3, 12)
TWO_TEN = DiscountTerms(rate=Decimal("0.02"), days=10)
PROPORTIONAL = TWO_TEN.but(part_payment="proportional")


def an_offer(terms: DiscountTerms = TWO_TEN, **changes: object) -> DiscountOffer:
    fields = {"total_minor": 100_000, "net_minor": 100_000} | changes
    return offer(terms, ISSUED, **fields)  # type: ignore[arg-type]


def test_two_percent_within_ten_days_of_the_invoice_date() -> None:
    assert an_offer() == DiscountOffer(
        until=LAST_DAY, left_minor=2_000, needed_minor=98_000, part_payment="strict"
    )


@pytest.mark.parametrize(
    ("amount", "day", "discount"),
    [
        (98_000, LAST_DAY, 2_000),
        (98_000, date(2026, 3, 13), 0),  # a day late: a short payment, and no discount
        (97_999, LAST_DAY, 0),  # not in full
        (99_000, LAST_DAY, 1_000),
        (100_000, LAST_DAY, 0),  # who pays in full has not taken it
    ],
)
def test_strictly_the_discount_is_for_paying_in_full_in_time(
    amount: int, day: date, discount: int
) -> None:
    assert earned(an_offer(), 100_000, amount, day) == discount


def test_strictly_what_came_in_time_counts_together() -> None:
    after_500 = an_offer(settled=[("payment", 50_000, date(2026, 3, 5))])

    assert payable(after_500, 50_000, LAST_DAY) == 48_000  # not 98,000 and not 50,000
    assert earned(after_500, 50_000, 48_000, LAST_DAY) == 2_000


def test_money_that_came_late_does_not_count() -> None:
    after_late = an_offer(settled=[("payment", 50_000, date(2026, 3, 20))])

    assert earned(after_late, 50_000, 48_000, LAST_DAY) == 0
    assert payable(after_late, 50_000, LAST_DAY) == 50_000


def test_proportionally_500_clear_510_20() -> None:
    first = earned(an_offer(PROPORTIONAL), 100_000, 50_000, LAST_DAY)
    rest = an_offer(
        PROPORTIONAL, settled=[("payment", 50_000, LAST_DAY), ("discount", first, LAST_DAY)]
    )

    assert first == 1_020
    assert earned(rest, 100_000 - 51_020, 48_000, LAST_DAY) == 980


@pytest.mark.parametrize(
    ("tax", "discount"), [("included", 2_420), ("excluded", 2_000), ("mixed", 2_000)]
)
def test_the_discount_is_on_the_total_or_on_the_base_alone(tax: str, discount: int) -> None:
    terms = DiscountTerms(rate=Decimal("0.02"), days=10, tax=tax)  # type: ignore[arg-type]

    assert an_offer(terms, total_minor=121_000).left_minor == discount


@given(
    total=st.integers(1, 10**7),
    rate=st.decimals("0.001", "0.2", places=3),
    payments=st.lists(st.integers(1, 10**6), max_size=8),
    is_strict=st.booleans(),
)
def test_payments_and_discounts_never_settle_more_than_is_owed(
    total: int, rate: Decimal, payments: list[int], *, is_strict: bool
) -> None:
    terms = DiscountTerms(
        rate=rate, days=10, part_payment="strict" if is_strict else "proportional"
    )
    settled: list[tuple[str, int, date]] = []
    open_minor = total
    for wanted in payments:
        current = offer(terms, ISSUED, total_minor=total, net_minor=total, settled=settled)
        amount = min(wanted, open_minor)
        given_minor = earned(current, open_minor, amount, LAST_DAY)
        assert 0 <= given_minor <= open_minor - amount
        settled += [("payment", amount, LAST_DAY), ("discount", given_minor, LAST_DAY)]
        open_minor -= amount + given_minor
    whole = offer(terms, ISSUED, total_minor=total, net_minor=total).left_minor
    assert sum(amount for kind, amount, _ in settled if kind == "discount") <= whole

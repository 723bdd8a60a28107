"""Amounts: exact prices, one rounding a tax rate, parts that add up to the whole."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidField
from chalicelib.domain.invoice import MAX_LINES, LineInput, price
from chalicelib.domain.money import exponent_of, is_currency, major, round_half_up, split
from tests.builders import a_line


@pytest.mark.parametrize(
    ("code", "decimals"),
    [("EUR", 2), ("USD", 2), ("MXN", 2), ("CLP", 0), ("JPY", 0), ("PYG", 0), ("TND", 3),
     ("KWD", 3), ("UYW", 4), ("MRU", 2), ("ISK", 0), ("HUF", 2)],
)  # fmt: skip
def test_a_currency_has_the_decimals_of_iso_4217(code: str, decimals: int) -> None:
    assert exponent_of(code) == decimals
    assert major(12_345, code) == Decimal(12_345).scaleb(-decimals)


@pytest.mark.parametrize("code", ["", "eur", "EURO", "XXX", "BTC"])
def test_what_is_not_a_currency_is_refused(code: str) -> None:
    assert not is_currency(code)
    with pytest.raises(KeyError):
        exponent_of(code)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("0.4", 0), ("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.4", 0), ("-0.5", -1), ("-2.5", -3),
     ("999999999999999.5", 1_000_000_000_000_000)],
)  # fmt: skip
def test_halves_go_away_from_zero(exact: str, rounded: int) -> None:
    assert round_half_up(Decimal(exact)) == rounded


def test_a_document_rounds_each_line_and_then_the_tax_of_each_rate_once() -> None:
    lines = [
        a_line(333, quantity="1.5", tax_rate="0.21"),  # 499.5 -> 500
        a_line(1_005, tax_rate="0.21", discount_rate="0.1"),  # 904.5 -> 905
        a_line(7_777, tax_rate="0.10"),
        a_line(999, tax_rate="0"),
    ]

    priced = price(lines)

    assert [line.net_minor for line in priced.lines] == [500, 905, 7_777, 999]
    assert [(tax.rate, tax.base_minor, tax.tax_minor) for tax in priced.taxes] == [
        (Decimal("0.21"), 1_405, 295),  # 295.05
        (Decimal("0.10"), 7_777, 778),  # 777.7
        (Decimal(0), 999, 0),
    ]
    assert (priced.net_minor, priced.tax_minor, priced.total_minor) == (10_181, 1_073, 11_254)


def test_the_tax_of_many_small_lines_is_not_the_sum_of_rounded_taxes() -> None:
    priced = price([a_line(5, tax_rate="0.10")] * 10)

    assert (priced.net_minor, priced.tax_minor) == (50, 5)


def test_a_negative_line_lowers_the_total_but_never_below_zero() -> None:
    assert price([a_line(1_000), a_line(-400)]).total_minor == 600
    assert price([a_line(1_000), a_line(-1_000)]).total_minor == 0
    with pytest.raises(InvalidField):
        price([a_line(1_000), a_line(-1_001)])


@pytest.mark.parametrize("count", [0, MAX_LINES + 1])
def test_a_document_has_at_least_one_line_and_not_too_many(count: int) -> None:
    with pytest.raises(InvalidField, match="/lines"):
        price([a_line()] * count)


def test_an_absurd_total_is_refused_as_a_field_and_not_by_a_crash() -> None:
    with pytest.raises(InvalidField):
        price([a_line(10**15, quantity="999999999999", tax_rate="0.21")])


@given(st.lists(st.tuples(st.integers(0, 10**9), st.sampled_from(["0", "0.04", "0.10", "0.21"])),
                min_size=1, max_size=20))  # fmt: skip
def test_the_sums_of_a_document_always_agree(lines: list[tuple[int, str]]) -> None:
    priced = price([a_line(net, tax_rate=rate) for net, rate in lines])

    assert priced.net_minor == sum(line.net_minor for line in priced.lines)
    assert priced.net_minor == sum(tax.base_minor for tax in priced.taxes)
    assert priced.tax_minor == sum(tax.tax_minor for tax in priced.taxes)
    assert priced.total_minor == priced.net_minor + priced.tax_minor


@given(st.permutations([("0.21", 333), ("0.10", 777), ("0.21", 5), ("0", 1), ("0.04", 99)]))
def test_the_order_of_the_lines_does_not_change_the_sums(lines: list[tuple[str, int]]) -> None:
    priced = price([a_line(net, tax_rate=rate) for rate, net in lines])

    assert (priced.total_minor, [tax.rate for tax in priced.taxes]) == (
        1_215 + 71 + 78 + 4,
        [Decimal("0.21"), Decimal("0.10"), Decimal("0.04"), Decimal(0)],
    )


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100, [1, 1, 1], (34, 33, 33)),
        (100, [50, 50], (50, 50)),
        (1, [1, 1], (1, 0)),
        (0, [3, 4], (0, 0)),
        (10, [0, 1, 0], (0, 10, 0)),
        (-100, [1, 1, 1], (-33, -33, -34)),
        (1_000, [121, 110, 104], (361, 328, 311)),
    ],
)
def test_a_split_gives_the_largest_remainders_the_odd_units(
    amount: int, weights: list[int], parts: tuple[int, ...]
) -> None:
    assert split(amount, weights) == parts


@pytest.mark.parametrize("weights", [[], [0, 0]])
def test_nothing_is_split_over_no_weight(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="Nothing"):
        split(10, weights)


@given(
    st.integers(-(10**15), 10**15),
    st.lists(st.integers(0, 10**12), min_size=1, max_size=30).filter(any),
)
def test_the_parts_of_a_split_add_up_and_are_fair(amount: int, weights: list[int]) -> None:
    parts = split(amount, weights)

    total = sum(weights)
    assert sum(parts) == amount
    assert all(
        abs(part * total - amount * weight) < total
        for part, weight in zip(parts, weights, strict=True)
    )


def test_a_line_keeps_what_its_author_wrote() -> None:
    line = LineInput(
        description="Horas",
        quantity=Decimal("2.50"),
        unit_price_minor=4_000,
        tax_rate=Decimal("0.21"),
    )

    (priced,) = price([line]).lines

    assert str(priced.quantity) == "2.50"
    assert priced.net_minor == 10_000

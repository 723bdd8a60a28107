"""Amounts, rates and dates as people read them."""

from datetime import date
from decimal import Decimal

import pytest

from chalicelib.domain.customer import Language
from chalicelib.domain.formatting import (
    amount,
    bare_amount,
    grouped_iban,
    long_date,
    number,
    percent,
    short_date,
)


@pytest.mark.parametrize(
    ("minor", "currency", "spanish", "english"),
    [
        (123456, "EUR", "1.234,56 €", "€1,234.56"),
        (0, "EUR", "0,00 €", "€0.00"),
        (5, "EUR", "0,05 €", "€0.05"),
        (-5, "EUR", "-0,05 €", "-€0.05"),
        (-123456, "TND", "-123,456 TND", "-TND 123.456"),
        (123456, "JPY", "123.456 ¥", "¥123,456"),
        (1234567, "TND", "1.234,567 TND", "TND 1,234.567"),
        (123456, "USD", "1.234,56 US$", "US$1,234.56"),
        (123456, "CLF", "12,3456 CLF", "CLF 12.3456"),
        (10**15, "EUR", "10.000.000.000.000,00 €", "€10,000,000,000,000.00"),
        (9_007_199_254_740_993, "EUR", "90.071.992.547.409,93 €", "€90,071,992,547,409.93"),
    ],
)
def test_an_amount_shows_its_decimals_and_its_currency(
    minor: int, currency: str, spanish: str, english: str
) -> None:
    assert amount(minor, currency, "es") == spanish
    assert amount(minor, currency, "en") == english


def test_a_bare_amount_leaves_the_currency_to_its_column() -> None:
    assert bare_amount(-123456, "EUR", "es") == "-1.234,56"
    assert bare_amount(123456, "JPY", "en") == "123,456"


@pytest.mark.parametrize(
    ("value", "spanish", "english"),
    [
        ("1", "1", "1"),
        ("1.500", "1,5", "1.5"),
        ("100", "100", "100"),
        ("1E+3", "1.000", "1,000"),
        ("1234.25", "1.234,25", "1,234.25"),
        ("0.001", "0,001", "0.001"),
    ],
)
def test_a_quantity_has_no_needless_zeros(value: str, spanish: str, english: str) -> None:
    assert number(Decimal(value), "es") == spanish
    assert number(Decimal(value), "en") == english


def test_a_rate_is_written_in_percent() -> None:
    assert percent(Decimal("0.21"), "es") == "21 %"
    assert percent(Decimal("0.052"), "en") == "5.2%"
    assert percent(Decimal(0), "es") == "0 %"


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("es", "1 de septiembre de 2026", "01/09/2026"),
        ("en", "1 September 2026", "1 Sep 2026"),
    ],
)
def test_a_date_names_its_month(language: Language, long: str, short: str) -> None:
    assert long_date(date(2026, 9, 1), language) == long
    assert short_date(date(2026, 9, 1), language) == short


def test_an_iban_is_printed_in_groups_of_four() -> None:
    assert grouped_iban("es91 21000418450200051332") == "ES91 2100 0418 4502 0005 1332"

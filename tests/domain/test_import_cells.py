"""What the cells of an imported file mean, in every way in which people write them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.import_cells import (
    NoMeaning,
    country_of,
    day_of,
    language_of,
    minor_of,
    number_of,
    yes_of,
)


@pytest.mark.parametrize(
    ("text", "style", "meaning"),
    [
        ("1.234,56", "es", "1234.56"), ("1,234.56", "en", "1234.56"), ("1.234", "es", "1234"),
        ("1.234", "en", "1.234"), ("1,234", "en", "1234"), ("1234,5", "es", "1234.5"),
        ("(1.234,50) €", "es", "-1234.50"), ("12,00-", "es", "-12.00"), ("-0,01", "es", "-0.01"),
        ("$ 1,000", "en", "1000"), ("EUR 12,30", "es", "12.30"), ("1 234,56", "es", "1234.56"),
        ("1\u00a0234,56", "es", "1234.56"), ("1'234.56", "en", "1234.56"), ("'-5,00", "es", "-5"),
        (".50", "en", "0.50"), ("12.345.678,9", "es", "12345678.9"), ("7", "es", "7"),
    ],
)  # fmt: skip
def test_an_amount_is_read_exactly_in_its_style(text: str, style: Any, meaning: str) -> None:
    assert number_of(text, style) == Decimal(meaning)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("12.50", "es"), ("1,5", "en") , ("12,34,567", "en"), ("1.23.456", "es"), ("abc", "es"),
        ("", "es"), ("1e5", "en"), ("NaN", "en"), ("1.2.3", "en"), ("٣", "es"),
    ],
)  # fmt: skip
def test_what_is_no_amount_in_a_style_is_none(text: str, style: Any) -> None:
    with pytest.raises(NoMeaning):
        number_of(text, style)


@given(st.integers(-(10**13), 10**13), st.sampled_from(["es", "en"]))
def test_every_amount_written_in_a_style_comes_back_to_the_cent(minor: int, style: Any) -> None:
    text = f"{Decimal(minor).scaleb(-2):,.2f}"
    if style == "es":
        text = text.translate(str.maketrans(",.", ".,"))

    assert minor_of(text, style, "EUR") == minor


@pytest.mark.parametrize(
    ("text", "currency", "code"),
    [("1,005", "EUR", "too_many_decimals"), ("1,5", "JPY", "too_many_decimals"),
     ("99999999999999", "EUR", "too_large")],
)  # fmt: skip
def test_nothing_is_rounded(text: str, currency: str, code: str) -> None:
    with pytest.raises(NoMeaning) as refusal:
        minor_of(text, "es", currency)

    assert refusal.value.code == code


def test_decimals_that_are_zero_are_none() -> None:
    assert minor_of("12,5000", "es", "EUR") == 1_250
    assert minor_of("12,00", "es", "JPY") == 12


@pytest.mark.parametrize(
    ("text", "style", "day"),
    [
        ("03/04/2026", "dmy", date(2026, 4, 3)), ("03/04/2026", "mdy", date(2026, 3, 4)),
        ("3-4-26", "dmy", date(2026, 4, 3)), ("3.4.2026", "dmy", date(2026, 4, 3)),
        ("2026-04-03", "mdy", date(2026, 4, 3)), ("2026/4/3 00:00:00", "mdy", date(2026, 4, 3)),
        ("2026-04-03T10:00:00Z", "dmy", date(2026, 4, 3)), ("20260403", "mdy", date(2026, 4, 3)),
        ("3-abr-26", "mdy", date(2026, 4, 3)), ("3 de abril de 2026", "dmy", date(2026, 4, 3)),
        ("Apr 3, 2026", "dmy", date(2026, 4, 3)), ("3-Apr-2026", "dmy", date(2026, 4, 3)),
        ("46115", "dmy", date(2026, 4, 3)), ("46115.0", "mdy", date(2026, 4, 3)),
        ("29/02/2024", "dmy", date(2024, 2, 29)), ("1/1/99", "dmy", date(1999, 1, 1)),
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(text: str, style: Any, day: date) -> None:
    assert day_of(text, style) == day


@pytest.mark.parametrize(
    "text", ["31/02/2026", "13/13/2026", "29/02/2026", "0/1/2026", "pronto", "", "1/1/1950", "123"]
)
def test_a_day_that_never_was_is_none(text: str) -> None:
    with pytest.raises(NoMeaning):
        day_of(text, "dmy")


def test_yes_and_no_are_read_in_both_languages() -> None:
    assert [yes_of(text) for text in ("Sí", "YES", "x", "1", "verdadero")] == [True] * 5
    assert [yes_of(text) for text in ("", "No", "0", "falso")] == [False] * 4
    with pytest.raises(NoMeaning):
        yes_of("tal vez")


def test_countries_and_languages_are_read_by_code_or_name() -> None:
    assert [country_of(text) for text in ("es", "España", "MEX", "United States")] == [
        "ES", "ES", "MX", "US",
    ]  # fmt: skip
    assert [language_of(text) for text in ("es", "Español (España)", "EN", "inglés")] == [
        "es", "es", "en", "en",
    ]  # fmt: skip
    for text in ("391", "Atlantis"):
        with pytest.raises(NoMeaning):
            country_of(text)

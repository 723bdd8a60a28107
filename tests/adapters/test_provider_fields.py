"""Fields of a provider's JSON: what is not exactly as promised is a clear error."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.fields import Fields, answer_understood, json_object, ours
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.money import MAX_MINOR, exponent_of

CURRENCIES = ["EUR", "CLP", "KWD", "CLF"]


def the(value: Any) -> Fields:
    return Fields("test", {"field": value})


@given(st.integers(-MAX_MINOR, MAX_MINOR), st.sampled_from(CURRENCIES))
def test_major_units_become_minor_ones_exactly(minor: int, currency: str) -> None:
    major = Decimal(minor).scaleb(-exponent_of(currency))

    assert the(major).minor_of_major("field", currency) == minor
    assert the(str(major)).minor_of_major("field", currency) == minor


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        1.5,
        "",
        "x",
        "NaN",
        "sNaN",
        "Infinity",
        "0.001",
        "1.0000000000000000000000000000001",
        "1e9999999",
        "1e400",
        "1" * 50,
        MAX_MINOR,
        [],
    ],
)
def test_what_is_no_amount_is_not_rounded_and_not_computed_for_ever(value: Any) -> None:
    with pytest.raises(EventMalformed):
        the(value).minor_of_major("field", "EUR")


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "",
        "2026-03-02",
        "2026-03-02T10:00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-10:00",
        "yesterday",
    ],
)
def test_a_time_without_offset_or_out_of_range_is_none(value: Any) -> None:
    with pytest.raises(EventMalformed):
        the(value).instant("field")


def test_a_time_is_given_in_utc() -> None:
    at = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)

    assert the("2026-03-02T10:00:00.000-04:00").instant("field") == at


def test_an_error_names_the_place() -> None:
    event = json_object("test", b'{"data": {"payment": {"id": ""}}}')
    payment = event.inside("data").inside("payment")

    with pytest.raises(EventMalformed, match=r"data\.payment\.id is missing"):
        payment.text("id")


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("chk_1", (None, "chk_1")),
        (" inv_1 ", ("inv_1", None)),
        ("", (None, None)),
        ("x" * 201, (None, None)),
        (None, (None, None)),
        (7, (None, None)),
    ],
)
def test_a_reference_names_a_checkout_or_an_invoice(reference: Any, expected: Any) -> None:
    assert tuple(ours(reference)) == expected


def test_an_answer_that_is_not_understood_is_a_refusal() -> None:
    with pytest.raises(ProviderRefused, match="not understood"), answer_understood("test"):
        the(None).text("field")

"""Creditor references, with python-stdnum as the judge."""

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iso11649 as oracle

from chalicelib.domain.numbering import format_number
from chalicelib.domain.rf_reference import (
    LONGEST_BODY,
    grouped_reference,
    number_of,
    parse_reference,
    references_in,
    rf_reference,
)

SERIES = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=10)
NUMBERS = st.builds(format_number, SERIES, st.integers(1, 999_999_999))
AWKWARD = ("0", "00", "007", "7", "X007", "XX007", "X0", "0X", "X", "2026", "A1", "A", "N00000000A")


@given(NUMBERS)
def test_a_reference_is_right_and_is_read_back_to_its_number(number: str) -> None:
    reference = rf_reference(number)

    assert oracle.is_valid(reference)
    assert len(reference) <= 4 + LONGEST_BODY - 1
    assert number_of(reference) == number
    assert parse_reference(reference) == reference


@given(st.text(min_size=1, max_size=60))
def test_a_number_of_any_form_has_a_reference_that_is_right(number: str) -> None:
    reference = rf_reference(number)

    assert oracle.is_valid(reference)
    assert re.fullmatch(r"RF[0-9]{2}[A-Z0-9]{2,21}", reference)
    assert parse_reference(reference) == reference


def test_no_two_numbers_share_a_reference() -> None:
    numbers = {
        format_number(series, sequence)
        for series in AWKWARD
        for sequence in (1, 7, 12, 100_000, 1_000_000, 7_000_001, 999_999_999)
    } | {"F/2026/1", "F-2026-1", "A-1", "A-00001", "A-0000001", "X007", "007", "a-000001"}

    assert len({rf_reference(number)[4:].lstrip("0") for number in numbers}) == len(numbers)


def test_a_number_given_elsewhere_is_not_taken_for_one_of_ours() -> None:
    for number in ("A-1", "A-0000127", "F/2026/000127", "  ", "Ñ-000001"):
        reference = rf_reference(number)
        assert len(reference) == 4 + LONGEST_BODY
        assert number_of(reference) is None


def test_the_case_and_the_margins_of_a_number_given_elsewhere_do_not_matter() -> None:
    assert rf_reference(" f/2026-1 ") == rf_reference("F/2026-1")


def test_the_reference_of_an_invoice_is_always_the_same() -> None:
    assert rf_reference("A-000127") == "RF05A000000127"
    assert rf_reference("F/2026-1") == "RF40NB92F0PXIJMA1D687AJJU"
    assert grouped_reference("RF05A000000127") == "RF05 A000 0001 27"


@pytest.mark.parametrize(
    "typed",
    [
        "RF18539007547034",
        "RF18 5390 0754 7034",
        "rf18 5390 0754 7034",
        " RF18000000000539007547034\n",
        "RF18 0005 3900 7547 034",
    ],
)
def test_spaces_case_and_leading_zeros_change_nothing(typed: str) -> None:
    assert parse_reference(typed) == "RF18539007547034"


@pytest.mark.parametrize(
    "typed",
    ["", "RF", "RF18", "RF180", "RF18000", "RF19539007547034", "539007547034", "A-000127",
     "RF18539007547034X", "RF185390075470340000000000000", "RF18-5390", "RF1Ñ539007547034"],
)  # fmt: skip
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert parse_reference(typed) is None


@settings(deadline=timedelta(seconds=2))
@given(st.text("RF0123456789A ", max_size=30))
def test_we_and_the_oracle_agree_on_what_is_a_reference(typed: str) -> None:
    if parse_reference(typed) is not None:
        assert oracle.is_valid(typed)


@given(NUMBERS, st.data())
def test_no_single_slip_of_the_pen_finds_another_invoice(number: str, data: st.DataObject) -> None:
    reference = rf_reference(number)
    place = data.draw(st.integers(2, len(reference) - 1))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != reference[place]]))

    assert parse_reference(reference[:place] + digit + reference[place + 1 :]) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RF05A000000127", ("RF05A000000127",)),
        ("PAGO FRA RF05 A000 0001 27 GRACIAS", ("RF05A000000127",)),
        ("rf05 a000 0001 27 RF18539007547034", ("RF05A000000127", "RF18539007547034")),
        ("/RFB/RF05A000000127/", ("RF05A000000127",)),
        ("RF05A000000127 RF05A000000127", ("RF05A000000127",)),
        ("SURF05 A-000127, RF99 factura 12", ()),
        ("", ()),
    ],
)
def test_references_are_found_in_what_a_bank_passes_on(text: str, found: tuple[str, ...]) -> None:
    assert references_in(text) == found

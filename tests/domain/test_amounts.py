"""Amounts as people type them."""

import pytest

from chalicelib.domain.amounts import amounts_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.234,56", (123456,)),
        ("1,234.56", (123456,)),
        ("121,00", (12100,)),
        (" 121.00 ", (12100,)),
        ("1 234 567,89", (123456789,)),
        ("1.500", (150000, 1500)),
        ("1500", (150000, 1500)),
        ("0,05", (5,)),
        ("A-000001", ()),
        ("12,3", ()),
        ("-5", ()),
        ("", ()),
    ],
)
def test_a_typed_amount_means_these_minor_units(typed: str, meant: tuple[int, ...]) -> None:
    assert amounts_meant(typed) == meant

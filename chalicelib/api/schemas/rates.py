"""Rates and quantities on the wire: decimal strings, "0.21" is 21 % (decision 0004)."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from chalicelib.api.schemas.base import Answer, DecimalText, Request

_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_PERCENT = Decimal(100)
_HIGHEST_FRACTION = Decimal("0.4")  # no tax in the world is higher; see decision 0004


def _decimal(value: object) -> Decimal:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise ValueError('must be a decimal string such as "2.5", with at most six decimals')
    try:
        return Decimal(value)
    except InvalidOperation as exc:  # the pattern admits nothing that Decimal refuses
        raise ValueError("must be a decimal string") from exc


def _rate(value: object) -> Decimal:
    if isinstance(value, str) and value.endswith("%"):
        rate = _decimal(value[:-1]) / _PERCENT
    else:
        rate = _decimal(value)
        if rate > 1:
            rate /= _PERCENT
    if not 0 <= rate <= 1:
        raise ValueError('must lie between 0 and 1 as a fraction ("0.21") or 0 % and 100 % ("21")')
    return rate


def _tax_rate(value: object) -> Decimal:
    if value == "1":
        return Decimal("0.01")
    rate = _rate(value)
    is_bare = isinstance(value, str) and not value.endswith("%")
    if is_bare and _HIGHEST_FRACTION < _decimal(value) < 1:
        raise ValueError('is ambiguous: write "0.5%" for half a percent')
    return rate


_RATE_SCHEMA = WithJsonSchema(
    {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,6})?%?$", "examples": ["0.21"]}
)
Quantity = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    WithJsonSchema(
        {"type": "string", "pattern": r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$", "examples": ["2.5"]}
    ),
]
TaxRate = Annotated[Decimal, BeforeValidator(_tax_rate), _RATE_SCHEMA]
DiscountRate = Annotated[Decimal, BeforeValidator(_rate), _RATE_SCHEMA]


class DiscountTermsInput(Request):
    """An early-payment discount: "2 % within 10 days"."""

    rate: DiscountRate
    days: Annotated[int, Field(ge=0, le=365)]
    part_payment: Literal["strict", "proportional"] = "strict"
    tax: Literal["included", "excluded", "mixed"] = "included"


class CustomerDiscount(Answer):
    """The early-payment discount that a customer's invoices offer."""

    rate: DecimalText
    days: int
    part_payment: Literal["strict", "proportional"]
    tax: Literal["included", "excluded", "mixed"]


class DiscountTerms(Answer):
    """An early-payment discount, with what is still to be had of it.

    Money of ``needed_minor`` by ``until`` settles the invoice: ``left_minor`` is then forgiven.
    """

    rate: DecimalText
    days: int
    part_payment: Literal["strict", "proportional"]
    tax: Literal["included", "excluded", "mixed"]
    until: date | None
    left_minor: int | None
    needed_minor: int | None

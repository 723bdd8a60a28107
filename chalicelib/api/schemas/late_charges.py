"""Bodies about late interest, compensation and the table of rates."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.api.schemas.base import (
    Answer,
    DecimalText,
    Identifier,
    Instant,
    OneLine,
    Request,
    Text,
)
from chalicelib.api.schemas.rates import TaxRate

ChargeState = Literal["claimed", "waived", "invoiced"]
DayCount = Literal[360, 365]
MAX_RATES = 200  # a hundred years


class RateInput(Request):
    """The annual rate of the half-year that begins on 1 January or 1 July, and where it stands.

    A rate is written like that of a tax: "0.1015", "10.15" or "10.15%".
    """

    from_day: date
    annual_rate: TaxRate
    source: OneLine


class InterestRatesInput(Request):
    """The whole table, in order; PUT replaces it."""

    rates: Annotated[list[RateInput], Field(max_length=MAX_RATES)]
    day_count: DayCount = 365


class Rate(Answer):
    """The annual rate of one half-year, as a fraction."""

    from_day: date
    annual_rate: DecimalText
    source: str


class InterestRates(Answer):
    """The table with its version; 0 is the one that came with the program."""

    version: int
    rates: list[Rate]
    day_count: int


class ClaimInput(Request):
    """Up to which day to claim, that day included; today by default."""

    as_of: date | None = None


class WaiveInput(Request):
    """Why the charge is given up."""

    reason: Annotated[Text, Field(min_length=1)]


class Segment(Answer):
    """Days of one half-year on which the same amount was open: first to last, both included."""

    from_day: date
    until_day: date
    days: int
    principal_minor: int
    annual_rate: DecimalText
    source: str
    interest_minor: int


class LateChargeRow(Answer):
    """A late charge in a list.

    ``step_id`` is the step of the ladder that claimed it, if no person did. ``is_unsent`` is one
    whose reminder never went out: it is waived as if it had never been.
    """

    id: Identifier
    invoice_id: str
    number: str
    customer_id: str
    customer_name: str
    currency: str
    state: ChargeState
    interest_minor: int
    compensation_minor: int
    fee_minor: int
    total_minor: int
    from_day: date
    until_day: date
    claimed_at: Instant
    claimed_by: str
    decided_at: Instant | None
    decided_by: str | None
    reason: str | None
    charge_invoice_id: str | None
    step_id: str | None
    is_unsent: bool


class LateCharge(LateChargeRow):
    """What was claimed on an invoice for being late.

    ``supported_minor`` is the total that today's book supports: less than ``total_minor`` when a
    payment was entered late. Only that much is invoiced.
    """

    version: int
    segments: list[Segment]
    day_count: int
    supported_minor: int


class LateCharges(Answer):
    """What may be claimed on an invoice up to a day, step by step, and what was claimed before.

    ``reason_none`` says why nothing may be claimed; ``missing_half_years`` are the first days of
    half-years without a rate, whose interest is not in the sum.
    """

    invoice_id: str
    number: str | None
    currency: str
    due_date: date | None
    as_of: date
    reason_none: str | None
    days: int
    interest_minor: int
    compensation_minor: int
    total_minor: int
    segments: list[Segment]
    missing_half_years: list[date]
    charges: list[LateCharge]

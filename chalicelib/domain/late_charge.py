"""Late charges: interest, compensation and fees that a late invoice makes claimable.

A charge is no part of the invoice and stands in no ledger: it is claimed, then waived or invoiced,
and stays what it is when the invoice is paid meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import StateConflict, known
from chalicelib.domain.interest_rates import InterestRates
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_interest import Derivation, Principal, Segment, derive

ChargeState = Literal["claimed", "waived", "invoiced"]

COMPENSATION_MINOR: Final = {"EUR": 40_00}
"""The fixed sum for recovery costs, once an invoice (Directive 2011/7/EU, art. 6; STS 612/2021)."""


class LateCharge(Record):
    """What was claimed on an invoice for being late, with its derivation as it was that day.

    ``from_day`` and ``until_day`` are the first and the last day that bear interest; no day is ever
    claimed twice, nor again after it was waived. A fee alone bears none: both are then its day.
    ``charge_invoice_id`` is the draft it became.

    What a reminder claimed names it and the step of the ladder. Should that reminder never go out,
    the charge is waived as ``is_unsent``: as if it had never been, its days can be claimed later.
    """

    kind: ClassVar[str] = "late_charge"

    id: str
    invoice_id: str
    number: str
    customer_id: str
    customer_name: str
    currency: str
    state: ChargeState = "claimed"
    interest_minor: int
    compensation_minor: int
    fee_minor: int = 0
    from_day: date
    until_day: date
    segments: tuple[Segment, ...]
    day_count: int = 365
    claimed_at: datetime
    claimed_by: str
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason: str | None = None
    charge_invoice_id: str | None = None
    step_id: str | None = None
    reminder: str | None = None
    is_unsent: bool = False

    @property
    def total_minor(self) -> int:
        """Interest, compensation and fee together."""
        return self.interest_minor + self.compensation_minor + self.fee_minor


def charge_id(invoice_id: str, ordinal: int) -> str:
    """Return the permanent key of the first, second, ... charge on an invoice."""
    return f"{invoice_id}-{ordinal}"


def charged_invoice_id(of_charge: str) -> str:
    """Return the invoice that a charge's key names; empty when it is no such key."""
    return of_charge.rpartition("-")[0]


@dataclass(frozen=True)
class Refusal:
    """Why nothing can be claimed; ``code`` is stable."""

    code: str
    message: str

    def as_conflict(self) -> StateConflict:
        """Return the exception that says so."""
        return StateConflict(self.message, code=self.code)


NOT_OWED: Final = Refusal(
    code="not_owed", message="Only an issued invoice can be late, and one that is not void."
)
NOT_FOR_CONSUMERS: Final = Refusal(
    code="not_for_consumers",
    message="Interest and compensation for late payment are owed by businesses and public bodies.",
)
RATE_MISSING: Final = Refusal(
    code="rate_missing", message="The interest rate of a half-year in question is not known."
)
NOTHING_TO_CLAIM: Final = Refusal(
    code="nothing_to_claim", message="Nothing was late up to that day that is not claimed already."
)


@dataclass(frozen=True)
class Claim:
    """What may be claimed on an invoice up to a day, or why nothing may."""

    derivation: Derivation
    compensation_minor: int = 0
    refusal: Refusal | None = None

    @property
    def total_minor(self) -> int:
        """Interest and compensation together."""
        return self.derivation.interest_minor + self.compensation_minor


def claim_on(
    invoice: Invoice,
    customer: Customer,
    charges: Sequence[LateCharge],
    *,
    until: date,
    table: InterestRates,
) -> Claim:
    """Return what may be claimed up to and including a day, beyond the charges there are."""
    if invoice.number is None or invoice.state == "void":
        return Claim(Derivation(), refusal=NOT_OWED)
    if customer.type == "consumer":
        return Claim(Derivation(), refusal=NOT_FOR_CONSUMERS)
    charges = [charge for charge in charges if not charge.is_unsent]
    claimed = (charge.until_day for charge in charges if charge.segments)
    after = max([known(invoice.due_date), *claimed])
    derivation = derive(principal_of(invoice), after=after, until=until, table=table)
    compensation = _compensation(invoice, charges) if derivation.is_late else 0
    claim = Claim(derivation, compensation)
    return replace(claim, refusal=_refusal(claim))


def principal_of(invoice: Invoice) -> Principal:
    """Return what was owed on an invoice, day by day; whatever settles it, ends its interest."""
    settled = tuple((one.received_on, one.amount_minor) for one in invoice.settlements)
    return Principal(total_minor=invoice.total_minor, settled=settled)


def _compensation(invoice: Invoice, charges: Sequence[LateCharge]) -> int:
    is_claimed = any(charge.compensation_minor for charge in charges)
    return 0 if is_claimed else COMPENSATION_MINOR.get(invoice.currency, 0)


def _refusal(claim: Claim) -> Refusal | None:
    if claim.derivation.missing:
        return RATE_MISSING
    return None if claim.total_minor else NOTHING_TO_CLAIM


def as_known_today(charge: LateCharge, invoice: Invoice, table: InterestRates) -> LateCharge | None:
    """Return the charge, lowered to what its days come to by today's book.

    A payment that was entered late, or a rate that was corrected downwards, makes a claim too high;
    nothing makes it higher. None when by today's book nothing was late at all.
    """
    if invoice.state == "void":
        return None
    day_before = charge.from_day - timedelta(days=1)
    derivation = derive(
        principal_of(invoice), after=day_before, until=charge.until_day, table=table
    )
    if derivation.missing or derivation.interest_minor >= charge.interest_minor:
        return charge if derivation.is_late else None
    lowered = charge.but(
        interest_minor=derivation.interest_minor,
        segments=derivation.segments,
        day_count=table.day_count,
    )
    return lowered if derivation.is_late and lowered.total_minor else None


def require_open(charge: LateCharge) -> None:
    """StateConflict unless the charge still waits to be waived or invoiced."""
    if charge.state != "claimed":
        raise StateConflict(
            f"The late charge on invoice {charge.number} is {charge.state} already.",
            code="charge_decided",
        )

"""What a step of the ladder claims on a late invoice: the law's interest, and a fee by contract."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from chalicelib.domain.access import SYSTEM
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import known
from chalicelib.domain.interest_rates import InterestRates
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import (
    NOT_FOR_CONSUMERS,
    NOTHING_TO_CLAIM,
    RATE_MISSING,
    LateCharge,
    Refusal,
    claim_on,
)
from chalicelib.domain.late_interest import Derivation
from chalicelib.domain.message import Message
from chalicelib.domain.step import Step

NEVER_SENT: Final = "never_sent"
"""Why a charge is waived by itself: the reminder that claimed it never went out."""

_WAITING: Final = ("planned", "to_post")

FEE_IN_OTHER_CURRENCY: Final = Refusal(
    code="fee_in_other_currency",
    message="A fee is agreed in the company's currency, and the invoice is in another one.",
)


PARTLY_AT_REST: Final = Refusal(
    code="partly_at_rest",
    message="Part of the invoice is disputed, promised, in a plan or on its way.",
)


@dataclass(frozen=True)
class ClaimOfStep:
    """What a step claims. ``refusals`` say why it is less than the ladder wants."""

    derivation: Derivation = field(default_factory=Derivation)
    compensation_minor: int = 0
    fee_minor: int = 0
    refusals: tuple[Refusal, ...] = ()

    @property
    def total_minor(self) -> int:
        """Interest, compensation and fee together."""
        return self.derivation.interest_minor + self.compensation_minor + self.fee_minor


def charges(step: Step) -> bool:
    """Tell whether a step claims anything."""
    return step.claim != "none" or bool(step.fee_minor)


def charge_of(step_id: str, charges_there: Sequence[LateCharge]) -> LateCharge | None:
    """Return what a step has claimed on an invoice: a step claims once, however often it is tried.

    A charge of which nobody was told does not count.
    """
    told = (one for one in charges_there if one.step_id == step_id and not one.is_unsent)
    return next(told, None)


@dataclass(frozen=True)
class Late:
    """An invoice, with what decides about its lateness.

    ``asked_minor`` is what the reminder asks for of it; ``fee_currency`` that of all fees.
    """

    invoice: Invoice
    asked_minor: int
    customer: Customer
    charges: Sequence[LateCharge]
    table: InterestRates
    fee_currency: str


def claim_of_step(late: Late, step: Step, until: date) -> ClaimOfStep:
    """Return what a step claims on an invoice, up to and including a day.

    Nothing while the invoice is not late, and never anything against a consumer. Nor by itself
    while part of it rests: whoever contests an amount is not charged for it by a machine.
    """
    if until <= known(late.invoice.due_date) or not late.invoice.open_minor:
        return ClaimOfStep()
    if late.customer.type == "consumer":
        return ClaimOfStep(refusals=(NOT_FOR_CONSUMERS,))
    if late.asked_minor < late.invoice.open_minor:
        return ClaimOfStep(refusals=(PARTLY_AT_REST,))
    claim = _interest(late, until) if step.claim == "interest" else ClaimOfStep()
    if not step.fee_minor:
        return claim
    if late.invoice.currency != late.fee_currency:
        return replace(claim, refusals=(*claim.refusals, FEE_IN_OTHER_CURRENCY))
    return replace(claim, fee_minor=step.fee_minor)


def _interest(late: Late, until: date) -> ClaimOfStep:
    claim = claim_on(late.invoice, late.customer, late.charges, until=until, table=late.table)
    if claim.refusal is None:
        return ClaimOfStep(claim.derivation, claim.compensation_minor)
    # That its days are claimed already, by hand or by an earlier step, is nothing to be told.
    is_news = claim.refusal != NOTHING_TO_CLAIM
    missing = Derivation(missing=claim.derivation.missing if is_news else ())
    return ClaimOfStep(missing, refusals=(claim.refusal,) if is_news else ())


def missing_half_year(claim: ClaimOfStep) -> date | None:
    """Return the first half-year whose rate a claim lacks; None when it lacks none."""
    is_missing = RATE_MISSING in claim.refusals
    return claim.derivation.missing[0] if is_missing else None


def is_unsent(charge: LateCharge, messages: Sequence[Message], ending: Container[str] = ()) -> bool:
    """Tell whether the reminder that claimed a charge has come to its end and never went out.

    ``messages`` are all about the invoice; ``ending`` are those that are called off right now, if
    they still wait. A call has no message, and whoever made it has told.
    """
    if charge.reminder is None or charge.state != "claimed":
        return False
    carrying = [one for one in messages if reminder_of(one) == charge.reminder]
    return bool(carrying) and all(
        one.state == "suppressed" or (one.id in ending and one.state in _WAITING)
        for one in carrying
    )


def taken_back(charge: LateCharge, at: datetime) -> LateCharge:
    """Return a charge of which nobody was told as waived by the system."""
    return charge.but(
        state="waived",
        is_unsent=True,
        reason=NEVER_SENT,
        decided_at=at,
        decided_by=SYSTEM.id,
    )


def reminder_of(message: Message) -> str | None:
    """Return which reminder a message carries, as ``Reminder.key`` names it."""
    if message.purpose != "reminder" or message.anchor_id is None:
        return None
    return f"{message.policy_id}-{message.step_id}-{message.anchor_id}"

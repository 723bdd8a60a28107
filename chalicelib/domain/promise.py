"""Promises to pay and instalment plans: money that the customer has announced.

A promise rests its amount until the end of its day; a plan until an instalment is missed. Money
that comes in lowers both, earliest part first. What is not there in time breaks them by itself, and
the chase goes on.
"""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import ClassVar, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.rest import Part, Rest

AgreementState = Literal["open", "kept", "broken", "cancelled", "settled"]
"""``settled``: nothing was open any more, for another reason than the money announced."""


class Promise(Record):
    """So much by this day, on these invoices or on whatever is open."""

    kind: ClassVar[str] = "promise"

    id: str
    state: AgreementState = "open"
    customer_id: str
    customer_name: str
    currency: str
    amount_minor: int
    received_minor: int = 0
    promised_on: date
    invoice_ids: tuple[str, ...] = ()
    note: str | None = None
    owner: str
    created_at: datetime
    created_by: str
    ended_at: datetime | None = None

    def rest(self) -> Rest:
        """Return what the account carries of it."""
        part = Part(amount_minor=self.amount_minor - self.received_minor, until=self.promised_on)
        return Rest(kind="promise", id=self.id, invoice_ids=self.invoice_ids, parts=(part,))


class Instalment(Value):
    """One payment of a plan, and what has come in for it."""

    due_on: date
    amount_minor: int
    paid_minor: int = 0


class Plan(Record):
    """An agreement to pay invoices in instalments. Aging keeps their own due dates."""

    kind: ClassVar[str] = "plan"

    id: str
    state: AgreementState = "open"
    customer_id: str
    customer_name: str
    currency: str
    invoice_ids: tuple[str, ...]
    instalments: tuple[Instalment, ...]
    note: str | None = None
    owner: str
    created_at: datetime
    created_by: str
    ended_at: datetime | None = None

    @property
    def amount_minor(self) -> int:
        """What was agreed on in all."""
        return sum(one.amount_minor for one in self.instalments)

    @property
    def next_due_on(self) -> date | None:
        """The day of the first instalment that is not paid."""
        return next(
            (one.due_on for one in self.instalments if one.paid_minor < one.amount_minor), None
        )

    def rest(self) -> Rest:
        """Return what the account carries of it."""
        parts = tuple(
            Part(amount_minor=one.amount_minor - one.paid_minor, until=one.due_on)
            for one in self.instalments
            if one.paid_minor < one.amount_minor
        )
        return Rest(kind="plan", id=self.id, invoice_ids=self.invoice_ids, parts=parts)


def paid(plan: Plan, amount_minor: int) -> Plan:
    """Return the plan after money came in for it, earliest instalment first."""
    after: list[Instalment] = []
    for one in plan.instalments:
        part = min(amount_minor, one.amount_minor - one.paid_minor)
        amount_minor -= part
        after.append(one.but(paid_minor=one.paid_minor + part))
    return plan.but(instalments=tuple(after))


def cut(plan: Plan, amount_minor: int) -> Plan:
    """Return the plan after so much is no longer owed: the last instalments are lowered."""
    after: list[Instalment] = []
    for one in reversed(plan.instalments):
        part = min(amount_minor, one.amount_minor - one.paid_minor)
        amount_minor -= part
        after.append(one.but(amount_minor=one.amount_minor - part))
    return plan.but(instalments=tuple(one for one in reversed(after) if one.amount_minor))


def in_days_order(instalments: Sequence[Instalment]) -> bool:
    """Tell whether each instalment is due after the one before it."""
    days = [one.due_on for one in instalments]
    return all(earlier < later for earlier, later in pairwise(days))

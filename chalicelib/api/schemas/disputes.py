"""Bodies about disputes, promises and instalment plans."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.api.schemas.base import (
    AmountMinor,
    Answer,
    Currency,
    Identifier,
    Instant,
    OneLine,
    Request,
    Text,
)

Reason = Annotated[Text, Field(min_length=1)]


class DisputeInput(Request):
    """What is contested; without an amount, all that is open and does not rest yet."""

    invoice_id: Identifier
    amount_minor: AmountMinor | None = None
    reason: Reason
    owner: OneLine | None = None
    deadline: date | None = None
    what: Literal["dispute", "deduction"] = "dispute"


class DisputeChange(Request):
    """Who looks after a dispute, and until when."""

    owner: OneLine | None = None
    deadline: date | None = None


class ResolveInput(Request):
    """How a dispute ends. ``credited`` issues a credit note over what still rests."""

    outcome: Literal["credited", "paid", "rejected"] = "rejected"
    note: Text | None = None


class Dispute(Answer):
    """A contested amount of an invoice. ``resting_minor`` is what of it is not asked for."""

    id: Identifier
    version: int
    what: Literal["dispute", "deduction"]
    state: Literal["open", "resolved"]
    overdue: bool
    invoice_id: Identifier
    invoice_number: str
    customer_id: Identifier
    customer_name: str
    currency: str
    amount_minor: int
    resting_minor: int
    reason: str
    owner: str
    deadline: date
    outcome: str | None
    note: str | None
    credit_note_id: str | None
    created_at: Instant
    created_by: str
    resolved_at: Instant | None
    resolved_by: str | None


class PromiseInput(Request):
    """So much by this day; without invoices, on whatever is oldest."""

    customer_id: Identifier
    currency: Currency
    amount_minor: AmountMinor
    promised_on: date
    invoice_ids: Annotated[list[Identifier], Field(max_length=100)] | None = None
    note: Text | None = None
    owner: OneLine | None = None


class Promise(Answer):
    """Money that the customer has announced for a day."""

    id: Identifier
    version: int
    state: Literal["open", "kept", "broken", "cancelled", "settled"]
    customer_id: Identifier
    customer_name: str
    currency: str
    amount_minor: int
    received_minor: int
    promised_on: date
    invoice_ids: list[str]
    note: str | None
    owner: str
    created_at: Instant
    created_by: str
    ended_at: Instant | None


class InstalmentInput(Request):
    """One payment of a plan."""

    due_on: date
    amount_minor: AmountMinor


class PlanInput(Request):
    """Instalments, each due after the one before it, over invoices of one account."""

    invoice_ids: Annotated[list[Identifier], Field(min_length=1, max_length=100)]
    instalments: Annotated[list[InstalmentInput], Field(min_length=1, max_length=120)]
    note: Text | None = None
    owner: OneLine | None = None


class Instalment(Answer):
    """One payment of a plan, and what has come in for it."""

    due_on: date
    amount_minor: int
    paid_minor: int


class Plan(Answer):
    """An agreement to pay in instalments."""

    id: Identifier
    version: int
    state: Literal["open", "kept", "broken", "cancelled", "settled"]
    customer_id: Identifier
    customer_name: str
    currency: str
    amount_minor: int
    paid_minor: int
    next_due_on: date | None
    invoice_ids: list[str]
    instalments: list[Instalment]
    note: str | None
    owner: str
    created_at: Instant
    created_by: str
    ended_at: Instant | None


class WriteOffInput(Request):
    """How much to give up (all that is open), and why."""

    amount_minor: AmountMinor | None = None
    reason: Text | None = None


class ReinstateInput(Request):
    """How much of a write-off to take back (all of it), and why."""

    amount_minor: AmountMinor | None = None
    reason: Text | None = None

"""Bodies about payments."""

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

Method = Annotated[
    str,
    Field(
        min_length=1, max_length=40, examples=["transfer", "cash", "card", "cheque", "direct_debit"]
    ),
]


class AllocationInput(Request):
    """So much for this invoice."""

    invoice_id: Identifier
    amount_minor: AmountMinor


class PaymentInput(Request):
    """Money received by hand. Without ``allocations`` it settles the oldest due first."""

    customer_id: Identifier
    amount_minor: AmountMinor
    currency: Currency
    received_on: date
    method: Method
    reference: OneLine | None = None
    allocations: Annotated[list[AllocationInput], Field(max_length=500)] | None = None
    note: Text | None = None


class AllocateInput(Request):
    """How to allocate what is unapplied; without ``allocations``, oldest due first."""

    allocations: Annotated[list[AllocationInput], Field(min_length=1, max_length=500)] | None = None


class AssignInput(Request):
    """Whose money it was."""

    customer_id: Identifier


class Allocation(Answer):
    """So much of a payment settles this invoice."""

    invoice_id: str
    number: str
    amount_minor: int
    effective_on: date
    posted_at: Instant


class Payment(Answer):
    """Money received. amount = allocated + unapplied."""

    id: Identifier
    version: int
    customer_id: str
    customer_name: str
    amount_minor: int
    unapplied_minor: int
    currency: str
    received_on: date
    method: str
    reference: str | None
    provider: str | None
    provider_payment_id: str | None
    allocations: list[Allocation]
    note: str | None
    created_at: Instant
    created_by: str


class PaymentRow(Answer):
    """A payment in a list."""

    id: Identifier
    customer_id: str
    customer_name: str
    amount_minor: int
    unapplied_minor: int
    currency: str
    received_on: date
    method: str
    reference: str | None
    provider: str | None


class OpenItem(Answer):
    """An open invoice of an account, as offered for allocation."""

    invoice_id: str
    number: str
    issue_date: date
    due_date: date
    total_minor: int
    open_minor: int
    pending_minor: int


class Account(Answer):
    """One customer's account in one currency."""

    customer_id: str
    customer_name: str
    currency: str
    open_minor: int
    unapplied_minor: int
    open_items: list[OpenItem]
    next_action_at: Instant | None
    unapplied_payments: list[PaymentRow]


PaymentKind = Literal["all", "unapplied"]

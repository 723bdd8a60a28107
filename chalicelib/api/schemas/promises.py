"""Bodies about promises and instalment plans."""

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

"""Bodies about pauses of the chase, hand-overs and pre-legal files."""

from datetime import date
from typing import Annotated

from pydantic import Field

from chalicelib.api.schemas.base import (
    AmountMinor,
    Answer,
    Currency,
    Email,
    Identifier,
    Instant,
    OneLine,
    Request,
    Text,
)
from chalicelib.domain.handover import MAX_HANDED_OVER, HandoverState
from chalicelib.domain.hold import HoldReason, HoldState
from chalicelib.domain.legal_file import MAX_FILE_INVOICES


class HoldInput(Request):
    """What is not asked for up to and including a day.

    Without invoices the whole account, also what is issued meanwhile; without an amount all of it.
    """

    customer_id: Identifier
    currency: Currency
    invoice_ids: Annotated[list[Identifier], Field(max_length=100)] | None = None
    amount_minor: AmountMinor | None = None
    reason: HoldReason
    note: Text | None = None
    until: date


class HoldChange(Request):
    """Another last day, reason or note."""

    until: date | None = None
    reason: HoldReason | None = None
    note: Text | None = None


class Hold(Answer):
    """A pause of the chase. ``amount_minor`` null: all that it covers."""

    id: Identifier
    version: int
    state: HoldState
    customer_id: Identifier
    customer_name: str
    currency: str
    invoice_ids: list[str]
    amount_minor: int | None
    reason: HoldReason
    note: str | None
    until: date
    created_at: Instant
    created_by: str
    ended_at: Instant | None
    ended_by: str | None


class HandoverInput(Request):
    """Which invoices go to whom; without invoices all that are open now."""

    customer_id: Identifier
    currency: Currency
    invoice_ids: Annotated[list[Identifier], Field(max_length=MAX_HANDED_OVER)] | None = None
    to_name: OneLine
    to_email: Email | None = None
    note: Text | None = None


class HandedItem(Answer):
    """An invoice as it stood on the day of the hand-over."""

    invoice_id: Identifier
    number: str
    due_date: date
    total_minor: int
    open_minor: int


class Handover(Answer):
    """Invoices that lawyers or a collection agency have; amounts are those of that day."""

    id: Identifier
    version: int
    state: HandoverState
    customer_id: Identifier
    customer_name: str
    currency: str
    amount_minor: int
    items: list[HandedItem]
    to_name: str
    to_email: str | None
    note: str | None
    created_at: Instant
    created_by: str
    ended_at: Instant | None
    ended_by: str | None


class LegalFileInput(Request):
    """Which invoices the file is about; without any, all that are open."""

    invoice_ids: Annotated[list[Identifier], Field(max_length=MAX_FILE_INVOICES)] | None = None


class LegalFile(Answer):
    """An archive with the claim and everything that proves it; it can be fetched once ready."""

    id: Identifier
    version: int
    state: str
    customer_id: Identifier
    customer_name: str
    currency: str
    invoice_ids: list[str]
    as_of: date
    sha256: str | None
    size_bytes: int | None
    requested_at: Instant
    requested_by: str
    ready_at: Instant | None

"""Bodies about disputes, write-offs and what is taken back of them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.api.schemas.base import (
    AmountMinor,
    Answer,
    Identifier,
    Instant,
    OneLine,
    Request,
    Text,
)
from chalicelib.domain.dispute import Category

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


class DisputeFile(Answer):
    """A file that the customer sent with a dispute."""

    id: Identifier
    name: str
    content_type: str
    size_bytes: int


class Dispute(Answer):
    """A contested amount of an invoice. ``resting_minor`` is what of it is not asked for.

    ``by_customer``: opened in the portal, with a category, perhaps a comment and files.
    """

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
    by_customer: bool
    category: Category | None
    comment: str | None
    files: list[DisputeFile]
    outcome: str | None
    note: str | None
    credit_note_id: str | None
    created_at: Instant
    created_by: str
    resolved_at: Instant | None
    resolved_by: str | None


class WriteOffInput(Request):
    """How much to give up (all that is open), and why."""

    amount_minor: AmountMinor | None = None
    reason: Text | None = None


class ReinstateInput(Request):
    """How much of a write-off to take back (all of it), and why."""

    amount_minor: AmountMinor | None = None
    reason: Text | None = None

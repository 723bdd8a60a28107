"""Bodies about credit notes."""

from datetime import date
from typing import Annotated

from pydantic import Field

from chalicelib.api.schemas.base import (
    AmountMinor,
    Answer,
    Identifier,
    Instant,
    OneLine,
    Request,
    SeriesCode,
)
from chalicelib.api.schemas.invoices import Line, LineInput, Tax
from chalicelib.api.schemas.rows import CreditNoteRow


class CreditNotePreviewInput(Request):
    """What to take back: an amount with tax, or lines; neither: all that is left."""

    invoice_id: Identifier
    amount_minor: AmountMinor | None = None
    lines: Annotated[list[LineInput], Field(min_length=1, max_length=500)] | None = None
    reason: OneLine | None = None
    issue_date: date | None = None
    series: SeriesCode | None = None


class CreditNoteInput(CreditNotePreviewInput):
    """A new credit note. ``reason`` is printed on it; ``send`` mails it to the customer."""

    reason: OneLine
    send: bool = False


class CreditNotePreview(Answer):
    """What a credit note would come to; stored nowhere."""

    currency: str
    lines: list[Line]
    taxes: list[Tax]
    net_minor: int
    tax_minor: int
    total_minor: int
    applied_minor: int
    credit_minor: int
    open_after_minor: int


class CreditNote(CreditNoteRow):
    """A credit note.

    ``warnings`` are codes of why its mail could not be queued, in the answer to the call that
    issued it.
    """

    version: int
    lines: list[Line]
    taxes: list[Tax]
    hash: str
    previous_hash: str
    created_at: Instant
    warnings: list[str]

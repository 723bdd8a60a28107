"""Bodies about letters on paper."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.api.schemas.base import Answer, Currency, Identifier, OneLine, Request
from chalicelib.api.schemas.invoices import MessageRow


class LetterInput(Request):
    """A formal letter over all that is overdue and may be asked for, written now."""

    currency: Currency
    template: Literal["letter_formal", "letter_last_notice"]


class LetterName(Request):
    """Which letter."""

    customer_id: Identifier
    message_id: Annotated[str, Field(min_length=1, max_length=200)]


class PrintInput(Request):
    """Which letters to print, in this order; all that wait, up to 50, when there are none."""

    letters: Annotated[list[LetterName], Field(max_length=50)] = []


class PostedInput(Request):
    """How a letter was posted: on which day, with whom, under which number."""

    posted_on: date
    carrier: OneLine | None = None
    tracking: OneLine | None = None


class NotPostedInput(Request):
    """Why a letter is not posted."""

    reason: OneLine


class PostingProof(Answer):
    """The proof that a letter was posted."""

    on: date
    carrier: str | None
    tracking: str | None
    by: str


class Letter(MessageRow):
    """A letter on paper. ``to`` is the postal address; ``posting`` is set once it was posted."""

    template: str
    invoice_ids: list[str]
    posting: PostingProof | None

"""Bodies about invoices. Rates are decimal fractions as strings: "0.21" is 21 %."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from chalicelib.api.schemas.approvals import Approval
from chalicelib.api.schemas.base import (
    Answer,
    Currency,
    DecimalText,
    Identifier,
    Instant,
    OneLine,
    Request,
    SeriesCode,
    SignedMinor,
    Text,
)
from chalicelib.api.schemas.customers import TimelineEntry

_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_PERCENT = Decimal(100)
_HIGHEST_FRACTION = Decimal("0.4")  # no tax in the world is higher; see decision 0004


def _decimal(value: object) -> Decimal:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise ValueError('must be a decimal string such as "2.5", with at most six decimals')
    try:
        return Decimal(value)
    except InvalidOperation as exc:  # the pattern admits nothing that Decimal refuses
        raise ValueError("must be a decimal string") from exc


def _rate(value: object) -> Decimal:
    if isinstance(value, str) and value.endswith("%"):
        rate = _decimal(value[:-1]) / _PERCENT
    else:
        rate = _decimal(value)
        if rate > 1:
            rate /= _PERCENT
    if not 0 <= rate <= 1:
        raise ValueError('must lie between 0 and 1 as a fraction ("0.21") or 0 % and 100 % ("21")')
    return rate


def _tax_rate(value: object) -> Decimal:
    if value == "1":
        return Decimal("0.01")
    rate = _rate(value)
    is_bare = isinstance(value, str) and not value.endswith("%")
    if is_bare and _HIGHEST_FRACTION < _decimal(value) < 1:
        raise ValueError('is ambiguous: write "0.5%" for half a percent')
    return rate


_RATE_SCHEMA = WithJsonSchema(
    {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,6})?%?$", "examples": ["0.21"]}
)
Quantity = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    WithJsonSchema(
        {"type": "string", "pattern": r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$", "examples": ["2.5"]}
    ),
]
TaxRate = Annotated[Decimal, BeforeValidator(_tax_rate), _RATE_SCHEMA]
DiscountRate = Annotated[Decimal, BeforeValidator(_rate), _RATE_SCHEMA]
State = Literal[
    "draft", "pending_approval", "issued", "partially_paid", "paid", "void", "written_off"
]


class LineInput(Request):
    """A line of a draft."""

    description: Annotated[Text, Field(min_length=1)]
    quantity: Quantity
    unit_price_minor: SignedMinor
    tax_rate: TaxRate
    discount_rate: DiscountRate = Decimal(0)


class InvoiceInput(Request):
    """A new draft. ``due_date`` defaults to the issue date plus the customer's terms."""

    customer_id: Identifier
    currency: Currency | None = None
    lines: Annotated[list[LineInput], Field(min_length=1, max_length=500)]
    issue_date: date | None = None
    due_date: date | None = None
    series: SeriesCode | None = None
    purchase_order: OneLine | None = None
    notes: Text | None = None


class InvoiceChange(Request):
    """Fields of a draft to change; those left out stay as they are."""

    customer_id: Identifier | None = None
    currency: Currency | None = None
    lines: Annotated[list[LineInput], Field(min_length=1, max_length=500)] | None = None
    issue_date: date | None = None
    due_date: date | None = None
    series: SeriesCode | None = None
    purchase_order: OneLine | None = None
    notes: Text | None = None


class IssueInput(Request):
    """How to issue a draft; everything may be left out.

    ``send`` mails it, once it is approved if it has to be. ``ask_approval`` asks a second person
    where the customer's credit limit would refuse.
    """

    send: bool = False
    ask_approval: bool = False


class SendInput(Request):
    """How to send an issued invoice. Once sent, it goes again only when ``again`` is true."""

    again: bool = False


class VoidInput(Request):
    """Why an invoice is void."""

    reason: Text | None = None


class BulkSendInput(Request):
    """Issued invoices to send, each once."""

    invoice_ids: Annotated[list[Identifier], Field(min_length=1, max_length=100)]


class BulkResult(Answer):
    """What became of one invoice of a bulk action; ``code`` as in a problem's type."""

    invoice_id: str
    done: bool
    code: str | None
    detail: str | None


class BulkResults(Answer):
    """What became of each."""

    items: list[BulkResult]


class Line(Answer):
    """A line with its net amount."""

    description: str
    quantity: DecimalText
    unit_price_minor: int
    tax_rate: DecimalText
    discount_rate: DecimalText
    net_minor: int


class Tax(Answer):
    """The tax of one rate."""

    rate: DecimalText
    base_minor: int
    tax_minor: int


class InvoicePayment(Answer):
    """A settlement of the invoice."""

    payment_id: str
    amount_minor: int
    received_on: date
    method: str
    posted_at: Instant


class MessageRow(Answer):
    """A message to the customer and what became of it."""

    id: str
    purpose: Literal["invoice", "reminder"]
    state: str
    to: str
    subject: str
    step: int | None
    currency: str
    customer_id: str
    customer_name: str
    amount_minor: int
    reason: str | None
    created_at: Instant
    sent_at: Instant | None


class Party(Answer):
    """A name and address as frozen on a document."""

    name: str
    tax_id: str | None
    address: str | None
    country: str
    email: str | None


class InvoiceRow(Answer):
    """An invoice in a list."""

    id: Identifier
    number: str | None
    series: str
    state: State
    overdue: bool
    customer_id: Identifier
    customer_name: str
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int
    open_minor: int
    issue_date: date | None
    due_date: date | None
    mail_state: str | None


class Invoice(Answer):
    """An invoice with its payments, messages, timeline and approvals.

    ``warnings`` are codes of what was odd about the call that issued it: ``credit_limit`` when it
    takes the customer over the limit, ``no_address`` and the like when its mail could not go out.
    """

    id: Identifier
    version: int
    number: str | None
    series: str
    state: State
    overdue: bool
    customer_id: Identifier
    customer_name: str
    customer: Party
    seller: Party | None
    language: Literal["es", "en"]
    currency: str
    lines: list[Line]
    taxes: list[Tax]
    net_minor: int
    tax_minor: int
    total_minor: int
    open_minor: int
    issue_date: date | None
    due_date: date | None
    purchase_order: str | None
    notes: str | None
    payments: list[InvoicePayment]
    messages: list[MessageRow]
    timeline: list[TimelineEntry]
    approvals: list[Approval]
    warnings: list[str]
    mail_state: str | None
    void_reason: str | None
    hash: str | None
    previous_hash: str | None
    created_at: Instant
    issued_at: Instant | None
    voided_at: Instant | None


class Preview(Answer):
    """What a draft would come to: computed by the same rule as at issue, stored nowhere."""

    lines: list[Line]
    taxes: list[Tax]
    net_minor: int
    tax_minor: int
    total_minor: int
    due_date: date | None


class PreviewInput(Request):
    """The lines of a draft that is being written."""

    currency: Currency
    lines: Annotated[list[LineInput], Field(min_length=1, max_length=500)]
    issue_date: date | None = None
    terms_days: int | None = None

"""Bodies about invoices. Rates are decimal fractions as strings: "0.21" is 21 %."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

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
from chalicelib.api.schemas.disputes import Dispute
from chalicelib.api.schemas.rates import (
    DiscountRate,
    DiscountTerms,
    DiscountTermsInput,
    Quantity,
    TaxRate,
)
from chalicelib.api.schemas.rows import CreditNoteRow
from chalicelib.api.schemas.timeline import TimelineEntry
from chalicelib.domain.message import Channel, MessageState, Purpose

Origin = Literal["issued", "imported"]
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
    """A new draft. ``due_date`` defaults to the issue date plus the customer's terms.

    Without ``discount`` it offers what the customer is offered; null offers none.
    """

    customer_id: Identifier
    currency: Currency | None = None
    lines: Annotated[list[LineInput], Field(min_length=1, max_length=500)]
    issue_date: date | None = None
    due_date: date | None = None
    series: SeriesCode | None = None
    purchase_order: OneLine | None = None
    notes: Text | None = None
    discount: DiscountTermsInput | None = None


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
    discount: DiscountTermsInput | None = None


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


class Settled(Answer):
    """What changed what is open; a negative amount undoes an earlier one."""

    kind: Literal["payment", "credit", "credit_note", "discount", "small_difference", "write_off"]
    payment_id: str | None
    amount_minor: int
    received_on: date
    method: str
    posted_at: Instant


class MessageRow(Answer):
    """A message to the customer and what became of it.

    ``state_since`` is when that was, by the provider's time where it reports it. Before
    ``not_before`` the provider takes no mail at all, and the message waits.
    """

    id: str
    purpose: Purpose
    channel: Channel = "email"
    state: MessageState
    state_since: Instant | None = None
    not_before: Instant | None = None
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
    scheduled_on: date | None
    mail_state: str | None
    origin: Origin = "issued"


class Invoice(Answer):
    """An invoice with its payments, messages, timeline and approvals.

    ``warnings`` are codes of what was odd about the call that issued it: ``credit_limit`` when it
    takes the customer over the limit, ``long_terms`` when it falls due later than the law lets it,
    ``no_address`` and the like when its mail could not go out.
    One whose ``origin`` is imported was issued elsewhere: no series, no hash, and no PDF of ours.
    A draft is issued by itself on the day ``scheduled_on``, and sent if ``scheduled_send``.
    ``policy_id`` is a ladder of reminders of its own, null for that of its customer.
    ``payment_reference`` is the creditor reference (ISO 11649) to quote with a transfer.
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
    payment_reference: str | None
    issue_date: date | None
    due_date: date | None
    terms_days: int | None
    scheduled_on: date | None
    scheduled_send: bool
    recurring_id: str | None
    policy_id: str | None
    purchase_order: str | None
    notes: str | None
    payments: list[InvoicePayment]
    settlements: list[Settled]
    credited_minor: int
    written_off_minor: int
    discount: DiscountTerms | None
    messages: list[MessageRow]
    timeline: list[TimelineEntry]
    approvals: list[Approval]
    origin: Origin
    credit_notes: list[CreditNoteRow]
    disputes: list[Dispute]
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
    discount: DiscountTermsInput | None = None

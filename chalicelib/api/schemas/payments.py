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

Origin = Literal["money", "credit_note"]
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


class DeductionInput(Request):
    """What the customer kept back of an invoice, and why; it becomes a case that rests."""

    invoice_id: Identifier
    amount_minor: AmountMinor
    reason: Annotated[Text, Field(min_length=1)]


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
    deductions: Annotated[list[DeductionInput], Field(max_length=5)] = []


class AllocateInput(Request):
    """How to allocate what is unapplied; without ``allocations``, oldest due first."""

    allocations: Annotated[list[AllocationInput], Field(min_length=1, max_length=500)] | None = None


class UndoInput(Request):
    """Which invoices the payment no longer settles; without ``allocations``, none of them."""

    allocations: Annotated[list[AllocationInput], Field(min_length=1, max_length=30)] | None = None


class ReverseInput(Request):
    """What became of a payment, on which day (today): ``reversed`` or ``charged_back``.

    Reversed is what never was: a typing error, a cheque that bounced. A bank charges back.
    """

    kind: Literal["reversed", "charged_back"] = "reversed"
    amount_minor: AmountMinor | None = None
    reversed_on: date | None = None
    reason: Text | None = None


class RefundInput(Request):
    """What goes back to the customer: by default what is unapplied, or else all of it."""

    amount_minor: AmountMinor | None = None
    refunded_on: date | None = None
    reason: Text | None = None


class PreviewedAllocation(Answer):
    """What a payment would settle of an invoice, and what would then be open."""

    invoice_id: str
    number: str
    amount_minor: int
    discount_minor: int
    difference_minor: int
    open_after_minor: int


class AssignInput(Request):
    """Whose money it was."""

    customer_id: Identifier


class Allocation(Answer):
    """So much of a payment settles this invoice."""

    invoice_id: str
    number: str
    amount_minor: int
    discount_minor: int
    difference_minor: int
    effective_on: date
    posted_at: Instant


class ReturnedMoney(Answer):
    """Money of a payment that went back; a negative amount came back to us."""

    kind: Literal["refunded", "charged_back", "reversed"]
    amount_minor: int
    on: date
    reason: str | None
    posted_at: Instant
    posted_by: str


class Payment(Answer):
    """Money received, or a credit. amount = allocated + unapplied + returned.

    ``allocations`` are what it settles now; ``postings`` every allocation and its undoing.
    """

    id: Identifier
    version: int
    customer_id: str
    customer_name: str
    amount_minor: int
    unapplied_minor: int
    returned_minor: int
    refunded_minor: int
    currency: str
    received_on: date
    method: str
    reference: str | None
    provider: str | None
    provider_payment_id: str | None
    origin: Origin
    credit_note_id: str | None
    credited_invoice_id: str | None
    allocations: list[Allocation]
    postings: list[Allocation]
    returns: list[ReturnedMoney]
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
    origin: Origin
    credit_note_id: str | None


class PaymentPreview(Answer):
    """What a payment would do; nothing was stored. ``open_after`` of each invoice it touches."""

    amount_minor: int
    unapplied_minor: int
    currency: str
    allocations: list[PreviewedAllocation]


class DiscountOffer(Answer):
    """The early-payment discount that is still to be had.

    ``needed_minor`` must arrive by ``until`` for all of ``left_minor`` to be forgiven.
    """

    until: date
    left_minor: int
    needed_minor: int
    part_payment: Literal["strict", "proportional"]


class RestPart(Answer):
    """So much rests until the end of a day; null: until somebody decides.

    No amount: all that its rest covers and nothing before it does.
    """

    amount_minor: int | None
    until: date | None


class Rest(Answer):
    """An amount that is not asked for, and the dispute, promise or other that says so.

    ``amount_minor`` is null where all that it covers rests; ``resting_minor`` is that of today.
    """

    kind: Literal["legal", "dispute", "chargeback", "hold", "plan", "promise"]
    id: str
    invoice_ids: list[str]
    amount_minor: int | None
    resting_minor: int
    parts: list[RestPart]


class OpenItem(Answer):
    """An open invoice of an account, as offered for allocation.

    ``asked_minor`` is what is asked for of it now, ``free_minor`` what may still be promised,
    planned or contested: more, while it is paused or with lawyers. ``step_id`` is the last step of
    its ladder that was taken, ``step_done`` the days after the due date that it had. ``policy_id``
    is a ladder of the invoice's own.
    """

    invoice_id: str
    number: str
    issue_date: date
    due_date: date
    total_minor: int
    open_minor: int
    pending_minor: int
    asked_minor: int
    free_minor: int
    step_done: int | None
    step_id: str | None
    policy_id: str | None
    discount: DiscountOffer | None


class Account(Answer):
    """One customer's account in one currency."""

    customer_id: str
    customer_name: str
    currency: str
    open_minor: int
    unapplied_minor: int
    resting_minor: int
    rests: list[Rest]
    open_items: list[OpenItem]
    next_action_at: Instant | None
    unapplied_payments: list[PaymentRow]


PaymentKind = Literal["all", "unapplied"]

"""Bodies about customers."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.api.schemas.base import (
    Answer,
    Country,
    Currency,
    Email,
    Identifier,
    Instant,
    OneLine,
    Request,
    TermsDays,
    Text,
    TimeZone,
)
from chalicelib.api.schemas.rates import CustomerDiscount, DiscountTermsInput
from chalicelib.domain.money import MAX_MINOR

Language = Literal["es", "en"]
CustomerType = Literal["business", "consumer", "public"]
CreditLimit = Annotated[
    int, Field(ge=0, le=MAX_MINOR, description="minor units of the customer's currency")
]


Region = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9-]{1,20}$", description="second part of an ISO 3166-2 code")
]


class Contact(Request):
    """A person at the customer, and what they are sent.

    ``is_copy``: is copied on the mail to the others instead of getting one of their own. Without
    ``id`` it is a new one; without ``language`` it is the customer's.
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,40}$")] = ""
    name: OneLine
    email: Email | None = None
    phone: OneLine | None = None
    roles: Annotated[list[Literal["invoices", "reminders", "statements"]], Field(max_length=3)] = []
    language: Language | None = None
    is_copy: bool = False


class AddressInput(Request):
    """Which address is meant; the customer's own when none is named."""

    address: Email | None = None


class CustomerInput(Request):
    """A new customer. Language, currency, terms and zone default to the company's."""

    type: CustomerType = "business"
    name: OneLine
    country: Country
    tax_id: OneLine | None = None
    address: Text | None = None
    email: Email | None = None
    phone: OneLine | None = None
    language: Language | None = None
    currency: Currency | None = None
    terms_days: TermsDays | None = None
    discount: DiscountTermsInput | None = None
    credit_limit_minor: CreditLimit | None = None
    time_zone: TimeZone | None = None
    segment: OneLine | None = None
    region: Region | None = None
    contacts: Annotated[list[Contact], Field(max_length=20)] | None = None
    policy_id: OneLine | None = None
    owner: Email | None = None
    statements: bool | None = None
    notes: Text | None = None
    code: OneLine | None = None


class CustomerChange(Request):
    """Fields to change; those left out stay as they are, null clears an optional one."""

    type: CustomerType | None = None
    name: OneLine | None = None
    country: Country | None = None
    tax_id: OneLine | None = None
    address: Text | None = None
    email: Email | None = None
    phone: OneLine | None = None
    language: Language | None = None
    currency: Currency | None = None
    terms_days: TermsDays | None = None
    discount: DiscountTermsInput | None = None
    credit_limit_minor: CreditLimit | None = None
    time_zone: TimeZone | None = None
    segment: OneLine | None = None
    region: Region | None = None
    contacts: Annotated[list[Contact], Field(max_length=20)] | None = None
    policy_id: OneLine | None = None
    owner: Email | None = None
    statements: bool | None = None
    notes: Text | None = None
    code: OneLine | None = None


class Exposure(Answer):
    """How much may be lost, in the customer's currency: what is open less unapplied money.

    ``available_minor`` is null without a limit and below zero when the limit is exceeded.
    ``pending_approval_minor`` are invoices that wait for approval; the exposure is without them.
    """

    currency: str
    exposure_minor: int
    limit_minor: int | None
    available_minor: int | None
    pending_approval_minor: int


class Balance(Answer):
    """What a customer owes in one currency, today."""

    currency: str
    open_minor: int
    overdue_minor: int
    unapplied_minor: int
    resting_minor: int
    open_invoices: int
    oldest_due_date: str | None
    next_action_at: Instant | None


class Customer(Answer):
    """A customer with what it owes."""

    id: Identifier
    version: int
    type: CustomerType
    name: str
    country: str
    tax_id: str | None
    address: str | None
    email: str | None
    email_suppressed: str | None
    phone: str | None
    language: Language
    currency: str
    terms_days: int
    discount: CustomerDiscount | None
    credit_limit_minor: int | None
    time_zone: str
    segment: str | None
    region: str | None
    contacts: list[Contact]
    policy_id: str | None
    owner: str | None
    statements: bool | None
    notes: str | None
    code: str | None
    balances: list[Balance]
    exposure: Exposure
    created_at: Instant


class CustomerRow(Answer):
    """A customer in a list."""

    id: Identifier
    name: str
    country: str
    email: str | None
    language: Language
    currency: str
    terms_days: int
    segment: str | None
    balances: list[Balance]


class Debtor(Answer):
    """One account among those that owe most in a currency."""

    customer_id: Identifier
    customer_name: str
    currency: str
    open_minor: int
    unapplied_minor: int
    oldest_due_date: str | None
    overdue_minor: int


class FollowingStep(Answer):
    """The step after the next one, should that be skipped."""

    at: Instant
    channel: Literal["email", "letter", "call"]
    step: int
    step_id: str
    template: str


class NextMessage(Answer):
    """What goes out next to a contact of a customer in one currency, or why nothing will.

    ``channel`` is how: a letter or a call is left to a person. ``send_now_at`` is set while a
    message that somebody asked for can still be taken back. ``reason_none``: nothing goes out by
    itself, or (``waits_for_approval``) not before somebody lets it go. ``following`` is what the
    account gets next if somebody skips this step; null when that was the last. A step that comes
    before it, at ``held_at``, does not go out, since something covers it (``held_by``).
    """

    currency: str
    at: Instant | None
    channel: Literal["email", "letter", "call"] | None
    to: str | None
    contact: str | None
    cc: list[str]
    policy_id: str | None
    step: int | None
    step_id: str | None
    template: str | None
    amount_minor: int
    subject: str | None
    text: str | None
    html: str | None
    send_now_at: Instant | None
    reason_none: str | None
    held_at: Instant | None
    held_by: str | None
    following: FollowingStep | None


class NextMessages(Answer):
    """The next message of each of a customer's accounts."""

    items: list[NextMessage]

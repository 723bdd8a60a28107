"""Bodies about the company, its people, keys and work."""

from datetime import date
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
    SeriesCode,
    TermsDays,
    Text,
    TimeZone,
)
from chalicelib.domain.access import SCOPES, Scope
from chalicelib.domain.journal import JournalAccount
from chalicelib.domain.money import MAX_MINOR

Role = Literal["admin", "accountant", "collector", "viewer"]
MAX_DAYS_OFF = 200  # a fortnight a year, for longer than anybody plans
AccountNumber = Annotated[str, Field(pattern=r"^[0-9A-Za-z.]{1,20}$")]


class ApprovalRule(Request):
    """More than ``over_minor`` needs a second person: for one customer, one series, or all."""

    what: Literal["issue", "write_off"]
    over_minor: Annotated[int, Field(ge=0, le=MAX_MINOR, description="minor units")]
    currency: Currency
    customer_id: Identifier | None = None
    series: SeriesCode | None = None


Tolerance = Annotated[int, Field(ge=0, le=100_000, description="minor units")]


Hour = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Weekday = Annotated[int, Field(ge=1, le=7, description="ISO: 1 is Monday")]


class CompanyInput(Request):
    """All of the company's settings; PUT replaces them.

    Approval rules, the action at a credit limit, the series of credit notes, the chart of accounts,
    tolerances (minor units by currency), the days to resolve a dispute, the monthly statements,
    what the portal allows and the days on which the company is closed stay as they are when they
    are left out: a program that does not know them must not change them. Accounts that the chart
    does not name keep their standard numbers.
    """

    name: OneLine
    tax_id: OneLine | None = None
    address: Text | None = None
    country: Country = "ES"
    email: Email | None = None
    phone: OneLine | None = None
    website: OneLine | None = None
    iban: Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$")] | None = None
    language: Literal["es", "en"] = "es"
    currency: Currency = "EUR"
    time_zone: TimeZone = "Europe/Madrid"
    terms_days: TermsDays = 30
    default_series: SeriesCode = "A"
    accent: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")] = "#1f5fbf"
    invoice_footer: Text | None = None
    reply_to: Email | None = None
    sending_frozen: bool = False
    approval_rules: Annotated[list[ApprovalRule], Field(max_length=100)] | None = None
    credit_limit_action: Literal["warn", "block"] | None = None
    credit_note_series: SeriesCode | None = None
    journal_accounts: dict[JournalAccount, AccountNumber] | None = None
    tolerances: Annotated[dict[Currency, Tolerance], Field(max_length=40)] | None = None
    dispute_days: Annotated[int, Field(ge=1, le=365)] | None = None
    days_off: Annotated[list[date], Field(max_length=MAX_DAYS_OFF)] | None = None
    opens: Hour | None = None
    closes: Hour | None = None
    working_days: Annotated[list[Weekday], Field(min_length=1, max_length=7)] | None = None
    spread_minutes: Annotated[int, Field(ge=0, le=240)] | None = None
    statements: Literal["off", "open", "moved"] | None = None
    statements_day: Annotated[int, Field(ge=1, le=28)] | None = None
    portal_promise_days: Annotated[int, Field(ge=0, le=60)] | None = None
    portal_mail_scope: Literal["customer", "invoices"] | None = None


class Company(CompanyInput):
    """The company's settings with their version."""

    approval_rules: list[ApprovalRule]
    credit_limit_action: Literal["warn", "block"]
    credit_note_series: str
    journal_accounts: dict[JournalAccount, AccountNumber]
    tolerances: dict[str, int]
    dispute_days: int
    days_off: list[date]
    opens: str
    closes: str
    working_days: list[int]
    spread_minutes: int
    statements: Literal["off", "open", "moved"]
    statements_day: int
    portal_promise_days: int
    portal_mail_scope: Literal["customer", "invoices"]
    version: int


class SeriesRow(Answer):
    """A series: what it numbers, what comes next, and the date before which it accepts none."""

    code: str
    next_number: int
    next_number_text: str
    last_date: str | None
    holds: Literal["invoices", "credit_notes"]


class SeriesList(Answer):
    """All series."""

    items: list[SeriesRow]


class ApiKeyInput(Request):
    """A new key: what it is for and what it may do.

    The role is the ceiling. ``scopes`` narrow it: ``customers:write`` includes ``customers:read``;
    without scopes the key may do all that its role may. ``last_day`` is at the company's place.
    """

    name: OneLine
    role: Role
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(SCOPES))] | None = None
    last_day: date | None = None


class ApiKeyRow(Answer):
    """A key without its secret. ``used_at`` is its last use, to the hour."""

    id: str
    name: str
    hint: str
    role: Role
    created_at: Instant
    created_by: str
    revoked_at: Instant | None
    scopes: list[Scope] | None
    ends_at: Instant | None
    used_at: Instant | None


class ApiKeyCreated(ApiKeyRow):
    """A new key; ``key`` is shown this once."""

    key: str


class ApiKeys(Answer):
    """All keys."""

    items: list[ApiKeyRow]


class PersonInput(Request):
    """A new member of staff."""

    email: Email
    name: OneLine
    role: Role


class PersonChange(Request):
    """What to change about a person."""

    name: OneLine | None = None
    role: Role | None = None
    active: bool | None = None


class PersonRow(Answer):
    """A member of staff."""

    email: str
    name: str
    role: Role
    active: bool
    created_at: Instant


class People(Answer):
    """All members of staff."""

    items: list[PersonRow]


class Me(Answer):
    """Who is signed in, and the company settings that every screen needs."""

    email: str
    name: str
    role: Role
    company_name: str
    language: Literal["es", "en"]
    currency: str
    time_zone: str
    today: str
    sending_frozen: bool
    local: bool


class SignedOut(Answer):
    """Where to go to be signed out of the identity provider as well."""

    logout_url: str


class WorkItemRow(Answer):
    """One thing to look at."""

    key: str
    what: str
    state: Literal["open", "done"]
    priority: int
    detail: str
    customer_id: str | None
    customer_name: str | None
    invoice_id: str | None
    payment_id: str | None
    message_id: str | None
    amount_minor: int | None
    currency: str | None
    created_at: Instant
    done_at: Instant | None
    done_by: str | None
    outcome: str | None
    can_replay: bool


class WorkDoneInput(Request):
    """How a work item ended."""

    outcome: Text | None = None


class MessageDecision(Request):
    """A person's decision about an uncertain message."""

    decision: Literal["was_sent", "send_again", "drop"]


class SearchHit(Answer):
    """Something found: a document by number or amount, a customer by name.

    ``invoice_id`` is the invoice itself, or the one that a credit note corrects.
    """

    what: Literal["invoice", "credit_note", "customer"]
    id: str
    title: str
    detail: str
    invoice_id: str | None


class SearchResults(Answer):
    """What was found, best first."""

    items: list[SearchHit]

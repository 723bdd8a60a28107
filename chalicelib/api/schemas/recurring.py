"""Bodies about recurring invoices, their runs and scheduled issue."""

import json
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from chalicelib.api.schemas.base import (
    Answer,
    Currency,
    Identifier,
    Instant,
    OneLine,
    Request,
    SeriesCode,
    TermsDays,
    Text,
)
from chalicelib.api.schemas.invoices import Line, LineInput
from chalicelib.api.schemas.timeline import TimelineEntry
from chalicelib.domain.errors import InvalidField

Every = Literal["week", "month", "year"]
OnDay = Annotated[
    int,
    Field(
        ge=1,
        le=31,
        description="1 (Monday) to 7 of a week; 1 to 31 of a month, or of the month of start_on",
    ),
]
Lines = Annotated[list[LineInput], Field(min_length=1, max_length=500)]
RecurringState = Literal["active", "paused", "ended"]
RunState = Literal["waiting", "drafted", "pending_approval", "done", "failed", "cancelled"]


class Templated(Request):
    """A body whose fields of the invoice may stand together in ``template``."""

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Parse a body. ValidationError; InvalidField when a field stands in both places."""
        return super().model_validate_json(_flat(json_data), **options)


def _flat(body: str | bytes | bytearray) -> str | bytes | bytearray:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return body  # pydantic says what is wrong with it
    template = given.pop("template", None) if isinstance(given, dict) else None
    if not isinstance(template, dict):
        return body
    twice = sorted(set(template) & set(given))
    if twice:
        raise InvalidField(f"/template/{twice[0]}", "It stands beside the template, too.")
    return json.dumps(template | given)


class RecurringInput(Templated):
    """What recurs and when. The fields of the invoice may also stand together in ``template``.

    What is left out is as set for the customer or the company on the day of each invoice; without
    ``on_day`` it recurs on the day of ``start_on``. Days that have passed are made up.
    """

    customer_id: Identifier
    currency: Currency | None = None
    lines: Lines
    series: SeriesCode | None = None
    purchase_order: OneLine | None = None
    notes: Text | None = None
    terms_days: TermsDays | None = None
    every: Every
    on_day: OnDay | None = None
    start_on: date
    end_on: date | None = None
    auto_send: bool = False


class RecurringChange(Templated):
    """Fields to change for the invoices to come; those left out stay, null clears an optional."""

    customer_id: Identifier | None = None
    currency: Currency | None = None
    lines: Lines | None = None
    series: SeriesCode | None = None
    purchase_order: OneLine | None = None
    notes: Text | None = None
    terms_days: TermsDays | None = None
    every: Every | None = None
    on_day: OnDay | None = None
    start_on: date | None = None
    end_on: date | None = None
    auto_send: bool | None = None


class RecurringRow(Answer):
    """A recurring invoice in a list; the amounts are those of one invoice."""

    id: Identifier
    state: RecurringState
    customer_id: Identifier
    customer_name: str
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int
    every: Every
    on_day: int
    start_on: date
    end_on: date | None
    auto_send: bool
    next_on: date | None
    last_on: date | None
    runs: int


class Recurring(RecurringRow):
    """A recurring invoice with its lines and timeline."""

    version: int
    lines: list[Line]
    series: str | None
    purchase_order: str | None
    notes: str | None
    terms_days: int | None
    created_at: Instant
    created_by: str
    timeline: list[TimelineEntry]


class UpcomingInvoice(Answer):
    """One invoice to come. One whose day ``has_passed`` is made up at the next hour."""

    on: date
    due_date: date
    has_passed: bool
    total_minor: int


class Upcoming(Answer):
    """The next invoices, at present lines and terms."""

    currency: str
    items: list[UpcomingInvoice]


class RunRow(Answer):
    """One invoice issued without a hand: how far it came, and what stopped it."""

    id: Identifier
    state: RunState
    recurring_id: str | None
    due_on: date
    sends: bool
    customer_id: str
    customer_name: str
    currency: str
    total_minor: int
    invoice_id: str | None
    number: str | None
    code: str | None
    reason: str | None
    created_at: Instant
    at: Instant


class ScheduleInput(Request):
    """On which day to issue a draft, and whether to send it then."""

    issue_on: date
    send: bool = False

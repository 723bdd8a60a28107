"""Bodies about statements of account."""

from datetime import date
from typing import Literal

from pydantic import Field

from chalicelib.api.schemas.base import Answer, Currency, Identifier, Instant, Request
from chalicelib.api.schemas.invoices import MessageRow
from chalicelib.domain.account_now import MarkKind
from chalicelib.domain.statement import MovementKind


class StatementInput(Request):
    """A statement to send now: of the month before, or of these days, both included."""

    currency: Currency
    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")


class Movement(Answer):
    """What changed what is owed on a day. Positive is owed, negative lowers it.

    ``balance_minor`` is what was owed after it, less money that settled nothing yet.
    """

    on: date
    kind: MovementKind
    reference: str | None
    invoices: list[str]
    amount_minor: int
    balance_minor: int


class Mark(Answer):
    """So much of an invoice is not asked for now, and why."""

    kind: MarkKind
    amount_minor: int


class StatementItem(Answer):
    """An invoice that was open at the end of the period, and what of it is open today."""

    invoice_id: Identifier
    number: str
    issue_date: date
    due_date: date
    days_late: int
    total_minor: int
    open_minor: int
    open_now_minor: int
    marks: list[Mark]


class StatementAging(Answer):
    """What was open at the end of the period by days past due, as in the aging report."""

    current_minor: int
    days_1_30_minor: int
    days_31_60_minor: int
    days_61_90_minor: int
    over_90_minor: int
    unapplied_minor: int
    total_minor: int


class Due(Answer):
    """What may be asked for on a day: less what rests, and less unapplied money."""

    on: date
    open_minor: int
    asked_minor: int
    overdue_minor: int
    unapplied_minor: int
    to_pay_minor: int
    resting_minor: int


class StatementReader(Answer):
    """Who would get the statement by mail."""

    to: str
    name: str
    language: Literal["es", "en"]
    copies: list[str]
    is_suppressed: bool


class Statement(Answer):
    """The account of a customer in one currency over a period, both days included.

    ``due`` is of now, all else of the period. ``readers`` are those who would get it by mail.
    """

    customer_id: Identifier
    customer_name: str
    currency: str
    first: date
    last: date
    opening_minor: int
    movements: list[Movement]
    closing_minor: int
    items: list[StatementItem]
    aging: StatementAging
    due: Due
    readers: list[StatementReader]


class StatementsSent(Answer):
    """The mails that carry a statement, one for each reader."""

    items: list[MessageRow]


class StatementMonth(Answer):
    """How the statements of a month (``YYYY-MM``) went: numbers of accounts."""

    month: str
    planned_at: Instant
    accounts: int
    made: int
    unreachable: int
    waiting: int


class MonthlyStatements(Answer):
    """The monthly statements: who gets them, when the next fall due, and how the last went."""

    setting: Literal["off", "open", "moved"]
    day: int
    next_on: date
    latest: StatementMonth | None

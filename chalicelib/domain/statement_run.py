"""The monthly statements: which month is due when, who wants one, and how far a month has come.

Level-triggered: whatever was missed is made up, once, until the next month's are due. Only the
latest month is made up after a long outage; the movements of those before it are in nobody's way.
"""

from datetime import date, datetime, timedelta, timezone
from typing import ClassVar, Final

from chalicelib.domain.account import Account
from chalicelib.domain.account_now import is_handed_over
from chalicelib.domain.base import Record
from chalicelib.domain.calendar import zone
from chalicelib.domain.company import Company
from chalicelib.domain.customer import UNIDENTIFIED, Customer
from chalicelib.domain.period import next_month, parse_month, previous_month

LAST_DAY: Final = 28
"""The latest day of the month on which statements may go out: every month has it."""
_FIRST_ZONE: Final = timezone(timedelta(hours=14))
"""Where each day begins first: no customer's morning is before the one there."""


class StatementRun(Record):
    """The statements of one month (``YYYY-MM``): planned once, then made customer by customer.

    Of its ``accounts``, ``made`` counts those whose statement was queued, ``unreachable`` those
    with an address that cannot be used, or none; about those ``waiting`` nobody has decided yet.
    """

    kind: ClassVar[str] = "statement_run"

    month: str
    planned_at: datetime
    accounts: int
    made: int = 0
    unreachable: int = 0
    waiting: int = 0


class StatementChunk(Record):
    """Accounts of a run about which nobody has decided yet; looked at again at ``next_at``.

    Each is ``customer~currency``. When none is left, nobody looks at the chunk any more.
    """

    kind: ClassVar[str] = "statement_chunk"

    id: str
    month: str
    accounts: tuple[str, ...]
    next_at: datetime | None


def due_day(month: str, company: Company) -> date:
    """Return the day on which the statements of a month fall due."""
    return next_month(parse_month(month)).replace(day=company.statements_day)


def due_month(company: Company, at: datetime) -> str:
    """Return the latest month whose statements may go out by now, somewhere in the world.

    While statements are off it changes at the company's own hour, so that whoever switches them on
    in the morning of the day is in time.
    """
    first = previous_month(at.astimezone(_FIRST_ZONE).date())
    if starts_at(_month(first), company) > at:
        first = previous_month(first)
    return _month(first)


def starts_at(month: str, company: Company) -> datetime:
    """Return the first instant at which a statement of a month may go out."""
    place = zone(company.time_zone) if company.statements == "off" else _FIRST_ZONE
    return datetime.combine(due_day(month, company), company.opens, place)


def next_day(company: Company, at: datetime) -> date:
    """Return the day on which the next month's statements fall due, after those due by now."""
    following = next_month(parse_month(due_month(company, at)))
    return due_day(_month(following), company)


def _month(first: date) -> str:
    return first.isoformat()[: len("2026-01")]


def may_want_one(company: Company, customer_id: str, *, wish: bool | None) -> bool:
    """Tell whether a customer with this wish of its own may get a monthly statement at all."""
    if customer_id == UNIDENTIFIED or wish is False:
        return False
    return wish is True or company.statements != "off"


def wants_when_settled(company: Company, customer: Customer) -> bool:
    """Tell whether a statement goes out if nothing is open and something moved in the month."""
    return customer.statements is True or company.statements == "moved"


def may_be_sent(account: Account) -> bool:
    """Tell whether anything is sent for an account: not when others have all of its debt."""
    return not is_handed_over(account)


def monthly_id(account: tuple[str, str], month: str, contact_id: str) -> str:
    """Return the permanent key of the mail that carries a month's statement to a contact.

    ``account`` is customer and currency.
    """
    customer_id, currency = account
    return f"statement-{customer_id}-{currency}-{month}-{contact_id}"

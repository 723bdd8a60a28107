"""What goes out today: every account whose turn comes until the end of a day, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from chalicelib.domain.account import Account
from chalicelib.domain.calendar import local_date, zone
from chalicelib.domain.company import Company
from chalicelib.domain.customer import UNIDENTIFIED, Customer
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.policy import DunningBook
from chalicelib.domain.shards import SHARDS
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, book_of, with_holidays
from chalicelib.usecases.forecast import Forecast, addresses_of, forecast
from chalicelib.usecases.listings import accounts_due
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.read_all import find_all
from chalicelib.usecases.references import account_ref, customer_ref
from chalicelib.usecases.staff_listings import open_work

MAX_SHOWN: Final = 200
"""Accounts a page of the list looks at; more than a person reads of one day."""

FURTHEST: Final = timedelta(days=366)
"""No step lies further ahead of its due date, and a forecast of more is a guess."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Outgoing:
    """What goes out until the end of a day, soonest first. ``has_more`` when it is not all."""

    day: date
    forecasts: tuple[Forecast, ...]
    has_more: bool


def outgoing(ports: Ports, context: Context, day: date) -> Outgoing:
    """Return what is to go out until the end of this day in the company's zone.

    What turns out to wait for a later day (a holiday, an hour that has passed) is left out. What
    waits for somebody's word is of today, whenever it is looked at again: it has no hour then.
    InvalidField for a day more than a year ahead.
    """
    company = company_of(ports)
    _require_day(context, company, day)
    end = _end_of(day, company)
    is_today = day == local_date(context.at, company.time_zone)
    asked = _asked(ports) if is_today else frozenset()
    pairs = [*asked, *(pair for pair in _due(ports, end) if pair not in asked)]
    desks = desks_of(ports, pairs[:MAX_SHOWN], company, book_of(ports))
    refs = {ref for desk in desks for ref in addresses_of(desk)}
    found = find_all(ports, refs)
    all_of_them = (forecast(context, desk, found) for desk in desks)
    of_today = (_without_hour(one, end, asked) for one in all_of_them)
    shown = [one for one in (_until(end, one) for one in of_today) if one is not None]
    shown.sort(key=lambda one: (one.at or end, one.desk.customer.name))
    return Outgoing(day=day, forecasts=tuple(shown), has_more=len(pairs) > MAX_SHOWN)


def _require_day(context: Context, company: Company, day: date) -> None:
    last = local_date(context.at, company.time_zone) + FURTHEST
    if day > last:
        raise InvalidField("/day", f"The last day is {last}.", field_code="date_out_of_range")


def _asked(ports: Ports) -> frozenset[Pair]:
    page = ports.store.rows(open_work(), limit=MAX_SHOWN)
    rows = (row for row in page.items if row["what"] == "reminder_to_approve")
    return frozenset((row["customer_id"], row["currency"]) for row in rows)


def _without_hour(one: Forecast, end: datetime, asked: frozenset[Pair]) -> Forecast:
    account = one.desk.account
    is_asked = (account.customer_id, account.currency) in asked
    is_later = one.at is not None and one.at > end
    waits = is_asked and is_later and one.reason_none == "waits_for_approval"
    return replace(one, at=None) if waits else one


def _until(end: datetime, one: Forecast) -> Forecast | None:
    if one.at is None or one.at <= end:
        return one
    if one.held_at is None or one.held_at > end:
        return None
    return replace(one, at=one.held_at, reminder=None, recipients=(), reason_none=one.held_by)


def desks_of(
    ports: Ports, pairs: Iterable[Pair], company: Company, book: DunningBook
) -> list[Desk]:
    """Return the desks of accounts, fifty a request, with holidays."""
    pairs = list(pairs)
    accounts = [account_ref(customer_id, currency) for customer_id, currency in pairs]
    customers = {customer_ref(customer_id) for customer_id, _ in pairs}
    found = find_all(ports, [*accounts, *customers])
    desks = []
    for ref in accounts:
        account, customer = found.get(ref), found.get(customer_ref(ref.key[0]))
        if isinstance(account, Account) and isinstance(customer, Customer):
            desks.append(with_holidays(ports, Desk(customer, account, company, book, {})))
    return desks


def _end_of(day: date, company: Company) -> datetime:
    midnight = datetime.combine(day, time(), zone(company.time_zone))
    return midnight + timedelta(days=1) - timedelta(seconds=1)


def _due(ports: Ports, until: datetime) -> Iterable[Pair]:
    for shard in range(SHARDS):
        page = ports.store.rows(accounts_due(shard, until), limit=MAX_SHOWN + 1)
        for row in page.items:
            if row["customer_id"] != UNIDENTIFIED:
                yield row["customer_id"], row["currency"]


def with_book(desk: Desk, book: DunningBook) -> Desk:
    """Return the desk as it would be with other ladders."""
    return replace(desk, book=book)

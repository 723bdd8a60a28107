"""Close a month of the journal: nothing is posted into it any more, and its file never changes.

First the books are closed, so that whatever is posted from then on falls into a later month; then
the file is made and kept. A process that dies in between leaves a month that can be closed again.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from chalicelib.domain.calendar import local_date, month_of
from chalicelib.domain.company import Company
from chalicelib.domain.errors import StateConflict
from chalicelib.domain.period import (
    ClosedPeriod,
    last_day,
    next_month,
    parse_month,
    previous_month,
    require_closable,
)
from chalicelib.usecases.book_listings import closed_periods, journal_of
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.journal import make_journal, period_ref
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Insert, Ports, Replace

MONTHS_SEARCHED: Final = 36
"""How far back the first month with a posting is looked for, while nothing has been closed."""


@dataclass(frozen=True)
class Period:
    """A month of the books. What a closed one was is None on the others."""

    month: str
    state: Literal["closed", "open", "running"]
    closed: ClosedPeriod | None = None


@dataclass(frozen=True)
class Periods:
    """All months from the first closed or the first with a posting, latest first."""

    items: tuple[Period, ...]
    next_month: str | None


def read_periods(ports: Ports, at: datetime) -> Periods:
    """Return the months of the books, and which of them can be closed next (None: none yet)."""
    today = local_date(at, company_of(ports).time_zone)
    closed = {one.month: one for one in ports.store.records(closed_periods())}
    following = _next_to_close(ports, list(closed), today)
    months = [*closed]
    first = following
    while month_of(first) <= month_of(today):
        months.append(month_of(first))
        first = next_month(first)
    items = (_period(month, closed.get(month), today) for month in reversed(months))
    is_over = last_day(following) < today
    return Periods(tuple(items), month_of(following) if is_over else None)


def _period(month: str, closed: ClosedPeriod | None, today: date) -> Period:
    if closed is not None:
        return Period(month, "closed", closed)
    return Period(month, "running" if month == month_of(today) else "open")


def close_period(ports: Ports, context: Context, month: str) -> ClosedPeriod:
    """Close a month that is over, in order. StateConflict; InvalidField for what is no month."""
    first = parse_month(month)
    until_committed(ports, lambda: _close_the_books(ports, context, first))

    def attempt() -> ClosedPeriod:
        if ports.store.get(period_ref(month)) is not None:
            raise StateConflict(f"{month} is closed already.", code="period_closed_already")
        journal = make_journal(ports, first)
        sha256 = hashlib.sha256(journal.content).hexdigest()
        period = ClosedPeriod(
            month=month,
            entries=journal.entries,
            sha256=sha256,
            file=f"journal/{month}-{sha256[:16]}.csv",
            closed_at=context.at,
            closed_by=context.actor.name,
        )
        ports.files.put(period.file, journal.content, "text/csv")
        entry = audit(
            ports,
            context,
            "period_closed",
            subject=("period", month),
            entries=period.entries,
            sha256=period.sha256,
        )
        commit(ports, context, [Insert(period), entry], resource=f"/v1/periods/{month}")
        return period

    return until_committed(ports, attempt)


def _close_the_books(ports: Ports, context: Context, first: date) -> None:
    company = company_of(ports)
    today = local_date(context.at, company.time_zone)
    closed = [one.month for one in ports.store.records(closed_periods())]
    require_closable(
        first, next_to_close=_next_to_close(ports, closed, today), closed=closed, today=today
    )
    if not _is_closed(company, last_day(first)):
        ports.store.commit([Replace(company.next(books_closed_until=last_day(first)))])


def _is_closed(company: Company, day: date) -> bool:
    return company.books_closed_until is not None and company.books_closed_until >= day


def _next_to_close(ports: Ports, closed: list[str], today: date) -> date:
    if closed:
        return next_month(parse_month(closed[-1]))
    first = month = today.replace(day=1)
    for _ in range(MONTHS_SEARCHED):
        if ports.store.rows(journal_of(month_of(month)), limit=1).items:
            first = month
        month = previous_month(month)
    return first

"""What the hour finds to do: recurring invoices that are due, and runs not yet at their end."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from chalicelib.domain.occurrences import working_date
from chalicelib.usecases.chores import Facts
from chalicelib.usecases.context import Context
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Listing, Ports
from chalicelib.usecases.recurring_listings import recurring_due, runs_due

_PAGE: Final = 1_000
MAX_PAGES: Final = 100  # what is left of 100,000 is due at the next hour as well


def due_recurring_invoices(ports: Ports, context: Context) -> Iterable[Facts]:
    """Find the active recurring invoices with an occurrence whose day has begun."""
    today = working_date(context.at, company_of(ports).time_zone)
    return ({"recurring_id": row["id"]} for row in _rows(ports, recurring_due(today)))


def due_runs(ports: Ports, context: Context) -> Iterable[Facts]:
    """Find the scheduled issues whose day has begun, and the runs that somebody left half way."""
    today = working_date(context.at, company_of(ports).time_zone)
    for state in ("waiting", "drafted", "pending_approval"):
        for row in _rows(ports, runs_due(state, today)):
            yield {"run_id": row["id"]}


def _rows(ports: Ports, listing: Listing[Any]) -> Iterator[Any]:
    cursor = None
    for _ in range(MAX_PAGES):
        page = ports.store.rows(listing, limit=_PAGE, cursor=cursor)
        yield from page.items
        cursor = page.cursor
        if cursor is None:
            return

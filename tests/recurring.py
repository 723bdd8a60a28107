"""Recurring invoices and hours as tests need them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from chalicelib.domain.invoice import Invoice
from chalicelib.domain.recurring import RecurringInvoice, Run
from chalicelib.usecases.chores import queue_chores
from chalicelib.usecases.context import system_context
from chalicelib.usecases.hourly import CHORES
from chalicelib.usecases.recurring_invoices import NewRecurring, create_recurring
from chalicelib.usecases.recurring_references import recurring_ref, run_ref
from tests.builders import Book, a_line, at, by_ana, found
from tests.worker import drain

OURS = {name: CHORES[name] for name in ("recurring", "run")}


def a_recurring(book: Book, **changes: Any) -> RecurringInvoice:
    """Write a recurring invoice over 1,000.00: the last day of each month from January 2026."""
    fields: dict[str, Any] = {
        "customer_id": book.customer.id, "currency": None, "lines": (a_line(),),
        "every": "month", "on_day": None, "start_on": "2026-01-31",
    }  # fmt: skip
    fields |= changes
    for name in ("start_on", "end_on"):
        if isinstance(fields.get(name), str):
            fields[name] = date.fromisoformat(fields[name])
    return create_recurring(book.ports, by_ana(at("2026-01-02")), NewRecurring(**fields))


def queue_hour(book: Book, when: str | datetime) -> list[tuple[str, str]]:
    """Return what the schedule of an hour hands out, and leave the queues empty."""
    instant = at(when) if isinstance(when, str) else when
    queue_chores(book.ports, system_context(instant), OURS)
    return book.fakes.queues.take()


def hour(book: Book, when: str | datetime) -> None:
    """Let the schedule run at an instant, and all work that follows from it be done."""
    instant = at(when) if isinstance(when, str) else when
    queue_chores(book.ports, system_context(instant), OURS)
    drain(book.fakes, instant)


def hours(book: Book, first: str, last: str, step_hours: int = 24) -> None:
    """Let it run again and again, from ten o'clock UTC of the first day on."""
    instant = datetime.fromisoformat(first).replace(hour=10, tzinfo=UTC)
    end = datetime.fromisoformat(last).replace(hour=23, tzinfo=UTC)
    while instant <= end:
        hour(book, instant)
        instant += timedelta(hours=step_hours)


def invoices(book: Book) -> list[Invoice]:
    """The invoices with a number, in its order, then the drafts."""
    return sorted(book.all(Invoice), key=lambda one: (one.number is None, one.number or one.id))


def dates(book: Book) -> list[str]:
    """The issue dates of all issued invoices in the order of their numbers."""
    return [str(one.issue_date) for one in invoices(book) if one.number]


def runs(book: Book) -> list[tuple[str, str]]:
    """The day and the state of each run, in order."""
    return sorted((run.due_on.isoformat(), run.state) for run in book.all(Run))


def the_run(book: Book) -> Run:
    """The only run there is."""
    (run,) = book.all(Run)
    return found(book.ports, run_ref(run.id))


def now(book: Book, recurring: RecurringInvoice) -> RecurringInvoice:
    """A recurring invoice as it stands now."""
    return found(book.ports, recurring_ref(recurring.id))

"""What is crashed of recurring invoices, scheduled issue and runs, each with the book it needs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.domain.recurring import Run
from chalicelib.usecases.carry_out_run import carry_out_run
from chalicelib.usecases.context import RepeatKey, system_context
from chalicelib.usecases.draft_invoice import delete_draft
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.make_runs import make_runs
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.recurring_invoices import (
    NewRecurring,
    change_recurring,
    create_recurring,
    end_recurring,
    pause_recurring,
    resume_recurring,
)
from chalicelib.usecases.retry_run import retry_run
from chalicelib.usecases.schedule_issue import schedule_issue, unschedule_issue
from tests.builders import Book, a_customer, a_draft, a_line, at, by_ana
from tests.recurring import a_recurring, hour, queue_hour

Act = Callable[[Ports], object]
ANA = replace(by_ana(), repeat_key=RepeatKey("k", "h"))
TICK = system_context(at("2026-03-20"))
FRIDAY = date(2026, 3, 6)


def create(book: Book) -> Act:
    """Write a recurring invoice."""
    new = NewRecurring(
        customer_id=book.customer.id, currency=None, lines=(a_line(),), every="month",
        on_day=1, start_on=date(2026, 4, 1),
    )  # fmt: skip
    return lambda ports: create_recurring(ports, ANA, new)


def change(book: Book) -> Act:
    """Change one."""
    one = a_recurring(book, start_on="2026-06-01")
    changes = {"lines": (a_line(7),), "on_day": 2}
    return lambda ports: change_recurring(ports, ANA, one.id, changes, expected_version=None)


def move(act: Callable[..., Any]) -> Callable[[Book], Act]:
    """Pause one, or end it."""

    def arrange(book: Book) -> Act:
        one = a_recurring(book, start_on="2026-06-01")
        return lambda ports: act(ports, ANA, one.id)

    return arrange


pause, end = move(pause_recurring), move(end_recurring)


def resume(book: Book) -> Act:
    """Let a paused one go on."""
    one = a_recurring(book)
    pause_recurring(book.ports, by_ana(at("2026-01-03")), one.id)
    return lambda ports: resume_recurring(ports, ANA, one.id)


def _scheduled(book: Book) -> str:
    draft = a_draft(book.ports, book.customer.id)
    schedule_issue(book.ports, by_ana(), draft.id, FRIDAY, send=True, expected_version=None)
    return draft.id


def schedule(book: Book) -> Act:
    """Schedule a draft."""
    draft = a_draft(book.ports, book.customer.id)
    return lambda ports: schedule_issue(
        ports, ANA, draft.id, FRIDAY, send=True, expected_version=None
    )


def unschedule(book: Book) -> Act:
    """Take that back."""
    draft_id = _scheduled(book)
    return lambda ports: unschedule_issue(ports, ANA, draft_id, expected_version=None)


def issue_scheduled(book: Book) -> Act:
    """Issue a scheduled draft by hand."""
    draft_id = _scheduled(book)
    return lambda ports: issue_invoice(ports, ANA, draft_id, expected_version=None)


def delete_scheduled(book: Book) -> Act:
    """Throw a scheduled draft away."""
    draft_id = _scheduled(book)
    return lambda ports: delete_draft(ports, by_ana(), draft_id, expected_version=None)


def run_scheduled(book: Book) -> Act:
    """Carry out a scheduled issue with its mail."""
    run_id = f"scheduled-{_scheduled(book)}"
    return lambda ports: carry_out_run(ports, TICK, run_id)


def run_three_weeks(book: Book) -> Act:
    """Make up two weeks and do the third, each with its mail."""
    one = a_recurring(book, every="week", start_on="2026-03-02", auto_send=True)
    return lambda ports: make_runs(ports, TICK, one.id)


def run_and_fail(book: Book) -> Act:
    """Issue, and find that there is no address to send to."""
    customer = a_customer(book.ports, email=None)
    one = a_recurring(
        book, customer_id=customer.id, start_on="2026-03-02", end_on="2026-03-08", every="week",
        auto_send=True,
    )  # fmt: skip
    return lambda ports: make_runs(ports, TICK, one.id)


def run_and_be_refused(book: Book) -> Act:
    """Make a draft that the series does not take."""
    book.issued(issue_date="2026-05-25")
    one = a_recurring(book, start_on="2026-03-02", end_on="2026-03-08", every="week")
    return lambda ports: make_runs(ports, TICK, one.id)


def retry(book: Book) -> Act:
    """Try a failed run again when its cause is gone."""
    book.issued(issue_date="2026-03-25")
    a_recurring(book, start_on="2026-03-02", end_on="2026-03-08", every="week", auto_send=True)
    hour(book, "2026-03-02")
    (run,) = book.all(Run)
    later = replace(by_ana(at("2026-03-26")), repeat_key=RepeatKey("k", "h"))
    return lambda ports: retry_run(ports, later, run.id)


def find_due(book: Book) -> Act:
    """Let the hour find what is due."""
    a_recurring(book, every="week", start_on="2026-03-02", auto_send=True)
    return lambda ports: _queue(book, ports)


def _queue(book: Book, ports: Ports) -> None:
    stood, book.ports = book.ports, ports
    try:
        book.fakes.queues.messages += queue_hour(book, TICK.at)
    finally:
        book.ports = stood


REQUESTS: dict[str, Callable[[Book], Act]] = {
    "create recurring": create,
    "change recurring": change,
    "pause recurring": pause,
    "resume recurring": resume,
    "end recurring": end,
    "schedule issue": schedule,
    "unschedule issue": unschedule,
    "issue what is scheduled": issue_scheduled,
    "delete what is scheduled": delete_scheduled,
}
RUNS: dict[str, Callable[[Book], Act]] = {
    "run a scheduled issue": run_scheduled,
    "run three weeks": run_three_weeks,
    "run and fail": run_and_fail,
    "run and be refused": run_and_be_refused,
    "retry a run": retry,
    "find what is due": find_due,
}

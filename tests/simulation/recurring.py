"""Recurring invoices and scheduled drafts of a simulated company, and what holds of them."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from chalicelib.domain.invoice import Invoice
from chalicelib.domain.recurring import RecurringInvoice, Run
from chalicelib.usecases.context import Context, system_context
from chalicelib.usecases.hourly import queue_hourly_chores
from chalicelib.usecases.issue_invoice import issue_invoice
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
from tests.builders import a_draft, a_line

if TYPE_CHECKING:
    from tests.simulation.world import World

_MOST: Final = 6  # recurring invoices of one company; more would leave no time for all else
_MOVES: Final[tuple[Callable[[Ports, Context, str], object], ...]] = (
    pause_recurring, resume_recurring, resume_recurring, end_recurring,
)  # fmt: skip


def hour(world: "World") -> None:
    """Let the schedule run, perhaps twice, perhaps as of an hour that has long passed."""
    for _ in range(world.random.choice((1, 1, 2))):
        late = timedelta(hours=world.random.choice((0, 0, 0, 1, 30)))
        context = system_context(world.now - late)
        world.attempt(partial(queue_hourly_chores, context=context))


def recur(world: "World") -> None:
    """Write a recurring invoice, or change, pause, resume or end one."""
    known = world.books().all(RecurringInvoice)
    if len(known) < _MOST and world.random.random() < 0.5:
        new = _new(world)
        world.request(lambda ports, context: create_recurring(ports, context, new))
    elif known:
        one = world.random.choice(known)
        if world.random.random() < 0.5:
            move = world.random.choice(_MOVES)
            world.request(lambda ports, context: move(ports, context, one.id))
        else:
            changes = _changes(world)
            world.request(
                lambda ports, context: change_recurring(
                    ports, context, one.id, changes, expected_version=None
                )
            )


def _new(world: "World") -> NewRecurring:
    random = world.random
    return NewRecurring(
        customer_id=random.choice(world.customers), currency="EUR",
        lines=(a_line(random.randint(1, 9_000)),), every=random.choice(("week", "month")),
        on_day=None, start_on=world.now.date() + timedelta(days=random.randint(-20, 10)),
        auto_send=random.random() < 0.5, series=random.choice("AB"),
    )  # fmt: skip


def _changes(world: "World") -> dict[str, Any]:
    random = world.random
    return random.choice((
        {"lines": (a_line(random.randint(1, 9_000)),)},
        {"on_day": random.randint(1, 7)},
        {"customer_id": random.choice(world.customers)},
        {"end_on": world.now.date() + timedelta(days=random.randint(0, 40))},
    ))  # fmt: skip


def schedule(world: "World") -> None:
    """Schedule a new draft; now and then a person moves it, calls it off or is faster."""
    random = world.random
    customer = random.choice(world.customers)
    draft = a_draft(world.fakes.ports(), customer, random.randint(1, 9_000), world.now,
                    series=random.choice("AB"))  # fmt: skip
    day = world.now.date() + timedelta(days=random.randint(1, 9))
    world.request(
        lambda ports, context: schedule_issue(
            ports, context, draft.id, day, send=True, expected_version=None
        )
    )
    act = random.choice((None, None, unschedule_issue, issue_invoice))
    if act is not None:
        world.request(lambda ports, context: act(ports, context, draft.id, expected_version=None))


def retry(world: "World") -> None:
    """Try a failed run again."""
    failed = [run for run in world.books().all(Run) if run.state == "failed"]
    if failed:
        run = world.random.choice(failed)
        world.request(lambda ports, context: retry_run(ports, context, run.id))


def assert_all_ran(world: "World") -> None:
    """Check that nothing that was due is missing, after the schedules have run for days."""
    books = world.books()
    yesterday = world.now.date() - timedelta(days=1)
    for one in books.all(RecurringInvoice):
        if one.state == "active":
            assert one.next_on is not None
            assert one.next_on >= yesterday, one
    invoices = {one.id: one for one in books.all(Invoice)}
    for run in books.all(Run):
        assert run.state != "waiting" or run.due_on >= yesterday, run
        if run.state == "done" and run.sends:
            invoice = invoices[run.invoice_id or ""]
            assert invoice.mail_state is not None or invoice.state == "void", run

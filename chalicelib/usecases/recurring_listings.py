"""The questions about recurring invoices and their runs that indexes answer."""

from datetime import date

from chalicelib.domain.recurring import RecurringInvoice, Run
from chalicelib.usecases.ports import Listing

_UP_TO = "~"  # sorts after everything that follows a date or an instant in a sort key


def recurring_invoices() -> Listing[RecurringInvoice]:
    """Return all recurring invoices, newest first."""
    return Listing(RecurringInvoice, "recurring", newest_first=True)


def recurring_in(state: str) -> Listing[RecurringInvoice]:
    """Return the recurring invoices in a state, the next to be issued first."""
    return Listing(RecurringInvoice, "recurring_in_state", (state,))


def recurring_due(until: date) -> Listing[RecurringInvoice]:
    """Return the active recurring invoices with an occurrence up to and including a day."""
    bound = f"{until.isoformat()}{_UP_TO}"
    return Listing(RecurringInvoice, "recurring_in_state", ("active",), before=bound)


def recurring_of(customer_id: str) -> Listing[RecurringInvoice]:
    """Return a customer's recurring invoices, newest first."""
    return Listing(RecurringInvoice, "recurring_of_customer", (customer_id,), newest_first=True)


def runs() -> Listing[Run]:
    """Return all runs, latest change first."""
    return Listing(Run, "runs", newest_first=True)


def runs_in(state: str) -> Listing[Run]:
    """Return the runs in a state, latest day first."""
    return Listing(Run, "runs_in_state", (state,), newest_first=True)


def runs_due(state: str, until: date) -> Listing[Run]:
    """Return the runs in a state whose day is not after this one, earliest day first."""
    return Listing(Run, "runs_in_state", (state,), before=f"{until.isoformat()}{_UP_TO}")


def runs_of(recurring_id: str) -> Listing[Run]:
    """Return the runs of a recurring invoice, latest day first."""
    return Listing(Run, "runs_of_recurring", (recurring_id,), newest_first=True)

"""Lists of recurring invoices and of runs: which index answers a filter."""

from dataclasses import replace
from typing import Any

from chalicelib.domain.recurring import RecurringInvoice, Run
from chalicelib.usecases.ports import Listing
from chalicelib.usecases.recurring_listings import (
    recurring_in,
    recurring_invoices,
    recurring_of,
    runs,
    runs_in,
    runs_of,
)


def list_recurring(state: str | None, customer_id: str | None) -> Listing[RecurringInvoice]:
    """Return recurring invoices in a state, of a customer, both or all."""
    if customer_id is not None:
        return replace(recurring_of(customer_id), where=_where(state))
    return recurring_invoices() if state is None else recurring_in(state)


def list_runs(state: str | None, recurring_id: str | None) -> Listing[Run]:
    """Return runs in a state, of a recurring invoice, both or all."""
    if recurring_id is not None:
        return replace(runs_of(recurring_id), where=_where(state))
    return runs() if state is None else runs_in(state)


def _where(state: str | None) -> tuple[tuple[str, Any], ...]:
    return () if state is None else (("state", state),)

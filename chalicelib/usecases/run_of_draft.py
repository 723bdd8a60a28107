"""A draft and its run stay true to each other, whoever issues or deletes the draft first."""

from chalicelib.domain.errors import StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.recurring import Run, RunState
from chalicelib.usecases.context import Context
from chalicelib.usecases.ports import Ports, Replace, Require, Write
from chalicelib.usecases.recurring_references import run_ref
from chalicelib.usecases.work import closing


def without_run(draft: Invoice, by_run: Run | None) -> Invoice:
    """Return the draft as whoever issues it takes it: by hand, it is no longer scheduled."""
    if by_run is not None:
        return draft
    return draft.but(run_id=None, scheduled_on=None, scheduled_send=False)


def run_of_issued(
    ports: Ports, context: Context, draft: Invoice, after: Invoice, *, by_run: Run | None
) -> list[Write]:
    """Return what issuing a draft writes about its run.

    By the run itself: that it is as it was read, StateConflict when it changed meanwhile. By hand:
    a scheduled issue is cancelled, and an occurrence has its invoice.
    """
    if by_run is not None:
        if ports.store.get(run_ref(by_run.id)) != by_run:
            raise StateConflict("The run was changed meanwhile.", code="run_changed")
        return [Require(run_ref(by_run.id), by_run.version)]
    has_occurrence = draft.recurring_id is not None
    return _ended(ports, context, draft, after, "done" if has_occurrence else "cancelled")


def run_called_off(
    ports: Ports, context: Context, draft: Invoice, after: Invoice | None
) -> list[Write]:
    """Return what cancels the run of a draft that is deleted (None), or no longer scheduled."""
    return _ended(ports, context, draft, after, "cancelled")


def _ended(
    ports: Ports, context: Context, draft: Invoice, after: Invoice | None, state: RunState
) -> list[Write]:
    run = None if draft.run_id is None else ports.store.get(run_ref(draft.run_id))
    if run is None or run.state in ("done", "cancelled"):
        return []
    if run.state == "pending_approval" and not draft.is_draft:
        return []  # it was the run that asked: it goes on when it sees the answer
    ended = run.reached(state, context.at, after)
    if after is None:
        ended = ended.but(invoice_id=None)
    return [Replace(ended), *closing(ports, context, run.work_key, state)]

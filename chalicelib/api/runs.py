"""Scheduled issue, and the runs by which invoices are issued without a hand, over HTTP."""

from collections.abc import Mapping
from typing import Any, get_args

from chalicelib.api import invoices
from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import recurring as bodies
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.invoices import Invoice
from chalicelib.domain.errors import InvalidField, NotFound
from chalicelib.domain.recurring import Run
from chalicelib.usecases.list_recurring import list_runs
from chalicelib.usecases.recurring_references import run_ref
from chalicelib.usecases.retry_run import retry_run
from chalicelib.usecases.schedule_issue import schedule_issue, unschedule_issue

routes = Routes()


@routes.route(
    "/v1/recurring-runs", "GET", gives=Page[bodies.RunRow], query=("state", "recurring_id", *PAGING)
)
def list_all(request: ApiRequest) -> Reply:
    """The run report: latest change first; in a state or of a recurring invoice by day."""
    state = request.query.get("state") or None
    if state is not None and state not in get_args(bodies.RunState):
        raise InvalidField("/state", f"A state is one of {', '.join(get_args(bodies.RunState))}.")
    listing = list_runs(state, request.query.get("recurring_id") or None)
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    rows = [_row(row) for row in page.items]
    return Reply(Page[bodies.RunRow](items=rows, next_cursor=page.cursor))


def _row(row: Mapping[str, Any]) -> bodies.RunRow:
    return bodies.RunRow(**{name: row[name] for name in bodies.RunRow.model_fields})


def _rendered(run: Run) -> Reply:
    return Reply(_row(run.model_dump()))


def answer(request: ApiRequest, run_id: str) -> Reply:
    """Return a stored run. NotFound."""
    run = request.ports.store.get(run_ref(run_id))
    if run is None:
        raise NotFound("run", run_id)
    return _rendered(run)


@routes.route("/v1/recurring-runs/{run_id}/retry", "POST", gives=bodies.RunRow)
def retry(request: ApiRequest, run_id: str) -> Reply:
    """Try a failed run again; the answer says how far it came."""
    return _rendered(retry_run(request.ports, request.context, run_id))


@routes.route(
    "/v1/invoices/{invoice_id}/schedule", "POST", takes=bodies.ScheduleInput, gives=Invoice
)
def schedule(request: ApiRequest, invoice_id: str) -> Reply:
    """Have a draft issued on a day, and sent if asked; again to move the day."""
    body = request.body(bodies.ScheduleInput)
    schedule_issue(
        request.ports,
        request.context,
        invoice_id,
        body.issue_on,
        send=body.send,
        expected_version=request.expected_version,
    )
    return invoices.answer(request, invoice_id)


@routes.route("/v1/invoices/{invoice_id}/unschedule", "POST", gives=Invoice)
def unschedule(request: ApiRequest, invoice_id: str) -> Reply:
    """Make a scheduled draft a plain one again."""
    version = request.expected_version
    unschedule_issue(request.ports, request.context, invoice_id, expected_version=version)
    return invoices.answer(request, invoice_id)

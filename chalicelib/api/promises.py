"""Promises to pay and instalment plans over HTTP."""

from collections.abc import Mapping
from typing import Any

from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.promises import Plan, PlanInput, Promise, PromiseInput
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.promise import Instalment
from chalicelib.domain.promise import Plan as PlanRecord
from chalicelib.domain.promise import Promise as PromiseRecord
from chalicelib.usecases.agreement_listings import plans, promises
from chalicelib.usecases.promises import (
    NewPlan,
    NewPromise,
    cancel_plan,
    cancel_promise,
    find_plan,
    find_promise,
    make_plan,
    make_promise,
)

routes = Routes()
_STATES = (None, "open", "kept", "broken", "cancelled", "settled")


def _state(request: ApiRequest) -> str | None:
    state = request.query.get("state") or None
    if state not in _STATES:
        raise InvalidField(
            "/state", f"A state is one of {', '.join(filter(None, _STATES))}.",
            field_code="unknown_state",
        )  # fmt: skip
    return state


@routes.route("/v1/promises", "GET", gives=Page[Promise], query=("state", "customer_id", *PAGING))
def list_promises(request: ApiRequest) -> Reply:
    """Promises: in a state by their day, of one customer, or all, newest first."""
    listing = promises(_state(request), request.query.get("customer_id") or None)
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    rows = [promise_body(_promise(row)) for row in page.items]
    return Reply(Page[Promise](items=rows, next_cursor=page.cursor))


def _promise(row: Mapping[str, Any]) -> PromiseRecord:
    return PromiseRecord.model_validate(dict(row), strict=False)


def promise_body(one: PromiseRecord) -> Promise:
    """Return a promise as the API shows it."""
    return Promise(**one.model_dump())


@routes.route("/v1/promises", "POST", takes=PromiseInput, gives=Promise, status=201)
def create_promise(request: ApiRequest) -> Reply:
    """Note a promise: its amount is not asked for up to and including its day; 201."""
    body = request.body(PromiseInput)
    new = NewPromise(**body.model_dump() | {"invoice_ids": tuple(body.invoice_ids or ())})
    promise = make_promise(request.ports, request.context, new)
    return Reply(promise_body(promise), 201, promise.version)


def answer_promise(request: ApiRequest, promise_id: str) -> Reply:
    """Return a stored promise. NotFound."""
    promise = find_promise(request.ports, promise_id)
    return Reply(promise_body(promise), 200, promise.version)


@routes.route("/v1/promises/{promise_id}", "GET", gives=Promise)
def read_promise(request: ApiRequest, promise_id: str) -> Reply:
    """One promise."""
    return answer_promise(request, promise_id)


@routes.route("/v1/promises/{promise_id}/cancel", "POST", gives=Promise)
def cancel_one_promise(request: ApiRequest, promise_id: str) -> Reply:
    """Take a promise back; the chase goes on at once."""
    promise = cancel_promise(request.ports, request.context, promise_id)
    return Reply(promise_body(promise), 200, promise.version)


@routes.route("/v1/plans", "GET", gives=Page[Plan], query=("state", "customer_id", *PAGING))
def list_plans(request: ApiRequest) -> Reply:
    """Plans: in a state by their next instalment, of one customer, or all, newest first."""
    listing = plans(_state(request), request.query.get("customer_id") or None)
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    rows = [plan_body(PlanRecord.model_validate(dict(row), strict=False)) for row in page.items]
    return Reply(Page[Plan](items=rows, next_cursor=page.cursor))


def plan_body(one: PlanRecord) -> Plan:
    """Return a plan as the API shows it."""
    return Plan(
        **one.model_dump(),
        amount_minor=one.amount_minor,
        paid_minor=sum(each.paid_minor for each in one.instalments),
        next_due_on=one.next_due_on,
    )


@routes.route("/v1/plans", "POST", takes=PlanInput, gives=Plan, status=201)
def create_plan(request: ApiRequest) -> Reply:
    """Agree on instalments: while each comes in time, nothing of it is asked for; 201."""
    body = request.body(PlanInput)
    new = NewPlan(
        invoice_ids=tuple(body.invoice_ids),
        instalments=tuple(Instalment(**one.model_dump()) for one in body.instalments),
        note=body.note,
        owner=body.owner,
    )
    plan = make_plan(request.ports, request.context, new)
    return Reply(plan_body(plan), 201, plan.version)


def answer_plan(request: ApiRequest, plan_id: str) -> Reply:
    """Return a stored plan. NotFound."""
    plan = find_plan(request.ports, plan_id)
    return Reply(plan_body(plan), 200, plan.version)


@routes.route("/v1/plans/{plan_id}", "GET", gives=Plan)
def read_plan(request: ApiRequest, plan_id: str) -> Reply:
    """One instalment plan."""
    return answer_plan(request, plan_id)


@routes.route("/v1/plans/{plan_id}/cancel", "POST", gives=Plan)
def cancel_one_plan(request: ApiRequest, plan_id: str) -> Reply:
    """Take a plan back; the chase goes on at once."""
    plan = cancel_plan(request.ports, request.context, plan_id)
    return Reply(plan_body(plan), 200, plan.version)

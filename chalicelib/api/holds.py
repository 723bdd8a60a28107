"""Pauses of the chase over HTTP."""

from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.holds import Hold, HoldChange, HoldInput
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.hold import Hold as HoldRecord
from chalicelib.usecases import holds
from chalicelib.usecases.agreement_listings import holds as holds_listed

routes = Routes()
_STATES = (None, "open", "ended", "lifted")


def hold_body(one: HoldRecord) -> Hold:
    """Return a pause as the API shows it."""
    return Hold(**one.model_dump())


def _reply(one: HoldRecord, status: int = 200) -> Reply:
    return Reply(hold_body(one), status, one.version)


@routes.route("/v1/holds", "GET", gives=Page[Hold], query=("state", "customer_id", *PAGING))
def list_all(request: ApiRequest) -> Reply:
    """Pauses: in a state by their last day, of one customer, or all, newest first."""
    state = request.query.get("state") or None
    if state not in _STATES:
        raise InvalidField(
            "/state", f"A state is one of {', '.join(filter(None, _STATES))}.",
            field_code="unknown_state",
        )  # fmt: skip
    listing = holds_listed(state, request.query.get("customer_id") or None)
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    rows = [hold_body(HoldRecord.model_validate(dict(row), strict=False)) for row in page.items]
    return Reply(Page[Hold](items=rows, next_cursor=page.cursor))


@routes.route("/v1/holds", "POST", takes=HoldInput, gives=Hold, status=201)
def create(request: ApiRequest) -> Reply:
    """Pause the chase up to and including a day; it goes on by itself the day after; 201."""
    body = request.body(HoldInput)
    fields = body.model_dump() | {"invoice_ids": tuple(body.invoice_ids or ())}
    hold = holds.make_hold(request.ports, request.context, holds.NewHold(**fields))
    return _reply(hold, 201)


def answer(request: ApiRequest, hold_id: str) -> Reply:
    """Return a stored pause. NotFound."""
    return _reply(holds.find_hold(request.ports, hold_id))


@routes.route("/v1/holds/{hold_id}", "GET", gives=Hold)
def read(request: ApiRequest, hold_id: str) -> Reply:
    """One pause."""
    return answer(request, hold_id)


@routes.route("/v1/holds/{hold_id}", "PATCH", takes=HoldChange, gives=Hold)
def change(request: ApiRequest, hold_id: str) -> Reply:
    """Give an open pause another last day, reason or note; ``If-Match`` guards the others'."""
    wanted = holds.HoldChange(**request.body(HoldChange).model_dump())
    version = request.expected_version
    return _reply(holds.change_hold(request.ports, request.context, hold_id, wanted, version))


@routes.route("/v1/holds/{hold_id}/lift", "POST", gives=Hold)
def lift(request: ApiRequest, hold_id: str) -> Reply:
    """End a pause before its day; the chase goes on at once."""
    return _reply(holds.lift_hold(request.ports, request.context, hold_id))

"""Hand-overs to lawyers or a collection agency over HTTP."""

from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.holds import Handover, HandoverInput
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.handover import Handover as HandoverRecord
from chalicelib.usecases.agreement_listings import handovers
from chalicelib.usecases.handovers import (
    NewHandover,
    close_handover,
    find_handover,
    hand_over_invoices,
    take_back,
)

routes = Routes()
_STATES = (None, "open", "taken_back", "closed")


def handover_body(one: HandoverRecord) -> Handover:
    """Return a hand-over as the API shows it."""
    return Handover(**one.model_dump(), amount_minor=one.amount_minor)


def _reply(one: HandoverRecord, status: int = 200) -> Reply:
    return Reply(handover_body(one), status, one.version)


@routes.route("/v1/handovers", "GET", gives=Page[Handover], query=("state", "customer_id", *PAGING))
def list_all(request: ApiRequest) -> Reply:
    """Hand-overs: in a state, of one customer, or all; newest first."""
    state = request.query.get("state") or None
    if state not in _STATES:
        raise InvalidField(
            "/state", f"A state is one of {', '.join(filter(None, _STATES))}.",
            field_code="unknown_state",
        )  # fmt: skip
    listing = handovers(state, request.query.get("customer_id") or None)
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    records = [HandoverRecord.model_validate(dict(row), strict=False) for row in page.items]
    items = [handover_body(one) for one in records]
    return Reply(Page[Handover](items=items, next_cursor=page.cursor))


@routes.route("/v1/handovers", "POST", takes=HandoverInput, gives=Handover, status=201)
def create(request: ApiRequest) -> Reply:
    """Hand invoices over: the machine is silent about them until they are taken back; 201."""
    body = request.body(HandoverInput)
    new = NewHandover(**body.model_dump() | {"invoice_ids": tuple(body.invoice_ids or ())})
    return _reply(hand_over_invoices(request.ports, request.context, new), 201)


def answer(request: ApiRequest, handover_id: str) -> Reply:
    """Return a stored hand-over. NotFound."""
    return _reply(find_handover(request.ports, handover_id))


@routes.route("/v1/handovers/{handover_id}", "GET", gives=Handover)
def read(request: ApiRequest, handover_id: str) -> Reply:
    """One hand-over."""
    return answer(request, handover_id)


@routes.route("/v1/handovers/{handover_id}/take-back", "POST", gives=Handover)
def take_one_back(request: ApiRequest, handover_id: str) -> Reply:
    """Take the invoices back: what is open of them is chased again."""
    return _reply(take_back(request.ports, request.context, handover_id))


@routes.route("/v1/handovers/{handover_id}/close", "POST", gives=Handover)
def close(request: ApiRequest, handover_id: str) -> Reply:
    """End a hand-over of which nothing is open any more."""
    return _reply(close_handover(request.ports, request.context, handover_id))

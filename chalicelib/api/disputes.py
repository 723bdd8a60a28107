"""Disputes over HTTP."""

from chalicelib.api.render_disputes import dispute_body, dispute_row
from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.disputes import Dispute, DisputeChange, DisputeInput, ResolveInput
from chalicelib.domain.dispute import Dispute as DisputeRecord
from chalicelib.domain.errors import InvalidField
from chalicelib.usecases.agreement_listings import disputes
from chalicelib.usecases.disputes import (
    NewDispute,
    Resolution,
    change_dispute,
    find_dispute,
    open_dispute,
    resolve_dispute,
)

routes = Routes()


@routes.route("/v1/disputes", "GET", gives=Page[Dispute], query=("state", "customer_id", *PAGING))
def list_all(request: ApiRequest) -> Reply:
    """Disputes: open ones by deadline, resolved ones, of one customer, or all, newest first."""
    state = request.query.get("state") or None
    if state not in (None, "open", "resolved"):
        raise InvalidField("/state", "A dispute is open or resolved.", field_code="unknown_state")
    listing = disputes(state, request.query.get("customer_id") or None)
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    rows = [dispute_row(row, request.today()) for row in page.items]
    return Reply(Page[Dispute](items=rows, next_cursor=page.cursor))


@routes.route("/v1/disputes", "POST", takes=DisputeInput, gives=Dispute, status=201)
def create(request: ApiRequest) -> Reply:
    """Open a dispute: its amount rests, the rest of the invoice is chased; 201."""
    new = NewDispute(**request.body(DisputeInput).model_dump())
    return _rendered(request, open_dispute(request.ports, request.context, new), status=201)


def _rendered(request: ApiRequest, one: DisputeRecord, status: int = 200) -> Reply:
    return Reply(dispute_body(one, request.today()), status, one.version)


def answer(request: ApiRequest, dispute_id: str) -> Reply:
    """Return a stored dispute. NotFound."""
    return _rendered(request, find_dispute(request.ports, dispute_id))


@routes.route("/v1/disputes/{dispute_id}", "GET", gives=Dispute)
def read(request: ApiRequest, dispute_id: str) -> Reply:
    """One dispute."""
    return answer(request, dispute_id)


@routes.route("/v1/disputes/{dispute_id}", "PATCH", takes=DisputeChange, gives=Dispute)
def change(request: ApiRequest, dispute_id: str) -> Reply:
    """Give an open dispute another owner or deadline; ``If-Match`` guards against overwriting."""
    body = request.body(DisputeChange)
    after = change_dispute(
        request.ports,
        request.context,
        dispute_id,
        owner=body.owner,
        deadline=body.deadline,
        expected_version=request.expected_version,
    )
    return _rendered(request, after)


@routes.route("/v1/disputes/{dispute_id}/resolve", "POST", takes=ResolveInput, gives=Dispute)
def resolve(request: ApiRequest, dispute_id: str) -> Reply:
    """End a dispute: by credit note, since it was paid, or by saying no. The chase goes on."""
    body = request.body(ResolveInput)
    resolution = Resolution(outcome=body.outcome, note=body.note, credit=body.outcome == "credited")
    return _rendered(
        request, resolve_dispute(request.ports, request.context, dispute_id, resolution)
    )

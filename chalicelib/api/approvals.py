"""Approvals over HTTP: the inbox, yes and no. The answer to both is the invoice."""

from typing import get_args

from chalicelib.api.invoices import answer, answer_with_warnings
from chalicelib.api.render_invoices import approval_row
from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.approvals import Approval, ApproveInput, RejectInput
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.invoices import Invoice
from chalicelib.domain.approval import ApprovalState
from chalicelib.domain.errors import InvalidField
from chalicelib.usecases.approve import approve
from chalicelib.usecases.reject_approval import reject_approval
from chalicelib.usecases.staff_listings import approvals_in

routes = Routes()


@routes.route("/v1/approvals", "GET", gives=Page[Approval], query=("state", *PAGING))
def list_all(request: ApiRequest) -> Reply:
    """What waits for a second person, longest first; or what was decided, latest asked first."""
    state = request.query.get("state", "waiting")
    if state not in get_args(ApprovalState):
        raise InvalidField("/state", f"A state is one of {', '.join(get_args(ApprovalState))}.")
    listing = approvals_in(state)
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    rows = [approval_row(row) for row in page.items]
    return Reply(Page[Approval](items=rows, next_cursor=page.cursor))


@routes.route("/v1/invoices/{invoice_id}/approve", "POST", takes=ApproveInput, gives=Invoice)
def give(request: ApiRequest, invoice_id: str) -> Reply:
    """Approve what waits on an invoice, and carry it out. Never one's own question."""
    note = request.body(ApproveInput).note
    version = request.expected_version
    approve(request.ports, request.context, invoice_id, note=note, expected_version=version)
    return answer_with_warnings(request, invoice_id)


@routes.route("/v1/invoices/{invoice_id}/reject", "POST", takes=RejectInput, gives=Invoice)
def refuse(request: ApiRequest, invoice_id: str) -> Reply:
    """Reject what waits on an invoice; whoever asked withdraws it so."""
    reason = request.body(RejectInput).reason
    version = request.expected_version
    reject_approval(
        request.ports, request.context, invoice_id, reason=reason, expected_version=version
    )
    return answer(request, invoice_id)

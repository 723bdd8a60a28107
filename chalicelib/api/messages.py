"""Messages to customers over HTTP: lists, one with its history, and a person's decision."""

from typing import get_args

from chalicelib.api.render_invoices import message_body, message_row
from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.administration import MessageDecision
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.invoices import MessageRow
from chalicelib.api.schemas.letters import PostingProof
from chalicelib.api.schemas.messages import Fate, MessageFile, MessageInvoice
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.message import Message, MessageState
from chalicelib.usecases.decide_message import UNSETTLED, Verdict, decide_message
from chalicelib.usecases.list_messages import list_messages
from chalicelib.usecases.mail_listings import messages, messages_in
from chalicelib.usecases.ports import Rows
from chalicelib.usecases.read_message import read_message

routes = Routes()


@routes.route("/v1/messages", "GET", gives=Page[MessageRow], query=("state", "group", *PAGING))
def list_all(request: ApiRequest) -> Reply:
    """All messages, newest first; those in one state, oldest first; or a group, latest first."""
    page = _page(request)
    rows = [message_row(row) for row in page.items]
    return Reply(Page[MessageRow](items=rows, next_cursor=page.cursor))


def _page(request: ApiRequest) -> Rows[Message]:
    state, group = request.query.get("state") or None, request.query.get("group") or None
    if group is not None:
        return list_messages(request.ports, group, limit=request.limit, cursor=request.cursor)
    if state is not None and state not in get_args(MessageState):
        raise InvalidField(
            "/state", f"A state is one of {', '.join(get_args(MessageState))}.",
            field_code="unknown_state",
        )  # fmt: skip
    listing = messages_in(state) if state else messages()
    return request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)


@routes.route("/v1/messages/{customer_id}/{message_id}", "GET", gives=MessageFile)
def read(request: ApiRequest, customer_id: str, message_id: str) -> Reply:
    """One message with what became of it, report by report."""
    file = read_message(request.ports, customer_id, message_id)
    message = file.message
    return Reply(
        MessageFile(
            **message_body(message).model_dump(),
            cc=list(message.cc),
            attempts=message.attempts,
            claimed_at=message.claimed_at,
            settled_at=message.settled_at,
            provider_message_id=message.provider_message_id,
            fates=[Fate(**fate.model_dump()) for fate in message.fates],
            invoices=[MessageInvoice(id=one.id, number=one.number) for one in file.invoices],
            suppressed=file.suppression.reason if file.suppression else None,
            can_decide=message.state in UNSETTLED,
            has_pdf=message.file is not None,
            posting=PostingProof(**message.posting.model_dump()) if message.posting else None,
        )
    )


@routes.route(
    "/v1/messages/{customer_id}/{message_id}/decide",
    "POST",
    takes=MessageDecision,
    gives=MessageRow,
)
def decide(request: ApiRequest, customer_id: str, message_id: str) -> Reply:
    """Settle an uncertain message as a person says."""
    decision = request.body(MessageDecision).decision
    verdict = Verdict(customer_id, message_id, decision)
    return Reply(message_body(decide_message(request.ports, request.context, verdict)))

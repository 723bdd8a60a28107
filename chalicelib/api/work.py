"""The work list and the messages that need a decision, over HTTP."""

from collections.abc import Mapping
from typing import Any

from chalicelib.api.render_invoices import message_row
from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.administration import MessageDecision, WorkDoneInput, WorkItemRow
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.invoices import MessageRow
from chalicelib.domain.errors import InvalidField, NotFound
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.decide_message import Verdict, decide_message
from chalicelib.usecases.listings import done_work, messages, messages_in, open_work
from chalicelib.usecases.references import work_item_ref
from chalicelib.usecases.work import finish_work_item, replay_work_item

routes = Routes()


@routes.route("/v1/work-items", "GET", gives=Page[WorkItemRow], query=("state", *PAGING))
def list_all(request: ApiRequest) -> Reply:
    """What needs a person, most urgent first; or what was done, latest first."""
    state = request.query.get("state", "open")
    if state not in ("open", "done"):
        raise InvalidField("/state", "A state is open or done.")
    listing = open_work() if state == "open" else done_work()
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    rows = [_row(row) for row in page.items]
    return Reply(Page[WorkItemRow](items=rows, next_cursor=page.cursor))


def _row(row: Mapping[str, Any]) -> WorkItemRow:
    names = (name for name in WorkItemRow.model_fields if name != "can_replay")
    can_replay = row["queue"] is not None and row["state"] == "open"
    return WorkItemRow(**{name: row[name] for name in names}, can_replay=can_replay)


def _rendered(item: WorkItem) -> Reply:
    return Reply(_row(item.model_dump()))


def answer(request: ApiRequest, key: str) -> Reply:
    """Return a stored work item. NotFound."""
    item = request.ports.store.get(work_item_ref(key))
    if item is None:
        raise NotFound("work item", key)
    return _rendered(item)


@routes.route("/v1/work-items/{key}/done", "POST", takes=WorkDoneInput, gives=WorkItemRow)
def done(request: ApiRequest, key: str) -> Reply:
    """Take an item off the list."""
    outcome = request.body(WorkDoneInput).outcome
    return _rendered(finish_work_item(request.ports, request.context, key, outcome))


@routes.route("/v1/work-items/{key}/replay", "POST", gives=WorkItemRow)
def replay(request: ApiRequest, key: str) -> Reply:
    """Hand failed work to its queue again."""
    return _rendered(replay_work_item(request.ports, request.context, key))


@routes.route("/v1/messages", "GET", gives=Page[MessageRow], query=("state", *PAGING))
def list_messages(request: ApiRequest) -> Reply:
    """All messages, newest first; or those in one state, oldest first."""
    state = request.query.get("state") or None
    listing = messages_in(state) if state else messages()
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    rows = [message_row(row) for row in page.items]
    return Reply(Page[MessageRow](items=rows, next_cursor=page.cursor))


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
    message = decide_message(request.ports, request.context, verdict)
    return Reply(message_row(message.model_dump()))

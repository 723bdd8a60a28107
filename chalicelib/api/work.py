"""The work list over HTTP."""

from collections.abc import Mapping
from typing import Any

from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.administration import WorkDoneInput, WorkItemRow
from chalicelib.api.schemas.base import Page
from chalicelib.domain.errors import InvalidField, NotFound
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.references import work_item_ref
from chalicelib.usecases.staff_listings import done_work, open_work
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

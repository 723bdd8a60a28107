"""Put things on the work list, and take them off it."""

import hashlib
from typing import Any, Final

from chalicelib.domain.base import Record
from chalicelib.domain.errors import NotFound, StateConflict
from chalicelib.domain.work import WorkItem, WorkKind
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.ports import Conflict, Insert, Ports, Replace, Write
from chalicelib.usecases.references import work_item_ref

REPLAYED: Final = "replayed"
"""The outcome of failed work that was handed to its queue again."""


def failed_key(queue: str | None, body: str) -> str:
    """Return the key of the item for work that failed: the same for each try of the same work."""
    return f"failed-{hashlib.sha256(f'{queue}:{body}'.encode()).hexdigest()[:32]}"


def work_item(context: Context, key: str, what: WorkKind, detail: str, **fields: Any) -> WorkItem:
    """Return a new work item of now."""
    return WorkItem(key=key, what=what, detail=detail, created_at=context.at, **fields)


def ensure_work_item(ports: Ports, item: WorkItem) -> None:
    """Put an item on the list unless its cause is known already, open or done."""

    def attempt() -> None:
        try:
            ports.store.commit([Insert(item)])
        except Conflict as conflict:
            if not conflict.is_about(WorkItem):
                raise

    until_committed(ports, attempt)


def list_again(ports: Ports, item: WorkItem) -> None:
    """Put an item on the list unless it is there; one that was done before is open again."""

    def attempt() -> None:
        known = ports.store.get(work_item_ref(item.key))
        if known is None or known.state == "done":
            ports.store.commit([on_the_list(item, known)])

    until_committed(ports, attempt)


def on_the_list(item: WorkItem, known: WorkItem | None) -> Write:
    """Return the write that puts an item on the list, with what is true now if it was there."""
    if known is None:
        return Insert(item)
    return Replace(item.but(version=known.version + 1))


def finish_work_item(ports: Ports, context: Context, key: str, outcome: str | None) -> WorkItem:
    """Take an item off the list. StateConflict when it is done already."""

    def attempt() -> WorkItem:
        item = ports.store.get(work_item_ref(key))
        if item is None:
            raise NotFound("work item", key)
        if item.state == "done":
            raise StateConflict(f"This was done by {item.done_by} already.", code="done_already")
        after = done(context, item, outcome)
        entry = audit(
            ports,
            context,
            "work_item_done",
            subject=("work_item", key),
            customer_id=item.customer_id,
            what=item.what,
            outcome=outcome,
        )
        commit(ports, context, [Replace(after), entry], resource=f"/v1/work-items/{key}")
        return after

    return until_committed(ports, attempt)


def done(context: Context, item: WorkItem, outcome: str | None) -> WorkItem:
    """Return an item as taken off the list."""
    return item.next(state="done", done_at=context.at, done_by=context.actor.name, outcome=outcome)


def replay_work_item(ports: Ports, context: Context, key: str) -> WorkItem:
    """Hand failed work to its queue again and take the item off the list.

    The message goes first: a crash in between leaves the item open, and repeated work is harmless.
    """
    item = ports.store.get(work_item_ref(key))
    if item is None:
        raise NotFound("work item", key)
    if item.queue is None or item.body is None or item.state == "done":
        raise StateConflict("Only open failed work can be replayed.", code="not_replayable")
    ports.queues.put(item.queue, item.body)
    return finish_work_item(ports, context, key, REPLAYED)


def closing(ports: Ports, context: Context, key: str, outcome: str) -> list[Write]:
    """Return the write that takes an item off the list, if it is there and open."""
    return finishing(context, ports.store.get(work_item_ref(key)), outcome)


def finishing(context: Context, item: Record | None, outcome: str) -> list[Write]:
    """Return the write that takes an item off the list, given what was found under its key."""
    if not isinstance(item, WorkItem) or item.state == "done":
        return []
    return [Replace(done(context, item, outcome))]

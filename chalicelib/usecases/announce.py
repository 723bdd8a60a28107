"""Tell other systems what happened: a change of the audit log becomes a delivery to each endpoint.

The change waits in its own entry (``AuditEntry.announce_after``) and leaves that list in the very
transaction that makes the deliveries. So nothing is lost, however late an entry is written, and
nothing is sent twice under another id: a delivery has a permanent key.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.payment import Payment
from chalicelib.domain.webhook_delivery import WebhookDelivery
from chalicelib.domain.webhook_endpoint import WebhookEndpoint
from chalicelib.domain.webhook_payload import WebhookEvent, events_of, is_about_money
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace, Write
from chalicelib.usecases.references import invoice_ref, payment_ref
from chalicelib.usecases.webhook_endpoints import list_endpoints
from chalicelib.usecases.webhook_listings import unannounced, unannounced_and_untold

ENTRIES: Final = 40
MOST_WRITES: Final = 90  # of the 100 that a transaction holds
MAX_ROUNDS: Final = 20  # then another message goes on: a worker has a minute

Listed = tuple[AuditEntry, list[WebhookDelivery]]


def announce_soon(ports: Ports, at: datetime) -> bool:
    """Have what was changed announced at once, if anything was and anybody listens.

    Whether anybody does is looked up every ten seconds at most; what falls in between is found by
    the sweeper.
    """
    bell = ports.bell
    if not bell.take():
        return False
    if not bell.has_looked(at):
        bell.heard(at, is_heard=bool(list_endpoints(ports)))
    if bell.is_heard:
        queue_announcement(ports, at)
    return bell.is_heard


def queue_announcement(ports: Ports, at: datetime) -> None:
    """Have the worker look at what nobody was told of yet."""
    ports.queues.put("webhooks", json.dumps({"v": 1, "announce": True, "time": rfc3339(at)}))


def queue_delivery(
    ports: Ports, delivery: WebhookDelivery, at: datetime, *, delay_seconds: int = 0
) -> None:
    """Hand a delivery to the worker, as of an instant; the sweeper does if this never happens."""
    body = {"v": 1, "endpoint": delivery.endpoint_id, "event": delivery.event_id}
    text = json.dumps(body | {"time": at.isoformat()})
    ports.queues.put("webhooks", text, delay_seconds=delay_seconds)


def announce(ports: Ports, context: Context) -> int:
    """Make the deliveries of what happened and queue them; return how many."""
    endpoints = list_endpoints(ports)
    if not endpoints:
        return 0
    count = 0
    for _ in range(MAX_ROUNDS):
        made, is_done = until_committed(ports, lambda: _announce_some(ports, context, endpoints))
        for delivery in made:
            if delivery.state == "waiting":
                queue_delivery(ports, delivery, context.at)
        count += len(made)
        if is_done:
            return count
    queue_announcement(ports, context.at)
    return count


def has_unannounced(ports: Ports, endpoints: Iterable[WebhookEndpoint]) -> bool:
    """Tell whether anything waits to be announced to any of the endpoints."""
    since = min(one.created_at for one in endpoints)
    lists = (unannounced(since), unannounced_and_untold(since))
    return any(ports.store.rows(one, limit=1).items for one in lists)


def _announce_some(
    ports: Ports, context: Context, endpoints: Sequence[WebhookEndpoint]
) -> tuple[list[WebhookDelivery], bool]:
    entries = _entries(ports, min(one.created_at for one in endpoints))
    if not entries:
        return [], True
    invoices = _invoices(ports, entries)
    wanted = [
        (entry, _deliveries(context, entry, endpoints, invoices[entry.id])) for entry in entries
    ]
    known = _known(ports, wanted)
    writes: list[Write] = []
    made: list[WebhookDelivery] = []
    for entry, deliveries in wanted:
        room = MOST_WRITES - len(writes) - 1
        if room <= 0:
            break
        new = [one for one in deliveries if (one.endpoint_id, one.event_id) not in known]
        writes += [*(Insert(one) for one in new[:room]), Replace(_announced(entry, new, room))]
        made += new[:room]
        known |= {(one.endpoint_id, one.event_id) for one in new[:room]}
    ports.store.commit(writes)
    return made, False


def _announced(entry: AuditEntry, new: Sequence[WebhookDelivery], room: int) -> AuditEntry:
    """Return the entry with how far its announcement came; None is the end."""
    last = new[room - 1].id if len(new) > room else None
    return entry.next(announce_after=last)


def _entries(ports: Ports, since: datetime) -> list[AuditEntry]:
    lists = (unannounced(since), unannounced_and_untold(since))
    rows = [row for one in lists for row in ports.store.rows(one, limit=ENTRIES).items]
    oldest = sorted(rows, key=lambda row: (row["at"], row["id"]))[:ENTRIES]
    refs = [Ref(AuditEntry, (row["subject"], row["subject_id"], row["id"])) for row in oldest]
    found = ports.store.get_many(refs)
    return [
        one for ref in refs
        if isinstance(one := found.get(ref), AuditEntry) and one.announce_after is not None
    ]  # fmt: skip


def _invoices(ports: Ports, entries: Sequence[AuditEntry]) -> Mapping[str, list[Invoice]]:
    """Return, by entry, the invoices that a change of money may have settled."""
    about_money = [one for one in entries if is_about_money(one)]
    payments = _read(
        ports, (payment_ref(one.subject_id) for one in about_money if one.subject == "payment")
    )
    ids = {one.id: list(_touched(one, payments)) for one in about_money}
    read = _read(ports, (invoice_ref(name) for names in ids.values() for name in names))
    return {
        entry.id: [
            one for name in ids.get(entry.id, ())
            if isinstance(one := read.get(invoice_ref(name)), Invoice)
        ]
        for entry in entries
    }  # fmt: skip


def _touched(entry: AuditEntry, payments: Mapping[Ref[Any], Any]) -> Iterator[str]:
    if entry.subject == "invoice":
        yield entry.subject_id
        return
    payment = payments.get(payment_ref(entry.subject_id))
    if isinstance(payment, Payment):
        named = (one.invoice_id for one in payment.allocations if one.posted_at == entry.at)
        yield from dict.fromkeys(named)


def _deliveries(
    context: Context,
    entry: AuditEntry,
    endpoints: Iterable[WebhookEndpoint],
    invoices: Iterable[Invoice],
) -> list[WebhookDelivery]:
    """Return what is still to be made of a change, in the order of the permanent keys."""
    events = events_of(entry, invoices)
    every = [
        new_delivery(context, endpoint, one)
        for endpoint in endpoints
        for one in events
        if endpoint.wants(one.type, one.at)
    ]
    left = (one for one in every if one.id > (entry.announce_after or ""))
    return sorted(left, key=lambda one: one.id)


def new_delivery(
    context: Context, endpoint: WebhookEndpoint, one: WebhookEvent, *, is_test: bool = False
) -> WebhookDelivery:
    """Return a delivery that waits; one that has failed, for an endpoint that is switched off."""
    delivery = WebhookDelivery(
        endpoint_id=endpoint.id,
        event_id=one.id,
        type=one.type,
        happened_at=one.at,
        body=one.body,
        due_at=context.at,
        created_at=context.at,
        is_test=is_test,
    )
    if endpoint.is_enabled or is_test:
        return delivery
    return delivery.but(
        state="failed", due_at=None, settled_at=context.at, reason="endpoint_disabled"
    )


def _known(ports: Ports, wanted: Iterable[Listed]) -> set[tuple[str, ...]]:
    """Return the keys of the deliveries that are there: of two batches either may tell it."""
    refs = (
        Ref(WebhookDelivery, (one.endpoint_id, one.event_id))
        for entry, deliveries in wanted
        if is_about_money(entry)
        for one in deliveries
    )
    return {ref.key for ref in _read(ports, refs)}


def _read(ports: Ports, refs: Iterable[Ref[Any]]) -> dict[Ref[Any], Any]:
    """Return records by key, 100 a request."""
    unique = list(dict.fromkeys(refs))
    found: dict[Ref[Any], Any] = {}
    for start in range(0, len(unique), 100):
        found |= ports.store.get_many(unique[start : start + 100])
    return found

"""Send one delivery to its endpoint: claim it, call once, note what came of it.

At least once: should the process die between the call and its outcome, it is sent again after the
lease, with the same id, by which the receiver knows it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.webhook_delivery import (
    ATTEMPTS_KEPT,
    MOST_ANSWER_CHARACTERS,
    WebhookAttempt,
    WebhookDelivery,
    next_attempt_at,
    reason_of,
    verdict,
)
from chalicelib.domain.webhook_endpoint import WebhookEndpoint, WhyDisabled
from chalicelib.domain.webhook_signature import signed_headers
from chalicelib.usecases.announce import queue_delivery
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.egress_ports import CallAnswer, EgressUnavailable, OutgoingCall
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Conflict, Insert, Ports, Ref, Replace, Write
from chalicelib.usecases.references import work_item_ref
from chalicelib.usecases.webhook_endpoints import endpoint_ref, read_secrets, said, work_key
from chalicelib.usecases.work import on_the_list, work_item

QUEUED_AHEAD: Final = timedelta(minutes=1)
"""What is due sooner waits in the queue itself; for the rest the sweeper looks every five."""
_OUR_FAULT: Final = timedelta(minutes=5)  # no attempt was made: the next sweep tries again


def delivery_ref(endpoint_id: str, event_id: str) -> Ref[WebhookDelivery]:
    """Return the permanent key of an event for an endpoint."""
    return Ref(WebhookDelivery, (endpoint_id, event_id))


def deliver_webhook(
    ports: Ports, context: Context, ref: Ref[WebhookDelivery], *, signed_at: datetime
) -> str:
    """Make one attempt if it is due; return the state that the delivery is in then.

    ``signed_at`` is the time by the clock, which the receiver compares with its own. While sending
    is frozen everything but a test waits: a restored system tells nobody.
    """
    claimed = _claim(ports, context, ref)
    if not isinstance(claimed, WebhookDelivery):
        return claimed
    endpoint = ports.store.get(endpoint_ref(claimed.endpoint_id))
    if endpoint is None or endpoint.state == "deleted":
        return _give_up(ports, context, ref, "endpoint_deleted")
    if not endpoint.is_enabled and not claimed.is_test:
        return _give_up(ports, context, ref, "endpoint_disabled")
    try:
        answer = ports.egress.call(_signed(ports, context, endpoint, claimed, signed_at))
    except EgressUnavailable:
        _give_back(ports, context, ref)
        raise
    after = until_committed(ports, lambda: _note(ports, context, claimed, answer))
    return after.state


def _claim(ports: Ports, context: Context, ref: Ref[WebhookDelivery]) -> WebhookDelivery | str:
    delivery = ports.store.get(ref)
    if delivery is None:
        return "unknown"
    if not delivery.is_due(context.at):
        return delivery.state
    if not delivery.is_test and company_of(ports).sending_frozen:
        return "waiting"
    claimed = delivery.claimed(context.at)
    try:
        ports.store.commit([Replace(claimed)])
    except Conflict:
        return "claimed by another"
    return claimed


def _signed(
    ports: Ports,
    context: Context,
    endpoint: WebhookEndpoint,
    delivery: WebhookDelivery,
    signed_at: datetime,
) -> OutgoingCall:
    secrets = read_secrets(ports, context, endpoint)
    headers = signed_headers(delivery.event_id, signed_at, delivery.body, secrets=secrets)
    own = {"content-type": "application/json", "user-agent": "Saldo-Webhooks/1.0"}
    return OutgoingCall(url=endpoint.url, headers=headers | own, body=delivery.body)


def _give_up(ports: Ports, context: Context, ref: Ref[WebhookDelivery], reason: str) -> str:
    def attempt() -> str:
        delivery = ports.store.get(ref)
        if delivery is not None and delivery.state == "waiting":
            uncounted = delivery.given_back(context.at)
            settled = uncounted.settled("failed", context.at, delivery.status, reason)
            ports.store.commit([Replace(settled.but(version=delivery.version + 1))])
        return "failed"

    return until_committed(ports, attempt)


def _give_back(ports: Ports, context: Context, ref: Ref[WebhookDelivery]) -> None:
    def attempt() -> None:
        delivery = ports.store.get(ref)
        if delivery is not None and delivery.state == "waiting":
            ports.store.commit([Replace(delivery.given_back(context.at + _OUR_FAULT))])

    until_committed(ports, attempt)


def _note(
    ports: Ports, context: Context, claimed: WebhookDelivery, answer: CallAnswer
) -> WebhookDelivery:
    """Note an attempt and what follows from it, in one transaction.

    Whatever became of the delivery meanwhile, if another took the lease over, stays.
    """
    current = ports.store.get(delivery_ref(claimed.endpoint_id, claimed.event_id))
    if current is None or current.version != claimed.version:
        return claimed
    decision = verdict(answer.status, answer.error, claimed)
    after = _after(context, claimed, answer)
    writes: list[Write] = [Replace(after), Insert(_attempt(context, claimed, answer))]
    if decision == "gone":
        writes += _stopping(ports, context, claimed, answer, "gone")
    elif decision == "exhausted" and not claimed.is_test:
        writes += _stopping(ports, context, claimed, answer, "failing")
    ports.store.commit(writes)
    if after.due_at is not None and after.due_at - context.at <= QUEUED_AHEAD:
        seconds = -(-(after.due_at - context.at) // timedelta(seconds=1))
        queue_delivery(ports, after, after.due_at, delay_seconds=seconds)
    return after


def _after(context: Context, claimed: WebhookDelivery, answer: CallAnswer) -> WebhookDelivery:
    decision = verdict(answer.status, answer.error, claimed)
    reason = reason_of(answer.status, answer.error)
    if decision == "delivered":
        return claimed.settled("delivered", context.at, answer.status, None)
    if decision != "later":
        return claimed.settled("failed", context.at, answer.status, reason)
    due_at = next_attempt_at(
        claimed, context.at, status=answer.status, retry_after=answer.retry_after
    )
    return claimed.next(due_at=due_at, status=answer.status, reason=reason)


def _attempt(context: Context, claimed: WebhookDelivery, answer: CallAnswer) -> WebhookAttempt:
    return WebhookAttempt(
        endpoint_id=claimed.endpoint_id,
        event_id=claimed.event_id,
        number=claimed.attempts,
        at=context.at,
        status=answer.status,
        reason=reason_of(answer.status, answer.error),
        ms=answer.ms,
        answer=answer.body[:MOST_ANSWER_CHARACTERS],
        expires_at=int((context.at + ATTEMPTS_KEPT).timestamp()),
    )


def _stopping(
    ports: Ports,
    context: Context,
    delivery: WebhookDelivery,
    answer: CallAnswer,
    why: WhyDisabled,
) -> Sequence[Write]:
    """Return the writes that switch an endpoint off and tell staff; none if it is off already."""
    endpoint = ports.store.get(endpoint_ref(delivery.endpoint_id))
    if endpoint is None or not endpoint.is_enabled:
        return []
    after = endpoint.next(state="disabled", why=why, disabled_at=context.at)
    told = str(answer.status or reason_of(answer.status, answer.error))
    key = work_key(endpoint.id)
    item = work_item(context, key, "webhook_stopped", f"{endpoint.url}: {told}"[:500], priority=3)
    entry = said(ports, context, after, "endpoint_stopped", why=why, url=after.url, status=told)
    return [Replace(after), on_the_list(item, ports.store.get(work_item_ref(key))), entry]

"""Turn a provider's event into money, once, whatever the order and number of its deliveries."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from chalicelib.domain.errors import InvariantBroken, NotFound
from chalicelib.domain.provider import InboxEvent, ProviderFact
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.money_back import Step, follow_money_back
from chalicelib.usecases.ports import Conflict, Ports, Ref, Replace, Require, Write
from chalicelib.usecases.post_checkout import fail_checkout, pay_checkout, rest_checkout
from chalicelib.usecases.receive_provider_event import failure_of
from chalicelib.usecases.work import finishing

Handler = Callable[[Ports, Context, ProviderFact], Step]
_HANDLERS: Mapping[str, Handler] = {
    "paid": pay_checkout,
    "processing": rest_checkout,
    "failed": fail_checkout,
    "refunded_so_far": follow_money_back,
    "refund": follow_money_back,
    "dispute": follow_money_back,
}
LATE: Final = timedelta(minutes=2)
"""An event that is older may have failed before, and be on the work list."""
MAX_STEPS: Final = 200  # a few thousand invoices, some thirty a step; an account has no more


def apply_provider_event(
    ports: Ports, context: Context, event: InboxEvent, *facts: ProviderFact
) -> str:
    """Post what an event says together with the mark that it was processed; return the outcome.

    Repeated or processed already: nothing changes. The payment's permanent key decides which of
    several events about the same money posts it. What takes several transactions is marked by the
    last of them; each step finds what the others have left to do.
    """
    if event.state != "received":
        return event.outcome or "ignored"

    try:
        return _to_the_end(ports, context, event, facts)
    except _DoneByAnother as done:
        return done.outcome


class _DoneByAnother(Exception):
    """Another worker has processed the event meanwhile."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def _to_the_end(
    ports: Ports, context: Context, event: InboxEvent, facts: Sequence[ProviderFact]
) -> str:
    told: list[str] = []
    left = list(facts)
    for _ in range(MAX_STEPS):
        outcome, is_last = until_committed(ports, lambda: _step(ports, context, event, left, told))
        if is_last and len(left) <= 1:
            return outcome
        told.append(outcome)
        if is_last:
            left.pop(0)
    raise InvariantBroken(f"Event {event.event_id} never came to its end: {told[-1]}.")


def _step(
    ports: Ports,
    context: Context,
    event: InboxEvent,
    left: Sequence[ProviderFact],
    told: Sequence[str],
) -> tuple[str, bool]:
    step = _HANDLERS[left[0].what](ports, context, left[0]) if left else Step([], "ignored")
    is_end = step.is_last and len(left) <= 1
    outcome = "; ".join([*told, step.outcome]) if is_end else step.outcome
    marks: list[Write] = [Require(_event_ref(event.provider, event.event_id), event.version)]
    if is_end:
        state = "processed" if left else "ignored"
        marks = [Replace(event.next(state=state, outcome=outcome))]
        if context.at - event.received_at > LATE:
            failure = ports.store.get(failure_of(event))
            marks += finishing(context, failure, "processed")
    try:
        ports.store.commit([*step.writes, *marks])
    except Conflict as conflict:
        if conflict.is_about(InboxEvent):
            stored = find_event(ports, event.provider, event.event_id)
            if stored.state != "received":
                raise _DoneByAnother(stored.outcome or "ignored") from conflict
        raise
    return outcome, step.is_last


def find_event(ports: Ports, provider: str, event_id: str) -> InboxEvent:
    """Return a stored event. NotFound when it never arrived."""
    event = ports.store.get(_event_ref(provider, event_id))
    if event is None:
        raise NotFound("provider event", f"{provider}/{event_id}")
    return event


def _event_ref(provider: str, event_id: str) -> Ref[InboxEvent]:
    return Ref(InboxEvent, (provider, event_id))

"""Turn a provider's event into money, once, whatever the order and number of its deliveries."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from chalicelib.domain.errors import InvariantBroken, NotFound
from chalicelib.domain.provider import InboxEvent, ProviderFact
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.money_back import Step, follow_money_back
from chalicelib.usecases.ports import Conflict, Ports, Ref, Replace, Require, Write
from chalicelib.usecases.post_provider_payment import note_failed, note_processing, post_paid


class Interpreter(Protocol):
    """Understands one provider's events."""

    def __call__(self, event: Mapping[str, Any], /) -> ProviderFact | None:
        """Return what an event says, or None when it says nothing about money."""
        ...


Handler = Callable[[Ports, Context, ProviderFact], Step]
_HANDLERS: Mapping[str, Handler] = {
    "paid": post_paid,
    "processing": note_processing,
    "failed": note_failed,
    "refunded_so_far": follow_money_back,
    "refund": follow_money_back,
    "dispute": follow_money_back,
}
MAX_STEPS: Final = 200  # a few thousand invoices, some thirty a step; an account has no more


def apply_provider_event(
    ports: Ports, context: Context, event: InboxEvent, fact: ProviderFact | None
) -> str:
    """Post what an event says together with the mark that it was processed; return the outcome.

    Repeated or processed already: nothing changes. The payment's permanent key decides which of
    several events about the same money posts it. What takes several transactions is marked by the
    last of them; each step finds what the others have left to do.
    """
    if event.state != "received":
        return event.outcome or "ignored"

    told: list[str] = []
    for _ in range(MAX_STEPS):
        outcome, is_last = until_committed(ports, lambda: _step(ports, context, event, fact, told))
        if is_last:
            return outcome
        told.append(outcome)
    raise InvariantBroken(f"Event {event.event_id} never came to its end: {told[-1]}.")


def _step(
    ports: Ports,
    context: Context,
    event: InboxEvent,
    fact: ProviderFact | None,
    told: Sequence[str],
) -> tuple[str, bool]:
    step = _HANDLERS[fact.what](ports, context, fact) if fact else Step([], "ignored")
    outcome = "; ".join([*told, step.outcome]) if step.is_last else step.outcome
    guard: Write = Require(_event_ref(event.provider, event.event_id), event.version)
    if step.is_last:
        state = "ignored" if fact is None else "processed"
        guard = Replace(event.next(state=state, outcome=outcome))
    try:
        ports.store.commit([*step.writes, guard])
    except Conflict as conflict:
        if conflict.is_about(InboxEvent):
            stored = find_event(ports, event.provider, event.event_id)
            if stored.state != "received":
                return stored.outcome or "ignored", True
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

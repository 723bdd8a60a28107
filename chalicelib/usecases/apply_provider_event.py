"""Turn a provider's event into money, once, whatever the order and number of its deliveries."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from chalicelib.domain.errors import NotFound
from chalicelib.domain.provider import InboxEvent, PaymentKey, ProviderFact
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.ports import Conflict, Ports, Ref, Replace, Write
from chalicelib.usecases.post_provider_payment import note_failed, note_processing, post_paid


class Interpreter(Protocol):
    """Understands one provider's events."""

    def __call__(self, event: Mapping[str, Any], /) -> ProviderFact | None:
        """Return what an event says, or None when it says nothing about money."""
        ...


Handler = Callable[[Ports, Context, ProviderFact], tuple[list[Write], str]]
_HANDLERS: Mapping[str, Handler] = {
    "paid": post_paid,
    "processing": note_processing,
    "failed": note_failed,
}


def apply_provider_event(
    ports: Ports, context: Context, event: InboxEvent, fact: ProviderFact | None
) -> str:
    """Post what an event says together with the mark that it was processed; return the outcome.

    Repeated or processed already: nothing changes. The payment's permanent key decides which of
    several events about the same money posts it.
    """
    if event.state != "received":
        return event.outcome or "ignored"

    def attempt() -> str:
        writes: list[Write] = []
        outcome = "ignored"
        if fact is not None:
            writes, outcome = _HANDLERS[fact.what](ports, context, fact)
        state = "ignored" if fact is None else "processed"
        ports.store.commit([*writes, Replace(event.next(state=state, outcome=outcome))])
        return outcome

    return until_committed(ports, lambda: _unless_processed(ports, event, attempt))


def _unless_processed(ports: Ports, event: InboxEvent, attempt: Callable[[], str]) -> str:
    try:
        return attempt()
    except Conflict as conflict:
        if conflict.is_about(InboxEvent):
            stored = find_event(ports, event.provider, event.event_id)
            if stored.state != "received":
                return stored.outcome or "ignored"
        raise


def find_event(ports: Ports, provider: str, event_id: str) -> InboxEvent:
    """Return a stored event. NotFound when it never arrived."""
    event = ports.store.get(Ref(InboxEvent, (provider, event_id)))
    if event is None:
        raise NotFound("provider event", f"{provider}/{event_id}")
    return event


def payment_key_ref(fact: ProviderFact) -> Ref[PaymentKey]:
    """Return the permanent key of the money that a fact is about."""
    return Ref(PaymentKey, (fact.provider, fact.payment_key))

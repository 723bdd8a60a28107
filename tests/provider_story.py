"""A provider's notification on its whole way: verified, stored, understood, posted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from chalicelib.adapters.providers.port import Notification, Setup
from chalicelib.adapters.providers.registry import provider_of
from chalicelib.domain.payment import Payment
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.context import system_context
from chalicelib.usecases.receive_provider_event import receive_provider_event
from tests.builders import Book


def hear(
    book: Book, provider: str, notification: Notification, setup: Setup, when: datetime
) -> list[str]:
    """Take in a notification as the webhook and the worker do; the outcome of each event."""
    adapter = provider_of(provider)
    adapter.verify(notification, setup, when)
    outcomes = []
    for event in adapter.events(notification):
        context = system_context(when)
        receive_provider_event(
            book.ports,
            context,
            provider=provider,
            event_id=event.id,
            event_type=event.type,
            raw=event.raw,
        )
        stored = find_event(book.ports, provider, event.id)
        facts = adapter.facts(stored.raw, setup)
        outcomes.append(apply_provider_event(book.ports, context, stored, *facts))
    return outcomes


def end_of(book: Book) -> Mapping[str, Any]:
    """What a person would see in the end of the customer's euros, without ids of ours."""
    account = book.account()
    pending = [(one.key, one.amount_minor) for one in account.pending if one.amount_minor]
    return {
        "open": sorted((item.number, item.open_minor) for item in account.open_items),
        "unapplied": account.unapplied_minor,
        "pending": sorted(pending),
        "rests": sorted(one.kind for one in account.rests),
        "payments": _payments(book),
        "tasks": sorted((item.what, item.amount_minor or 0) for item in book.work()),
    }


def _payments(book: Book) -> Sequence[tuple[str, int, int, int]]:
    return sorted(
        (
            str(one.provider_payment_id),
            one.amount_minor,
            one.unapplied_minor,
            one.returned_minor("refunded", "charged_back"),
        )
        for one in book.all(Payment)
    )

"""Stand-ins for others: payment providers, the vault of their keys, receivers of webhooks."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.egress_ports import CallAnswer, OutgoingCall
from chalicelib.usecases.provider_ports import (
    HostedPage,
    KeyField,
    Listed,
    Order,
    ProviderKind,
    Told,
)


class FakeVault:
    """Keeps secrets in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str]] = {}

    def read(self, name: str) -> dict[str, str]:
        return dict(self.kept.get(name, {}))

    def write(self, name: str, secrets: Mapping[str, str]) -> None:
        self.kept[name] = dict(secrets)


class FakeEgress:
    """Answers 200 and remembers. ``answers`` come in turn; an exception is raised.

    ``before`` runs before each call: the world changes between claim and call.
    """

    allows_local = False

    def __init__(self) -> None:
        self.calls: list[OutgoingCall] = []
        self.answers: list[CallAnswer | BaseException] = []
        self.before: Callable[[OutgoingCall], None] | None = None

    def call(self, call: OutgoingCall) -> CallAnswer:
        if self.before is not None:
            self.before(call)
        answer = self.answers.pop(0) if self.answers else CallAnswer(status=200, body="ok", ms=20)
        if isinstance(answer, BaseException):
            raise answer
        self.calls.append(call)
        return answer


class FakeGateway:
    """Providers that open a page for every order. ``faults`` are raised in turn; None goes on.

    An event's facts are what ``tests.builders.receive`` stored: their own JSON.
    """

    def __init__(self) -> None:
        self.orders: list[tuple[str, Order]] = []
        self.closed: list[tuple[str, str]] = []
        self.lists: dict[str, list[Listed]] = {}
        self.elsewhere: dict[str, list[Listed]] = {}  # older than what a list shows
        self.checked: list[tuple[str, dict[str, str]]] = []
        self.told: dict[str, list[Told]] = {}  # by the reference of a page
        self.faults: list[BaseException | None] = []

    def kinds(self) -> tuple[ProviderKind, ...]:
        fields = (
            KeyField(name="webhook_secret", is_secret=True, needed_for="webhooks"),
            KeyField(name="account", is_secret=False, needed_for="api"),
        )
        return tuple(
            ProviderKind(
                name=name,
                title=name.title(),
                fields=fields,
                currencies=currencies,
                minimum_minor=50,
                has_pages=True,
                has_list=name != "redsys",
            )
            for name, currencies in (("stripe", None), ("redsys", ("EUR",)), ("wompi", ("COP",)))
        )

    def open_page(self, provider: str, order: Order) -> HostedPage:
        raise_next(self.faults)
        self.orders.append((provider, order))
        reference = f"page_{order.id}"
        return HostedPage(url=f"https://{provider}.example/{reference}", reference=reference)

    def close_page(self, provider: str, reference: str) -> None:
        raise_next(self.faults)
        self.closed.append((provider, reference))

    def look(self, provider: str, reference: str) -> Sequence[Told]:
        raise_next(self.faults)
        return self.told.get(reference, [])

    def facts(self, provider: str, event_type: str, raw: str) -> Sequence[ProviderFact]:
        raise_next(self.faults)
        said = json.loads(raw)
        facts = said if isinstance(said, list) else [said]
        return [ProviderFact.model_validate(fact, strict=False) for fact in facts]

    def listed(self, provider: str, since: datetime, until: datetime) -> Iterator[Listed]:
        raise_next(self.faults)
        yield from self.lists.get(provider, [])

    def find(self, provider: str, payment_key: str) -> Listed | None:
        raise_next(self.faults)
        everything = self.lists.get(provider, []) + self.elsewhere.get(provider, [])
        return next((one for one in everything if one.payment_key == payment_key), None)

    def check(self, provider: str, keys: Mapping[str, str]) -> str:
        raise_next(self.faults)
        self.checked.append((provider, dict(keys)))
        return f"{provider} of the test"


def raise_next(faults: list[BaseException | None]) -> None:
    fault = faults.pop(0) if faults else None
    if fault is not None:
        raise fault

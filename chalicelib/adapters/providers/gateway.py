"""The Gateway port over the registry of providers and the company's keys."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeVar

from chalicelib.adapters.providers.calls import Calls
from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.fields import answer_understood
from chalicelib.adapters.providers.port import Event, Notification, Provider, Setup
from chalicelib.adapters.providers.registry import PROVIDERS, provider_of
from chalicelib.adapters.system_clock import now
from chalicelib.domain.errors import ProviderRefused
from chalicelib.settings import Settings
from chalicelib.usecases.provider_ports import (
    COMPARED,
    HostedPage,
    KeyField,
    Listed,
    Order,
    ProviderKind,
    Told,
)
from chalicelib.usecases.vault_ports import BEFORE, BEFORE_UNTIL, SECRET, Vault

if TYPE_CHECKING:
    from chalicelib.domain.provider import ProviderFact

T = TypeVar("T")
_LONGEST_NAME: Final = 300  # characters of an event's id: it is part of a key, which has limits


class Providers:
    """The providers as this company has set them up."""

    def __init__(self, settings: Settings, vault: Vault) -> None:
        self._settings = settings
        self._vault = vault

    def events(self, name: str, notification: Notification, now: datetime) -> Sequence[Event]:
        """Return the events of a notification. SignatureInvalid, EventMalformed."""
        provider = provider_of(name)
        provider.verify(notification, self.setup(name), now)
        events = provider.events(notification)
        if not all(_can_be_kept(event) for event in events):
            raise EventMalformed(name, "an event has no proper name, or text that is none")
        return events

    def hears(self, name: str) -> bool:
        """Tell whether there is anything to verify a provider's notifications with."""
        setup = self.setup(name)
        return bool(setup.secrets or setup.keys.get(provider_of(name).verifies_with))

    def returned(self, name: str, query: Mapping[str, str]) -> Notification | None:
        """Return the notification that a provider's page brings back with the customer, if any.

        It is as little trusted as one that comes to the webhook address: ``events`` verifies it.
        """
        read = provider_of(name).from_return
        return None if read is None else read(query)

    def kinds(self) -> tuple[ProviderKind, ...]:
        """Return all providers that Saldo knows."""
        return tuple(_kind(provider_of(name)) for name in PROVIDERS)

    def open_page(self, provider: str, order: Order) -> HostedPage:
        """Return the provider's page for an order."""
        open_page = _offered(provider, provider_of(provider).open_page)
        setup = self.setup(provider)
        with answer_understood(provider):
            page = open_page(order, setup)
            schemes = ("https://", "http://") if setup.is_local else ("https://",)
            if not page.url.startswith(schemes):  # a browser is sent there
                raise EventMalformed(provider, "its page has no address on the web")
            return page

    def close_page(self, provider: str, reference: str) -> None:
        """See to it that nobody can pay there any more; nothing where that has no way."""
        close = provider_of(provider).close_page
        if close is not None:
            with answer_understood(provider):
                close(reference, self.setup(provider))

    def look(self, provider: str, reference: str) -> Sequence[Told]:
        """Return what a lost notification about a page would have told; mostly nothing."""
        look = provider_of(provider).look
        if look is None:
            return []
        with answer_understood(provider):
            return [Told(**event._asdict()) for event in look(reference, self.setup(provider))]

    def facts(self, provider: str, event_type: str, raw: str) -> "Sequence[ProviderFact]":
        """Return what a stored event says about money."""
        known = provider_of(provider)
        read = known.facts
        if event_type == COMPARED:
            read = _offered(provider, known.listed_facts)
        return read(raw, self.setup(provider))

    def listed(self, provider: str, since: datetime, until: datetime) -> Iterator[Listed]:
        """Yield the payments of the provider's list; none where it has no list to ask for."""
        found = provider_of(provider).listed
        if found is not None:
            with answer_understood(provider):
                yield from found(since, until, self.setup(provider))

    def find(self, provider: str, payment_key: str) -> Listed | None:
        """Return one payment as the provider has it now."""
        find = _offered(provider, provider_of(provider).find)
        with answer_understood(provider):
            return find(payment_key, self.setup(provider))

    def check(self, provider: str, keys: Mapping[str, str]) -> str:
        """Return whose account these keys open. ProviderRefused, ProviderUnavailable."""
        setup = replace(self.setup(provider), keys=keys)
        check = _offered(provider, provider_of(provider).check)
        with answer_understood(provider):
            return check(setup)

    def setup(self, name: str) -> Setup:
        """Return what this company has agreed with a provider."""
        keys = self._vault.read(f"providers/{name}")
        fixed = getattr(self._settings, f"{name}_webhook_secret")
        secrets = (fixed, keys.get(SECRET), self._replaced(keys))
        return Setup(
            secrets=[secret for secret in secrets if secret],
            keys=keys,
            calls=Calls(name, self._address(name, keys)),
            is_local=self._settings.local,
        )

    def _replaced(self, keys: Mapping[str, str]) -> str | None:
        until = keys.get(BEFORE_UNTIL)
        if until is None or datetime.fromisoformat(until) <= now():
            return None
        return keys.get(BEFORE)

    def _address(self, name: str, keys: Mapping[str, str]) -> str:
        sandbox = provider_of(name).sandbox_url
        if sandbox and keys.get("mode") == "sandbox" and not self._settings.local:
            return sandbox
        address: str = getattr(self._settings, f"{name}_api_url")
        return address


def _can_be_kept(event: Event) -> bool:
    try:
        "".join(event).encode()  # JSON can spell halves of characters
    except UnicodeEncodeError:
        return False
    return 0 < len(event.id) <= _LONGEST_NAME and len(event.type) <= _LONGEST_NAME


def _kind(provider: Provider) -> ProviderKind:
    fields = tuple(KeyField(**field._asdict()) for field in provider.fields)
    return ProviderKind(
        name=provider.name,
        title=provider.title,
        fields=fields,
        currencies=tuple(sorted(provider.currencies)) if provider.currencies else None,
        minimum_minor=provider.minimum_minor,
        has_pages=provider.open_page is not None,
        has_list=provider.listed is not None,
    )


def _offered(name: str, ability: T | None) -> T:
    if ability is None:
        raise ProviderRefused(name, "it has no way to do this")
    return ability

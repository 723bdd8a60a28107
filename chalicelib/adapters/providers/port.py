"""What the file of a payment provider offers. ``registry`` knows which providers there are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.adapters.providers.calls import Calls
from chalicelib.adapters.providers.notification import Notification

__all__ = ["Event", "Field", "Notification", "Provider", "Setup"]

if TYPE_CHECKING:
    from chalicelib.domain.provider import ProviderFact
    from chalicelib.usecases.provider_ports import HostedPage, Listed, Order


class Event(NamedTuple):
    """One event of a notification. ``id`` is the same in every repetition of it."""

    id: str
    type: str
    raw: str


@dataclass(frozen=True)
class Setup:
    """What one company has agreed with a provider.

    ``secrets`` verify notifications (two while one replaces the other), ``keys`` are the fields of
    ``Provider.fields``, ``calls`` reaches the provider's API with limits on time and size.
    """

    secrets: Sequence[str]
    keys: Mapping[str, str]
    calls: Calls
    is_local: bool = False


class Field(NamedTuple):
    """Something that staff copy from the provider's dashboard. ``webhook_secret`` is one of them.

    ``needed_for`` webhooks: nothing is accepted without it; for api: no page can be opened.
    """

    name: str
    is_secret: bool
    needed_for: str


@dataclass(frozen=True)
class Provider:
    """One payment provider.

    ``verify`` raises SignatureInvalid unless it is certain who sent it; ``events`` EventMalformed;
    ``facts`` and ``listed_facts`` EventMalformed in doubt, and as the Gateway does.
    ``look`` returns what a notification about a page should have told, for those on which money
    comes only if we act on it. ``verifies_with`` is the field of ``fields`` without which no
    notification can be verified.
    ``currencies`` None: it takes all; ``minimum_minor`` 0: any amount. ``sandbox_url`` is the API
    of a key ``mode`` that is ``sandbox``, where that has an address of its own. ``from_return``
    reads what the provider's page adds to the address that it leads the customer back to.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    verify: Callable[[Notification, Setup, datetime], None]
    events: Callable[[Notification], Sequence[Event]]
    facts: "Callable[[str, Setup], Sequence[ProviderFact]]"
    open_page: "Callable[[Order, Setup], HostedPage] | None" = None
    close_page: Callable[[str, Setup], None] | None = None
    listed: "Callable[[datetime, datetime, Setup], Iterator[Listed]] | None" = None
    listed_facts: "Callable[[str, Setup], Sequence[ProviderFact]] | None" = None
    find: "Callable[[str, Setup], Listed | None] | None" = None
    look: "Callable[[str, Setup], Sequence[Event]] | None" = None
    check: Callable[[Setup], str] | None = None
    currencies: frozenset[str] | None = None
    minimum_minor: int = 0
    verifies_with: str = "webhook_secret"
    sandbox_url: str | None = None
    from_return: Callable[[Mapping[str, str]], Notification | None] | None = None

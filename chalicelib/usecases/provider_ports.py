"""What the use cases need from payment providers, whichever they are."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.base import Value

if TYPE_CHECKING:
    from chalicelib.domain.provider import ProviderFact


class Order(Value):
    """What a customer wants to pay at a provider's page.

    ``id`` is ours, the same in every repetition; ``invoice_id`` is set when it is about one
    invoice. The amount is in ISO minor units. ``return_url`` is where the page leads back to.
    """

    id: str
    invoice_id: str | None
    amount_minor: int
    currency: str
    description: str
    customer_name: str
    email: str | None
    language: str
    return_url: str
    webhook_url: str
    expires_at: datetime


class HostedPage(Value):
    """The provider's page for one order. With ``fields`` it is opened by posting them as a form.

    ``reference`` is the provider's own name of it, by which it can be closed.
    """

    url: str
    reference: str
    fields: dict[str, str] | None = None
    expires_at: datetime | None = None


class Told(Value):
    """An event that a provider told, or would have: its id, type and what it says."""

    id: str
    type: str
    raw: str


class KeyField(Value):
    """Something that staff copy from the provider's dashboard, needed for webhooks or the api."""

    name: str
    is_secret: bool
    needed_for: str


class ProviderKind(Value):
    """What a provider is and can. ``currencies`` None: all; amounts from ``minimum_minor`` on."""

    name: str
    title: str
    fields: tuple[KeyField, ...]
    currencies: tuple[str, ...] | None
    minimum_minor: int
    has_pages: bool
    has_list: bool

    def lacks(self, purpose: str, filled: Collection[str]) -> tuple[str, ...]:
        """Return the fields that are still empty and that a purpose needs."""
        return tuple(
            one.name for one in self.fields if one.needed_for == purpose and one.name not in filled
        )


class Listed(Value):
    """One payment of a provider's own list: its key, and as JSON what the provider says of it."""

    payment_key: str
    raw: str


class Gateway(Protocol):
    """The payment providers that this company has keys for.

    Every call is bounded in time; ProviderUnavailable when asking again may help, ProviderRefused
    when it will not.
    """

    def kinds(self) -> tuple[ProviderKind, ...]:
        """Return all providers that Saldo knows."""
        ...

    def open_page(self, provider: str, order: Order) -> HostedPage:
        """Return the provider's page for an order; repeated, it opens no second one."""
        ...

    def close_page(self, provider: str, reference: str) -> None:
        """See to it that nobody can pay there any more; harmless when it is closed or paid."""
        ...

    def look(self, provider: str, reference: str) -> Sequence[Told]:
        """Return what a lost notification about a page would have told; mostly nothing."""
        ...

    def facts(self, provider: str, event_type: str, raw: str) -> "Sequence[ProviderFact]":
        """Return what a stored event says about money; may ask the provider for the object."""
        ...

    def listed(self, provider: str, since: datetime, until: datetime) -> Iterator[Listed]:
        """Yield the payments that the provider has on its list, or which changed in that time."""
        ...

    def find(self, provider: str, payment_key: str) -> Listed | None:
        """Return one payment as the provider has it now; None where it knows none of this key.

        ProviderRefused where the provider has no way to look.
        """
        ...

    def check(self, provider: str, keys: Mapping[str, str]) -> str:
        """Return whose account these keys open; ProviderRefused when they open none."""
        ...


COMPARED = "saldo.compared"
"""The event type of what was found on a provider's list and not in our books."""

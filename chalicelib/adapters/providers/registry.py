"""The payment providers by name: who verifies and who interprets, imported at first use."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from chalicelib.adapters.providers.errors import EventMalformed, SignatureInvalid
from chalicelib.domain.errors import NotFound

if TYPE_CHECKING:
    from chalicelib.domain.provider import ProviderFact

__all__ = ["PROVIDERS", "EventMalformed", "SignatureInvalid", "interpret", "verify"]


class Provider(NamedTuple):
    """What a provider's module has to offer."""

    verify: Callable[[bytes, Mapping[str, str], Sequence[str], datetime], None]
    parse: Callable[[bytes], dict[str, Any]]
    interpret: "Callable[[Mapping[str, Any]], ProviderFact | None]"


def _stripe() -> Provider:
    from chalicelib.adapters.providers import (  # noqa: PLC0415 - only what hears from it needs it
        stripe,
        stripe_signature,
    )

    return Provider(stripe_signature.verify, stripe.parse, stripe.interpret)


PROVIDERS: Final[Mapping[str, Callable[[], Provider]]] = {"stripe": _stripe}


def verify(
    provider: str,
    raw: bytes,
    headers: Mapping[str, str],
    secrets: Sequence[str],
    now: datetime,
) -> dict[str, Any]:
    """Return the event that the provider signed with one of the secrets.

    SignatureInvalid unless that is certain; EventMalformed when what it signed is no event.
    """
    known = _provider(provider)
    known.verify(raw, headers, secrets, now)
    return known.parse(raw)


def interpret(provider: str, event: Mapping[str, Any]) -> "ProviderFact | None":
    """Return what a verified event says about money, or None. EventMalformed in doubt."""
    return _provider(provider).interpret(event)


def _provider(name: str) -> Provider:
    if name not in PROVIDERS:
        raise NotFound("payment provider", name)
    return PROVIDERS[name]()

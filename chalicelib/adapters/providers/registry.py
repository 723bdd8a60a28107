"""The payment providers by name: the one place where a provider is registered.

Each is imported at first use, so that a webhook pays for the provider it comes from and no other.
"""

from functools import cache
from importlib import import_module
from typing import Final, cast

from chalicelib.adapters.providers.errors import EventMalformed, SignatureInvalid
from chalicelib.adapters.providers.port import Event, Notification, Provider, Setup
from chalicelib.domain.errors import NotFound

__all__ = [
    "PROVIDERS",
    "Event",
    "EventMalformed",
    "Notification",
    "Provider",
    "Setup",
    "SignatureInvalid",
    "provider_of",
]

PROVIDERS: Final = ("stripe", "mercadopago", "redsys", "gocardless", "wompi", "paypal")
"""Each is a module of this package with the value ``PROVIDER``."""


@cache
def provider_of(name: str) -> Provider:
    """Return what a provider offers. NotFound for a name that is none of ours."""
    if name not in PROVIDERS:
        raise NotFound("payment provider", name)
    module = import_module(f"chalicelib.adapters.providers.{name}")
    return cast("Provider", module.PROVIDER)

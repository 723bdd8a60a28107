"""Where customers can pay: the providers that are set up, offered, and take the currency."""

from chalicelib.usecases.ports import Ports
from chalicelib.usecases.provider_ports import ProviderKind
from chalicelib.usecases.provider_settings import settings_of_all


def payment_ways(ports: Ports, currency: str, amount_minor: int = 0) -> tuple[ProviderKind, ...]:
    """Return them in the company's order; one Query, and nothing is asked of the providers."""
    settings = settings_of_all(ports)
    ways = [
        (settings[kind.name].position, index, kind)
        for index, kind in enumerate(ports.gateway.kinds())
        if kind.name in settings
        and settings[kind.name].is_offered
        and kind.has_pages
        and not kind.lacks("api", settings[kind.name].filled)
        and (kind.currencies is None or currency in kind.currencies)
        and currency in (settings[kind.name].currencies or (currency,))
        and (amount_minor == 0 or amount_minor >= kind.minimum_minor)
    ]
    return tuple(kind for _, _, kind in sorted(ways, key=lambda way: way[:2]))

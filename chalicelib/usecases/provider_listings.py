"""The questions about payment providers that indexes answer."""

from chalicelib.domain.comparison import Comparison
from chalicelib.domain.provider import InboxEvent
from chalicelib.domain.provider_settings import ProviderSettings
from chalicelib.usecases.ports import Listing


def provider_settings() -> Listing[ProviderSettings]:
    """Return the settings of all providers that were set up."""
    return Listing(ProviderSettings, "provider_settings")


def comparisons() -> Listing[Comparison]:
    """Return all comparisons, newest first."""
    return Listing(Comparison, "comparisons", newest_first=True)


def comparisons_with(provider: str) -> Listing[Comparison]:
    """Return the comparisons with one provider, newest first."""
    return Listing(Comparison, "comparisons_with", (provider,), newest_first=True)


def provider_events(provider: str) -> Listing[InboxEvent]:
    """Return the events that came from a provider, newest first."""
    return Listing(InboxEvent, "provider_events", (provider,), newest_first=True)

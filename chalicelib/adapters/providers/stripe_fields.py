"""What every reader of Stripe's events needs: fields of their promised type, amounts, instants."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.fields import Ours, ours
from chalicelib.adapters.providers.stripe_units import to_minor
from chalicelib.domain.money import MAX_MINOR, is_currency

NAME: Final = "stripe"


def object_of(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the thing that an event is about, as it was then."""
    thing: Mapping[str, Any] = field(field(event, "data", Mapping), "object", Mapping)
    return thing


def field(thing: Mapping[str, Any], name: str, kind: type) -> Any:
    """Return a field that Stripe's documents promise. EventMalformed when it is not like that."""
    value = thing.get(name)
    # True and False are ints to Python, and an empty id would be everybody's key.
    if not isinstance(value, kind) or isinstance(value, bool) or value == "":
        raise EventMalformed(NAME, f"{name} is missing or of another type")
    return value


def id_in(thing: Mapping[str, Any], name: str) -> str:
    """Return the id in a field; the webhook endpoint may ask Stripe to expand it to an object."""
    value = thing.get(name)
    if isinstance(value, Mapping):
        expanded: str = field(value, "id", str)
        return expanded
    plain: str = field(thing, name, str)
    return plain


def reference_in(thing: Mapping[str, Any]) -> Ours:
    """Return what of ours the metadata of a thing names; failing that its client reference."""
    metadata = thing.get("metadata")
    named = metadata if isinstance(metadata, Mapping) else {}
    told = [named.get("checkout_id"), named.get("invoice_id"), thing.get("client_reference_id")]
    return next((found for one in told if any(found := ours(one))), Ours())


def currency_of(thing: Mapping[str, Any]) -> str:
    """Return the currency of a thing as ISO 4217 has it."""
    currency: str = field(thing, "currency", str).upper()
    if not is_currency(currency):
        raise EventMalformed(NAME, f"{currency} is no currency")
    return currency


def minor(amount: int, currency: str) -> int:
    """Return an amount of Stripe's in ISO minor units. EventMalformed when it is none."""
    try:
        amount_minor = to_minor(amount, currency)
    except ValueError as exc:
        raise EventMalformed(NAME, str(exc)) from exc
    if not 0 <= amount_minor <= MAX_MINOR:
        raise EventMalformed(NAME, f"{amount} {currency} is no amount of money")
    return amount_minor


def instant(thing: Mapping[str, Any], name: str = "created") -> datetime:
    """Return a time that Stripe gives in seconds since 1970."""
    try:
        return datetime.fromtimestamp(field(thing, name, int), UTC)
    except (ValueError, OverflowError, OSError) as exc:
        raise EventMalformed(NAME, f"{name} is no time") from exc

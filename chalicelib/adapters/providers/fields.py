"""What every reader of a provider's JSON needs: typed fields, amounts, references to us."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation, Overflow
from typing import Any, Final, NamedTuple

from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.domain.checkout import PREFIX
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.money import MAX_MINOR, exponent_of, is_currency

LONGEST_REFERENCE: Final = 200
_EXACT: Final = Context(prec=40, traps=[Inexact, InvalidOperation, Overflow])


class Ours(NamedTuple):
    """What of ours a payment names: a checkout or an invoice. It is a claim, not yet a record."""

    invoice_id: str | None = None
    checkout_id: str | None = None


def ours(reference: Any) -> Ours:
    """Return what a reference that travelled through the provider names."""
    text = reference.strip() if isinstance(reference, str) else ""
    if not text or len(text) > LONGEST_REFERENCE:
        return Ours()
    return Ours(checkout_id=text) if text.startswith(PREFIX) else Ours(invoice_id=text)


class Fields:
    """One JSON object of a provider; EventMalformed names the provider and the field."""

    def __init__(self, provider: str, thing: Any, place: str = "") -> None:
        self.provider = provider
        self.place = place
        if not isinstance(thing, Mapping):
            raise EventMalformed(provider, f"{place or 'the body'} is not an object")
        self.thing: Mapping[str, Any] = thing

    def inside(self, name: str) -> "Fields":
        """Return the object in a field."""
        return Fields(self.provider, self.thing.get(name), self._named(name))

    def maybe_inside(self, name: str) -> "Fields | None":
        """Return the object in a field, or None where there is none."""
        return self.inside(name) if isinstance(self.thing.get(name), Mapping) else None

    def text(self, name: str) -> str:
        """Return a text that is not empty; a number is an id to some providers."""
        value = self.thing.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name)
        return value.strip()

    def maybe_text(self, name: str) -> str | None:
        """Return a text, or None where there is none."""
        value = self.thing.get(name)
        return value.strip() or None if isinstance(value, str) else None

    def whole(self, name: str) -> int:
        """Return an integer."""
        value = self.thing.get(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.wrong(name)
        return value

    def currency(self, name: str) -> str:
        """Return a currency of ISO 4217."""
        code = self.text(name).upper()
        if not is_currency(code):
            raise EventMalformed(self.provider, f"{code} is no currency")
        return code

    def instant(self, name: str) -> datetime:
        """Return a time of ISO 8601 that says its offset."""
        try:
            at = datetime.fromisoformat(self.text(name))
            if at.tzinfo is None:
                raise self.wrong(name)
            return at.astimezone(UTC)
        except (ValueError, OverflowError) as exc:
            raise self.wrong(name) from exc

    def minor_of_major(self, name: str, currency: str) -> int:
        """Return an amount in ISO minor units that the provider gives in major ones, exactly."""
        value = self.thing.get(name)
        if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
            raise self.wrong(name)
        try:
            scaled = _EXACT.multiply(Decimal(value), Decimal(10 ** exponent_of(currency)))
        except DecimalException as exc:
            raise self.wrong(name) from exc
        is_amount = scaled.is_finite() and abs(scaled) <= MAX_MINOR
        if not is_amount or scaled != scaled.to_integral_value():
            raise EventMalformed(self.provider, f"{value} {currency} is no amount of money")
        return int(scaled)

    def wrong(self, name: str) -> EventMalformed:
        """Return the error of a field that is missing or of another type."""
        return EventMalformed(self.provider, f"{self._named(name)} is missing or of another type")

    def _named(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name


def json_object(provider: str, raw: bytes | str) -> Fields:
    """Return the JSON object in these bytes, numbers with a point as Decimal. EventMalformed."""
    try:
        text = raw.decode() if isinstance(raw, bytes) else raw
        return Fields(provider, json.loads(text, parse_float=Decimal))
    except (ValueError, RecursionError) as exc:
        raise EventMalformed(provider, "the body is not JSON") from exc


@contextmanager
def answer_understood(provider: str) -> Iterator[None]:
    """Let an answer of the API in another shape be ProviderRefused, where no event is read."""
    try:
        yield
    except EventMalformed as exc:
        raise ProviderRefused(provider, f"its answer is not understood: {exc.problem}") from exc

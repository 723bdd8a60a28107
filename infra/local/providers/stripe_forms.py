"""How Stripe's API speaks: bracketed forms in, lists and errors out (docs.stripe.com/api)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qsl

from infra.local.gateway import Answer, json_answer

# Stripe keeps two decimals (00) for these, ISO none; for ariary it is the other way round.
_MORE_THAN_ISO: Final = frozenset(["isk", "ugx"])
_LESS_THAN_ISO: Final = frozenset(["mga"])
MOST: Final = 100
_USUAL: Final = 10


class StripeError(Exception):
    """A request that Stripe refuses; ``kind`` is the error's type."""

    def __init__(
        self, status: int, message: str, *, kind: str = "invalid_request_error", **more: Any
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, **more}}

    def answer(self) -> Answer:
        """The error as Stripe answers it."""
        return json_answer(self.status, self.body)


def nested(form: str) -> dict[str, Any]:
    """A form as the tree that its brackets draw: ``a[b]=1`` is ``{"a": {"b": "1"}}``."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(form, keep_blank_values=True):
        *way, last = name.replace("]", "").split("[")
        place = tree
        for key in way:
            place = place.setdefault(key, {})
        place[last or str(len(place))] = value
    return tree


def in_list(things: Sequence[dict[str, Any]], query: Mapping[str, Any], url: str) -> Answer:
    """A page of a list, the newest first; ``starting_after`` names the last of the page before."""
    limit = int(query.get("limit", _USUAL))
    if not 1 <= limit <= MOST:
        raise StripeError(400, f"This value must be between 1 and {MOST}.", param="limit")
    wanted = [thing for thing in things if _within(thing, query.get("created"))]
    after = query.get("starting_after")
    if after is not None:
        names = [thing["id"] for thing in wanted]
        if after not in names:
            raise StripeError(400, f"No such object: '{after}'", param="starting_after")
        wanted = wanted[names.index(after) + 1 :]
    page = {"object": "list", "url": url, "has_more": len(wanted) > limit, "data": wanted[:limit]}
    return json_answer(200, page)


def _within(thing: Mapping[str, Any], bounds: Any) -> bool:
    at = thing["created"]
    if not isinstance(bounds, Mapping):
        return bounds is None or at == int(bounds)
    tests = {
        "gt": lambda bound: at > bound,
        "gte": lambda bound: at >= bound,
        "lt": lambda bound: at < bound,
        "lte": lambda bound: at <= bound,
    }
    return all(tests[name](int(bound)) for name, bound in bounds.items())


def in_iso(amount: int, currency: str) -> int:
    """An amount of Stripe's in ISO minor units, to show it."""
    if currency in _MORE_THAN_ISO:
        return amount // 100
    return amount * 100 if currency in _LESS_THAN_ISO else amount


def of_iso(amount_minor: int, currency: str) -> int:
    """An amount that was chosen on a control page, in Stripe's units."""
    if currency in _MORE_THAN_ISO:
        return amount_minor * 100
    return amount_minor // 100 if currency in _LESS_THAN_ISO else amount_minor

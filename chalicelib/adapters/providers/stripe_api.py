"""Requests to Stripe's API (https://docs.stripe.com/api), always in the same version of it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from chalicelib.adapters.providers.calls import Reply
from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.fields import answer_understood
from chalicelib.adapters.providers.port import Setup
from chalicelib.adapters.providers.stripe_fields import NAME, field
from chalicelib.domain.errors import ProviderRefused

API_VERSION: Final = "2025-10-29.clover"
"""Answers keep the shape that the tests know, whatever version the account is set to."""

PAGE: Final = 100  # the most that Stripe gives at once
_MOST_PAGES: Final = 200


def get(setup: Setup, path: str, query: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    """Return an object of Stripe's."""
    return _object(setup.calls.get(path, query=query, headers=_headers(setup)))


def send(
    setup: Setup,
    method: str,
    path: str,
    *,
    form: Mapping[str, Any] | None = None,
    key: str | None = None,
    accepts: tuple[int, ...] = (),
) -> Reply:
    """Send a request, under an idempotency key where one is given."""
    headers = _headers(setup) | ({"Idempotency-Key": key} if key else {})
    return setup.calls.send(method, path, form=form, headers=headers, accepts=accepts)


def pages(setup: Setup, path: str, query: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield everything on a list, the newest first, page by page."""
    asked = {**query, "limit": PAGE}
    for _ in range(_MOST_PAGES):
        with answer_understood(NAME):
            page = get(setup, path, asked)
            things = [_object(thing) for thing in field(page, "data", list)]
        yield from things
        if not page.get("has_more") or not things:
            return
        asked["starting_after"] = field(things[-1], "id", str)
    raise ProviderRefused(NAME, f"{path} has more than {_MOST_PAGES} pages")


def _headers(setup: Setup) -> dict[str, str]:
    key = setup.keys.get("api_key")
    if not key:
        raise ProviderRefused(NAME, "there is no API key")
    return {"Authorization": f"Bearer {key}", "Stripe-Version": API_VERSION}


def _object(thing: Any) -> Mapping[str, Any]:
    if not isinstance(thing, Mapping):
        raise EventMalformed(NAME, "an answer is not an object")
    return thing

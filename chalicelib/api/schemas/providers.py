"""Bodies about payment providers: their set-up, what came from them, nightly comparisons."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.api.schemas.base import Answer, Currency, Identifier, Instant, Request
from chalicelib.domain.provider_settings import Mode

MOST_POSITION = 99


class ProviderKey(Answer):
    """A key that the provider's dashboard shows. ``shown`` is what may be seen of the one kept."""

    name: str
    is_secret: bool
    needed_for: Literal["webhooks", "api", "nothing"]
    shown: str | None


class Provider(Answer):
    """A payment provider as this company uses it.

    ``is_ready``: customers can pay there; ``hears``: its notifications can be verified.
    ``currencies`` are those that it takes here, null: all. ``webhook_url`` is to be entered at the
    provider. ``checked_said``: whose account the keys opened, or why they opened none.
    """

    name: str
    title: str
    version: int
    is_offered: bool
    is_ready: bool
    hears: bool
    position: int
    mode: Mode
    limited_to: list[str]
    currencies: list[str] | None
    minimum_minor: int
    has_list: bool
    keys: list[ProviderKey]
    webhook_url: str
    checked_at: Instant | None
    checked_ok: bool | None
    checked_said: str | None
    last_event_at: Instant | None
    last_event_type: str | None


class Providers(Answer):
    """All payment providers, the company's order first."""

    items: list[Provider]


class ProviderInput(Request):
    """What becomes different. A key that is not named stays; an empty one is taken away."""

    keys: dict[str, Annotated[str, Field(max_length=2_000)]] = {}
    is_offered: bool | None = None
    position: Annotated[int, Field(ge=0, le=MOST_POSITION)] | None = None
    mode: Mode | None = None
    limited_to: Annotated[list[Currency], Field(max_length=50)] | None = None


class ProviderTest(Request):
    """Keys to try instead of those that are kept; without any those are tried."""

    keys: dict[str, Annotated[str, Field(max_length=2_000)]] = {}


class ProviderEventRow(Answer):
    """An event of a provider, and what became of it."""

    provider: str
    event_id: str
    event_type: str
    received_at: Instant
    state: Literal["received", "processed", "ignored"]
    outcome: str | None


class ProviderEvent(ProviderEventRow):
    """An event with what the provider sent."""

    raw: str


class ComparisonInput(Request):
    """Whose list is to be looked through now."""

    provider: Identifier


class Comparison(Answer):
    """What came of looking through a provider's list.

    ``missed``: payments heard of only then, and posted like a notification; ``differing``: each is
    a task. ``keys`` names the first of both at the provider.
    """

    id: str
    provider: str
    state: Literal["running", "done", "failed"]
    since: Instant
    until: Instant
    seen: int
    missed: int
    differing: int
    keys: list[str]
    error: str | None
    started_at: Instant
    started_by: str
    ended_at: Instant | None

"""Bodies about outgoing webhooks: endpoints, and what became of each event."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.api.schemas.base import Answer, Instant, OneLine, Request
from chalicelib.domain.webhook_url import MOST_CHARACTERS

Url = Annotated[str, Field(max_length=MOST_CHARACTERS, examples=["https://erp.example.com/hooks"])]
EventType = Annotated[str, Field(max_length=60, examples=["invoice.paid"])]
EventTypes = Annotated[list[EventType], Field(max_length=100)]
WhyDisabled = Literal["by_staff", "failing", "gone"]
DeliveryState = Literal["waiting", "delivered", "failed"]


class WebhookEndpointInput(Request):
    """Where to send, and what; ``types`` null: everything, new types included."""

    url: Url
    description: OneLine | None = None
    types: EventTypes | None = None


class WebhookEndpointChange(Request):
    """What to change; what is left out stays."""

    url: Url = ""
    description: OneLine | None = None
    types: EventTypes | None = None
    enabled: bool = True


class ReplayFailed(Request):
    """Send again what failed from this instant on."""

    since: Annotated[datetime, Field(strict=False, examples=["2026-03-01T00:00:00Z"])]


class WebhookSecret(Answer):
    """A signing secret by its end. ``until`` is set on one that was replaced."""

    hint: str
    made_at: Instant
    until: Instant | None


class WebhookEndpoint(Answer):
    """An endpoint. ``why`` says why it is disabled; ``replaying``: what failed is sent again."""

    id: str
    version: int
    url: str
    description: str | None
    types: list[str] | None
    enabled: bool
    why: WhyDisabled | None
    disabled_at: Instant | None
    replaying: bool
    secrets: list[WebhookSecret]
    created_at: Instant
    created_by: str


class WebhookEndpoints(Answer):
    """All endpoints, and the types of event that there are to choose from."""

    items: list[WebhookEndpoint]
    event_types: list[str]


class WebhookEndpointMade(WebhookEndpoint):
    """An endpoint with its new secret, which is shown this once."""

    secret: str


class WebhookDeliveryRow(Answer):
    """One event for one endpoint. ``status`` and ``reason`` are of the latest attempt."""

    id: str
    endpoint_id: str
    event_id: str
    type: str
    state: DeliveryState
    status: int | None
    reason: str | None
    attempts: int
    next_attempt_at: Instant | None
    happened_at: Instant
    created_at: Instant
    settled_at: Instant | None
    is_test: bool


class WebhookAttempt(Answer):
    """One call. ``answer`` is the beginning of what the receiver said."""

    number: int
    at: Instant
    status: int | None
    reason: str | None
    ms: int
    answer: str


class WebhookDelivery(WebhookDeliveryRow):
    """A delivery with what is sent, byte for byte, and its attempts of the last 90 days."""

    url: str | None
    body: str
    attempt_log: list[WebhookAttempt]

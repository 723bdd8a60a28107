"""Endpoints: where another system wants to be told, of what, and with which secrets."""

from datetime import datetime, timedelta
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.webhook_events import TEST

EndpointState = Literal["enabled", "disabled", "deleted"]
WhyDisabled = Literal["by_staff", "failing", "gone"]
OVERLAP: Final = timedelta(hours=24)
"""How long a secret stays valid after it was replaced."""
MOST_SECRETS: Final = 5
"""That are valid at once; more replacements within a day than that are a mistake."""


class SecretRef(Value):
    """A secret that lies in the vault under ``webhook-endpoints/<endpoint>/<id>``.

    ``hint`` is its end, by which people tell two of them apart. The present one has no end.
    """

    id: str
    hint: str
    made_at: datetime
    until: datetime | None = None


class WebhookEndpoint(Record):
    """An address that is told of events since ``created_at``. ``types`` None: of all.

    Of a disabled one the events are kept as failed deliveries, so that they can be sent later.
    ``replay_since`` is set while failed deliveries wait to be sent again.
    """

    kind: ClassVar[str] = "webhook_endpoint"

    id: str
    url: str
    description: str | None = None
    types: tuple[str, ...] | None = None
    state: EndpointState = "enabled"
    why: WhyDisabled | None = None
    disabled_at: datetime | None = None
    secrets: tuple[SecretRef, ...]
    replay_since: datetime | None = None
    created_at: datetime
    created_by: str

    @property
    def is_enabled(self) -> bool:
        """Something is sent to it."""
        return self.state == "enabled"

    def wants(self, event_type: str, happened_at: datetime) -> bool:
        """Tell whether it is told of an event."""
        if self.state == "deleted" or happened_at < self.created_at:
            return False
        return self.types is None or event_type in self.types or event_type == TEST

    def valid_secrets(self, at: datetime) -> tuple[SecretRef, ...]:
        """Return the secrets that sign at an instant, the newest first."""
        return tuple(one for one in self.secrets if one.until is None or one.until > at)

    def with_secret(self, secret: SecretRef) -> "WebhookEndpoint":
        """Return the endpoint with another secret; the one before ends a day later."""
        until = secret.made_at + OVERLAP
        others = self.valid_secrets(secret.made_at)
        ending = (one.but(until=min(one.until or until, until)) for one in others)
        return self.next(secrets=(secret, *ending))

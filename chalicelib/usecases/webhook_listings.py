"""The questions about webhooks that indexes answer: who is told, and what became of each event."""

from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.webhook_delivery import WebhookDelivery
from chalicelib.domain.webhook_endpoint import WebhookEndpoint
from chalicelib.usecases.ports import Listing

_UP_TO = "~"  # sorts after everything that follows an instant in a sort key
_A_SECOND = timedelta(seconds=1)  # of a bound, everything that begins with it is left out
_IN_STATE = ("waiting", "failed")
"""States that have a list of their own; nearly everything is delivered."""


def webhook_endpoints() -> Listing[WebhookEndpoint]:
    """Return all endpoints, deleted ones included, oldest first."""
    return Listing(WebhookEndpoint, "webhook_endpoints")


def unannounced(since: datetime) -> Listing[AuditEntry]:
    """Return the changes from an instant on that only other systems do not know, oldest first."""
    return Listing(AuditEntry, "unannounced", after=rfc3339(since - _A_SECOND))


def unannounced_and_untold(since: datetime) -> Listing[AuditEntry]:
    """Return the changes from an instant on that nobody was told of yet, oldest first."""
    return Listing(AuditEntry, "untold_and_unannounced", after=rfc3339(since - _A_SECOND))


def webhook_deliveries(state: str | None, endpoint_id: str | None) -> Listing[WebhookDelivery]:
    """Return deliveries, newest first; of an endpoint, in a state, both or all."""
    of_endpoint: tuple[tuple[str, Any], ...] = (
        (("endpoint_id", endpoint_id),) if endpoint_id else ()
    )
    if state in _IN_STATE:
        name = "webhook_deliveries_in_state"
        return Listing(WebhookDelivery, name, (state,), newest_first=True, where=of_endpoint)
    where = (("state", state),) if state else ()
    if endpoint_id is not None:
        name, scope = "webhook_deliveries_of_endpoint", (endpoint_id,)
        return Listing(WebhookDelivery, name, scope, newest_first=True, where=where)
    return Listing(WebhookDelivery, "webhook_deliveries", newest_first=True, where=where)


def webhooks_due(until: datetime) -> Listing[WebhookDelivery]:
    """Return the deliveries that somebody should have seen to by an instant."""
    name = "webhook_deliveries_in_state"
    return Listing(WebhookDelivery, name, ("waiting",), before=f"{rfc3339(until)}{_UP_TO}")


def webhooks_failed(endpoint_id: str, since: datetime) -> Listing[WebhookDelivery]:
    """Return what failed for an endpoint from an instant on, oldest first."""
    name, where = "webhook_deliveries_in_state", (("endpoint_id", endpoint_id),)
    return Listing(
        WebhookDelivery, name, ("failed",), after=rfc3339(since - _A_SECOND), where=where
    )

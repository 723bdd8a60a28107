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
    if state in _IN_STATE and endpoint_id is not None:
        name, scope = "webhook_deliveries_in_state", (state, endpoint_id)
        return Listing(WebhookDelivery, name, scope, newest_first=True)
    where: tuple[tuple[str, Any], ...] = (("state", state),) if state else ()
    if endpoint_id is not None:
        of_it = (endpoint_id,)
        name = "webhook_deliveries_of_endpoint"
        return Listing(WebhookDelivery, name, of_it, newest_first=True, where=where)
    return Listing(WebhookDelivery, "webhook_deliveries", newest_first=True, where=where)


def webhooks_due(endpoint_id: str, until: datetime) -> Listing[WebhookDelivery]:
    """Return the deliveries to an endpoint that somebody should have seen to by an instant."""
    name, before = "webhook_deliveries_in_state", f"{rfc3339(until)}{_UP_TO}"
    return Listing(WebhookDelivery, name, ("waiting", endpoint_id), before=before)


def webhooks_failed(endpoint_id: str, since: datetime) -> Listing[WebhookDelivery]:
    """Return what failed for an endpoint from an instant on, oldest first."""
    name, after = "webhook_deliveries_in_state", rfc3339(since - _A_SECOND)
    return Listing(WebhookDelivery, name, ("failed", endpoint_id), after=after)

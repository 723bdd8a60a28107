"""What became of each event for each endpoint, over HTTP."""

from typing import Final

from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import webhooks as bodies
from chalicelib.api.schemas.base import Page
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.webhook_delivery import WebhookDelivery
from chalicelib.usecases import webhook_deliveries as deliveries
from chalicelib.usecases.webhook_listings import webhook_deliveries

routes = Routes()
_STATES: Final = (None, "waiting", "delivered", "failed")


@routes.route(
    "/v1/webhook-deliveries",
    "GET",
    gives=Page[bodies.WebhookDeliveryRow],
    query=("endpoint_id", "state", *PAGING),
)
def list_all(request: ApiRequest) -> Reply:
    """What was sent or is to be: to an endpoint, in a state, or all of it, newest first."""
    state = request.query.get("state") or None
    if state not in _STATES:
        raise InvalidField(
            "/state", f"A state is one of {', '.join(filter(None, _STATES))}.",
            field_code="unknown_state",
        )  # fmt: skip
    listing = webhook_deliveries(state, request.query.get("endpoint_id") or None)
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    rows = [
        _row(WebhookDelivery.model_validate({**row, "body": ""}, strict=False))
        for row in page.items
    ]
    return Reply(Page[bodies.WebhookDeliveryRow](items=rows, next_cursor=page.cursor))


@routes.route("/v1/webhook-deliveries/{delivery_id}", "GET", gives=bodies.WebhookDelivery)
def read(request: ApiRequest, delivery_id: str) -> Reply:
    """One delivery with what is sent and every attempt."""
    return delivery_reply(request, delivery_id)


def answer(request: ApiRequest, delivery_id: str) -> Reply:
    """Return a stored delivery. NotFound."""
    return delivery_reply(request, delivery_id)


@routes.route("/v1/webhook-deliveries/{delivery_id}/replay", "POST", gives=bodies.WebhookDelivery)
def replay(request: ApiRequest, delivery_id: str) -> Reply:
    """Send it again, with the same id and body."""
    deliveries.replay_delivery(request.ports, request.context, delivery_id)
    return delivery_reply(request, delivery_id)


def delivery_reply(request: ApiRequest, name: str, status: int = 200) -> Reply:
    """Return the reply about one delivery. NotFound."""
    file = deliveries.read_delivery(request.ports, name)
    log = [
        bodies.WebhookAttempt(
            number=one.number,
            at=one.at,
            status=one.status,
            reason=one.reason,
            ms=one.ms,
            answer=one.answer,
        )
        for one in file.attempts
    ]
    body = bodies.WebhookDelivery(
        **_row(file.delivery).model_dump(),
        url=file.endpoint.url if file.endpoint else None,
        body=file.delivery.body,
        attempt_log=log,
    )
    return Reply(body, status, file.delivery.version)


def _row(one: WebhookDelivery) -> bodies.WebhookDeliveryRow:
    return bodies.WebhookDeliveryRow(
        id=one.id,
        endpoint_id=one.endpoint_id,
        event_id=one.event_id,
        type=one.type,
        state=one.state,
        status=one.status,
        reason=one.reason,
        attempts=one.attempts,
        next_attempt_at=one.due_at,
        happened_at=one.happened_at,
        created_at=one.created_at,
        settled_at=one.settled_at,
        is_test=one.is_test,
    )

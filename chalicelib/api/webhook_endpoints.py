"""Endpoints of outgoing webhooks over HTTP. A secret is in one answer, and nowhere after."""

from datetime import UTC

from chalicelib.api.requests import ApiRequest, changed_fields
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import webhooks as bodies
from chalicelib.api.webhook_deliveries import delivery_reply
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.webhook_endpoint import WebhookEndpoint
from chalicelib.domain.webhook_events import EVENT_TYPES
from chalicelib.usecases import webhook_deliveries as deliveries
from chalicelib.usecases import webhook_endpoints as endpoints

routes = Routes()


@routes.route("/v1/webhook-endpoints", "GET", gives=bodies.WebhookEndpoints)
def list_all(request: ApiRequest) -> Reply:
    """All endpoints, oldest first, and the types of event that there are."""
    items = [_body(one) for one in endpoints.list_endpoints(request.ports)]
    return Reply(bodies.WebhookEndpoints(items=items, event_types=list(EVENT_TYPES)))


@routes.route(
    "/v1/webhook-endpoints",
    "POST",
    takes=bodies.WebhookEndpointInput,
    gives=bodies.WebhookEndpointMade,
    status=201,
)
def create(request: ApiRequest) -> Reply:
    """Enter an endpoint; the signing secret is shown this once; 201."""
    body = request.body(bodies.WebhookEndpointInput)
    new = endpoints.NewEndpoint(
        url=body.url,
        description=body.description,
        types=None if body.types is None else tuple(body.types),
    )
    return _made(endpoints.create_endpoint(request.ports, request.context, new), 201)


@routes.route("/v1/webhook-endpoints/{endpoint_id}", "GET", gives=bodies.WebhookEndpoint)
def read(request: ApiRequest, endpoint_id: str) -> Reply:
    """One endpoint."""
    return _reply(endpoints.find_endpoint(request.ports, endpoint_id))


def answer(request: ApiRequest, endpoint_id: str) -> Reply:
    """Return an endpoint; refuse to repeat the answer that showed a secret."""
    if request.path.rstrip("/").endswith(("/webhook-endpoints", "/rotate-secret")):
        raise StateConflict(
            "This request made a secret before, and showed it once. If nobody has it, replace it.",
            code="secret_shown_once",
        )
    return read(request, endpoint_id)


@routes.route(
    "/v1/webhook-endpoints/{endpoint_id}",
    "PATCH",
    takes=bodies.WebhookEndpointChange,
    gives=bodies.WebhookEndpoint,
)
def change(request: ApiRequest, endpoint_id: str) -> Reply:
    """Change address, description or types, switch it on or off; ``If-Match`` guards others'."""
    changes = changed_fields(request.body(bodies.WebhookEndpointChange))
    if isinstance(types := changes.get("types"), list):
        changes["types"] = tuple(types)
    after = endpoints.change_endpoint(
        request.ports,
        request.context,
        endpoint_id,
        changes,
        expected_version=request.expected_version,
    )
    return _reply(after)


@routes.route("/v1/webhook-endpoints/{endpoint_id}", "DELETE", gives=bodies.WebhookEndpoint)
def delete(request: ApiRequest, endpoint_id: str) -> Reply:
    """Take an endpoint away; what was sent to it stays readable."""
    return _reply(endpoints.delete_endpoint(request.ports, request.context, endpoint_id))


@routes.route(
    "/v1/webhook-endpoints/{endpoint_id}/rotate-secret", "POST", gives=bodies.WebhookEndpointMade
)
def rotate(request: ApiRequest, endpoint_id: str) -> Reply:
    """Replace the secret, shown this once; the one before signs for 24 hours more."""
    return _made(endpoints.rotate_secret(request.ports, request.context, endpoint_id))


@routes.route(
    "/v1/webhook-endpoints/{endpoint_id}/test",
    "POST",
    gives=bodies.WebhookDelivery,
    status=201,
)
def test(request: ApiRequest, endpoint_id: str) -> Reply:
    """Send a test event, once, even to an endpoint that is switched off; 201."""
    made = deliveries.send_test(request.ports, request.context, endpoint_id)
    return delivery_reply(request, made.id, 201)


@routes.route(
    "/v1/webhook-endpoints/{endpoint_id}/replay-failed",
    "POST",
    takes=bodies.ReplayFailed,
    gives=bodies.WebhookEndpoint,
)
def replay_failed(request: ApiRequest, endpoint_id: str) -> Reply:
    """Send again everything that failed from an instant on."""
    since = request.body(bodies.ReplayFailed).since
    if since.tzinfo is None:
        raise InvalidField("/since", "An instant has a zone, as in 2026-03-01T00:00:00Z.")
    after = deliveries.replay_failed(
        request.ports, request.context, endpoint_id, since.astimezone(UTC)
    )
    return _reply(after)


def _reply(one: WebhookEndpoint) -> Reply:
    return Reply(_body(one), version=one.version)


def _made(made: endpoints.EndpointMade, status: int = 200) -> Reply:
    shown = _body(made.record).model_dump() | {"secret": made.secret}
    body = bodies.WebhookEndpointMade.model_validate(shown)
    return Reply(body, status, made.record.version, is_shown_once=True)


def _body(one: WebhookEndpoint) -> bodies.WebhookEndpoint:
    return bodies.WebhookEndpoint(
        id=one.id,
        version=one.version,
        url=one.url,
        description=one.description,
        types=None if one.types is None else list(one.types),
        enabled=one.is_enabled,
        why=one.why,
        disabled_at=one.disabled_at,
        replaying=one.replay_since is not None,
        secrets=[
            bodies.WebhookSecret(hint=each.hint, made_at=each.made_at, until=each.until)
            for each in one.secrets
        ],
        created_at=one.created_at,
        created_by=one.created_by,
    )

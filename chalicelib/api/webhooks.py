"""Webhooks of payment providers: verify the raw bytes, store once, answer. Work comes later."""

from chalice.app import Response

from chalicelib import bootstrap
from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Routes
from chalicelib.observability import logger
from chalicelib.usecases.receive_provider_event import receive_provider_event

routes = Routes()
MAX_BYTES = 300_000  # an item of the inbox holds 400 KB; Stripe's largest events have tens of KB


@routes.route("/webhooks/{provider}", "POST", gives="text/plain")
def receive(request: ApiRequest, provider: str) -> Response:
    """Take in a provider's notification. 400 for whatever is not provably from the provider."""
    if len(request.raw) > MAX_BYTES:
        return _text(400, "too large")
    notification = bootstrap.Notification(request.raw, request.headers, request.query)
    try:
        events = request.app.providers.events(provider, notification, request.context.at)
    except bootstrap.SignatureInvalid as exc:
        logger.warning("webhook refused", provider=provider, reason=str(exc))
        return _text(400, "signature refused")
    except bootstrap.EventMalformed as exc:
        logger.warning("webhook not understood", provider=provider, reason=str(exc))
        return _text(400, "not an event")
    for event in events:
        receive_provider_event(
            request.ports,
            request.context,
            provider=provider,
            event_id=event.id,
            event_type=event.type,
            raw=event.raw,
        )
    return _text(200, "stored")


def _text(status: int, text: str) -> Response:
    return Response(text, status_code=status, headers={"Content-Type": "text/plain"})

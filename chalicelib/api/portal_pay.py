"""Paying in the portal over HTTP."""

from chalicelib.api.portal_visit import link_of
from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import portal as bodies
from chalicelib.bootstrap import EventMalformed, SignatureInvalid
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable, known
from chalicelib.observability import logger
from chalicelib.usecases.close_checkouts import look_at
from chalicelib.usecases.portal_checkouts import (
    PortalPayment,
    checkout_in_portal,
    pay_in_portal,
)
from chalicelib.usecases.receive_provider_event import receive_provider_event
from chalicelib.usecases.references import checkout_ref

routes = Routes()


@routes.route(
    "/portal/checkouts",
    "POST",
    takes=bodies.PortalCheckoutInput,
    gives=bodies.PortalCheckout,
    status=201,
)
def begin(request: ApiRequest) -> Reply:
    """Begin to pay these invoices, or everything, at a provider's page; 201."""
    body = request.body(bodies.PortalCheckoutInput)
    wanted = PortalPayment(
        currency=body.currency, provider=body.provider, invoice_ids=body.invoice_ids
    )
    try:
        checkout = pay_in_portal(
            request.ports,
            request.context,
            link_of(request),
            wanted,
            base_url=request.app.settings.base_url,
        )
    except (ProviderRefused, ProviderUnavailable) as exc:
        # What a provider says to us may name our account and keys; staff see it at the checkout.
        raise type(exc)(exc.provider, "its page could not be opened") from exc
    answer = bodies.PortalCheckout(id=checkout.id, url=known(checkout.url), fields=checkout.fields)
    return Reply(answer, 201)


@routes.route("/portal/checkouts/{checkout_id}", "GET", gives=bodies.PortalCheckoutState)
def state(request: ApiRequest, checkout_id: str) -> Reply:
    """What became of a checkout; the page that a provider leads back to asks until it is over."""
    return Reply(_state(request, checkout_id))


def _state(request: ApiRequest, checkout_id: str) -> bodies.PortalCheckoutState:
    checkout, news = checkout_in_portal(
        request.ports, request.context, link_of(request), checkout_id
    )
    titles = {one.name: one.title for one in request.ports.gateway.kinds()}
    is_open = news == "open"
    return bodies.PortalCheckoutState(
        id=checkout.id,
        state=news,
        provider=checkout.provider,
        title=titles.get(checkout.provider, checkout.provider),
        currency=checkout.currency,
        amount_minor=checkout.amount_minor,
        numbers=[item.number for item in checkout.items],
        url=checkout.url if is_open else None,
        fields=checkout.fields if is_open else None,
    )


@routes.route(
    "/portal/checkouts/{checkout_id}/return",
    "POST",
    takes=bodies.PortalReturnInput,
    gives=bodies.PortalCheckoutState,
)
def come_back(request: ApiRequest, checkout_id: str) -> Reply:
    """Take in what a provider's page added to the address of ours, where it is signed.

    It counts like the provider's own notification, and only if it is provably from the provider.
    """
    query = request.body(bodies.PortalReturnInput).query
    before = _state(request, checkout_id)
    if before.state != "paid":  # it may have been paid at a page that we took for closed
        _receive(request, before.provider, query)
        checkout = known(request.ports.store.get(checkout_ref(checkout_id)))
        look_at(request.ports, request.context, checkout)
    return Reply(before)


def _receive(request: ApiRequest, provider: str, query: dict[str, str]) -> None:
    notification = request.app.providers.returned(provider, query)
    if notification is None:
        return
    try:
        events = request.app.providers.events(provider, notification, request.at)
    except (SignatureInvalid, EventMalformed) as exc:
        logger.warning("return not understood", provider=provider, reason=str(exc))
        return
    for event in events:
        receive_provider_event(
            request.ports,
            request.context,
            provider=provider,
            event_id=event.id,
            event_type=event.type,
            raw=event.raw,
        )

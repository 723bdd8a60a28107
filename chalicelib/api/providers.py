"""Set-up of payment providers over HTTP. No answer carries a key."""

from collections.abc import Mapping
from typing import Any

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import providers as bodies
from chalicelib.domain.provider_settings import ProviderSettings
from chalicelib.usecases.provider_listings import provider_events
from chalicelib.usecases.provider_ports import ProviderKind
from chalicelib.usecases.provider_settings import (
    ProviderChange,
    change_provider,
    kind_of,
    settings_of_all,
    settings_ref,
    try_provider,
)

routes = Routes()
_LAST = 100


@routes.route("/v1/providers", "GET", gives=bodies.Providers)
def list_all(request: ApiRequest) -> Reply:
    """All payment providers and what is still missing to use each."""
    settings = settings_of_all(request.ports)
    kinds = request.ports.gateway.kinds()
    ordered = sorted(kinds, key=lambda kind: _place(settings.get(kind.name)))
    items = [_provider(request, kind, settings.get(kind.name)) for kind in ordered]
    return Reply(bodies.Providers(items=items))


def _place(settings: ProviderSettings | None) -> int:
    return settings.position if settings else _LAST


@routes.route("/v1/providers/{provider}", "PUT", takes=bodies.ProviderInput, gives=bodies.Provider)
def change(request: ApiRequest, provider: str) -> Reply:
    """Put in keys and say how a provider is used; keys are kept where nobody can read them."""
    body = request.body(bodies.ProviderInput)
    limited_to = None if body.limited_to is None else tuple(body.limited_to)
    wish = ProviderChange(
        keys=body.keys,
        is_offered=body.is_offered,
        position=body.position,
        mode=body.mode,
        currencies=limited_to,
    )
    change_provider(
        request.ports, request.context, provider, wish, expected_version=request.expected_version
    )
    return answer(request, provider)


@routes.route(
    "/v1/providers/{provider}/test", "POST", takes=bodies.ProviderTest, gives=bodies.Provider
)
def test(request: ApiRequest, provider: str) -> Reply:
    """Ask the provider whose account the keys open; its answer is in ``checked_said``."""
    body = request.body(bodies.ProviderTest)
    try_provider(request.ports, request.context, provider, body.keys)
    return answer(request, provider)


def answer(request: ApiRequest, provider: str) -> Reply:
    """Return a provider as it is set up now. NotFound."""
    kind = kind_of(request.ports, provider)
    settings = request.ports.store.get(settings_ref(provider))
    body = _provider(request, kind, settings)
    return Reply(body, version=body.version)


def _provider(
    request: ApiRequest, kind: ProviderKind, settings: ProviderSettings | None
) -> bodies.Provider:
    filled = settings.filled if settings else {}
    last: Mapping[str, Any] = _last_event(request, kind.name)
    currencies = None if kind.currencies is None else list(kind.currencies)
    return bodies.Provider(
        name=kind.name,
        title=kind.title,
        version=settings.version if settings else 0,
        is_offered=settings.is_offered if settings else False,
        is_ready=bool(filled) and kind.has_pages and not kind.lacks("api", filled),
        hears=request.app.providers.hears(kind.name),
        position=_place(settings),
        mode=settings.mode if settings else "live",
        limited_to=list(settings.currencies) if settings else [],
        currencies=currencies,
        minimum_minor=kind.minimum_minor,
        has_list=kind.has_list,
        keys=[
            bodies.ProviderKey(**key.model_dump(), shown=filled.get(key.name))
            for key in kind.fields
        ],
        webhook_url=f"{request.app.settings.base_url}/webhooks/{kind.name}",
        checked_at=settings.checked_at if settings else None,
        checked_ok=settings.checked_ok if settings else None,
        checked_said=settings.checked_said if settings else None,
        last_event_at=last.get("received_at"),
        last_event_type=last.get("event_type"),
    )


def _last_event(request: ApiRequest, provider: str) -> Mapping[str, Any]:
    rows = request.ports.store.rows(provider_events(provider), limit=1).items
    return rows[0] if rows else {}

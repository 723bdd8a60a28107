"""What came from payment providers, and how our books compare with their lists."""

from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import providers as bodies
from chalicelib.api.schemas.base import Page
from chalicelib.domain.comparison import Comparison
from chalicelib.domain.errors import InvalidField, NotFound
from chalicelib.usecases.apply_provider_event import find_event
from chalicelib.usecases.compare_provider import ask_for_comparison
from chalicelib.usecases.ports import Ref
from chalicelib.usecases.provider_listings import comparisons, comparisons_with, provider_events
from chalicelib.usecases.provider_settings import kind_of

routes = Routes()


@routes.route(
    "/v1/provider-events",
    "GET",
    gives=Page[bodies.ProviderEventRow],
    query=("provider", *PAGING),
)
def events(request: ApiRequest) -> Reply:
    """The events of one provider, newest first, with what became of each."""
    provider = request.query.get("provider")
    if not provider:
        raise InvalidField("/provider", "Say whose events.", field_code="missing")
    kind_of(request.ports, provider)
    page = request.ports.store.rows(
        provider_events(provider), limit=request.limit, cursor=request.cursor
    )
    names = set(bodies.ProviderEventRow.model_fields)
    rows = [
        bodies.ProviderEventRow.model_validate({name: row[name] for name in row if name in names})
        for row in page.items
    ]
    return Reply(Page[bodies.ProviderEventRow](items=rows, next_cursor=page.cursor))


@routes.route("/v1/provider-events/{provider}/{event_id}", "GET", gives=bodies.ProviderEvent)
def event(request: ApiRequest, provider: str, event_id: str) -> Reply:
    """One event with what the provider sent."""
    found = find_event(request.ports, provider, event_id)
    names = bodies.ProviderEvent.model_fields
    return Reply(bodies.ProviderEvent(**{name: getattr(found, name) for name in names}))


@routes.route(
    "/v1/provider-comparisons",
    "GET",
    gives=Page[bodies.Comparison],
    query=("provider", *PAGING),
)
def list_comparisons(request: ApiRequest) -> Reply:
    """The comparisons with one provider or with all, newest first."""
    provider = request.query.get("provider")
    listing = comparisons_with(provider) if provider else comparisons()
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    rows = [_comparison(Comparison.model_validate(row, strict=False)) for row in page.items]
    return Reply(Page[bodies.Comparison](items=rows, next_cursor=page.cursor))


@routes.route(
    "/v1/provider-comparisons",
    "POST",
    takes=bodies.ComparisonInput,
    gives=bodies.Comparison,
    status=201,
)
def compare(request: ApiRequest) -> Reply:
    """Look through a provider's list now; 201 when it has begun."""
    body = request.body(bodies.ComparisonInput)
    run = ask_for_comparison(request.ports, request.context, body.provider)
    return Reply(_comparison(run), 201, run.version)


@routes.route("/v1/provider-comparisons/{comparison_id}", "GET", gives=bodies.Comparison)
def read(request: ApiRequest, comparison_id: str) -> Reply:
    """One comparison."""
    return answer(request, comparison_id)


def answer(request: ApiRequest, comparison_id: str) -> Reply:
    """Return a comparison as it stands now. NotFound."""
    run = request.ports.store.get(Ref(Comparison, (comparison_id,)))
    if run is None:
        raise NotFound("comparison", comparison_id)
    return Reply(_comparison(run), version=run.version)


def _comparison(run: Comparison) -> bodies.Comparison:
    fields = {name: getattr(run, name) for name in bodies.Comparison.model_fields}
    return bodies.Comparison(**fields | {"keys": list(run.keys)})

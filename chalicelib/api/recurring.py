"""Recurring invoices over HTTP."""

from typing import Any, Final, get_args

from chalicelib.api.render_timeline import timeline_entry
from chalicelib.api.requests import PAGING, ApiRequest, changed_fields
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import recurring as bodies
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.invoices import Line, LineInput
from chalicelib.domain import invoice as domain
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import InvalidField, NotFound
from chalicelib.domain.recurring import RecurringInvoice
from chalicelib.usecases.list_recurring import list_recurring
from chalicelib.usecases.preview_recurring import Upcoming, preview
from chalicelib.usecases.recurring_invoices import (
    NewRecurring,
    change_recurring,
    create_recurring,
    end_recurring,
    pause_recurring,
    recurring_for,
    resume_recurring,
)
from chalicelib.usecases.recurring_references import recurring_ref

routes = Routes()
_SHOWN: Final = 12
_MOST_SHOWN: Final = 60
_NEEDED: Final = ("customer_id", "currency", "lines", "every", "start_on", "auto_send")


@routes.route(
    "/v1/recurring-invoices",
    "GET",
    gives=Page[bodies.RecurringRow],
    query=("state", "customer_id", *PAGING),
)
def list_all(request: ApiRequest) -> Reply:
    """Recurring invoices, newest first; in a state the next to be issued first; of a customer."""
    state = request.query.get("state") or None
    if state is not None and state not in get_args(bodies.RecurringState):
        raise InvalidField("/state", "A state is one of active, paused, ended.")
    listing = list_recurring(state, request.query.get("customer_id") or None)
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    names = bodies.RecurringRow.model_fields
    rows = [bodies.RecurringRow(**{name: row[name] for name in names}) for row in page.items]
    return Reply(Page[bodies.RecurringRow](items=rows, next_cursor=page.cursor))


@routes.route(
    "/v1/recurring-invoices",
    "POST",
    takes=bodies.RecurringInput,
    gives=bodies.Recurring,
    status=201,
)
def create(request: ApiRequest) -> Reply:
    """Write a recurring invoice; its days that have passed are made up at the next hour; 201."""
    new = _new(request.body(bodies.RecurringInput))
    recurring = create_recurring(request.ports, request.context, new)
    return answer(request, recurring.id, status=201)


def _new(body: bodies.RecurringInput) -> NewRecurring:
    fields = {name: getattr(body, name) for name in type(body).model_fields}
    return NewRecurring(**fields | {"lines": _lines(body.lines)})


def _lines(lines: list[LineInput]) -> tuple[domain.LineInput, ...]:
    return tuple(domain.LineInput(**line.model_dump()) for line in lines)


def answer(request: ApiRequest, recurring_id: str, status: int = 200) -> Reply:
    """Return a recurring invoice with its timeline. NotFound."""
    records = request.ports.store.partition(recurring_ref(recurring_id))
    one = next((record for record in records if isinstance(record, RecurringInvoice)), None)
    if one is None:
        raise NotFound("recurring invoice", recurring_id)
    own = ("lines", "timeline")
    names = (name for name in bodies.Recurring.model_fields if name not in own)
    body = bodies.Recurring(
        **{name: getattr(one, name) for name in names},
        lines=[Line(**line.model_dump()) for line in domain.price(one.lines).lines],
        timeline=[timeline_entry(entry) for entry in records if isinstance(entry, AuditEntry)],
    )
    return Reply(body, status, one.version)


@routes.route(
    "/v1/recurring-invoices/preview",
    "POST",
    takes=bodies.RecurringInput,
    gives=bodies.Upcoming,
    query=("count",),
)
def preview_new(request: ApiRequest) -> Reply:
    """Which invoices a recurring invoice would make; nothing is stored."""
    body, context = request.body(bodies.RecurringInput), request.context
    recurring = recurring_for(request.ports, context, _new(body))
    shown = preview(request.ports, context, recurring, _count(request))
    return _upcoming(recurring.currency, shown)


def _count(request: ApiRequest) -> int:
    text = request.query.get("count", str(_SHOWN))
    if not text.isdigit() or not 1 <= int(text) <= _MOST_SHOWN:
        raise InvalidField("/count", f"A count is a whole number from 1 to {_MOST_SHOWN}.")
    return int(text)


def _upcoming(currency: str, shown: tuple[Upcoming, ...]) -> Reply:
    names = bodies.UpcomingInvoice.model_fields
    items = [
        bodies.UpcomingInvoice(**{name: getattr(one, name) for name in names}) for one in shown
    ]
    return Reply(bodies.Upcoming(currency=currency, items=items))


@routes.route("/v1/recurring-invoices/{recurring_id}", "GET", gives=bodies.Recurring)
def read(request: ApiRequest, recurring_id: str) -> Reply:
    """One recurring invoice with its timeline."""
    return answer(request, recurring_id)


@routes.route(
    "/v1/recurring-invoices/{recurring_id}",
    "PATCH",
    takes=bodies.RecurringChange,
    gives=bodies.Recurring,
)
def change(request: ApiRequest, recurring_id: str) -> Reply:
    """Change it for the invoices to come; what was made stays as it is."""
    body = request.body(bodies.RecurringChange)
    changes: dict[str, Any] = changed_fields(body)
    for name in _NEEDED:
        if name in changes and changes[name] is None:
            raise InvalidField(f"/{name}", "This field cannot be cleared.", field_code="missing")
    if body.lines is not None:
        changes["lines"] = _lines(body.lines)
    version = request.expected_version
    change_recurring(
        request.ports, request.context, recurring_id, changes, expected_version=version
    )
    return answer(request, recurring_id)


@routes.route(
    "/v1/recurring-invoices/{recurring_id}/preview", "GET", gives=bodies.Upcoming, query=("count",)
)
def preview_of(request: ApiRequest, recurring_id: str) -> Reply:
    """The next invoices; of a paused one, as if it went on today."""
    recurring = request.ports.store.get(recurring_ref(recurring_id))
    if recurring is None:
        raise NotFound("recurring invoice", recurring_id)
    shown = preview(request.ports, request.context, recurring, _count(request))
    return _upcoming(recurring.currency, shown)


@routes.route("/v1/recurring-invoices/{recurring_id}/pause", "POST", gives=bodies.Recurring)
def pause(request: ApiRequest, recurring_id: str) -> Reply:
    """Make no more invoices until it is resumed."""
    pause_recurring(request.ports, request.context, recurring_id)
    return answer(request, recurring_id)


@routes.route("/v1/recurring-invoices/{recurring_id}/resume", "POST", gives=bodies.Recurring)
def resume(request: ApiRequest, recurring_id: str) -> Reply:
    """Go on from today; what passed meanwhile is not made up."""
    resume_recurring(request.ports, request.context, recurring_id)
    return answer(request, recurring_id)


@routes.route("/v1/recurring-invoices/{recurring_id}/end", "POST", gives=bodies.Recurring)
def end(request: ApiRequest, recurring_id: str) -> Reply:
    """End it for good."""
    end_recurring(request.ports, request.context, recurring_id)
    return answer(request, recurring_id)

"""Write a recurring invoice, change it, pause it, end it. Its invoices are made by make_runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from itertools import islice, takewhile
from typing import Any, Final

from chalicelib.domain.calendar import local_date
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import InvalidField, NotFound, Stale, StateConflict
from chalicelib.domain.invoice import LineInput, price
from chalicelib.domain.occurrences import Every, rhythm
from chalicelib.domain.recurring import RecurringInvoice, require_not_ended
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.draft_invoice import billed_customer
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Insert, Ports, Replace
from chalicelib.usecases.recurring_references import recurring_ref

_FURTHEST: Final = timedelta(days=3660)  # a start more than ten years away is a typing error
_MOST_NAMED: Final = 60  # days in an audit entry: more than a year of weeks
_RHYTHM: Final = frozenset({"every", "on_day", "start_on", "end_on"})


@dataclass(frozen=True, kw_only=True)
class NewRecurring:
    """A template with its rhythm; None takes the customer's or the company's setting of the day.

    Without ``on_day`` it recurs on the day of ``start_on``.
    """

    customer_id: str
    currency: str | None
    lines: tuple[LineInput, ...]
    every: Every
    on_day: int | None
    start_on: date
    end_on: date | None = None
    auto_send: bool = False
    series: str | None = None
    purchase_order: str | None = None
    notes: str | None = None
    terms_days: int | None = None


def create_recurring(ports: Ports, context: Context, new: NewRecurring) -> RecurringInvoice:
    """Store a recurring invoice. InvalidField for an unknown customer, lines or days."""
    recurring = recurring_for(ports, context, new)
    entry = _audit(ports, context, "recurring_created", recurring)
    writes, resource = [Insert(recurring), entry], _resource(recurring.id)
    until_committed(ports, lambda: commit(ports, context, writes, resource=resource))
    return recurring


def recurring_for(ports: Ports, context: Context, new: NewRecurring) -> RecurringInvoice:
    """Return what would be stored, with its first day and what one invoice comes to."""
    customer = billed_customer(ports, new.customer_id)
    given = {field.name: getattr(new, field.name) for field in fields(new)}
    _require_near(new.start_on, context)
    days = rhythm(new.every, new.on_day, new.start_on, new.end_on)
    return RecurringInvoice(
        **given
        | {"currency": new.currency or customer.currency, "on_day": days.on_day}
        | _totals(new.lines, customer),
        id=ports.ids.new("rec", context.at),
        state="active",
        customer_name=customer.name,
        next_on=days.on_or_after(new.start_on),
        created_at=context.at,
        created_by=context.actor.id,
    )


def _require_near(start_on: date, context: Context) -> None:
    today = context.at.date()
    if start_on > today + _FURTHEST:
        raise InvalidField(
            "/start_on", "The date lies more than ten years ahead.", field_code="too_far_ahead"
        )
    if start_on < today - _FURTHEST:
        raise InvalidField(
            "/start_on", "The date lies more than ten years back.", field_code="too_far_back"
        )


def _totals(lines: tuple[LineInput, ...], customer: Customer) -> dict[str, int]:
    priced = price(lines, customer.discount)
    return {name: getattr(priced, name) for name in ("net_minor", "tax_minor", "total_minor")}


def _resource(recurring_id: str) -> str:
    return f"/v1/recurring-invoices/{recurring_id}"


def _audit(
    ports: Ports, context: Context, action: str, recurring: RecurringInvoice, **facts: Any
) -> Insert:
    return audit(
        ports,
        context,
        action,
        subject=("recurring_invoice", recurring.id),
        customer_id=recurring.customer_id,
        total_minor=recurring.total_minor,
        currency=recurring.currency,
        **facts,
    )


def change_recurring(
    ports: Ports,
    context: Context,
    recurring_id: str,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
) -> RecurringInvoice:
    """Change template or rhythm for the invoices to come; lines come as a whole.

    Stale, InvalidField, or StateConflict: it has ended, or began already and cannot begin anew.
    """

    def change(before: RecurringInvoice) -> RecurringInvoice:
        after = before.next(**_changed(ports, before, changes))
        if not _RHYTHM & set(changes):
            return after
        if before.last_on is not None and after.start_on != before.start_on:
            raise StateConflict("Its first invoice was made already.", code="recurring_started")
        _require_near(after.start_on, context)
        rhythm(after.every, after.on_day, after.start_on, after.end_on)
        return after.rescheduled()

    return _move(
        ports, context, recurring_id, "recurring_changed", change,
        expected_version=expected_version, tell=lambda _: {"changed": sorted(changes)},
    )  # fmt: skip


def _changed(ports: Ports, before: RecurringInvoice, changes: Mapping[str, Any]) -> dict[str, Any]:
    changed = dict(changes)
    if "lines" in changes or "customer_id" in changes:
        customer = billed_customer(ports, changes.get("customer_id", before.customer_id))
        changed |= _totals(changes.get("lines", before.lines), customer)
        changed["customer_name"] = customer.name
    if changes.get("on_day", 0) is None:
        every, start_on = changes.get("every", before.every), changes.get("start_on")
        changed["on_day"] = rhythm(every, None, start_on or before.start_on, None).on_day
    return changed


def pause_recurring(ports: Ports, context: Context, recurring_id: str) -> RecurringInvoice:
    """Stop making invoices until it is resumed. StateConflict unless it is active."""

    def pause(before: RecurringInvoice) -> RecurringInvoice:
        if before.state == "paused":
            raise StateConflict("It is paused already.", code="recurring_paused")
        return before.next(state="paused")

    return _move(ports, context, recurring_id, "recurring_paused", pause)


def resume_recurring(ports: Ports, context: Context, recurring_id: str) -> RecurringInvoice:
    """Go on from today. StateConflict unless it is paused.

    What passed meanwhile is not made up; the audit entry names the days that were skipped.
    """
    today = local_date(context.at, company_of(ports).time_zone)

    def resume(before: RecurringInvoice) -> RecurringInvoice:
        if before.state == "active":
            raise StateConflict("It is not paused.", code="recurring_active")
        return before.next(state="active", resumed_on=today).rescheduled()

    def skipped(before: RecurringInvoice) -> dict[str, Any]:
        days = takewhile(lambda day: day < today, before.rhythm.days(before.planned()))
        return {"skipped": [day.isoformat() for day in islice(days, _MOST_NAMED)]}

    return _move(ports, context, recurring_id, "recurring_resumed", resume, tell=skipped)


def end_recurring(ports: Ports, context: Context, recurring_id: str) -> RecurringInvoice:
    """End it for good; runs that have begun go on. StateConflict when it has ended."""

    def end(before: RecurringInvoice) -> RecurringInvoice:
        return before.next(state="ended", next_on=None)

    return _move(ports, context, recurring_id, "recurring_ended", end)


def _move(
    ports: Ports,
    context: Context,
    recurring_id: str,
    action: str,
    change: Callable[[RecurringInvoice], RecurringInvoice],
    *,
    expected_version: int | None = None,
    tell: Callable[[RecurringInvoice], dict[str, Any]] = lambda _: {},
) -> RecurringInvoice:
    def attempt() -> RecurringInvoice:
        before = ports.store.get(recurring_ref(recurring_id))
        if before is None:
            raise NotFound("recurring invoice", recurring_id)
        if expected_version not in (None, before.version):
            present = before.version
            raise Stale("recurring invoice", expected=expected_version or 0, present=present)
        require_not_ended(before)
        after = change(before)
        entry = _audit(ports, context, action, after, **tell(before))
        commit(ports, context, [Replace(after), entry], resource=_resource(recurring_id))
        return after

    return until_committed(ports, attempt)

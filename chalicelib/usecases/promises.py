"""Promises to pay and instalment plans: agree on them, and take them back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from chalicelib.domain.calendar import local_date
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.promise import Instalment, Plan, Promise, in_days_order
from chalicelib.domain.rest import RestKind
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace, Write
from chalicelib.usecases.references import invoice_ref
from chalicelib.usecases.rests import items_of, require_free, resting, waking

FURTHEST_PROMISE = timedelta(days=366)
FURTHEST_INSTALMENT = timedelta(days=5 * 366)
MAX_INSTALMENTS = 120
MAX_PLAN_INVOICES = 100

Agreement = Promise | Plan
T = TypeVar("T", Promise, Plan)


@dataclass(frozen=True, kw_only=True)
class NewPromise:
    """So much by this day; no invoices: whatever is oldest. ``by_customer``: in the portal."""

    customer_id: str
    currency: str
    amount_minor: int
    promised_on: date
    invoice_ids: Sequence[str] = ()
    note: str | None = None
    owner: str | None = None
    by_customer: bool = False


@dataclass(frozen=True, kw_only=True)
class NewPlan:
    """Instalments over invoices of one customer and currency."""

    invoice_ids: Sequence[str]
    instalments: Sequence[Instalment]
    note: str | None = None
    owner: str | None = None


def _anything_goes(_desk: Desk) -> None:
    pass


def make_promise(
    ports: Ports,
    context: Context,
    new: NewPromise,
    require_may: Callable[[Desk], None] = _anything_goes,
) -> Promise:
    """Note a promise: its amount rests up to and including its day.

    InvalidField for a day that has passed or lies more than a year ahead, and for more than is open
    and does not rest already. ``require_may`` refuses on the account as it then stands.
    """

    def attempt() -> Promise:
        if new.customer_id == UNIDENTIFIED:
            raise NotFound("customer", new.customer_id)
        desk = open_desk(ports, new.customer_id, new.currency)
        today = local_date(context.at, desk.customer.time_zone)
        _require_day("/promised_on", new.promised_on, today, FURTHEST_PROMISE)
        require_may(desk)
        require_free(context, desk, items_of(desk, new.invoice_ids), new.amount_minor)
        promise = Promise(
            id=ports.ids.new("prm", context.at),
            customer_id=desk.customer.id,
            customer_name=desk.customer.name,
            currency=new.currency,
            amount_minor=new.amount_minor,
            promised_on=new.promised_on,
            invoice_ids=tuple(new.invoice_ids),
            note=new.note,
            owner=new.owner or context.actor.name,
            created_at=context.at,
            created_by=context.actor.name,
        )
        what = "made_in_portal" if new.by_customer else "made"
        _agreed(ports, context, desk, promise, what)
        return promise

    return until_committed(ports, attempt)


def _require_day(pointer: str, day: date, today: date, furthest: timedelta) -> None:
    if not today <= day <= today + furthest:
        raise InvalidField(
            pointer,
            f"The day lies between {today} and {today + furthest}.",
            field_code="date_out_of_range",
        )


def make_plan(ports: Ports, context: Context, new: NewPlan) -> Plan:
    """Agree on instalments: what they add up to rests while each comes in time.

    InvalidField for days that do not follow each other, invoices of several accounts, or more than
    is open and does not rest already.
    """

    def attempt() -> Plan:
        desk = open_desk(ports, *_account_of(ports, new.invoice_ids))
        plan = _plan(ports, context, desk, new)
        items = items_of(desk, new.invoice_ids)
        require_free(context, desk, items, plan.amount_minor)
        _agreed(ports, context, desk, plan)
        return plan

    return until_committed(ports, attempt)


def _account_of(ports: Ports, invoice_ids: Sequence[str]) -> tuple[str, str]:
    found = ports.store.get_many([invoice_ref(invoice_id) for invoice_id in invoice_ids])
    for index, invoice_id in enumerate(invoice_ids):
        if invoice_ref(invoice_id) not in found:
            raise InvalidField(
                f"/invoice_ids/{index}", "There is no such invoice.", field_code="unknown_invoice"
            )
    accounts = {
        (one.customer_id, one.currency) for one in found.values() if isinstance(one, Invoice)
    }
    if len(accounts) != 1:
        raise InvalidField(
            "/invoice_ids",
            "A plan is for invoices of one customer in one currency.",
            field_code="several_accounts",
        )
    return accounts.pop()


def _plan(ports: Ports, context: Context, desk: Desk, new: NewPlan) -> Plan:
    today = local_date(context.at, desk.customer.time_zone)
    for index, one in enumerate(new.instalments):
        pointer = f"/instalments/{index}/due_on"
        _require_day(pointer, one.due_on, today, FURTHEST_INSTALMENT)
    if not in_days_order(new.instalments):
        raise InvalidField(
            "/instalments",
            "Each instalment is due after the one before it.",
            field_code="not_in_order",
        )
    return Plan(
        id=ports.ids.new("pln", context.at),
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        currency=desk.account.currency,
        invoice_ids=tuple(new.invoice_ids),
        instalments=tuple(new.instalments),
        note=new.note,
        owner=new.owner or context.actor.name,
        created_at=context.at,
        created_by=context.actor.name,
    )


def _agreed(ports: Ports, context: Context, desk: Desk, one: Agreement, what: str = "made") -> None:
    writes: list[Write] = [
        Insert(one),
        *resting(ports, context, desk, one.rest()),
        said(ports, context, one, what),
    ]
    commit(ports, context, writes, resource=f"/v1/{place_of(one)}/{one.id}")


def said(ports: Ports, context: Context, one: Agreement, what: str) -> Write:
    """Return the audit entry about a promise or plan: ``promise_made``, ``plan_broken``, ..."""
    until = one.promised_on if isinstance(one, Promise) else one.next_due_on
    return audit(
        ports,
        context,
        f"{one.kind}_{what}",
        subject=("customer", one.customer_id),
        customer_id=one.customer_id,
        amount_minor=one.amount_minor,
        currency=one.currency,
        until=until.isoformat() if until else None,
        id=one.id,
    )


def place_of(one: Agreement) -> str:
    """Return the collection under which the API shows it."""
    return "promises" if isinstance(one, Promise) else "plans"


def kind_of(one: Agreement) -> RestKind:
    """Return the kind of rest it makes."""
    return "promise" if isinstance(one, Promise) else "plan"


def find_promise(ports: Ports, name: str) -> Promise:
    """Return a promise. NotFound."""
    return _found(ports.store.get(Ref(Promise, (name,))), "promise", name)


def find_plan(ports: Ports, name: str) -> Plan:
    """Return an instalment plan. NotFound."""
    return _found(ports.store.get(Ref(Plan, (name,))), "plan", name)


def _found(one: T | None, what: str, name: str) -> T:
    if one is None:
        raise NotFound(what, name)
    return one


def cancel_promise(ports: Ports, context: Context, name: str) -> Promise:
    """Take a promise back; the chase goes on at once. StateConflict when it has ended."""

    def attempt() -> Promise:
        promise = find_promise(ports, name)
        _require_open(promise)
        after = promise.next(state="cancelled", ended_at=context.at)
        _cancelled(ports, context, after)
        return after

    return until_committed(ports, attempt)


def cancel_plan(ports: Ports, context: Context, name: str) -> Plan:
    """Take a plan back; the chase goes on at once. StateConflict when it has ended."""

    def attempt() -> Plan:
        plan = find_plan(ports, name)
        _require_open(plan)
        after = plan.next(state="cancelled", ended_at=context.at)
        _cancelled(ports, context, after)
        return after

    return until_committed(ports, attempt)


def _require_open(one: Agreement) -> None:
    if one.state != "open":
        raise StateConflict(f"This {one.kind} is {one.state} already.", code="ended_already")


def _cancelled(ports: Ports, context: Context, after: Agreement) -> None:
    desk = open_desk(ports, after.customer_id, after.currency)
    writes = [
        Replace(after),
        *waking(ports, context, desk, kind_of(after), [after.id]),
        said(ports, context, after, "cancelled"),
    ]
    commit(ports, context, writes, resource=f"/v1/{place_of(after)}/{after.id}")

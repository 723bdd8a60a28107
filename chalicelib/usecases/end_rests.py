"""Find promises and plans that were not kept, holds and deadlines whose day has passed.

The chase resumes by itself: an account never rests beyond a day that has passed. This tells staff.
"""

from functools import partial
from typing import Any

from chalicelib.domain.calendar import local_date
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.promise import Plan, Promise
from chalicelib.usecases.agreement_listings import (
    missed_plans,
    missed_promises,
    overdue_disputes,
    passed_holds,
)
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.desk import open_desk
from chalicelib.usecases.disputes import find_dispute, overdue_key
from chalicelib.usecases.holds import ending_hold, find_hold
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Listing, Ports, Replace
from chalicelib.usecases.promises import Agreement, find_plan, find_promise, kind_of, said
from chalicelib.usecases.references import work_item_ref
from chalicelib.usecases.rests import waking
from chalicelib.usecases.work import on_the_list, work_item

_PAGE = 100
_MAX_PAGES = 50  # what is left is found in the next hour


def end_rests(ports: Ports, context: Context) -> int:
    """Mark what is broken or overdue as of the context's instant; return how many there were.

    A day has passed once it has in the zone of the company, and for promises and plans also in that
    of the customer. Repeated, it changes nothing.
    """
    today = local_date(context.at, company_of(ports).time_zone)
    count = 0
    for name in _names(ports, missed_promises(today)):
        count += until_committed(ports, partial(_break_promise, ports, context, name))
    for name in _names(ports, missed_plans(today)):
        count += until_committed(ports, partial(_break_plan, ports, context, name))
    for name in _names(ports, overdue_disputes(today)):
        count += until_committed(ports, partial(_mark_overdue, ports, context, name))
    for name in _names(ports, passed_holds(today)):
        count += until_committed(ports, partial(_end_hold, ports, context, name))
    return count


def _names(ports: Ports, listing: Listing[Any]) -> list[str]:
    names: list[str] = []
    cursor = None
    for _ in range(_MAX_PAGES):
        page = ports.store.rows(listing, limit=_PAGE, cursor=cursor)
        names += [row["id"] for row in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    return names


def _break_promise(ports: Ports, context: Context, name: str) -> int:
    return _break(ports, context, find_promise(ports, name))


def _break_plan(ports: Ports, context: Context, name: str) -> int:
    return _break(ports, context, find_plan(ports, name))


def _break(ports: Ports, context: Context, one: Agreement) -> int:
    desk = open_desk(ports, one.customer_id, one.currency)
    today = local_date(context.at, desk.customer.time_zone)
    if one.state != "open" or not one.rest().is_broken(today):
        return 0
    after = one.next(state="broken", ended_at=context.at)
    item = work_item(
        context,
        f"broken-{one.id}",
        "promise_broken" if isinstance(one, Promise) else "plan_broken",
        _missed_day(one),
        priority=2,
        customer_id=one.customer_id,
        customer_name=one.customer_name,
        amount_minor=one.rest().amount_minor,
        currency=one.currency,
    )
    known_item = ports.store.get(work_item_ref(item.key))
    ports.store.commit(
        [
            Replace(after),
            *waking(ports, context, desk, kind_of(one), [one.id]),
            on_the_list(item, known_item),
            said(ports, context, after, "broken"),
        ]
    )
    return 1


def _missed_day(one: Agreement) -> str:
    day = one.next_due_on if isinstance(one, Plan) else one.promised_on
    return day.isoformat() if day else ""


def _mark_overdue(ports: Ports, context: Context, name: str) -> int:
    dispute: Dispute = find_dispute(ports, name)
    today = local_date(context.at, company_of(ports).time_zone)
    is_late = dispute.deadline < today
    if dispute.state != "open" or dispute.overdue_since is not None or not is_late:
        return 0
    item = work_item(
        context,
        overdue_key(name),
        "dispute_overdue",
        f"{dispute.owner}: {dispute.deadline.isoformat()}",
        priority=2,
        customer_id=dispute.customer_id,
        customer_name=dispute.customer_name,
        invoice_id=dispute.invoice_id,
        amount_minor=dispute.resting_minor,
        currency=dispute.currency,
    )
    known_item = ports.store.get(work_item_ref(item.key))
    ports.store.commit([Replace(dispute.next(overdue_since=today)), on_the_list(item, known_item)])
    return 1


def _end_hold(ports: Ports, context: Context, name: str) -> int:
    hold = find_hold(ports, name)
    desk = open_desk(ports, hold.customer_id, hold.currency)
    today = local_date(context.at, desk.customer.time_zone)
    if hold.state != "open" or not hold.rest().is_broken(today):
        return 0
    after = hold.next(state="ended", ended_at=context.at, ended_by=context.actor.name)
    ports.store.commit(ending_hold(ports, context, desk, after))
    return 1

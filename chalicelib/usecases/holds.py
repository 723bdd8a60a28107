"""Pause the chase of a customer, of some invoices or of an amount, and let it go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.account import OpenItem
from chalicelib.domain.calendar import local_date
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.errors import InvalidField, NotFound, Stale, StateConflict
from chalicelib.domain.hold import LONGEST_HOLD, Hold, HoldReason
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace, Write
from chalicelib.usecases.rests import items_of, resting, waking


@dataclass(frozen=True, kw_only=True)
class NewHold:
    """What is paused and until when; no invoices: the whole account, later invoices too."""

    customer_id: str
    currency: str
    until: date
    reason: HoldReason
    invoice_ids: Sequence[str] = ()
    amount_minor: int | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class HoldChange:
    """What of a hold becomes different; None leaves it as it is."""

    until: date | None = None
    reason: HoldReason | None = None
    note: str | None = None


def make_hold(ports: Ports, context: Context, new: NewHold) -> Hold:
    """Pause the chase up to and including a day; what waited to go out is called off.

    InvalidField for a day that has passed or lies more than a year ahead, and for an amount beyond
    what is open; StateConflict when another hold covers all of this already.
    """

    def attempt() -> Hold:
        if new.customer_id == UNIDENTIFIED:
            raise NotFound("customer", new.customer_id)
        desk = open_desk(ports, new.customer_id, new.currency)
        require_hold_day(context, desk, new.until)
        _require_open(items_of(desk, new.invoice_ids), new.amount_minor)
        _require_not_held(context, desk, new)
        hold = Hold(
            id=ports.ids.new("hld", context.at),
            customer_id=desk.customer.id,
            customer_name=desk.customer.name,
            currency=desk.account.currency,
            invoice_ids=tuple(new.invoice_ids),
            amount_minor=new.amount_minor,
            reason=new.reason,
            note=new.note,
            until=new.until,
            created_at=context.at,
            created_by=context.actor.name,
        )
        writes = [
            Insert(hold),
            *resting(ports, context, desk, hold.rest()),
            said_of_hold(ports, context, hold, "made"),
        ]
        commit(ports, context, writes, resource=f"/v1/holds/{hold.id}")
        return hold

    return until_committed(ports, attempt)


def require_hold_day(context: Context, desk: Desk, until: date) -> None:
    """InvalidField for a last day before today or more than a year ahead."""
    today = local_date(context.at, desk.customer.time_zone)
    if not today <= until <= today + LONGEST_HOLD:
        raise InvalidField(
            "/until",
            f"The last day lies between {today} and {today + LONGEST_HOLD}.",
            field_code="date_out_of_range",
        )


def _require_open(items: Sequence[OpenItem], amount_minor: int | None) -> None:
    there = sum(item.open_minor for item in items)
    if amount_minor is not None and amount_minor > there:
        raise InvalidField(
            "/amount_minor", f"Only {there} are open here.", field_code="more_than_open"
        )


def _require_not_held(context: Context, desk: Desk, new: NewHold) -> None:
    # Two holds over the same would leave the chase asleep when one of them is lifted.
    today = local_date(context.at, desk.customer.time_zone)
    for rest in desk.account.rests:
        is_same = set(rest.invoice_ids) == set(new.invoice_ids)
        covers = not rest.invoice_ids or (bool(new.invoice_ids) and is_same)
        if rest.kind == "hold" and rest.is_whole and covers and not rest.is_broken(today):
            raise StateConflict(
                f"This is paused until {rest.ends_after()} already; change that pause instead.",
                code="held_already",
            )


def change_hold(
    ports: Ports,
    context: Context,
    name: str,
    change: HoldChange,
    expected_version: int | None = None,
) -> Hold:
    """Give an open hold another last day, reason or note. Stale when somebody else was first."""

    def attempt() -> Hold:
        hold = _still_open(find_hold(ports, name))
        if expected_version not in (None, hold.version):
            raise Stale("hold", expected=expected_version or 0, present=hold.version)
        desk = open_desk(ports, hold.customer_id, hold.currency)
        if change.until is not None:
            require_hold_day(context, desk, change.until)
        after = hold.next(
            until=change.until or hold.until,
            reason=change.reason or hold.reason,
            note=change.note or hold.note,
        )
        writes: list[Write] = [
            Replace(after),
            *resting(ports, context, desk, after.rest()),
            said_of_hold(ports, context, after, "changed"),
        ]
        commit(ports, context, writes, resource=f"/v1/holds/{name}")
        return after

    return until_committed(ports, attempt)


def lift_hold(ports: Ports, context: Context, name: str) -> Hold:
    """End a hold before its day; the chase goes on at once. StateConflict when it has ended."""

    def attempt() -> Hold:
        hold = _still_open(find_hold(ports, name))
        after = hold.next(state="lifted", ended_at=context.at, ended_by=context.actor.name)
        writes = ending_hold(
            ports, context, open_desk(ports, hold.customer_id, hold.currency), after
        )
        commit(ports, context, writes, resource=f"/v1/holds/{name}")
        return after

    return until_committed(ports, attempt)


def ending_hold(ports: Ports, context: Context, desk: Desk, after: Hold) -> list[Write]:
    """Return the writes that end a hold, as it is afterwards: lifted, or its day has passed."""
    return [
        Replace(after),
        *waking(ports, context, desk, "hold", [after.id]),
        said_of_hold(ports, context, after, after.state),
    ]


def said_of_hold(ports: Ports, context: Context, hold: Hold, what: str) -> Write:
    """Return the audit entry: ``hold_made``, ``hold_changed``, ``hold_lifted``, ``hold_ended``."""
    return audit(
        ports,
        context,
        f"hold_{what}",
        subject=("customer", hold.customer_id),
        customer_id=hold.customer_id,
        id=hold.id,
        invoice_ids=list(hold.invoice_ids),
        amount_minor=hold.amount_minor,
        currency=hold.currency,
        reason=hold.reason,
        note=hold.note,
        until=hold.until.isoformat(),
    )


def find_hold(ports: Ports, name: str) -> Hold:
    """Return a hold. NotFound."""
    hold = ports.store.get(Ref(Hold, (name,)))
    if hold is None:
        raise NotFound("hold", name)
    return hold


def _still_open(hold: Hold) -> Hold:
    if hold.state != "open":
        raise StateConflict(f"This pause is {hold.state} already.", code="ended_already")
    return hold

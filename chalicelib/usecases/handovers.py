"""Hand invoices over to lawyers or a collection agency, take them back, close the case."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.account import OpenItem
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.handover import MAX_HANDED_OVER, HandedItem, Handover, HandoverState
from chalicelib.domain.rest import handed_over
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace, Write
from chalicelib.usecases.rests import items_of, resting, waking


@dataclass(frozen=True, kw_only=True)
class NewHandover:
    """Which invoices go to whom; no invoices: all that are open now."""

    customer_id: str
    currency: str
    to_name: str
    to_email: str | None = None
    invoice_ids: Sequence[str] = ()
    note: str | None = None


def hand_over_invoices(ports: Ports, context: Context, new: NewHandover) -> Handover:
    """Stop the machine for these invoices until they are taken back.

    InvalidField for one that is not open in this account; StateConflict when nothing is open, there
    are too many, or somebody has one of them already.
    """

    def attempt() -> Handover:
        if new.customer_id == UNIDENTIFIED:
            raise NotFound("customer", new.customer_id)
        desk = open_desk(ports, new.customer_id, new.currency)
        handover = _handover(ports, context, new, desk)
        writes = [
            Insert(handover),
            *resting(ports, context, desk, handover.rest()),
            _said(ports, context, handover, "made"),
        ]
        commit(ports, context, writes, resource=f"/v1/handovers/{handover.id}")
        return handover

    return until_committed(ports, attempt)


def _handover(ports: Ports, context: Context, new: NewHandover, desk: Desk) -> Handover:
    return Handover(
        id=ports.ids.new("hnd", context.at),
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        currency=desk.account.currency,
        items=tuple(
            HandedItem(
                invoice_id=item.invoice_id,
                number=item.number,
                due_date=item.due_date,
                total_minor=item.total_minor,
                open_minor=item.open_minor,
            )
            for item in _items(desk, new.invoice_ids)
        ),
        to_name=new.to_name,
        to_email=new.to_email,
        note=new.note,
        created_at=context.at,
        created_by=context.actor.name,
    )


def _items(desk: Desk, invoice_ids: Sequence[str]) -> Sequence[OpenItem]:
    elsewhere = handed_over(desk.account.rests)
    for index, name in enumerate(invoice_ids):
        if name in elsewhere:
            raise InvalidField(
                f"/invoice_ids/{index}",
                "This invoice is handed over already.",
                field_code="handed_over_already",
            )
    items = [item for item in items_of(desk, invoice_ids) if item.invoice_id not in elsewhere]
    if not items:
        raise StateConflict(
            f"{desk.customer.name} has nothing open in {desk.account.currency} to hand over.",
            code="nothing_open",
        )
    if len(items) > MAX_HANDED_OVER:
        raise StateConflict(
            f"A hand-over has at most {MAX_HANDED_OVER} invoices; name some of them.",
            code="too_many_to_hand_over",
        )
    return items


def take_back(ports: Ports, context: Context, name: str) -> Handover:
    """Let the machine go on with what is still open of a hand-over. StateConflict when ended."""
    return _end(ports, context, name, "taken_back")


def close_handover(ports: Ports, context: Context, name: str) -> Handover:
    """End a hand-over of which nothing is open any more. StateConflict while something is."""
    return _end(ports, context, name, "closed")


def _end(ports: Ports, context: Context, name: str, state: HandoverState) -> Handover:
    def attempt() -> Handover:
        handover = find_handover(ports, name)
        if handover.state != "open":
            raise StateConflict(
                f"This hand-over is {handover.state.replace('_', ' ')} already.",
                code="ended_already",
            )
        desk = open_desk(ports, handover.customer_id, handover.currency)
        if state == "closed" and any(desk.account.item(one) for one in handover.invoice_ids):
            raise StateConflict(
                "Something of these invoices is still open; take them back instead.",
                code="still_open",
            )
        after = handover.next(state=state, ended_at=context.at, ended_by=context.actor.name)
        writes: list[Write] = [
            Replace(after),
            *waking(ports, context, desk, "legal", [name]),
            _said(ports, context, after, state),
        ]
        commit(ports, context, writes, resource=f"/v1/handovers/{name}")
        return after

    return until_committed(ports, attempt)


def _said(ports: Ports, context: Context, one: Handover, what: str) -> Write:
    return audit(
        ports,
        context,
        f"handover_{what}",
        subject=("customer", one.customer_id),
        customer_id=one.customer_id,
        id=one.id,
        to=one.to_name,
        numbers=[item.number for item in one.items],
        amount_minor=one.amount_minor,
        currency=one.currency,
        note=one.note,
    )


def find_handover(ports: Ports, name: str) -> Handover:
    """Return a hand-over. NotFound."""
    handover = ports.store.get(Ref(Handover, (name,)))
    if handover is None:
        raise NotFound("hand-over", name)
    return handover

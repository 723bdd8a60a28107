"""Put amounts to rest and wake them again: what disputes, promises, holds and others share."""

from collections.abc import Iterable, Sequence

from chalicelib.domain.account import Account, OpenItem
from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.rest import MAX_RESTS, Rest, RestKind, agreed, resting_by_invoice
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, save_account
from chalicelib.usecases.ports import Ports, Write
from chalicelib.usecases.posting import replan


def resting(ports: Ports, context: Context, desk: Desk, rest: Rest) -> list[Write]:
    """Return the writes of an account on which this rests too, or in place of its earlier self."""
    others = _without(desk.account, rest.kind, rest.id)
    if len(others) >= MAX_RESTS:
        raise StateConflict(
            f"{desk.customer.name} already has {MAX_RESTS} open disputes, promises, plans and "
            f"pauses in {desk.account.currency}; end some first.",
            code="too_many_rests",
        )
    return _saved(ports, context, desk, (*others, rest))


def waking(
    ports: Ports, context: Context, desk: Desk, kind: RestKind, names: Iterable[str]
) -> list[Write]:
    """Return the writes of an account on which these rest no more; the chase goes on."""
    others = desk.account.rests
    for name in names:
        others = tuple(rest for rest in others if (rest.kind, rest.id) != (kind, name))
    if others == desk.account.rests:
        return []
    return _saved(ports, context, desk, others)


def _without(account: Account, kind: RestKind, name: str) -> tuple[Rest, ...]:
    return tuple(rest for rest in account.rests if (rest.kind, rest.id) != (kind, name))


def _saved(ports: Ports, context: Context, desk: Desk, rests: Sequence[Rest]) -> list[Write]:
    account, called_off = replan(ports, context, desk, desk.account.but(rests=tuple(rests)))
    return [*save_account(desk, account), *called_off]


def items_of(desk: Desk, invoice_ids: Sequence[str]) -> tuple[OpenItem, ...]:
    """Return the open items of these invoices; of the whole account if none is named.

    InvalidField for one that is not open in this account, or named twice.
    """
    if not invoice_ids:
        return desk.account.open_items
    if len(set(invoice_ids)) < len(invoice_ids):
        raise InvalidField("/invoice_ids", "An invoice is named twice.", field_code="named_twice")
    found = [desk.account.item(invoice_id) for invoice_id in invoice_ids]
    for index, item in enumerate(found):
        if item is None:
            raise InvalidField(
                f"/invoice_ids/{index}",
                "This invoice is not open in this customer's account.",
                field_code="not_open",
            )
    return tuple(item for item in found if item is not None)


def free_minor(context: Context, desk: Desk, items: Sequence[OpenItem]) -> int:
    """Return how much of these items is not disputed, planned or promised already.

    What only our own silence covers is free: whoever is paused may promise, and contest, as ever.
    """
    today = local_date(context.at, desk.customer.time_zone)
    amounts = {item.invoice_id: item.open_minor for item in desk.account.open_items}
    rests = resting_by_invoice(agreed(desk.account.rests), amounts, today)
    return sum(item.open_minor - rests[item.invoice_id] for item in items)


def require_free(
    context: Context, desk: Desk, items: Sequence[OpenItem], amount_minor: int
) -> None:
    """InvalidField when more would rest than is open and does not rest yet."""
    free = free_minor(context, desk, items)
    if amount_minor > free:
        raise InvalidField(
            "/amount_minor",
            f"Only {free} are open here and not disputed, promised or planned already.",
            field_code="more_than_free",
        )

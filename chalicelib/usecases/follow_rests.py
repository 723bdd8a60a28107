"""Keep disputes, promises and plans in step with what their account still rests."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.domain.base import Record
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.handover import Handover
from chalicelib.domain.hold import Hold
from chalicelib.domain.names import invoice_of
from chalicelib.domain.promise import Plan, Promise, cut, paid
from chalicelib.domain.rest import After, Rest
from chalicelib.usecases.context import Context
from chalicelib.usecases.ports import Ports, Ref, Replace, Write

_BY_KIND: Final[dict[str, type[Record]]] = {
    "promise": Promise,
    "plan": Plan,
    "hold": Hold,
    "legal": Handover,
}


def rest_ref(rest: Rest) -> Ref[Any] | None:
    """Return the record that a rest stands for; a contested payment has its own."""
    if rest.kind == "dispute":
        return dispute_ref(rest.id)
    record = _BY_KIND.get(rest.kind)
    return None if record is None else Ref(record, (rest.id,))


def dispute_ref(dispute_id: str) -> Ref[Dispute]:
    """Return the key of a dispute."""
    return Ref(Dispute, (invoice_of(dispute_id), dispute_id))


@dataclass(frozen=True)
class _Less:
    """By how much a rest became smaller, how much of that was paid, and whether it is over."""

    by_minor: int
    paid_minor: int
    is_over: bool


def follow_rests(
    ports: Ports, context: Context, before: Sequence[Rest], after: After
) -> list[Write]:
    """Return the writes of what a posting has shortened or ended; a read only if there is any."""
    left = {(rest.kind, rest.id): rest.amount_minor for rest in after.rests}
    changed: dict[Ref[Any], _Less] = {}
    for rest in before:
        still = left.get((rest.kind, rest.id), 0)
        ref = rest_ref(rest)
        if ref is not None and still != rest.amount_minor:
            by = rest.amount_minor - still
            changed[ref] = _Less(by, after.paid[rest.id], still == 0)
    if not changed:
        return []
    found = ports.store.get_many(list(changed))
    return [Replace(_shorter(record, changed[ref], context)) for ref, record in found.items()]


def _shorter(record: Record, less: _Less, context: Context) -> Record:
    if isinstance(record, Dispute):
        return _disputed_less(record, less.by_minor, context)
    if isinstance(record, Promise):
        received = record.received_minor + less.paid_minor
        is_kept = received >= record.amount_minor
        return record.next(received_minor=received, **_end(context, less, is_kept=is_kept))
    if isinstance(record, Plan):
        after = cut(paid(record, less.paid_minor), less.by_minor - less.paid_minor).next()
        return after.but(**_end(context, less, is_kept=bool(after.instalments)))
    return record


def _end(context: Context, less: _Less, *, is_kept: bool) -> dict[str, Any]:
    if not less.is_over:
        return {}
    return {"state": "kept" if is_kept else "settled", "ended_at": context.at}


def _disputed_less(dispute: Dispute, amount_minor: int, context: Context) -> Dispute:
    resting = dispute.resting_minor - amount_minor
    if resting:
        return dispute.next(resting_minor=resting)
    return dispute.next(
        resting_minor=0,
        state="resolved",
        outcome="settled",
        resolved_at=context.at,
        resolved_by=context.actor.name,
    )

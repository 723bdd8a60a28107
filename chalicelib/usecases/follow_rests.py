"""Keep disputes, promises and plans in step with what their account still rests."""

from collections.abc import Sequence
from typing import Any

from chalicelib.domain.base import Record
from chalicelib.domain.dispute import Dispute, invoice_of
from chalicelib.domain.promise import Plan, Promise, paid
from chalicelib.domain.rest import Rest
from chalicelib.usecases.context import Context
from chalicelib.usecases.ports import Ports, Ref, Replace, Write


def rest_ref(rest: Rest) -> Ref[Any] | None:
    """Return the record that a rest stands for; a contested payment has its own."""
    if rest.kind == "dispute":
        return dispute_ref(rest.id)
    if rest.kind == "promise":
        return Ref(Promise, (rest.id,))
    return Ref(Plan, (rest.id,)) if rest.kind == "plan" else None


def dispute_ref(dispute_id: str) -> Ref[Dispute]:
    """Return the key of a dispute."""
    return Ref(Dispute, (invoice_of(dispute_id), dispute_id))


def follow_rests(
    ports: Ports, context: Context, before: Sequence[Rest], after: Sequence[Rest]
) -> list[Write]:
    """Return the writes of what a posting has shortened or ended; a read only if there is any."""
    left = {(rest.kind, rest.id): rest.amount_minor for rest in after}
    changed = {
        ref: rest.amount_minor - left.get((rest.kind, rest.id), 0)
        for rest in before
        if left.get((rest.kind, rest.id)) != rest.amount_minor
        and (ref := rest_ref(rest)) is not None
    }
    if not changed:
        return []
    found = ports.store.get_many(list(changed))
    return [Replace(_shorter(record, changed[ref], context)) for ref, record in found.items()]


def _shorter(record: Record, amount_minor: int, context: Context) -> Record:
    if isinstance(record, Dispute):
        return _disputed_less(record, amount_minor, context)
    if isinstance(record, Promise):
        received = record.received_minor + amount_minor
        kept = received >= record.amount_minor
        return record.next(received_minor=received, **(_kept(context) if kept else {}))
    if isinstance(record, Plan):
        after = paid(record, amount_minor).next()
        return after.but(**(_kept(context) if after.next_due_on is None else {}))
    return record


def _kept(context: Context) -> dict[str, Any]:
    return {"state": "kept", "ended_at": context.at}


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

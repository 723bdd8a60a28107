"""Settle invoices with money that was received before and is still unapplied."""

from collections.abc import Sequence
from datetime import date

from chalicelib.domain.errors import InvalidField, InvariantBroken, NotFound, StateConflict, known
from chalicelib.domain.payment import (
    Payment,
    Wanted,
    allocate_oldest_first,
    check_wanted,
)
from chalicelib.usecases.context import (
    Context,
    audit,
    commit,
    until_committed,
    without_repeat_key,
)
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.ports import Ports, Replace, Write
from chalicelib.usecases.posting import Fact, post
from chalicelib.usecases.references import payment_ref
from chalicelib.usecases.settle import allocated, fitting, settling

MAX_BATCHES = 100  # some 3,000 invoices; an account cannot have more open


def allocate_payment(
    ports: Ports, context: Context, payment_id: str, wanted: Sequence[Wanted] | None
) -> Payment:
    """Allocate what is unapplied; ``wanted`` None means oldest due first.

    StateConflict when nothing is unapplied or nothing is open. In batches that are atomic each.
    """
    payment, rest = _batch(ports, context, payment_id, wanted)
    if not rest:
        return payment
    return allocate_rest(ports, context, payment.id, None if wanted is None else rest)


def allocate_rest(
    ports: Ports, context: Context, payment_id: str, wanted: Sequence[Wanted] | None
) -> Payment:
    """Go on allocating in further batches. The request's key was spent by the first commit.

    What no longer fits, because others settled it meanwhile, stays unapplied: a refusal now would
    deny what was posted already.
    """
    context = without_repeat_key(context)
    rest: Sequence[Wanted] = wanted or ()
    for _ in range(MAX_BATCHES):
        try:
            payment, rest = _batch(ports, context, payment_id, None if wanted is None else rest)
        except (StateConflict, InvalidField):
            return known(ports.store.get(payment_ref(payment_id)))
        if not rest:
            return payment
    raise InvariantBroken(f"Payment {payment_id} settles more invoices than any account has.")


def _batch(
    ports: Ports, context: Context, payment_id: str, wanted: Sequence[Wanted] | None
) -> tuple[Payment, Sequence[Wanted]]:
    def attempt() -> tuple[Payment, Sequence[Wanted]]:
        payment = ports.store.get(payment_ref(payment_id))
        if payment is None:
            raise NotFound("payment", payment_id)
        desk = open_desk(ports, payment.customer_id, payment.currency)
        plan = _plan(desk, payment, wanted)
        chosen = fitting(plan, desk, payment, context.at)
        after = allocated(payment, chosen).next()
        added = after.but(allocations=chosen)
        writes = [Replace(after), *allocating(ports, context, desk, added)]
        commit(ports, context, writes, resource=f"/v1/payments/{payment_id}")
        return after, plan[len(chosen) :]

    return until_committed(ports, attempt)


def _plan(desk: Desk, payment: Payment, wanted: Sequence[Wanted] | None) -> Sequence[Wanted]:
    if wanted is None:
        # A credit earns no discount for being early, so it settles all that is open.
        in_time = payment.received_on if payment.origin == "money" else date.max
        plan = allocate_oldest_first(payment.unapplied_minor, desk.account.open_items, in_time)
    else:
        check_wanted(wanted, desk.account, payment.unapplied_minor)
        plan = tuple(wanted)
    if not plan:
        raise StateConflict(
            f"Payment {payment.id} has {payment.unapplied_minor} unapplied and the customer "
            f"{desk.account.open_minor} open; there is nothing to allocate.",
            code="nothing_to_allocate",
        )
    return plan


def allocating(ports: Ports, context: Context, desk: Desk, added: Payment) -> list[Write]:
    """Return the writes of a payment's further allocations, which ``added`` alone carries."""
    settled = settling(ports, desk.account, added, added.allocations)
    fact = Fact(
        what="payment_allocated",
        booked_on=added.received_on,
        lines=settled.lines,
        against=settled.legs,
        payment_id=added.id,
        reference=added.reference,
        offers=settled.offers,
    )
    entry = audit(
        ports,
        context,
        "payment_allocated",
        subject=("payment", added.id),
        customer_id=added.customer_id,
        amount_minor=added.allocated_minor,
        currency=added.currency,
        invoices=[one.number for one in added.allocations[:10]],
    )
    return [
        *settled.writes,
        *post(ports, context, desk, fact),
        entry,
    ]

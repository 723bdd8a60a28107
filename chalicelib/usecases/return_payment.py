"""Give back what a payment settles, and give back the money itself: always by counter-entries.

- undo: invoices are open again and the money is unapplied;
- reverse: the money never was (a typing error, a cheque that bounced);
- refund: money goes back to the customer; a chargeback is money taken back by the provider.

What is unapplied goes first, then what settled invoices, the latest first. Undoing more invoices
than a transaction holds happens in batches, each of which leaves the books right.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import InvalidField, InvariantBroken, NotFound, StateConflict
from chalicelib.domain.journal import JournalAccount, Leg
from chalicelib.domain.ledger import EntryLine
from chalicelib.domain.payment import IMPORTED, Allocation, Payment, Return, ReturnKind, Wanted
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
from chalicelib.usecases.settle import Settling, allocated, settling, that_fit, undoing

Attempt = Callable[[], tuple[Payment, bool]]
"""Read, decide, commit; whether it was the last batch."""

MAX_BATCHES = 100  # some 3,000 invoices; an account cannot have more open


@dataclass(frozen=True, kw_only=True)
class Giving:
    """What is given back. ``amount_minor`` None: all that is left; ``on`` None: today."""

    kind: ReturnKind
    amount_minor: int | None = None
    on: date | None = None
    reason: str | None = None


def undo_allocations(
    ports: Ports, context: Context, payment_id: str, wanted: Sequence[Wanted] | None
) -> Payment:
    """Take a payment off invoices; its money is unapplied again. None: off all of them.

    InvalidField for an invoice that it does not settle, or by more than it does. StateConflict when
    it settles nothing.
    """
    left = wanted

    def attempt() -> tuple[Payment, bool]:
        nonlocal left
        payment, desk = _desk(ports, payment_id)
        plan = _to_undo(payment, left)
        today = local_date(context.at, desk.company.time_zone)
        chosen = that_fit(undoing(payment, plan, today, context.at), desk.account)
        is_last = len(chosen) == len(plan)
        here = context if is_last else without_repeat_key(context)
        after, writes = _undone(ports, here, desk, payment, chosen)
        commit(ports, here, writes, resource=f"/v1/payments/{payment_id}")
        left = None if left is None else left[len(chosen) :]
        return after, is_last

    return _until_last(ports, attempt)


def _until_last(ports: Ports, attempt: Attempt) -> Payment:
    for _ in range(MAX_BATCHES):
        payment, is_last = until_committed(ports, attempt)
        if is_last:
            return payment
    raise InvariantBroken("A payment settles more invoices than any account has.")


def _desk(ports: Ports, payment_id: str) -> tuple[Payment, Desk]:
    payment = ports.store.get(payment_ref(payment_id))
    if payment is None:
        raise NotFound("payment", payment_id)
    return payment, open_desk(ports, payment.customer_id, payment.currency)


def _to_undo(payment: Payment, wanted: Sequence[Wanted] | None) -> Sequence[Wanted]:
    standing = {one.invoice_id: one.amount_minor for one in payment.standing()}
    if not standing:
        raise StateConflict(f"Payment {payment.id} settles nothing.", code="nothing_to_undo")
    if wanted is None:
        return latest_first(payment, payment.allocated_minor)
    seen: set[str] = set()
    for index, one in enumerate(wanted):
        if not 0 < one.amount_minor <= standing.get(one.invoice_id, 0) or one.invoice_id in seen:
            raise InvalidField(
                f"/allocations/{index}",
                f"The payment settles {standing.get(one.invoice_id, 0)} of this invoice.",
                field_code="more_than_allocated",
            )
        seen.add(one.invoice_id)
    return wanted


def latest_first(payment: Payment, amount_minor: int) -> list[Wanted]:
    """Return from which invoices to take so much of a payment off."""
    wanted: list[Wanted] = []
    for one in reversed(payment.standing()):
        part = min(one.amount_minor, amount_minor)
        if part:
            wanted.append(Wanted(invoice_id=one.invoice_id, amount_minor=part))
        amount_minor -= part
    return wanted


def _undone(
    ports: Ports,
    context: Context,
    desk: Desk,
    payment: Payment,
    chosen: Sequence[Allocation],
) -> tuple[Payment, list[Write]]:
    settled = settling(ports, desk.account, payment, chosen)
    after = allocated(payment, chosen).next()
    fact = Fact(
        what="payment_unallocated",
        booked_on=local_date(context.at, desk.company.time_zone),
        lines=settled.lines,
        against=settled.legs,
        payment_id=payment.id,
        reference=payment.reference,
        new_items=settled.reopened,
        offers=settled.offers,
    )
    entry = audit(
        ports,
        context,
        "payment_unallocated",
        subject=("payment", payment.id),
        customer_id=payment.customer_id,
        amount_minor=-sum(one.amount_minor for one in chosen),
        currency=payment.currency,
        invoices=[one.number for one in chosen[:10]],
    )
    return after, [Replace(after), *settled.writes, *post(ports, context, desk, fact), entry]


def return_payment(ports: Ports, context: Context, payment_id: str, giving: Giving) -> Payment:
    """Reverse, refund or charge back a payment, or a part of it.

    StateConflict when there is nothing left to give back; InvalidField for more than that, a day
    before the money came in, and a refund in several batches that names no amount.
    """

    def attempt() -> tuple[Payment, bool]:
        payment, desk = _desk(ports, payment_id)
        amount = _amount(payment, giving)
        on = _day(context, desk, payment, giving)
        freeing = latest_first(payment, max(amount - payment.unapplied_minor, 0))
        valued_on = None if giving.kind == "reversed" else on
        undone = undoing(payment, freeing, on, context.at, valued_on=valued_on)
        chosen = that_fit(undone, desk.account)
        if len(chosen) < len(freeing):
            _require_amount(giving)
            here = without_repeat_key(context)
            after, writes = _undone(ports, here, desk, payment, chosen)
            commit(ports, here, writes, resource=f"/v1/payments/{payment_id}")
            return after, False
        after, writes = returning(
            ports, context, desk, payment, _return(context, giving, amount, on), chosen
        )
        commit(ports, context, writes, resource=f"/v1/payments/{payment_id}")
        return after, True

    return _until_last(ports, attempt)


def _require_amount(giving: Giving) -> None:
    # After a crash between two batches, "what is unapplied" would be what the first has freed.
    if giving.kind == "refunded" and giving.amount_minor is None:
        raise InvalidField(
            "/amount_minor",
            "This payment settles too many invoices to be refunded at once: name the amount.",
            field_code="amount_needed",
        )


def _amount(payment: Payment, giving: Giving) -> int:
    if payment.origin != "money" and giving.kind != "refunded":
        raise StateConflict(
            f"{payment.reference} is a credit: it can be given back, not reversed.",
            code="credit_not_reversible",
        )
    left = payment.amount_minor - payment.returned_minor()
    if left == 0:
        raise StateConflict(
            f"All of payment {payment.id} has been given back.", code="nothing_to_return"
        )
    if giving.amount_minor is None:
        is_refund = giving.kind == "refunded"
        return payment.unapplied_minor if is_refund and payment.unapplied_minor else left
    if giving.amount_minor > left:
        raise InvalidField(
            "/amount_minor",
            f"Only {left} of the payment are left to give back.",
            field_code="more_than_left",
        )
    return giving.amount_minor


def _day(context: Context, desk: Desk, payment: Payment, giving: Giving) -> date:
    today = local_date(context.at, desk.company.time_zone)
    if giving.on is None:
        return max(today, payment.received_on)
    if not payment.received_on <= giving.on <= max(today, payment.received_on):
        raise InvalidField(
            "/refunded_on" if giving.kind == "refunded" else "/reversed_on",
            f"The day lies between {payment.received_on}, when the money came, and today.",
            field_code="date_out_of_range",
        )
    return giving.on


def _return(context: Context, giving: Giving, amount_minor: int, on: date) -> Return:
    return Return(
        kind=giving.kind,
        amount_minor=amount_minor,
        on=on,
        reason=giving.reason,
        posted_at=context.at,
        posted_by=context.actor.id,
    )


def returning(
    ports: Ports,
    context: Context,
    desk: Desk,
    payment: Payment,
    returned: Return,
    chosen: Sequence[Allocation],
) -> tuple[Payment, list[Write]]:
    """Return the payment after money of it went back, and the writes of one transaction.

    ``chosen`` are the counter-allocations that free the money first, where it settled invoices; for
    a negative return, money that came back to us, those that settle them again.
    """
    settled = settling(ports, desk.account, payment, chosen)
    freed = allocated(payment, chosen)
    after = freed.next(
        returns=(*payment.returns, returned),
        unapplied_minor=freed.unapplied_minor - returned.amount_minor,
    )
    entry = audit(
        ports,
        context,
        f"payment_{returned.kind}",
        subject=("payment", payment.id),
        customer_id=payment.customer_id,
        amount_minor=returned.amount_minor,
        currency=payment.currency,
        reason=returned.reason,
        invoices=[one.number for one in chosen[:10]],
    )
    fact = _fact(payment, returned, settled)
    return after, [Replace(after), *settled.writes, *post(ports, context, desk, fact), entry]


def _fact(payment: Payment, returned: Return, settled: Settling) -> Fact:
    # A credit that is given back leaves by the bank as well, but it never came in by it.
    amount = returned.amount_minor
    return Fact(
        what="payment_returned",
        booked_on=returned.on,
        lines=[
            *settled.lines,
            EntryLine(effective_on=returned.on, unapplied_delta_minor=-amount),
        ],
        against=[Leg(account=_left_by(payment, returned), amount_minor=-amount), *settled.legs],
        collected_minor=-amount,
        payment_id=payment.id,
        reference=payment.reference,
        new_items=settled.reopened,
        offers=settled.offers,
    )


def _left_by(payment: Payment, returned: Return) -> JournalAccount:
    # An imported payment came in by the books of elsewhere: so it leaves if it never was.
    never_was = returned.kind == "reversed" and payment.method == IMPORTED
    return "transfer" if never_was else "bank"

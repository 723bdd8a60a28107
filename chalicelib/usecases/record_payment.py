"""Record money received by hand, and settle invoices with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.journal import Leg
from chalicelib.domain.ledger import EntryLine
from chalicelib.domain.payment import (
    Payment,
    Wanted,
    allocate_oldest_first,
    allocations_of,
    check_wanted,
)
from chalicelib.usecases.allocate_payment import allocate_rest
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.disputes import NewDispute, new_dispute, opening_of
from chalicelib.usecases.ports import Insert, Ports, Write
from chalicelib.usecases.posting import Fact, post, with_account
from chalicelib.usecases.settle import Settling, allocated, fitting, settling

_FURTHEST_AHEAD = timedelta(days=3660)  # a value date beyond ten years is a typing error


@dataclass(frozen=True, kw_only=True)
class Deduction:
    """So much of this invoice was not paid, for this reason."""

    invoice_id: str
    amount_minor: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class NewPayment:
    """Money received. ``wanted`` None: oldest due first; empty: all stays unapplied.

    ``deductions`` are what the customer kept back and why: each becomes a case that rests.
    """

    customer_id: str
    amount_minor: int
    currency: str
    received_on: date
    method: str
    reference: str | None = None
    wanted: Sequence[Wanted] | None = None
    note: str | None = None
    deductions: Sequence[Deduction] = ()


def record_payment(ports: Ports, context: Context, new: NewPayment) -> Payment:
    """Post a payment and its allocations in one transaction.

    One that settles more invoices than a transaction holds is posted unapplied first and then
    allocated in batches, each of which leaves the books right. InvalidField or StateConflict for
    allocations that do not fit; then nothing is posted.
    """
    wanted = new.wanted

    def attempt() -> tuple[Payment, Sequence[Wanted]]:
        desk = open_desk(ports, new.customer_id, new.currency)
        plan = _plan(desk, new)
        payment = _payment(ports, context, desk, new)
        desk, cases = _deducted(ports, context, desk, new, plan)
        fits = fitting(plan, desk, payment, context.at)
        now = fits if len(fits) == len(plan) else ()
        payment = allocated(payment, now)
        writes = [*posting_of(ports, context, desk, payment), *cases]
        commit(ports, context, writes, resource=f"/v1/payments/{payment.id}")
        return payment, plan[len(now) :]

    payment, rest = until_committed(ports, attempt)
    if not rest:
        return payment
    return allocate_rest(ports, context, payment.id, None if wanted is None else rest)


def _deducted(
    ports: Ports, context: Context, desk: Desk, new: NewPayment, plan: Sequence[Wanted]
) -> tuple[Desk, list[Write]]:
    paid = {one.invoice_id: one.amount_minor for one in plan}
    cases: list[Write] = []
    for index, one in enumerate(new.deductions):
        item = desk.account.item(one.invoice_id)
        left = item.open_minor - paid.get(one.invoice_id, 0) if item is not None else 0
        if item is None or one.amount_minor > left:
            raise InvalidField(
                f"/deductions/{index}/amount_minor",
                f"After this payment {left} are open on the invoice.",
                field_code="more_than_open",
            )
        wanted = NewDispute(
            invoice_id=one.invoice_id,
            amount_minor=one.amount_minor,
            reason=one.reason,
            what="deduction",
        )
        dispute = new_dispute(ports, context, desk, item, wanted)
        rests = (*desk.account.rests, dispute.rest())
        desk = with_account(desk, desk.account.but(rests=rests))
        cases += opening_of(ports, context, dispute)
    return desk, cases


def preview_payment(
    ports: Ports, context: Context, new: NewPayment
) -> tuple[Payment, Sequence[Wanted], Desk]:
    """Return the payment as it would be posted, its wishes and the desk; nothing is stored."""
    desk = open_desk(ports, new.customer_id, new.currency)
    plan = _plan(desk, new)
    payment = _payment(ports, context, desk, new)
    desk, _ = _deducted(ports, context, desk, new, plan)
    tolerance = desk.company.tolerances.get(new.currency, 0)
    chosen = allocations_of(plan, desk.account, payment, context.at, tolerance=tolerance)
    return allocated(payment, chosen), plan, desk


def posting_of(
    ports: Ports,
    context: Context,
    desk: Desk,
    payment: Payment,
    known: Mapping[str, Invoice] | None = None,
) -> list[Write]:
    """Return all writes of a new payment with the allocations it already has.

    ``known`` are invoices that were read already, by id.
    """
    entry = audit(
        ports,
        context,
        "payment_received",
        subject=("payment", payment.id),
        customer_id=payment.customer_id,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        method=payment.method,
        unapplied_minor=payment.unapplied_minor,
        invoices=[one.number for one in payment.allocations[:10]],
    )
    settled = settling(ports, desk.account, payment, payment.allocations, known)
    return [
        Insert(payment),
        *settled.writes,
        *post(ports, context, desk, _receipt(payment, settled)),
        entry,
    ]


def _receipt(payment: Payment, settled: Settling) -> Fact:
    received = EntryLine(
        effective_on=payment.received_on, unapplied_delta_minor=payment.amount_minor
    )
    return Fact(
        what="payment_received",
        booked_on=payment.received_on,
        lines=[received, *settled.lines],
        against=[Leg(account="bank", amount_minor=payment.amount_minor), *settled.legs],
        collected_minor=payment.amount_minor,
        payment_id=payment.id,
        reference=payment.reference,
        new_items=settled.reopened,
        offers=settled.offers,
    )


def _plan(desk: Desk, new: NewPayment) -> Sequence[Wanted]:
    if new.wanted is None:
        return allocate_oldest_first(new.amount_minor, desk.account.open_items, new.received_on)
    check_wanted(new.wanted, desk.account, new.amount_minor)
    return new.wanted


def _payment(ports: Ports, context: Context, desk: Desk, new: NewPayment) -> Payment:
    today = local_date(context.at, desk.company.time_zone)
    if new.received_on > today + _FURTHEST_AHEAD:
        raise InvalidField(
            "/received_on",
            "The value date lies more than ten years ahead.",
            field_code="too_far_ahead",
        )
    return Payment(
        id=ports.ids.new("pay", context.at),
        customer_id=new.customer_id,
        customer_name=desk.customer.name,
        amount_minor=new.amount_minor,
        unapplied_minor=new.amount_minor,
        currency=new.currency,
        received_on=new.received_on,
        method=new.method,
        reference=new.reference,
        note=new.note,
        created_at=context.at,
        created_by=context.actor.id,
    )

"""Say whose money it was: move an unidentified payment to its customer's account."""

from chalicelib.domain.account import without_pending
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.journal import Leg
from chalicelib.domain.ledger import EntryLine
from chalicelib.domain.payment import Payment
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.ports import Ports, Replace, Write
from chalicelib.usecases.posting import Fact, increases, post_to_account, with_account
from chalicelib.usecases.references import payment_ref
from chalicelib.usecases.settle import Settling, allocated, settling, settling_one
from chalicelib.usecases.work import closing


def assign_payment(ports: Ports, context: Context, payment_id: str, customer_id: str) -> Payment:
    """Move a payment from the unidentified to a customer, as unapplied money of the same date."""

    def attempt() -> Payment:
        payment = ports.store.get(payment_ref(payment_id))
        if payment is None:
            raise NotFound("payment", payment_id)
        after, writes = assigning(ports, context, payment, customer_id)
        writes += closing(ports, context, f"odd-{payment_id}", "assigned")
        commit(ports, context, writes, resource=f"/v1/payments/{payment_id}")
        return after

    return until_committed(ports, attempt)


def assigning(
    ports: Ports,
    context: Context,
    payment: Payment,
    customer_id: str,
    invoice: Invoice | None = None,
) -> tuple[Payment, list[Write]]:
    """Return the payment as assigned, and the writes: counter-entries in both accounts.

    It settles the invoice as far as that is open in the payment's currency. The work item about
    the payment is left to the caller.
    """
    if payment.customer_id != UNIDENTIFIED:
        raise StateConflict(
            f"Payment {payment.id} belongs to {payment.customer_name} already.",
            code="assigned_already",
        )
    if customer_id == UNIDENTIFIED:
        raise InvalidField(
            "/customer_id", "Name the customer whose money it was.", field_code="unknown_customer"
        )
    source = open_desk(ports, UNIDENTIFIED, payment.currency)
    target = _without_pending(context, open_desk(ports, customer_id, payment.currency), payment)
    chosen = settling_one(target, payment, invoice, context.at)
    moved = payment.next(customer_id=customer_id, customer_name=target.customer.name)
    after = allocated(moved, chosen)
    already = {invoice.id: invoice} if invoice else None
    settled = settling(ports, target.account, moved, chosen, already)
    out, from_writes = post_to_account(ports, context, source, _fact(payment, -1))
    into, to_writes = post_to_account(ports, context, target, _fact(payment, 1, settled))
    entry = audit(
        ports,
        context,
        "payment_assigned",
        subject=("payment", payment.id),
        customer_id=customer_id,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        invoices=[one.number for one in chosen],
    )
    return after, [
        Replace(after),
        *settled.writes,
        *from_writes,
        *to_writes,
        *increases([out, into]),
        entry,
    ]


def _without_pending(context: Context, desk: Desk, payment: Payment) -> Desk:
    # Money that was on its way to this account has arrived.
    key = payment.provider_payment_id
    if key is None:
        return desk
    return with_account(desk, without_pending(desk.account, key, context.at))


def _fact(payment: Payment, sign: int, settled: Settling | None = None) -> Fact:
    amount = sign * payment.unapplied_minor
    line = EntryLine(effective_on=payment.received_on, unapplied_delta_minor=amount)
    return Fact(
        what="payment_assigned",
        booked_on=payment.received_on,
        lines=[line, *(settled.lines if settled else ())],
        against=[Leg(account="transfer", amount_minor=amount), *(settled.legs if settled else ())],
        payment_id=payment.id,
        reference=payment.reference,
        offers=settled.offers if settled else {},
    )

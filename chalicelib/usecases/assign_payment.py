"""Say whose money it was: move an unidentified payment to its customer's account."""

from collections.abc import Sequence

from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.ledger import EntryLine
from chalicelib.domain.payment import Payment
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import open_desk
from chalicelib.usecases.ports import Ports, Replace, Write
from chalicelib.usecases.posting import Fact, increases, post_to_account
from chalicelib.usecases.references import payment_ref
from chalicelib.usecases.work import closing


def assign_payment(ports: Ports, context: Context, payment_id: str, customer_id: str) -> Payment:
    """Move a payment from the unidentified to a customer, as unapplied money of the same date."""

    def attempt() -> Payment:
        payment = ports.store.get(payment_ref(payment_id))
        if payment is None:
            raise NotFound("payment", payment_id)
        writes = assigning(ports, context, payment, customer_id)
        commit(ports, context, writes, resource=f"/v1/payments/{payment_id}")
        return payment_after(writes)

    return until_committed(ports, attempt)


def payment_after(writes: Sequence[Write]) -> Payment:
    """Return the payment among the writes of an assignment."""
    return next(
        write.record
        for write in writes
        if isinstance(write, Replace) and isinstance(write.record, Payment)
    )


def assigning(ports: Ports, context: Context, payment: Payment, customer_id: str) -> list[Write]:
    """Return the writes: counter-entries in both accounts, the payment, the closed work item."""
    if payment.customer_id != UNIDENTIFIED:
        raise StateConflict(f"Payment {payment.id} belongs to {payment.customer_name} already.")
    if customer_id == UNIDENTIFIED:
        raise InvalidField("/customer_id", "Name the customer whose money it was.")
    source = open_desk(ports, UNIDENTIFIED, payment.currency)
    target = open_desk(ports, customer_id, payment.currency)
    out, from_writes = post_to_account(ports, context, source, _fact(payment, -1))
    into, to_writes = post_to_account(ports, context, target, _fact(payment, 1))
    after = payment.next(customer_id=customer_id, customer_name=target.customer.name)
    entry = audit(
        ports,
        context,
        "payment_assigned",
        subject=("payment", payment.id),
        customer_id=customer_id,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
    )
    return [
        Replace(after),
        *from_writes,
        *to_writes,
        *increases([out, into]),
        *closing(ports, context, f"odd-{payment.id}", "assigned"),
        entry,
    ]


def _fact(payment: Payment, sign: int) -> Fact:
    line = EntryLine(
        effective_on=payment.received_on,
        unapplied_delta_minor=sign * payment.unapplied_minor,
    )
    return Fact(
        what="payment_assigned",
        booked_on=payment.received_on,
        lines=[line],
        payment_id=payment.id,
    )

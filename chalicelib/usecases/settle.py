"""Settling invoices with the money of a payment: the writes, in atomic batches."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from chalicelib.domain.account import Account
from chalicelib.domain.base import Record
from chalicelib.domain.errors import InvariantBroken
from chalicelib.domain.invoice import Invoice, Settlement, settle
from chalicelib.domain.payment import Allocation, Payment, Wanted, allocations_of
from chalicelib.usecases.ports import Ports, Replace, Write
from chalicelib.usecases.posting import CALL_OFF_ACTIONS
from chalicelib.usecases.references import invoice_ref

MAX_COUNTERS_AND_INVOICES = 80
"""Of DynamoDB's 100 actions; the rest is for the entry, the account, the payment and the log."""


def fitting(
    wanted: Sequence[Wanted], account: Account, payment: Payment, at: datetime
) -> tuple[Allocation, ...]:
    """Return as many of the allocations as one transaction holds, in order.

    An invoice takes one action, each distinct effective day two counters (its month and itself).
    """
    room = MAX_COUNTERS_AND_INVOICES - (CALL_OFF_ACTIONS if account.planned else 0)
    chosen: list[Allocation] = []
    for allocation in allocations_of(wanted, account, payment.received_on, at):
        days = {one.effective_on for one in (*chosen, allocation)}
        if len(chosen) + 1 + 2 * len(days) > room:
            break
        chosen.append(allocation)
    return tuple(chosen)


def settling_one(
    account: Account, payment: Payment, invoice: Invoice | None, at: datetime
) -> tuple[Allocation, ...]:
    """Return the allocation to the one invoice that a payment names, as far as it is open."""
    item = account.item(invoice.id) if invoice else None
    if item is None or payment.unapplied_minor <= 0:
        return ()
    part = min(item.open_minor, payment.unapplied_minor)
    wanted = [Wanted(invoice_id=item.invoice_id, amount_minor=part)]
    return allocations_of(wanted, account, payment.received_on, at)


def settle_invoices(
    ports: Ports,
    payment: Payment,
    allocations: Sequence[Allocation],
    known: Mapping[str, Invoice] | None = None,
) -> list[Write]:
    """Return the invoices as they stand after the allocations, one read for those not ``known``."""
    invoices: dict[str, Record] = dict(known or {})
    missing = [one.invoice_id for one in allocations if one.invoice_id not in invoices]
    if missing:
        found = ports.store.get_many([invoice_ref(invoice_id) for invoice_id in missing])
        invoices |= {ref.key[0]: record for ref, record in found.items()}
    return [Replace(_settled(invoices.get(one.invoice_id), payment, one)) for one in allocations]


def settled_invoice(invoice: Invoice, payment: Payment, allocation: Allocation) -> Invoice:
    """Return one invoice after one allocation of this payment."""
    return settle(
        invoice,
        Settlement(
            payment_id=payment.id,
            amount_minor=allocation.amount_minor,
            received_on=payment.received_on,
            method=payment.method,
            posted_at=allocation.posted_at,
        ),
    )


def _settled(invoice: object, payment: Payment, allocation: Allocation) -> Invoice:
    if not isinstance(invoice, Invoice):
        raise InvariantBroken(f"Open invoice {allocation.invoice_id} is not in the book.")
    return settled_invoice(invoice, payment, allocation)


def allocated(payment: Payment, allocations: Sequence[Allocation]) -> Payment:
    """Return the payment with these allocations added; what is unapplied shrinks by their sum."""
    spent = sum(allocation.amount_minor for allocation in allocations)
    return payment.but(
        allocations=(*payment.allocations, *allocations),
        unapplied_minor=payment.unapplied_minor - spent,
    )

"""Settling invoices with the money of a payment, and undoing it: the writes, in atomic batches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chalicelib.domain import split_tax
from chalicelib.domain.account import Account, OpenItem
from chalicelib.domain.base import Record
from chalicelib.domain.discount import DiscountOffer
from chalicelib.domain.errors import InvariantBroken, StateConflict, known
from chalicelib.domain.invoice import Invoice, Settlement, SettlementKind, settle
from chalicelib.domain.journal import Leg
from chalicelib.domain.ledger import EntryLine
from chalicelib.domain.payment import (
    Allocation,
    Payment,
    Wanted,
    allocation_lines,
    allocations_of,
)
from chalicelib.usecases.desk import Desk
from chalicelib.usecases.ports import Ports, Replace, Write
from chalicelib.usecases.posting import CALL_OFF_ACTIONS
from chalicelib.usecases.references import invoice_ref

MAX_ALLOCATIONS = 900
"""To one payment. Each may be undone, and two of them are 400 bytes of the record's 400 KB."""

MAX_COUNTERS_AND_INVOICES = 80
"""Of DynamoDB's 100 actions; the rest is for the entry, the account, the payment and the log."""


@dataclass(frozen=True)
class Settling:
    """Invoices as they stand after allocations, and what the ledger says about it."""

    invoices: tuple[Invoice, ...]
    lines: tuple[EntryLine, ...]
    legs: tuple[Leg, ...]
    offers: Mapping[str, DiscountOffer | None]
    reopened: tuple[OpenItem, ...]

    @property
    def writes(self) -> list[Write]:
        """The writes of the invoices."""
        return [Replace(invoice) for invoice in self.invoices]


def fitting(
    wanted: Sequence[Wanted], desk: Desk, payment: Payment, at: datetime
) -> tuple[Allocation, ...]:
    """Return as many of the allocations as one transaction holds, in order.

    StateConflict when the payment's record has no room for another one.
    """
    room = MAX_ALLOCATIONS - len(payment.allocations)
    if wanted and room <= 0:
        raise StateConflict(
            f"Payment {payment.id} has been allocated {MAX_ALLOCATIONS} times; "
            "what is left of it stays unapplied.",
            code="too_many_allocations",
        )
    tolerance = desk.company.tolerances.get(payment.currency, 0)
    return that_fit(
        allocations_of(wanted, desk.account, payment, at, tolerance=tolerance)[:room],
        desk.account,
    )


def that_fit(allocations: Iterable[Allocation], account: Account) -> tuple[Allocation, ...]:
    """Return the first allocations, as many as one transaction holds.

    An invoice takes one action, each distinct effective day two counters (its month and itself),
    each rest that an invoice is part of one.
    """
    room = MAX_COUNTERS_AND_INVOICES - (CALL_OFF_ACTIONS if account.planned or account.tasks else 0)
    chosen: list[Allocation] = []
    for allocation in allocations:
        some = (*chosen, allocation)
        days = {one.effective_on for one in some}
        touched = [
            rest for rest in account.rests if any(rest.covers(one.invoice_id) for one in some)
        ]
        if len(some) + 2 * len(days) + len(touched) > room:
            break
        chosen.append(allocation)
    return tuple(chosen)


def settling_one(
    desk: Desk, payment: Payment, invoice: Invoice | None, at: datetime
) -> tuple[Allocation, ...]:
    """Return how a payment settles the one invoice that it names, as far as that is open."""
    item = desk.account.item(invoice.id) if invoice is not None else None
    if item is None or payment.unapplied_minor <= 0:
        return ()
    part = min(item.open_minor, payment.unapplied_minor)
    return fitting([Wanted(invoice_id=item.invoice_id, amount_minor=part)], desk, payment, at)


def settling(
    ports: Ports,
    account: Account,
    payment: Payment,
    allocations: Sequence[Allocation],
    already: Mapping[str, Invoice] | None = None,
) -> Settling:
    """Return what allocations (negative: undone) do; one read for invoices not read ``already``."""
    before = invoices_of(ports, [one.invoice_id for one in allocations], already)
    after = [_settled(before[one.invoice_id], payment, one, account) for one in allocations]
    due = {invoice.id: known(invoice.due_date) for invoice in after}
    return Settling(
        invoices=tuple(after),
        lines=allocation_lines(allocations, due),
        legs=tuple(leg for one in allocations for leg in _given_up(before[one.invoice_id], one)),
        offers={one.id: one.offer for one in after if one.open_minor and one.discount},
        reopened=tuple(
            open_item(one) for one in after if one.open_minor and account.item(one.id) is None
        ),
    )


def invoices_of(
    ports: Ports, invoice_ids: Sequence[str], already: Mapping[str, Invoice] | None = None
) -> dict[str, Invoice]:
    """Return invoices by id, one read for all of them. InvariantBroken when one is missing."""
    records: dict[str, Record] = dict(already or {})
    missing = [invoice_id for invoice_id in invoice_ids if invoice_id not in records]
    if missing:
        found = ports.store.get_many([invoice_ref(invoice_id) for invoice_id in missing])
        records |= {ref.key[0]: record for ref, record in found.items()}
    invoices = {one.id: one for one in records.values() if isinstance(one, Invoice)}
    for invoice_id in invoice_ids:
        if invoice_id not in invoices:
            raise InvariantBroken(f"Open invoice {invoice_id} is not in the book.")
    return invoices


def open_item(invoice: Invoice) -> OpenItem:
    """Return the open item of an invoice on which something is owed (again)."""
    return OpenItem(
        invoice_id=invoice.id,
        number=known(invoice.number),
        issue_date=known(invoice.issue_date),
        due_date=known(invoice.due_date),
        total_minor=invoice.total_minor,
        open_minor=invoice.open_minor,
        step_done=invoice.chased_to,
        policy_id=invoice.policy_id,
        discount=invoice.offer,
    )


def _settled(invoice: Invoice, payment: Payment, one: Allocation, account: Account) -> Invoice:
    parts: list[tuple[SettlementKind, int]] = [
        (_kind(payment, invoice), one.amount_minor),
        ("discount", one.discount_minor),
        ("small_difference", one.difference_minor),
    ]
    after = settle(
        invoice,
        *(
            Settlement(
                kind=kind,
                payment_id=payment.id,
                amount_minor=amount,
                received_on=one.valued_on or payment.received_on,
                method=payment.method,
                posted_at=one.posted_at,
            )
            for kind, amount in parts
            if amount
        ),
    )
    return closed(after, account)


def closed(invoice: Invoice, account: Account) -> Invoice:
    """Return an invoice that nothing is open on with the dunning step it had reached."""
    item = account.item(invoice.id)
    if invoice.open_minor or item is None:
        return invoice
    return invoice.but(chased_to=item.step_done)


def _kind(payment: Payment, invoice: Invoice) -> SettlementKind:
    if payment.origin == "money":
        return "payment"
    return "credit_note" if payment.credited_invoice_id == invoice.id else "credit"


def _given_up(invoice: Invoice, one: Allocation) -> tuple[Leg, ...]:
    # Where the discount lowers the taxable amount too, its tax is given back to the customer.
    with_tax = invoice.discount is not None and invoice.discount.tax == "included"
    taxes = split_tax.of_gross(one.discount_minor, invoice.taxes) if with_tax else ()
    base = one.discount_minor - sum(tax for _, tax in taxes)
    return (
        Leg(account="cash_discount", amount_minor=base),
        *(Leg(account="tax", amount_minor=tax, rate=rate) for rate, tax in taxes),
        Leg(account="small_difference", amount_minor=one.difference_minor),
    )


def allocated(payment: Payment, allocations: Sequence[Allocation]) -> Payment:
    """Return the payment with these allocations added; what is unapplied shrinks by their sum."""
    spent = sum(allocation.amount_minor for allocation in allocations)
    return payment.but(
        allocations=(*payment.allocations, *allocations),
        unapplied_minor=payment.unapplied_minor - spent,
    )


def undoing(
    payment: Payment,
    wanted: Sequence[Wanted],
    on: date,
    at: datetime,
    *,
    valued_on: date | None = None,
) -> list[Allocation]:
    """Return the counter-allocations that give back so much of each invoice, from a day on.

    What the money earned or left goes with the whole of it: a discount for a payment that is no
    more is not kept. ``valued_on`` None: the money never paid for this invoice at all.
    """
    standing = {one.invoice_id: one for one in payment.standing()}
    undone: list[Allocation] = []
    for one in wanted:
        known_one = standing[one.invoice_id]
        undone.append(
            Allocation(
                invoice_id=one.invoice_id,
                number=known_one.number,
                amount_minor=-one.amount_minor,
                discount_minor=-known_one.discount_minor,
                difference_minor=-known_one.difference_minor,
                effective_on=max(on, known_one.effective_on),
                valued_on=valued_on,
                posted_at=at,
            )
        )
    return undone

"""What an invoice, an open item and a payment say against what they should say."""

from collections import Counter

from chalicelib.domain.account import OpenItem
from chalicelib.domain.invoice import Invoice, State
from chalicelib.domain.payment import Payment
from chalicelib.domain.proof import told

Settled = Counter[tuple[str, str, str]]
"""Minor units by invoice, payment and kind."""

_DRAFTS = ("draft", "pending_approval")
_BY_MONEY = ("payment", "credit", "credit_note")


def invoice_differs(invoice: Invoice | None, folded_minor: int) -> str:
    """Return how an invoice differs from the fold of its ledger lines and from its settlements."""
    if invoice is None:
        return "∅"
    settled = sum(one.amount_minor for one in invoice.settlements)
    is_owed = invoice.state not in (*_DRAFTS, "void")
    by_settlements = invoice.total_minor - settled if is_owed else 0
    return told(
        [
            ("total_minor", invoice.total_minor, invoice.net_minor + invoice.tax_minor),
            ("settlements", by_settlements, invoice.open_minor),
            ("open_minor", invoice.open_minor, folded_minor),
            ("state", invoice.state, _state(invoice)),
        ]
    )


def _state(invoice: Invoice) -> State:
    if invoice.number is None:
        return invoice.state if invoice.state in _DRAFTS else "draft"
    if invoice.state == "void":
        return "void"
    kinds = Counter[str]()
    for one in invoice.settlements:
        kinds[one.kind] += one.amount_minor
    if invoice.total_minor == kinds.total():
        return "written_off" if kinds["write_off"] else "paid"
    # What was corrected or given up makes no invoice a partly paid one.
    return (
        "partially_paid" if kinds.total() > kinds["write_off"] + kinds["credit_note"] else "issued"
    )


def item_differs(item: OpenItem, invoice: Invoice) -> str:
    """Return how the copy that the account keeps of an invoice differs from it."""
    return told(
        [
            ("number", item.number, invoice.number),
            ("total_minor", item.total_minor, invoice.total_minor),
            ("issue_date", item.issue_date, invoice.issue_date),
            ("due_date", item.due_date, invoice.due_date),
            ("discount", item.discount, invoice.offer),
        ]
    )


def payment_differs(payment: Payment | None) -> str:
    """Return how a payment differs from amount = allocated + unapplied + returned."""
    if payment is None:
        return "∅"
    left = payment.amount_minor - payment.allocated_minor - payment.returned_minor()
    return told([("unapplied_minor", payment.unapplied_minor, left)])


def settled_on(invoice: Invoice) -> Settled:
    """Return what payments settled of an invoice, as the invoice has it."""
    settled = Settled()
    for one in invoice.settlements:
        if one.kind != "write_off":
            kind = "paid" if one.kind in _BY_MONEY else one.kind
            settled[invoice.id, one.payment_id or "", kind] += one.amount_minor
    return settled


def allocated_by(payment: Payment) -> Settled:
    """Return what a payment settled, as the payment has it."""
    settled = Settled()
    for one in payment.allocations:
        settled[one.invoice_id, payment.id, "paid"] += one.amount_minor
        settled[one.invoice_id, payment.id, "discount"] += one.discount_minor
        settled[one.invoice_id, payment.id, "small_difference"] += one.difference_minor
    return settled

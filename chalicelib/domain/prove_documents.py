"""What an invoice, an open item and a payment say against what they should say."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from chalicelib.domain.account import OpenItem
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.invoice import Invoice, State, TaxTotal
from chalicelib.domain.payment import Payment
from chalicelib.domain.proof import told

Settled = Counter[tuple[str, str, str]]
"""Minor units by invoice, payment and kind."""

Sums = tuple[int, int]
"""Base and tax, in minor units."""

_DRAFTS = ("draft", "pending_approval")
_BY_MONEY = ("payment", "credit", "credit_note")


def invoice_differs(
    invoice: Invoice | None, folded_minor: int, credited: Mapping[Decimal, Sums]
) -> str:
    """Return how an invoice differs from its ledger lines, settlements and credit notes."""
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
            ("credited", _shown(_by_rate(invoice.credited)), _shown(credited)),
        ]
    )


def credited_by(notes: Iterable[CreditNote]) -> dict[str, dict[Decimal, Sums]]:
    """Return what credit notes take back, by invoice and tax rate."""
    taken: dict[str, list[TaxTotal]] = {}
    for one in notes:
        taken.setdefault(one.invoice_id, []).extend(one.taxes)
    return {name: _by_rate(taxes) for name, taxes in taken.items()}


def _by_rate(taxes: Iterable[TaxTotal]) -> dict[Decimal, Sums]:
    sums: dict[Decimal, Sums] = {}
    for one in taxes:
        base, tax = sums.get(one.rate, (0, 0))
        sums[one.rate] = (base + one.base_minor, tax + one.tax_minor)
    return sums


def _shown(sums: Mapping[Decimal, Sums]) -> list[str]:
    return [f"{rate.normalize():f}: {base}+{tax}" for rate, (base, tax) in sorted(sums.items())]


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


def payment_differs(payment: Payment | None, note: CreditNote | None) -> str:
    """Return how a payment differs from amount = allocated + unapplied + returned.

    A credit also from the ``note`` that gave it.
    """
    if payment is None:
        return "∅"
    left = payment.amount_minor - payment.allocated_minor - payment.returned_minor()
    is_credit = payment.origin == "credit_note"
    return told(
        [
            ("unapplied_minor", payment.unapplied_minor, left),
            ("credit_note", note is not None, is_credit),
            (
                "amount_minor",
                payment.amount_minor,
                note.total_minor if note else payment.amount_minor,
            ),
        ]
    )


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

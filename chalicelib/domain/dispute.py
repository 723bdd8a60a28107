"""Disputes and deductions: an amount that the customer contests, with a reason and a deadline.

The disputed amount rests until somebody decides; the remainder is chased. A deduction is a dispute
that comes with the money: the customer paid less and said why.
"""

from datetime import date, datetime
from typing import ClassVar, Literal

from chalicelib.domain.base import Record
from chalicelib.domain.names import name_on_invoice
from chalicelib.domain.rest import Part, Rest

DisputeKind = Literal["dispute", "deduction"]
Outcome = Literal["credited", "paid", "rejected", "settled"]
"""How it ended: by credit note, by the customer paying after all, by us saying no, or because
nothing was open any more."""


class Dispute(Record):
    """A contested part of an invoice. ``resting_minor`` is what of it still rests."""

    kind: ClassVar[str] = "dispute"

    id: str
    what: DisputeKind
    state: Literal["open", "resolved"] = "open"
    invoice_id: str
    invoice_number: str
    customer_id: str
    customer_name: str
    currency: str
    amount_minor: int
    resting_minor: int
    reason: str
    owner: str
    deadline: date
    payment_id: str | None = None
    outcome: Outcome | None = None
    note: str | None = None
    credit_note_id: str | None = None
    overdue_since: date | None = None
    created_at: datetime
    created_by: str
    resolved_at: datetime | None = None
    resolved_by: str | None = None

    def rest(self) -> Rest:
        """Return what the account carries of it."""
        part = Part(amount_minor=self.resting_minor)
        return Rest(kind="dispute", id=self.id, invoice_ids=(self.invoice_id,), parts=(part,))


def dispute_id(invoice_id: str, fresh: str) -> str:
    """Return the id of a dispute: it names its invoice, in whose partition it lives."""
    return name_on_invoice("dsp", invoice_id, fresh)

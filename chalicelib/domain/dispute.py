"""Disputes and deductions: an amount that the customer contests, with a reason and a deadline.

The disputed amount rests until somebody decides; the remainder is chased. A deduction is a dispute
that comes with the money: the customer paid less and said why.
"""

from datetime import date, datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.customer import Language
from chalicelib.domain.names import name_on_invoice
from chalicelib.domain.rest import Part, Rest

DisputeKind = Literal["dispute", "deduction"]
Outcome = Literal["credited", "paid", "rejected", "settled"]
"""How it ended: by credit note, by the customer paying after all, by us saying no, or because
nothing was open any more."""


Category = Literal[
    "not_received", "wrong_amount", "wrong_price", "defective", "paid_already", "not_mine", "other"
]
"""What a customer chooses from when it contests an invoice itself."""

CATEGORY_WORDS: Final[dict[Category, dict[Language, str]]] = {
    "not_received": {"es": "No recibido", "en": "Not received"},
    "wrong_amount": {"es": "Cantidad incorrecta", "en": "Wrong quantity"},
    "wrong_price": {"es": "Precio incorrecto", "en": "Wrong price"},
    "defective": {"es": "Defectuoso o incompleto", "en": "Defective or incomplete"},
    "paid_already": {"es": "Ya pagado", "en": "Paid already"},
    "not_mine": {"es": "No es de esta empresa", "en": "Not of this company"},
    "other": {"es": "Otro motivo", "en": "Another reason"},
}


class DisputeFile(Value):
    """A file that a customer sent with a dispute. ``id`` is the SHA-256 of its content."""

    id: str
    name: str
    content_type: str
    size_bytes: int


class Dispute(Record):
    """A contested part of an invoice. ``resting_minor`` is what of it still rests.

    One that the customer opened itself names the portal link (``link_id``), a category, its own
    words (``comment``) and files; ``reason`` says the same in one text.
    """

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
    link_id: str | None = None
    category: Category | None = None
    comment: str | None = None
    files: tuple[DisputeFile, ...] = ()
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

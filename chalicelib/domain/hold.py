"""Holds: staff pause the chase of a customer, of some invoices or of an amount, for a time.

A hold always has a last day; the day after, the chase goes on by itself. It changes nothing of what
is owed: money, disputes and promises go on as ever, and aging too.
"""

from datetime import date, datetime, timedelta
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record
from chalicelib.domain.rest import Part, Rest

HoldReason = Literal[
    "agreed", "documents_missing", "under_review", "credit_note_due", "commercial", "other"
]
HOLD_REASONS: Final = (
    "agreed",
    "documents_missing",
    "under_review",
    "credit_note_due",
    "commercial",
    "other",
)
"""Why staff pause: agreed with the customer, a document of ours is missing, we look into it,
a credit note is to come, for commercial reasons, or what the note says."""

HoldState = Literal["open", "ended", "lifted"]
"""``ended``: its last day has passed; ``lifted``: somebody ended it before."""

LONGEST_HOLD: Final = timedelta(days=365)


class Hold(Record):
    """Nothing of this is asked for up to and including ``until``.

    No ``invoice_ids``: the whole account, also what is issued meanwhile. No ``amount_minor``: all
    of it; an amount counts from the oldest invoice on.
    """

    kind: ClassVar[str] = "hold"

    id: str
    state: HoldState = "open"
    customer_id: str
    customer_name: str
    currency: str
    invoice_ids: tuple[str, ...] = ()
    amount_minor: int | None = None
    reason: HoldReason
    note: str | None = None
    until: date
    created_at: datetime
    created_by: str
    ended_at: datetime | None = None
    ended_by: str | None = None

    def rest(self) -> Rest:
        """Return what the account carries of it."""
        part = Part(amount_minor=self.amount_minor, until=self.until)
        return Rest(kind="hold", id=self.id, invoice_ids=self.invoice_ids, parts=(part,))

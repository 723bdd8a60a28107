"""Hand-overs: invoices that lawyers or a collection agency have, until they are taken back.

From then on the machine is silent about them: no reminder, no pause, promise or dispute speaks for
them. Money that comes in is posted as ever, and staff are told to tell whoever has the case.
"""

from datetime import date, datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.rest import Part, Rest

HandoverState = Literal["open", "taken_back", "closed"]
"""``taken_back``: we chase again; ``closed``: nothing was open any more."""

MAX_HANDED_OVER: Final = 200
"""Invoices in one hand-over: the record and the account carry each of them."""


class HandedItem(Value):
    """An invoice as it stood on the day of the hand-over."""

    invoice_id: str
    number: str
    due_date: date
    total_minor: int
    open_minor: int


class Handover(Record):
    """Who has these invoices since when, with the amounts of that day."""

    kind: ClassVar[str] = "handover"

    id: str
    state: HandoverState = "open"
    customer_id: str
    customer_name: str
    currency: str
    items: tuple[HandedItem, ...]
    to_name: str
    to_email: str | None = None
    note: str | None = None
    created_at: datetime
    created_by: str
    ended_at: datetime | None = None
    ended_by: str | None = None

    @property
    def invoice_ids(self) -> tuple[str, ...]:
        """The invoices that were handed over."""
        return tuple(item.invoice_id for item in self.items)

    @property
    def amount_minor(self) -> int:
        """What was open on them that day."""
        return sum(item.open_minor for item in self.items)

    def rest(self) -> Rest:
        """Return what the account carries of it: all of these invoices, without a day."""
        part = Part(amount_minor=None)
        return Rest(kind="legal", id=self.id, invoice_ids=self.invoice_ids, parts=(part,))

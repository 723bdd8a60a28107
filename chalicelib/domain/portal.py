"""Portal links: private addresses by which a customer sees and pays what it owes.

Whoever holds the address holds its rights, so it is random, ends by itself, can be ended at any
time, and what it opens is small: one customer, or some invoices of it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record
from chalicelib.domain.customer import Language
from chalicelib.domain.invoice import Invoice

Purpose = Literal["mail", "staff", "pay", "view"]
"""Why a link was made: for the button of a mail, by staff for a customer, by staff to pay one
invoice, or for staff to see what the customer sees."""

LASTS: Final = timedelta(days=90)
"""Longer than a ladder of reminders takes."""
LASTS_WHEN_PAID: Final = timedelta(days=30)
"""Time to fetch a copy for the books."""
VIEW_LASTS: Final = timedelta(minutes=15)
SHOWN_AFTERWARDS: Final = timedelta(days=90)
"""How long staff still see that there was a link and whether it was used."""
NOTED_EVERY: Final = timedelta(hours=1)
"""Use is noted at most this often."""


class PortalLink(Record):
    """A link of a customer. Only the SHA-256 of its token is stored.

    ``contact_id`` is who it was made for, ``name`` what they are called; None: the customer itself.
    ``invoice_ids`` limit it; without any it is about everything of the customer.
    ``language`` is that of the screen, once somebody chose one.
    It opens nothing from ``valid_until`` on; ``expires_at`` is when the record itself goes.
    """

    kind: ClassVar[str] = "portal_link"

    id: str
    hash: str
    customer_id: str
    contact_id: str | None = None
    name: str
    language: Language | None = None
    invoice_ids: tuple[str, ...] = ()
    purpose: Purpose
    message_id: str | None = None
    created_at: datetime
    created_by: str
    valid_until: datetime
    revoked_at: datetime | None = None
    last_seen_at: datetime | None = None
    expires_at: int

    @property
    def is_read_only(self) -> bool:
        """It shows, and changes nothing: a member of staff looks through the customer's eyes."""
        return self.purpose == "view"

    def opens_at(self, at: datetime) -> bool:
        """Tell whether it opens anything at this instant."""
        return self.revoked_at is None and at < self.valid_until

    def covers(self, invoice: Invoice) -> bool:
        """Tell whether it may show this invoice at all: the one rule of what a link reaches."""
        return (
            invoice.customer_id == self.customer_id
            and invoice.number is not None
            and self.covers_id(invoice.id)
        )

    def covers_id(self, invoice_id: str) -> bool:
        """Tell whether an invoice of its customer is among those that it is about."""
        return not self.invoice_ids or invoice_id in self.invoice_ids

    def seen(self, at: datetime) -> "PortalLink | None":
        """Return the link with its use noted; None when that was done a moment ago."""
        if self.last_seen_at is not None and at - self.last_seen_at < NOTED_EVERY:
            return None
        return self.next(last_seen_at=at)


class PortalFile(Record):
    """A file that a customer has uploaded and that waits for its dispute, for a day.

    ``id`` is the SHA-256 of its content, under which the content is kept.
    """

    kind: ClassVar[str] = "portal_file"

    customer_id: str
    id: str
    link_id: str
    name: str
    content_type: str
    size_bytes: int
    created_at: datetime
    expires_at: int


class EmailRequest(Record):
    """A new address that a contact has asked for; it counts once staff accept it.

    One waits for each contact; a later one takes its place.
    """

    kind: ClassVar[str] = "email_request"

    customer_id: str
    contact_id: str
    email: str
    before: str | None
    state: Literal["waiting", "accepted", "declined"] = "waiting"
    by: str
    created_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None


def closed_at(invoices: Iterable[Invoice]) -> datetime | None:
    """Return since when none of these invoices is open; None while one is, or when unknown."""
    ends: list[datetime] = []
    for one in invoices:
        if one.is_open:
            return None
        moments = [each.posted_at for each in one.settlements]
        moments += [one.voided_at] if one.voided_at is not None else []
        ends += moments[-1:] or [one.issued_at or one.created_at]
    return max(ends, default=None)

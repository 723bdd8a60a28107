"""What a mail or a document says: handed to whoever writes, draws or sends it."""

from datetime import date
from typing import Final

from chalicelib.domain.account import OpenItem
from chalicelib.domain.base import Value
from chalicelib.domain.policy import Tone


class MailContent(Value):
    """A rendered mail, before it has an address."""

    subject: str
    text: str
    html: str


PERSONAL: Final = "/portal/open/personal"
"""The address of the portal as it stands in a mail until that is handed over, in previews, and in
what is kept of it: the token that takes its place is nowhere but with the reader."""


def personal(content: MailContent, token: str) -> MailContent:
    """Return a mail with the token of its reader in the address of the portal."""
    own = f"{PERSONAL.rpartition('/')[0]}/{token}"
    return content.but(
        text=content.text.replace(PERSONAL, own), html=content.html.replace(PERSONAL, own)
    )


class Attachment(Value):
    """A file that goes with a mail."""

    filename: str
    content_type: str
    content: bytes


class OutgoingMail(Value):
    """A mail as it is handed to the provider. Tags come back with the provider's events."""

    sender_name: str
    reply_to: str | None
    to: str
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    content: MailContent
    attachments: tuple[Attachment, ...] = ()
    tags: dict[str, str]


class StepCharge(Value):
    """What a step claims on an invoice for being late, beside what is open on it."""

    invoice_id: str
    number: str
    interest_minor: int = 0
    compensation_minor: int = 0
    fee_minor: int = 0


class ReminderLetter(Value):
    """What a reminder says, whatever its words. ``items`` are the open invoices, oldest first.

    ``more_items`` counts those beyond the listed ones, whose amounts are in ``open_minor`` too.
    ``reply_by`` is the last day of the term it sets: without one seven days ahead, ten on paper;
    ``reference`` is what a letter on paper is looked up by; ``reply_to`` is where the button of the
    mail sends the answer, the company's address without one.
    """

    template: str
    customer_name: str
    language: str
    currency: str
    today: date
    items: tuple[OpenItem, ...]
    more_items: int
    open_minor: int
    overdue_minor: int
    unapplied_minor: int
    tone: Tone = "neutral"
    contact_name: str | None = None
    late_charges: tuple[StepCharge, ...] = ()
    reply_by: date | None = None
    reference: str | None = None
    reply_to: str | None = None

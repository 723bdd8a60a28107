"""Messages to customers: what was asked to go out, and what became of it.

queued/planned → claimed → sent → delayed → undelivered → delivered → opened, or suppressed,
refused, unknown, bounced, complained. A claim is taken at most once per key and attempt; what
happened after an uncertain claim is learned from the mail provider's events or decided by a person,
never by sending again.
"""

from datetime import date, datetime, timedelta
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.fate import Fate

MessageState = Literal[
    "queued",
    "planned",
    "claimed",
    "sent",
    "delayed",
    "undelivered",
    "delivered",
    "opened",
    "bounced",
    "complained",
    "refused",
    "suppressed",
    "unknown",
    "to_post",
]
Channel = Literal["email", "letter"]
Purpose = Literal["invoice", "credit_note", "reminder", "statement", "contact"]
"""``contact``: tells an address that another one was asked for in its place."""

LEASE: Final = timedelta(minutes=10)
"""A claim without outcome for so long is uncertain: the mail function runs two minutes at most."""

MAX_ATTEMPTS: Final = 5
"""Explicit refusals (throttling) before a person has to look."""

MAX_LISTED: Final = 40
"""How many invoices a message names and is shown on; the rest is counted in one line."""

# What an event may still change: later stages are never undone by an earlier event.
_RANK: Final[dict[str, int]] = {
    "queued": 0,
    "planned": 0,
    "to_post": 1,
    "claimed": 1,
    "unknown": 1,
    "sent": 2,
    "delayed": 3,
    "undelivered": 4,  # before delivered: what comes back after a delivery is an automatic reply
    "delivered": 5,
    "opened": 6,
    "refused": 7,
    "bounced": 8,
    "complained": 9,
}


class ProofOfPosting(Value):
    """How a letter was posted: the proof of its sending."""

    on: date
    carrier: str | None = None
    tracking: str | None = None
    by: str


class Message(Record):
    """One message to one address. ``id`` is its permanent key; it goes with the mail as a tag.

    A letter (``channel``) waits as ``to_post`` until a person has posted it. ``cc`` are contacts
    that are copied; ``step_id`` and ``policy_id`` say which rung of which ladder it stands for,
    ``anchor_id`` which invoice's turn it was; ``file`` is where a letter's PDF is kept.
    A statement covers days, both included; its PDF is kept as a file too.
    ``fates`` is what the provider reported, by its time; before ``not_before`` the provider takes
    no mail at all and the message waits.
    """

    kind: ClassVar[str] = "message"

    id: str
    purpose: Purpose
    state: MessageState
    customer_id: str
    customer_name: str
    currency: str
    to: str
    channel: Channel = "email"
    contact_id: str = "main"
    cc: tuple[str, ...] = ()
    policy_id: str | None = None
    step_id: str | None = None
    anchor_id: str | None = None
    file: str | None = None
    subject: str
    language: str
    template: str
    step: int | None = None
    invoice_ids: tuple[str, ...]
    amount_minor: int
    reason: str | None = None
    attempts: int = 0
    provider_message_id: str | None = None
    created_at: datetime
    created_by: str
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    settled_at: datetime | None = None
    not_before: datetime | None = None
    fates: tuple[Fate, ...] = ()
    covers_from: date | None = None
    covers_to: date | None = None
    posting: ProofOfPosting | None = None

    @property
    def is_waiting(self) -> bool:
        """It may still be claimed."""
        return self.state in ("queued", "planned")

    def is_due(self, at: datetime) -> bool:
        """It is queued, and the provider takes mail again."""
        return self.state == "queued" and (self.not_before is None or self.not_before <= at)

    @property
    def state_since(self) -> datetime:
        """When it came to its state, as far as is known."""
        kinds = ("opened", "clicked") if self.state == "opened" else (self.state,)
        own = (fate for fate in self.fates if fate.address is None)
        since = [fate.at for fate in own if fate.what in kinds]
        if since:
            return since[0]
        if self.state in ("queued", "planned", "to_post"):
            return self.created_at
        if self.state == "claimed":
            return self.claimed_at or self.created_at
        if self.state == "sent":
            return self.sent_at or self.settled_at or self.created_at
        return self.settled_at or self.claimed_at or self.created_at

    @property
    def document_id(self) -> str | None:
        """The invoice or credit note that it carries; reminders and statements carry none."""
        is_document = self.purpose in ("invoice", "credit_note")
        return self.id.rpartition("-")[0] if is_document else None

    @property
    def waiting_state(self) -> Literal["queued", "planned"]:
        """How it waits for another attempt: only a reminder is decided about anew."""
        return "planned" if self.purpose == "reminder" else "queued"


def why(message: Message) -> str | None:
    """Return the reason of a message's state: what the provider said of it, if it did."""
    if message.state in ("sent", "delivered", "opened"):
        return None
    own = (fate for fate in message.fates if fate.address is None)
    said = [fate.detail for fate in own if fate.what == message.state]
    return said[0] if said else message.reason


class Suppression(Record):
    """An address that must not be written to, and why."""

    kind: ClassVar[str] = "suppression"

    address: str
    reason: Literal["bounced", "complained", "by_hand"]
    since: datetime
    detail: str | None = None


def moves_on(state: str, reached: str) -> bool:
    """Tell whether an event that reports ``reached`` says more than ``state`` already does."""
    return state != "suppressed" and _RANK[reached] > _RANK[state]


def document_mail_id(document_id: str, ordinal: int) -> str:
    """Return the permanent key of the first, second, ... mail that carries a document."""
    return f"{document_id}-{ordinal}"


def following_mail_id(message_id: str) -> str:
    """Return the key that the next mail of the same document has."""
    document_id, _, ordinal = message_id.rpartition("-")
    return document_mail_id(document_id, int(ordinal) + 1)


BY_HAND: Final = "let"
"""What the key of a letter begins with that a person wrote: no step of a ladder overtakes it."""


def is_by_hand(message_id: str) -> bool:
    """Tell whether a letter was written by a person, by its key."""
    return message_id.startswith(f"{BY_HAND}_")


def fold_address(address: str) -> str:
    """Return an address as it is compared: mail systems ignore the case in practice."""
    return address.strip().lower()


class MessageOnInvoice(Record):
    """A message as shown on one of the invoices it is about; always the latest state of it."""

    kind: ClassVar[str] = "message_on_invoice"

    invoice_id: str
    message: Message


def on_invoices(message: Message) -> tuple[MessageOnInvoice, ...]:
    """Return the copies of a message that its invoices show."""
    return tuple(
        MessageOnInvoice(invoice_id=invoice_id, message=message)
        for invoice_id in message.invoice_ids[:MAX_LISTED]
    )

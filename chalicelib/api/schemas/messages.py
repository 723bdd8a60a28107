"""Bodies of messages, and of how well they arrive."""

from datetime import date
from typing import Literal

from chalicelib.api.schemas.base import Answer, DecimalText, Instant
from chalicelib.api.schemas.invoices import MessageRow
from chalicelib.api.schemas.letters import PostingProof
from chalicelib.domain.deliverability import Verdict
from chalicelib.domain.fate import FateKind


class Fate(Answer):
    """One report of the mail provider, at its time.

    ``address`` is null where it is about the message's own recipient; else a copy's. ``detail`` is
    what the other mail server said.
    """

    what: FateKind
    at: Instant
    address: str | None
    detail: str | None


class MessageInvoice(Answer):
    """An invoice that a message is about."""

    id: str
    number: str | None


class MessageFile(MessageRow):
    """A message with its history.

    ``suppressed`` tells why its address must not be written to any more; ``can_decide`` whether a
    person may settle it with ``/decide``, ``has_pdf`` whether ``/pdf`` shows it as it went out.
    ``posting`` proves that a letter was posted.
    """

    cc: list[str]
    attempts: int
    claimed_at: Instant | None
    settled_at: Instant | None
    provider_message_id: str | None
    fates: list[Fate]
    invoices: list[MessageInvoice]
    suppressed: Literal["bounced", "complained", "by_hand"] | None
    can_decide: bool
    has_pdf: bool
    posting: PostingProof | None


class MailFigures(Answer):
    """How many mails reached what; a mail counts once in each.

    bounce_rate = bounced ÷ sent, complaint_rate = complained ÷ sent: fractions, null where nothing
    was sent. A mail counts on the day (UTC) on which it was handed over, whenever it bounces.
    """

    sent: int
    delivered: int
    opened: int
    delayed: int
    undelivered: int
    bounced: int
    complained: int
    refused: int
    bounce_rate: DecimalText | None
    complaint_rate: DecimalText | None


class MailDay(MailFigures):
    """The figures of a day."""

    day: date


class MailPurpose(MailFigures):
    """The figures of one kind of message."""

    purpose: str


class BouncedAddress(Answer):
    """An address that bounced, and whose it is."""

    address: str
    bounced: int
    customer_id: str
    customer_name: str


class BouncedDomain(Answer):
    """A domain whose addresses bounced."""

    domain: str
    bounced: int


class DeliverabilityReport(Answer):
    """How well mail arrives from ``first`` to ``last``, both included.

    The limits are where an alarm is raised: SES itself reviews an account at 5 % and 0.1 %.
    ``bounces`` and ``complaints`` compare: too_few is above the limit, but maybe by chance.
    ``addresses`` and ``domains`` are those that bounced most among the latest 200 bounced mails.
    """

    first: date
    last: date
    total: MailFigures
    by_day: list[MailDay]
    by_purpose: list[MailPurpose]
    addresses: list[BouncedAddress]
    domains: list[BouncedDomain]
    bounces: Verdict
    complaints: Verdict
    bounce_limit: DecimalText
    complaint_limit: DecimalText

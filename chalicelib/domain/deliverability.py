"""Deliverability: how many mails arrive, bounce and are complained of, and when that is too many.

bounce rate = mails of which an address bounced for good ÷ mails sent; complaint rate = mails that
somebody complained of ÷ mails sent. A mail counts on the day (UTC) on which it was handed to the
provider, so that a late bounce is set against the mail that it is about. The provider's limits:
SES reviews an account at 5 % and 0.1 %, and pauses it at 10 % and 0.5 %
(repost.aws/knowledge-center/ses-resolve-account-review-pause); ours come well before.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.message import Message, Purpose

BOUNCE_LIMIT: Final = Decimal("0.02")
COMPLAINT_LIMIT: Final = Decimal("0.0005")
ALARM_DAYS: Final = 7
LEAST_SENT: Final = 100
"""Fewer mails than this in ALARM_DAYS say nothing about a rate of 2 %."""
LEAST_BOUNCED: Final = 3
LEAST_COMPLAINED: Final = 2
"""One bounce or complaint is chance, and has a work item of its own."""
Verdict = Literal["within", "beyond", "too_few"]
"""``too_few``: above the limit, of so few mails that it may be chance."""
SHARDS: Final = 4
"""How many counters share the load of one day: SES sends 14 mails a second at first, each with
three events."""
COUNTERS: Final = (
    "sent",
    "delivered",
    "opened",
    "delayed",
    "undelivered",
    "bounced",
    "complained",
    "refused",
)


class MailCounts(Record):
    """How many mails of a day and purpose reached what. A mail counts once in each counter.

    ``delivered`` are those that arrived at any recipient, ``bounced`` those that bounced at any.
    """

    kind: ClassVar[str] = "mail_counts"

    day: date
    purpose: Purpose
    shard: int
    sent: int = 0
    delivered: int = 0
    opened: int = 0
    delayed: int = 0
    undelivered: int = 0
    bounced: int = 0
    complained: int = 0
    refused: int = 0


class MailFigures(Value):
    """Sums of counters. A rate is a fraction; None where nothing was sent."""

    sent: int = 0
    delivered: int = 0
    opened: int = 0
    delayed: int = 0
    undelivered: int = 0
    bounced: int = 0
    complained: int = 0
    refused: int = 0

    @property
    def bounce_rate(self) -> Decimal | None:
        """Bounced ÷ sent."""
        return _rate(self.bounced, self.sent)

    @property
    def complaint_rate(self) -> Decimal | None:
        """Complained ÷ sent."""
        return _rate(self.complained, self.sent)

    @property
    def bounces(self) -> Verdict:
        """How the bounce rate stands to its limit."""
        return _verdict(self.bounced, self.sent, BOUNCE_LIMIT, LEAST_BOUNCED)

    @property
    def complaints(self) -> Verdict:
        """How the complaint rate stands to its limit."""
        return _verdict(self.complained, self.sent, COMPLAINT_LIMIT, LEAST_COMPLAINED)

    @property
    def is_alarming(self) -> bool:
        """Too many bounce or complain, and not by chance."""
        return "beyond" in (self.bounces, self.complaints)


def _verdict(part: int, whole: int, limit: Decimal, least: int) -> Verdict:
    if part <= limit * whole:
        return "within"
    return "beyond" if whole >= LEAST_SENT and part >= least else "too_few"


def _rate(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / whole).quantize(Decimal("0.000001")) if whole else None


def counts_between(before: Message, after: Message) -> MailCounts | None:
    """Return what a change of a message adds to the counters; None when nothing new is known."""
    new = _reached(after) - _reached(before)
    if not new or after.channel != "email":
        return None
    handed_over = after.claimed_at or after.created_at
    return MailCounts(
        day=handed_over.date(),
        purpose=after.purpose,
        shard=sum(after.id.encode()) % SHARDS,
        **dict.fromkeys(sorted(new), 1),
    )


def _reached(message: Message) -> frozenset[str]:
    kinds = {"opened" if fate.what == "clicked" else fate.what for fate in message.fates}
    if "opened" in kinds:
        kinds.add("delivered")  # not every report of a delivery comes
    if message.sent_at is not None or kinds - {"refused"}:
        kinds.add("sent")  # nothing bounces or arrives that was not sent, whatever came first
    return frozenset(kinds)


def figures(parts: Iterable[MailCounts]) -> MailFigures:
    """Return the sum of counters."""
    listed = tuple(parts)
    return MailFigures(**{name: sum(getattr(one, name) for one in listed) for name in COUNTERS})


def grouped(parts: Iterable[MailCounts], by: Callable[[MailCounts], str]) -> dict[str, MailFigures]:
    """Return the sums by group, groups in order."""
    groups: dict[str, list[MailCounts]] = {}
    for one in parts:
        groups.setdefault(by(one), []).append(one)
    return {name: figures(groups[name]) for name in sorted(groups)}

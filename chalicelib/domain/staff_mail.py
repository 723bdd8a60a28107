"""Mails to staff: notices of what happened, and the morning's digest.

They share the protocol of customers' mails (claimed once, tried once, uncertain ones never
repeated) and nothing else: no customer's record knows of them.
"""

from datetime import date, datetime, timedelta
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.message import LEASE, MAX_ATTEMPTS
from chalicelib.domain.notice_wishes import NoticeKind

StaffMailState = Literal["queued", "claimed", "sent", "refused", "unknown", "suppressed"]
GRACE: Final = timedelta(minutes=2)  # as for all that waits in the queue (usecases/sweep.py)
RETRY_AFTER: Final = timedelta(minutes=10)
KEPT: Final = timedelta(days=90)
MAX_LINES: Final = 40
"""News that one mail lists; the rest is counted in a line."""


class NoticeLine(Value):
    """One thing that happened. ``what`` is the action of its audit entry.

    ``detail`` is what the kind has to say besides: an address, a reason, a method.
    """

    kind: NoticeKind
    what: str
    at: datetime
    by_name: str
    subject: str
    subject_id: str
    customer_id: str | None = None
    customer_name: str | None = None
    number: str | None = None
    amount_minor: int | None = None
    currency: str | None = None
    day: date | None = None
    detail: str | None = None


class Figure(Value):
    """An amount of one currency, how many make it up, and by how much it moved."""

    currency: str
    amount_minor: int
    count: int = 0
    change_minor: int = 0


class DigestItem(Value):
    """Something of the day that has a customer, an amount and perhaps a day or an invoice."""

    customer_id: str
    customer_name: str
    amount_minor: int
    currency: str
    day: date | None = None
    number: str | None = None
    subject: str
    subject_id: str


class DigestList(Value):
    """The largest of them, and how many more there are."""

    items: tuple[DigestItem, ...] = ()
    more: int = 0

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len(self.items) + self.more


class Digest(Value):
    """What a morning has to say. ``since`` is the last working day, from which on news counts."""

    day: date
    since: date
    money_in: tuple[Figure, ...] = ()
    payments: DigestList = DigestList()
    overdue: tuple[Figure, ...] = ()
    promised_today: DigestList = DigestList()
    promises_broken: DigestList = DigestList()
    disputes_opened: DigestList = DigestList()
    disputes_late: DigestList = DigestList()
    reminders_today: int = 0
    approvals_waiting: int = 0
    work: dict[str, int] = {}

    @property
    def is_empty(self) -> bool:
        """Nothing to say: that something is overdue, as it was, is no news."""
        lists = (
            self.promised_today, self.promises_broken, self.disputes_opened, self.disputes_late,
        )  # fmt: skip
        return not (
            self.money_in
            or self.reminders_today
            or self.approvals_waiting
            or any(self.work.values())
            or any(one.count for one in lists)
            or any(one.change_minor for one in self.overdue)
        )


class StaffMail(Record):
    """One mail to one member of staff. ``look_at`` is when somebody should see to it again.

    Its key is permanent: the first news that it tells, or the day of its digest.
    """

    kind: ClassVar[str] = "staff_mail"

    email: str
    id: str
    what: Literal["notices", "digest"]
    name: str
    language: Literal["es", "en"]
    state: StaffMailState = "queued"
    lines: tuple[NoticeLine, ...] = ()
    more: int = 0
    digest: Digest | None = None
    reason: str | None = None
    attempts: int = 0
    provider_message_id: str | None = None
    created_at: datetime
    look_at: datetime
    not_before: datetime | None = None
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    expires_at: int

    @property
    def is_unsettled(self) -> bool:
        """It waits to be sent, or its outcome is not recorded yet."""
        return self.state in ("queued", "claimed")

    def with_lines(self, lines: tuple[NoticeLine, ...]) -> "StaffMail":
        """Return the mail with more news; what is beyond MAX_LINES is counted."""
        every = (*self.lines, *lines)
        return self.but(lines=every[:MAX_LINES], more=self.more + len(every[MAX_LINES:]))

    def claimed(self, at: datetime) -> "StaffMail":
        """Return the mail as handed to the provider by nobody else."""
        return self.next(
            state="claimed", claimed_at=at, look_at=at + LEASE, attempts=self.attempts + 1
        )

    def given_back(self, at: datetime, reason: str, not_before: datetime | None) -> "StaffMail":
        """Return the mail after a refusal that concerns the moment.

        One with a time of its own does not count as an attempt.
        """
        attempts = self.attempts if not_before is None else self.attempts - 1
        if attempts >= MAX_ATTEMPTS:
            return self.next(state="refused", reason=reason)
        again_at = not_before or at + RETRY_AFTER
        return self.next(
            state="queued", reason=reason, attempts=attempts, not_before=again_at, look_at=again_at
        )


def digest_id(day: date) -> str:
    """Return the permanent key of a person's digest of a day."""
    return f"{day:%Y%m%d}-digest"


def notices_id(at: datetime, first_entry_id: str) -> str:
    """Return the permanent key of a mail whose first news is this entry of the audit log."""
    return f"{at:%Y%m%d}-{first_entry_id}"


class MorningRound(Record):
    """Until which day everybody has their digest."""

    kind: ClassVar[str] = "morning_round"

    digested_on: date

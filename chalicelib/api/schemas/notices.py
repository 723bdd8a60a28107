"""Bodies about mails to staff."""

from datetime import date
from typing import Literal

from pydantic import Field

from chalicelib.api.schemas.base import Answer, Instant, Request
from chalicelib.domain.notice_wishes import NoticeKind, When
from chalicelib.domain.staff_mail import StaffMailState

_AT_ONCE = Field(
    description="each: at once, one mail for what happens together; digest: in the morning's mail "
    "only; off: never"
)


class NoticeKinds(Request):
    """When each kind of news is told."""

    payment_received: When = _AT_ONCE
    promise_broken: When = _AT_ONCE
    dispute_opened: When = _AT_ONCE
    policy_stopped: When = _AT_ONCE
    mail_bounced: When = _AT_ONCE
    send_uncertain: When = _AT_ONCE
    approval_waiting: When = _AT_ONCE
    webhook_stopped: When = "off"
    promise_made: When = "off"


class NoticesInput(Request):
    """What the person who asks wishes to be told. ``language`` null: the company's."""

    digest: bool
    only_mine: bool = Field(
        description="leaves out customers whom somebody else on the staff is in charge of"
    )
    language: Literal["es", "en"] | None = None
    kinds: NoticeKinds


class Notices(Answer):
    """The wishes of the person who asks; ``is_default`` while they are those of the role.

    ``offered`` are the kinds that the role may be told of. While ``sending_frozen`` is set nothing
    is mailed to staff either.
    """

    version: int
    email: str
    is_default: bool
    digest: bool
    only_mine: bool
    language: Literal["es", "en"] | None
    company_language: Literal["es", "en"]
    kinds: NoticeKinds
    offered: list[NoticeKind]
    digest_at: str = Field(examples=["08:00"])
    time_zone: str
    sending_frozen: bool


class NoticeNews(Answer):
    """One thing that a mail tells; ``what`` is the action as in a timeline."""

    kind: NoticeKind
    what: str
    at: Instant
    by_name: str
    subject: str
    subject_id: str
    customer_id: str | None
    customer_name: str | None
    number: str | None
    amount_minor: int | None
    currency: str | None
    day: date | None
    detail: str | None


class StaffMail(Answer):
    """A mail to the person who asks: notices, or the digest of a day."""

    id: str
    what: Literal["notices", "digest"]
    state: StaffMailState
    reason: str | None
    created_at: Instant
    sent_at: Instant | None
    digest_of: date | None
    news: list[NoticeNews]
    more: int


class StaffMails(Answer):
    """The latest thirty mails, newest first."""

    items: list[StaffMail]

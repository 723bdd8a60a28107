"""Notices: which changes staff are told of, and who is told.

A change is recognised by the action of its audit entry. Nobody is told what they did themselves.
"""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from chalicelib.domain.access import Role, at_least
from chalicelib.domain.calendar import zone
from chalicelib.domain.identity import Person
from chalicelib.domain.notice_wishes import NOTICE_KINDS, NoticeKind, NoticeWishes, When

_NIGHT_BEGINS: Final = time(21, 0)
_NIGHT_ENDS: Final = time(7, 0)
LEAST_ROLE: Final[dict[NoticeKind, Role]] = {
    "approval_waiting": "collector",
    "webhook_stopped": "admin",
}
"""Who may answer at all; everything else may be read in every role."""
_ANSWERED_BY: Final[dict[str, Role]] = {"approval_requested": "accountant"}
"""By action: a reminder may be let go by a collector, an issue or a write-off may not."""


def _wishes(
    *, each: tuple[NoticeKind, ...], digest: tuple[NoticeKind, ...], only_mine: bool = False
) -> NoticeWishes:
    chosen: dict[NoticeKind, When] = {
        kind: "each" if kind in each else "digest" if kind in digest else "off"
        for kind in NOTICE_KINDS
    }
    return NoticeWishes(digest=bool(each or digest), only_mine=only_mine, kinds=chosen)


DEFAULTS: Final[dict[Role, NoticeWishes]] = {
    "viewer": _wishes(each=(), digest=()),
    "collector": _wishes(
        each=(
            "promise_made",
            "promise_broken",
            "dispute_opened",
            "policy_stopped",
            "approval_waiting",
        ),
        digest=("payment_received", "mail_bounced", "send_uncertain"),
        only_mine=True,
    ),
    "accountant": _wishes(
        each=("payment_received", "approval_waiting"),
        digest=("promise_broken", "dispute_opened"),
    ),
    "admin": _wishes(
        each=("mail_bounced", "send_uncertain", "approval_waiting", "webhook_stopped"),
        digest=("payment_received", "promise_broken", "dispute_opened", "policy_stopped"),
    ),
}
"""What a role is told before a person has wished otherwise."""


@dataclass(frozen=True)
class News:
    """Something that happened: who did it, and who is in charge of the customer it concerns."""

    kind: NoticeKind
    action: str
    by: str
    owner: str | None


def wishes_of(person: Person) -> NoticeWishes:
    """Return what a person wants to be told; by their role as long as they have not said."""
    return person.notices or DEFAULTS[person.role]


def is_told(person: Person, news: News) -> bool:
    """Tell whether a person gets a mail about this at once."""
    wishes = wishes_of(person)
    return (
        person.active
        and wishes.when(news.kind) == "each"
        and may_see(person, news.kind)
        and at_least(person.role, _ANSWERED_BY.get(news.action, "viewer"))
        and news.by != person.email
        and (not wishes.only_mine or news.owner in (None, person.email))
    )


def may_see(person: Person, kind: NoticeKind) -> bool:
    """Tell whether this is any of their business."""
    return at_least(person.role, LEAST_ROLE.get(kind, "viewer"))


def may_approve(person: Person) -> bool:
    """Tell whether they may answer what waits on the list of approvals."""
    return at_least(person.role, _ANSWERED_BY["approval_requested"])


def is_night(instant: datetime, zone_name: str) -> bool:
    """Tell whether people sleep: what happens then is told at seven."""
    local = instant.astimezone(zone(zone_name)).time()
    return local >= _NIGHT_BEGINS or local < _NIGHT_ENDS

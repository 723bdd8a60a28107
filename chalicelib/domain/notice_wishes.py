"""What a member of staff wants to be told by mail, and when."""

from typing import Final, Literal, get_args

from chalicelib.domain.base import Value

NoticeKind = Literal[
    "payment_received",
    "promise_made",
    "promise_broken",
    "dispute_opened",
    "policy_stopped",
    "mail_bounced",
    "send_uncertain",
    "approval_waiting",
    "webhook_stopped",
]
NOTICE_KINDS: Final[tuple[NoticeKind, ...]] = get_args(NoticeKind)
When = Literal["each", "digest", "off"]
"""``each``: at once, what happens together in one mail. ``digest``: in the morning's mail only."""


class NoticeWishes(Value):
    """The wishes of one person. Without ``digest`` nothing comes in the morning.

    ``only_mine`` leaves out what concerns customers whom somebody else is in charge of.
    """

    digest: bool
    only_mine: bool
    kinds: dict[NoticeKind, When]

    def when(self, kind: NoticeKind) -> When:
        """Return when this is to be told; a kind that is newer than the wish is not."""
        return self.kinds.get(kind, "off")

"""Which actions of the audit log are news for staff."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from chalicelib.domain.notice_wishes import NoticeKind

_KINDS: Final[dict[str, "NoticeKind"]] = {
    "payment_received": "payment_received",
    "promise_made_in_portal": "promise_made",
    "promise_broken": "promise_broken",
    "plan_broken": "promise_broken",
    "dispute_opened": "dispute_opened",
    "deduction_opened": "dispute_opened",
    "ladder_ended": "policy_stopped",
    "approval_requested": "approval_waiting",
    "reminder_approval_requested": "approval_waiting",
    "webhook_endpoint_stopped": "webhook_stopped",
}
_FATES: Final[dict[str, "NoticeKind"]] = {
    "_mail_bounced": "mail_bounced",
    "_mail_complained": "mail_bounced",
    "_mail_undelivered": "mail_bounced",
    "_mail_unknown": "send_uncertain",
    "_mail_refused": "send_uncertain",
}
"""How the actions about any mail end: ``invoice_mail_bounced``."""


def kind_of(action: str) -> "NoticeKind | None":
    """Return what kind of news an action is; None for what nobody is told."""
    known = _KINDS.get(action)
    if known is not None:
        return known
    return next((kind for ending, kind in _FATES.items() if action.endswith(ending)), None)

"""Work items: everything failed, uncertain or odd that a person should look at."""

from datetime import datetime
from typing import ClassVar, Literal

from chalicelib.domain.base import Record

WorkKind = Literal[
    "address_bounced",
    "address_complained",
    "send_uncertain",
    "send_refused",
    "mail_undelivered",
    "colleague_bounced",
    "sending_limit",
    "mail_not_kept",
    "deliverability",
    "no_address",
    "call_to_make",
    "reminder_to_approve",
    "payment_unmatched",
    "payment_excess",
    "payment_other_currency",
    "payment_failed",
    "provider_difference",
    "provider_missing",
    "chargeback",
    "chargeback_lost",
    "refund_unmatched",
    "promise_broken",
    "plan_broken",
    "dispute_overdue",
    "recurring_failed",
    "template_broken",
    "failed_work",
    "proof_difference",
    "rate_missing",
    "charges_left",
    "staff_mail_failed",
    "webhook_stopped",
    "ladder_ended",
    "payment_on_handed_over",
    "email_requested",
]


class WorkItem(Record):
    """One thing to look at. ``key`` is permanent: the same cause never makes two items.

    ``detail`` is what a person needs beyond the kind, in no language: addresses, keys, numbers,
    and what another system answered.
    """

    kind: ClassVar[str] = "work_item"

    key: str
    what: WorkKind
    state: Literal["open", "done"] = "open"
    priority: int = 5
    detail: str
    customer_id: str | None = None
    customer_name: str | None = None
    invoice_id: str | None = None
    payment_id: str | None = None
    message_id: str | None = None
    amount_minor: int | None = None
    currency: str | None = None
    queue: str | None = None
    body: str | None = None
    created_at: datetime
    done_at: datetime | None = None
    done_by: str | None = None
    outcome: str | None = None

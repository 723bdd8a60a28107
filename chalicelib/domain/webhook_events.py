"""What other systems are told of: the types of event, and which change of the audit log is which.

Every change in the audit log whose action stands here waits in its own entry until it is told
(``usecases/announce_webhooks.py``). What an invoice became by money is read from its settlements.
"""

from typing import Final

_TYPES: Final = {
    "customer_created": "customer.created",
    "customer_changed": "customer.updated",
    "invoice_issued": "invoice.issued",
    "invoice_mail_sent": "invoice.sent",
    "invoice_voided": "invoice.voided",
    "invoice_written_off": "invoice.written_off",
    "invoice_reinstated": "invoice.reinstated",
    "credit_note_issued": "credit_note.issued",
    "payment_received": "payment.received",
    "payment_allocated": "payment.allocated",
    "payment_assigned": "payment.assigned",
    "payment_unallocated": "payment.unallocated",
    "payment_reversed": "payment.reversed",
    "payment_refunded": "payment.refunded",
    "payment_charged_back": "payment.charged_back",
    "promise_made": "promise.made",
    "promise_made_in_portal": "promise.made",
    "promise_broken": "promise.broken",
    "promise_cancelled": "promise.cancelled",
    "plan_made": "plan.made",
    "plan_broken": "plan.broken",
    "plan_cancelled": "plan.cancelled",
    "dispute_opened": "dispute.opened",
    "deduction_opened": "dispute.opened",
    "dispute_resolved": "dispute.resolved",
    "reminder_mail_sent": "reminder.sent",
}
_FATES: Final = {
    "_mail_bounced": "mail.bounced",
    "_mail_complained": "mail.complained",
}
"""How the actions about any mail end: ``reminder_mail_bounced``."""

PAID: Final = "invoice.paid"
PARTIALLY_PAID: Final = "invoice.partially_paid"
REOPENED: Final = "invoice.reopened"
RESTORED: Final = "payment.restored"
"""Money that had gone back is ours again: a chargeback that was won, a refund that failed."""
TEST: Final = "webhook.test"
EVENT_TYPES: Final = tuple(
    sorted({*_TYPES.values(), *_FATES.values(), PAID, PARTIALLY_PAID, REOPENED, RESTORED})
)
"""What an endpoint may choose from; a test is sent to whoever asks for it."""


def event_type(action: str) -> str | None:
    """Return which type of event an action of the audit log is; None for what nobody is told."""
    known = _TYPES.get(action)
    if known is not None:
        return known
    return next((kind for ending, kind in _FATES.items() if action.endswith(ending)), None)

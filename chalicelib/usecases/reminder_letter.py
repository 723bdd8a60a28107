"""What a reminder says, and the message that stands for it."""

from chalicelib.domain.dunning import Reminder
from chalicelib.domain.message import MAX_LISTED, Message
from chalicelib.domain.recipients import Recipient
from chalicelib.usecases.contents import ReminderLetter, StepCharge
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk

LETTER = "letter"
"""Stands for the contact of a letter on paper."""


def message_id_of(desk: Desk, reminder: Reminder, contact_id: str) -> str:
    """Return the permanent key: account, ladder, step, the invoice that set it, and contact."""
    return f"rem-{desk.account.currency}-{reminder.key}-{contact_id}"


def letter_for(
    context: Context,
    desk: Desk,
    reminder: Reminder,
    recipient: Recipient,
    charges: tuple[StepCharge, ...] = (),
) -> ReminderLetter:
    """Return what a reminder of this instant says to a contact."""
    today = desk.rules.calendar.today(context.at)
    items = reminder.items
    is_person = recipient.name != desk.customer.name
    return ReminderLetter(
        template=reminder.step.template,
        tone=reminder.step.tone,
        customer_name=desk.customer.name,
        contact_name=recipient.name if is_person else None,
        language=recipient.language,
        currency=desk.account.currency,
        today=today,
        items=items[:MAX_LISTED],
        more_items=max(0, len(items) - MAX_LISTED),
        open_minor=sum(item.open_minor for item in items),
        overdue_minor=sum(item.open_minor for item in items if item.due_date < today),
        unapplied_minor=desk.account.unapplied_minor,
        late_charges=charges,
        reply_to=desk.customer.owner,
    )


def new_message(
    context: Context, desk: Desk, reminder: Reminder, recipient: Recipient, copies: tuple[str, ...]
) -> Message:
    """Return the claimed message that carries a reminder to a contact."""
    return Message(
        id=message_id_of(desk, reminder, recipient.contact_id),
        purpose="reminder",
        state="claimed",
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        currency=desk.account.currency,
        to=recipient.address,
        contact_id=recipient.contact_id,
        cc=copies,
        policy_id=reminder.policy_id,
        step_id=reminder.step.id,
        anchor_id=reminder.anchor.invoice_id,
        subject="",
        language=recipient.language,
        template=reminder.step.template,
        step=reminder.step.offset_days,
        invoice_ids=tuple(one.invoice_id for one in reminder.items[:MAX_LISTED]),
        amount_minor=sum(one.open_minor for one in reminder.items),
        attempts=1,
        created_at=context.at,
        created_by=context.actor.id,
        claimed_at=context.at,
    )

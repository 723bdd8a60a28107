"""Remind one account, if at the moment of sending there still is a reason to.

The decision is taken on the account as it stands, and the claim insists that it still stands so:
whatever is posted in between makes the claim fail and the decision is taken anew. Each contact
gets a message of its own with a claim of its own; who is left is noted on the account.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.account import Account
from chalicelib.domain.base import Record
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.dunning import Reminder, decide, next_asked, resume, under_way
from chalicelib.domain.message import Message, on_invoices
from chalicelib.domain.next_action import RETRY_AFTER
from chalicelib.domain.recipients import Recipient, recipients
from chalicelib.domain.template import TemplateText
from chalicelib.usecases.contents import ReminderLetter
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.deliver import hand_over
from chalicelib.usecases.desk import Desk, open_desk, save_account, with_holidays
from chalicelib.usecases.look_later import look_later
from chalicelib.usecases.own_company import COMPANY
from chalicelib.usecases.portal_links import link_for_mail
from chalicelib.usecases.ports import Insert, Mirror, Ports, Ref, Replace, Require, Write
from chalicelib.usecases.references import message_ref, suppression_ref
from chalicelib.usecases.reminder_letter import letter_for, message_id_of, new_message
from chalicelib.usecases.reminder_tasks import (
    ask_for_approval,
    leave_call,
    leave_letter,
    undeliverable,
    waits_for_approval,
)
from chalicelib.usecases.step_charges import charges_of_step
from chalicelib.usecases.take_step import step_taken
from chalicelib.usecases.templates import template_refs, text_for

MAX_CONTACTS: Final = 20
"""Who has more contacts than that for reminders gets the rest with the next tick."""


@dataclass(frozen=True)
class Claim:
    """A reminder that may be sent now, and by nobody else."""

    desk: Desk
    reminder: Reminder
    message: Message
    letter: ReminderLetter
    text: TemplateText | None
    token: str
    is_last: bool


def send_reminder(ports: Ports, context: Context, customer_id: str, currency: str) -> None:
    """Send the reminder that is due for an account at this instant, or set its next time."""
    for _ in range(MAX_CONTACTS):
        claim = until_committed(ports, lambda: _claim(ports, context, customer_id, currency))
        if claim is None:
            return
        message = _send(ports, context, claim)
        if claim.is_last or message.is_waiting:
            return


def _send(ports: Ports, context: Context, claim: Claim) -> Message:
    return hand_over(
        ports,
        context,
        claim.message,
        claim.desk.company,
        ports.writer.reminder_mail(claim.letter, claim.desk.company, claim.text),
        give_back=lambda message, not_before: _give_back(
            ports, context, message, claim.reminder, not_before
        ),
        owner=claim.desk.customer.owner,
        bcc=claim.reminder.step.copy_to,
        token=claim.token,
    )


def due_reminder(desk: Desk, at: datetime) -> Reminder | None:
    """Return what is to go out at this instant: as a person wants, as due, or as left over.

    Until the minute of a wish has passed nothing goes out, not even what is due: it may be taken
    back.
    """
    account, rules = desk.account, desk.rules
    if account.send_now is not None:
        return next_asked(account, rules, at) if account.send_now.at <= at else None
    if not rules.calendar.is_working_time(at):
        return None
    return decide(account, rules, at) or resume(account, rules, at)


def _claim(ports: Ports, context: Context, customer_id: str, currency: str) -> Claim | None:
    desk = with_holidays(ports, open_desk(ports, customer_id, currency))
    if desk.company.sending_frozen or customer_id == UNIDENTIFIED:
        return None
    reminder = due_reminder(desk, context.at)
    if reminder is None:
        look_later(ports, context, desk)
    elif waits_for_approval(desk, reminder):
        ask_for_approval(ports, context, desk, reminder)
    elif reminder.step.channel == "call":
        leave_call(ports, context, desk, reminder)
    elif reminder.step.channel == "letter":
        leave_letter(ports, context, desk, reminder)
    else:
        return _claim_mail(ports, context, desk, reminder)
    return None


def _claim_mail(ports: Ports, context: Context, desk: Desk, reminder: Reminder) -> Claim | None:
    wanted = addressees(desk, reminder)
    found = ports.store.get_many(_asked_about(desk, reminder, wanted))
    reachable = [one for one in wanted if suppression_ref(one.address) not in found]
    if not reachable:
        undeliverable(ports, context, desk, reminder, wanted)
        return None
    left = [one for one in reachable if _may_claim(found.get(_ref(desk, reminder, one)))]
    if not left:
        # This step went out before; only the account's memory of it was lost. Never again.
        step_taken(ports, context, desk, reminder, [])
        return None
    return _claimed(ports, context, desk, reminder, left, found)


def addressees(desk: Desk, reminder: Reminder) -> tuple[Recipient, ...]:
    """Return who is to get a reminder: everybody, or those who still lack it.

    Where none of these is written to any more, everybody again: whoever came in their place lacks
    it, and whoever has had it is not claimed for twice.
    """
    everybody = recipients(desk.customer, "reminders")
    left = tuple(one for one in everybody if one.contact_id in reminder.contacts)
    return left or everybody


def _asked_about(desk: Desk, reminder: Reminder, wanted: tuple[Recipient, ...]) -> list[Ref[Any]]:
    addresses = dict.fromkeys(address for one in wanted for address in (one.address, *one.copies))
    template, segment = reminder.step.template, desk.customer.segment
    languages = dict.fromkeys(one.language for one in wanted)
    return [
        *(_ref(desk, reminder, one) for one in wanted),
        *(ref for one in languages for ref in template_refs(template, one, segment)),
        *(suppression_ref(address) for address in addresses),
    ]


def _ref(desk: Desk, reminder: Reminder, recipient: Recipient) -> Ref[Message]:
    return message_ref(desk.customer.id, message_id_of(desk, reminder, recipient.contact_id))


def _may_claim(record: Record | None) -> bool:
    return not isinstance(record, Message) or record.state == "planned"


def _claimed(
    ports: Ports,
    context: Context,
    desk: Desk,
    reminder: Reminder,
    left: list[Recipient],
    found: dict[Ref[Any], Record],
) -> Claim:
    recipient = left[0]
    copies = tuple(one for one in recipient.copies if suppression_ref(one) not in found)
    message = new_message(context, desk, reminder, recipient, copies)
    known = found.get(_ref(desk, reminder, recipient))
    if isinstance(known, Message):
        message = message.but(
            version=known.version + 1,
            attempts=known.attempts + 1,
            created_at=known.created_at,
            fates=known.fates,
        )
    writes: list[Write] = [
        Replace(message) if isinstance(known, Message) else Insert(message),
        *(Mirror(copy) for copy in on_invoices(message)),
        *(Require(suppression_ref(one), None) for one in (message.to, *copies)),
        Require(COMPANY, desk.company.version or None),
    ]
    made = link_for_mail(ports, context, desk.customer, message, desk.company.portal_mail_scope)
    writes.append(Insert(made.link))
    others = left[1:]
    claims, charges = charges_of_step(ports, context, desk, reminder)
    names = [one.contact_id for one in others]
    step_taken(ports, context, desk, reminder, [*writes, *claims], left=names, claimed=message.id)
    letter = letter_for(context, desk, reminder, recipient, charges)
    text = text_for(
        ports,
        context,
        found,
        template_id=letter.template,
        language=recipient.language,
        segment=desk.customer.segment,
    )
    return Claim(desk, reminder, message, letter, text, made.token, is_last=not others)


def _give_back(
    ports: Ports,
    context: Context,
    message: Message,
    reminder: Reminder,
    not_before: datetime | None,
) -> tuple[Message, list[Write]]:
    # It was surely not sent: this contact still lacks it. When nothing may be asked for any more,
    # it ends here.
    desk = open_desk(ports, message.customer_id, message.currency)
    account = desk.account
    if account.open_minor <= account.unapplied_minor:
        return message.but(state="suppressed", reason="paid", settled_at=context.at), []
    account = lacking(account, reminder, message)
    again_at = not_before or context.at + RETRY_AFTER
    later = desk.rules.calendar.next_working_time(again_at)
    return message, save_account(desk, account.but(next_action_at=later))


def lacking(account: Account, reminder: Reminder, message: Message) -> Account:
    """Return the account on which a contact lacks a reminder (again)."""
    present = account.under_way
    is_same = present is not None and present.anchor_id == reminder.anchor.invoice_id
    others = present.contacts if present is not None and is_same else ()
    contacts = tuple(dict.fromkeys((message.contact_id, *others)))
    return account.but(
        under_way=under_way(reminder, contacts),
        planned=tuple(sorted({*account.planned, message.id})),
    )

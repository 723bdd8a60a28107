"""Remind one account, if at the moment of sending there still is a reason to.

The decision is taken on the account as it stands, and the claim insists that it still stands so:
whatever is posted in between makes the claim fail and the decision is taken anew.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from chalicelib.domain.calendar import is_working_time, local_date, next_working_time
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.dunning import Reminder, decide, plan, take_steps
from chalicelib.domain.message import MAX_LISTED, Message, Suppression, fold_address, on_invoices
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.deliver import hand_over
from chalicelib.usecases.desk import Desk, open_desk, save_account
from chalicelib.usecases.ports import (
    Insert,
    Mirror,
    Ports,
    ReminderLetter,
    Replace,
    Require,
    Write,
)
from chalicelib.usecases.posting import call_off, with_account
from chalicelib.usecases.references import (
    COMPANY,
    message_ref,
    suppression_ref,
    work_item_ref,
)
from chalicelib.usecases.work import on_the_list, work_item

RETRY_AFTER: Final = timedelta(minutes=15)  # the next tick: a refusal is a matter of rates


@dataclass(frozen=True)
class Claim:
    """A reminder that may be sent now, and by nobody else."""

    desk: Desk
    reminder: Reminder
    message: Message
    letter: ReminderLetter


def send_reminder(ports: Ports, context: Context, customer_id: str, currency: str) -> None:
    """Send the reminder that is due for an account at this instant, or set its next time."""
    claim = until_committed(ports, lambda: _claim(ports, context, customer_id, currency))
    if claim is None:
        return
    company = claim.desk.company
    content = ports.writer.reminder_mail(claim.letter, company)
    hand_over(
        ports,
        context,
        claim.message,
        company,
        content,
        give_back=lambda message: _give_back(ports, context, message, claim.reminder),
    )


def _claim(ports: Ports, context: Context, customer_id: str, currency: str) -> Claim | None:
    desk = open_desk(ports, customer_id, currency)
    if desk.company.sending_frozen or customer_id == UNIDENTIFIED:
        return None
    zone_name = desk.customer.time_zone
    reminder = None
    if is_working_time(context.at, zone_name):
        reminder = decide(desk.account, desk.policy, zone_name, context.at)
    if reminder is None:
        _look_later(ports, context, desk)
        return None
    if desk.customer.email is None:
        _leave_to_a_person(ports, context, desk, reminder, "")
        return None
    return _claim_message(ports, context, desk, reminder, fold_address(desk.customer.email))


def _claim_message(
    ports: Ports, context: Context, desk: Desk, reminder: Reminder, address: str
) -> Claim | None:
    message = _message(context, desk, reminder, address)
    found = ports.store.get_many(
        [message_ref(message.customer_id, message.id), suppression_ref(address)]
    )
    known = next((one for one in found.values() if isinstance(one, Message)), None)
    suppressed = next((one for one in found.values() if isinstance(one, Suppression)), None)
    if suppressed is not None:
        detail = f"{address}: {suppressed.reason}"
        _leave_to_a_person(ports, context, desk, reminder, detail)
        return None
    if known is not None and known.state != "planned":
        # This step went out before; only the account's memory of it was lost. Never again.
        _step_taken(ports, context, desk, reminder, [])
        return None
    if known is not None:
        message = message.but(
            version=known.version + 1, attempts=known.attempts + 1, created_at=known.created_at
        )
    others = tuple(one for one in desk.account.planned if one != message.id)
    desk = with_account(desk, desk.account.but(planned=others))
    writes: list[Write] = [
        Insert(message) if known is None else Replace(message),
        *(Mirror(copy) for copy in on_invoices(message)),
        Require(suppression_ref(address), None),
        Require(COMPANY, desk.company.version or None),
    ]
    _step_taken(ports, context, desk, reminder, writes)
    return Claim(desk, reminder, message, letter_for(context, desk, reminder))


def _step_taken(
    ports: Ports, context: Context, desk: Desk, reminder: Reminder, writes: list[Write]
) -> None:
    today = local_date(context.at, desk.customer.time_zone)
    account = take_steps(desk.account, reminder, today)
    account = plan(account, desk.policy, desk.customer.time_zone, context.at)
    # What waited for another attempt has been overtaken, by a later letter or by a person.
    account, overtaken = call_off(ports, context, account, "overtaken")
    ports.store.commit([*save_account(desk, account), *writes, *overtaken])


def _look_later(ports: Ports, context: Context, desk: Desk) -> None:
    zone_name = desk.customer.time_zone
    account = plan(desk.account, desk.policy, zone_name, context.at)
    if account.next_action_at is not None and account.next_action_at <= context.at:
        # Due, but not at this hour; or nothing may be asked for, which a day may change.
        is_open = is_working_time(context.at, zone_name)
        wait = timedelta(days=1) if is_open else timedelta()
        later = next_working_time(context.at + wait, zone_name)
        account = account.but(next_action_at=later)
    if account != desk.account:
        ports.store.commit(save_account(desk, account))


def _leave_to_a_person(
    ports: Ports, context: Context, desk: Desk, reminder: Reminder, detail: str
) -> None:
    key = f"no-address-{desk.customer.id}-{desk.account.currency}"
    item = work_item(
        context,
        key,
        "no_address",
        detail,
        priority=3,
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        invoice_id=reminder.anchor.invoice_id,
        amount_minor=sum(one.open_minor for one in reminder.items),
        currency=desk.account.currency,
    )
    # One task for the account, however many steps pass; it opens anew if it was done too early.
    writes = [on_the_list(item, ports.store.get(work_item_ref(key)))]
    _step_taken(ports, context, desk, reminder, writes)


def message_id_of(desk: Desk, reminder: Reminder) -> str:
    """Return the permanent key: account, policy version, step, and the invoice that set it.

    An invoice takes each step once, so the invoice stands for the cycle.
    """
    offset = reminder.step.offset_days
    step = f"m{-offset}" if offset < 0 else f"p{offset}"
    version = desk.policy.version
    return f"rem-{desk.account.currency}-{version}-{step}-{reminder.anchor.invoice_id}"


def _message(context: Context, desk: Desk, reminder: Reminder, address: str) -> Message:
    return Message(
        id=message_id_of(desk, reminder),
        purpose="reminder",
        state="claimed",
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        currency=desk.account.currency,
        to=address,
        subject="",
        language=desk.customer.language,
        template=reminder.step.template,
        step=reminder.step.offset_days,
        invoice_ids=tuple(one.invoice_id for one in reminder.items[:MAX_LISTED]),
        amount_minor=sum(one.open_minor for one in reminder.items),
        attempts=1,
        created_at=context.at,
        created_by=context.actor.id,
        claimed_at=context.at,
    )


def letter_for(context: Context, desk: Desk, reminder: Reminder) -> ReminderLetter:
    """Return what a reminder of this instant says."""
    today = local_date(context.at, desk.customer.time_zone)
    items = reminder.items
    return ReminderLetter(
        template=reminder.step.template,
        customer_name=desk.customer.name,
        language=desk.customer.language,
        currency=desk.account.currency,
        today=today,
        items=items[:MAX_LISTED],
        more_items=max(0, len(items) - MAX_LISTED),
        open_minor=sum(item.open_minor for item in items),
        overdue_minor=sum(item.open_minor for item in items if item.due_date < today),
        unapplied_minor=desk.account.unapplied_minor,
    )


def _give_back(
    ports: Ports, context: Context, message: Message, reminder: Reminder
) -> tuple[Message, list[Write]]:
    # The reminder was surely not sent: its steps are undone, so that it is tried again. When
    # nothing may be asked for any more, it ends here.
    desk = open_desk(ports, message.customer_id, message.currency)
    taken = reminder.steps_taken
    before = {item.invoice_id: item.step_done for item in reminder.items}
    items = tuple(
        item.but(step_done=before[item.invoice_id])
        if taken.get(item.invoice_id) == item.step_done and item.invoice_id in before
        else item
        for item in desk.account.open_items
    )
    account = desk.account.but(open_items=items, reminded_on=reminder.reminded_before)
    if account.open_minor <= account.unapplied_minor:
        message = message.but(state="suppressed", reason="paid", settled_at=context.at)
        return message, save_account(
            desk, plan(account, desk.policy, desk.customer.time_zone, context.at)
        )
    again_at = next_working_time(context.at + RETRY_AFTER, desk.customer.time_zone)
    planned = tuple(sorted({*account.planned, message.id}))
    return message, save_account(desk, account.but(next_action_at=again_at, planned=planned))

"""What a person does to the chase of one account: send now, take that back, skip, let go."""

import json
from datetime import timedelta
from typing import Any, Final

from chalicelib.domain.account import Account, SendNow
from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.dunning import Reminder, decide, next_asked
from chalicelib.domain.errors import StateConflict
from chalicelib.domain.next_action import plan
from chalicelib.domain.why_not import why_not
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, open_desk, save_account, with_holidays
from chalicelib.usecases.ports import Ports, Write
from chalicelib.usecases.reminder_tasks import approval_key, approval_of
from chalicelib.usecases.take_step import after_step
from chalicelib.usecases.work import closing

UNDO: Final = timedelta(seconds=60)
"""Between the click and the mail: whoever regrets it takes it back."""


def send_now(ports: Ports, context: Context, customer_id: str, currency: str) -> Account:
    """Let the next step of an account go out in a minute, whatever its day and hour.

    What rests, is paid or on its way is not asked for: StateConflict with the reason, and nothing
    changes. Asked twice, it goes out once. The last look is at sending, as ever.
    """

    def attempt() -> Account:
        desk = with_holidays(ports, open_desk(ports, customer_id, currency))
        if desk.account.send_now is not None:
            return desk.account
        _require_sending(desk)
        _require_step(desk, context)
        # To the second, as in the message that brings it: that must not come a fraction too early.
        goes_at = (context.at + UNDO).replace(microsecond=0)
        asked = SendNow(at=goes_at, by=context.actor.id)
        account = desk.account.but(send_now=asked, next_action_at=goes_at)
        _save(ports, context, desk, account, "reminder_asked_for", goes_at=rfc3339(goes_at))
        return account

    account = until_committed(ports, attempt)
    _queue(ports, account)
    return account


def _queue(ports: Ports, account: Account) -> None:
    # The tick finds it too, should this message be lost.
    if account.send_now is None:
        return
    body = {
        "v": 1,
        "time": rfc3339(account.send_now.at),
        "accounts": [[account.customer_id, account.currency]],
    }
    delay = int(UNDO.total_seconds()) + 1
    ports.queues.put("reminders", json.dumps(body), delay_seconds=delay)


def take_back(ports: Ports, context: Context, customer_id: str, currency: str) -> Account:
    """Take back a wish to send now. StateConflict when it has gone out, or there was none."""

    def attempt() -> Account:
        desk = with_holidays(ports, open_desk(ports, customer_id, currency))
        if desk.account.send_now is None:
            message = "There is nothing to take back: it has gone out, or was never asked for."
            raise StateConflict(message, code="nothing_to_take_back")
        account = plan(desk.account.but(send_now=None), desk.rules, context.at)
        _save(ports, context, desk, account, "reminder_taken_back")
        return account

    return until_committed(ports, attempt)


def skip_step(
    ports: Ports, context: Context, customer_id: str, currency: str, step_id: str | None = None
) -> Account:
    """Take the next step of an account without sending it; the chase goes on with the one after.

    ``step_id`` is the step that the caller saw. StateConflict when another is next by now, or none.
    """

    def attempt() -> Account:
        desk = with_holidays(ports, open_desk(ports, customer_id, currency))
        reminder = _require_step(desk, context)
        if step_id is not None and reminder.step.id != step_id:
            message = f"The next step is {reminder.step.id!r} by now; look again."
            raise StateConflict(message, code="other_step_next")
        # Nobody was written to, so the next step need not keep its distance from this one.
        account, ended = after_step(ports, context, desk, reminder)
        account = account.but(reminded_on=desk.account.reminded_on)
        account = plan(account, desk.rules, context.at)
        facts = {"step": reminder.step.offset_days, "number": reminder.anchor.number}
        _save(ports, context, desk, account, "reminder_skipped", ended, **facts)
        return account

    return until_committed(ports, attempt)


def approve_reminder(
    ports: Ports, context: Context, customer_id: str, currency: str, step_id: str | None = None
) -> Account:
    """Let a reminder go that waits for approval: at the next working hour, or on its day.

    StateConflict when none waits, or another than the one that the caller saw.
    """

    def attempt() -> Account:
        desk = with_holidays(ports, open_desk(ports, customer_id, currency))
        goes_at = desk.rules.calendar.next_working_time(context.at)
        reminder = decide(desk.account, desk.rules, goes_at)
        if reminder is None:  # its day is still to come: it is let go beforehand
            goes_at = max(goes_at, desk.account.next_action_at or goes_at)
            reminder = decide(desk.account, desk.rules, goes_at)
        waits = reminder is not None and reminder.step.needs_approval
        if reminder is None or not waits or step_id not in (None, reminder.step.id):
            message = "No such reminder waits for approval."
            raise StateConflict(message, code="no_reminder_waits")
        key = approval_key(desk, reminder)
        account = desk.account.but(
            approved=approval_of(reminder),
            tasks=tuple(one for one in desk.account.tasks if one != key),
            next_action_at=goes_at,
        )
        ended = closing(ports, context, key, "approved")
        facts = {"step": reminder.step.offset_days, "number": reminder.anchor.number}
        _save(ports, context, desk, account, "reminder_approved", ended, **facts)
        return account

    return until_committed(ports, attempt)


def _require_sending(desk: Desk) -> None:
    if desk.company.sending_frozen:
        raise StateConflict("Sending is switched off in the settings.", code="sending_frozen")


def _require_step(desk: Desk, context: Context) -> Reminder:
    reminder = next_asked(desk.account, desk.rules, context.at)
    if reminder is None:
        reason = why_not(desk.account, desk.rules, context.at)
        message = f"Nothing can be sent: {reason}."
        raise StateConflict(message, code="nothing_to_send")
    return reminder


def _save(
    ports: Ports,
    context: Context,
    desk: Desk,
    account: Account,
    action: str,
    others: list[Write] | None = None,
    **facts: Any,
) -> None:
    entry = audit(
        ports,
        context,
        action,
        subject=("customer", account.customer_id),
        customer_id=account.customer_id,
        currency=account.currency,
        **facts,
    )
    writes = [*save_account(desk, account), *(others or []), entry]
    commit(ports, context, writes, resource=f"/v1/customers/{account.customer_id}")

"""An account of which the tick thought that it is due: note why nothing goes out, look later."""

from datetime import timedelta

from chalicelib.domain.account import Account
from chalicelib.domain.dunning import resume
from chalicelib.domain.next_action import plan
from chalicelib.domain.why_not import Held, held_step
from chalicelib.usecases.context import Context, audit
from chalicelib.usecases.desk import Desk, save_account
from chalicelib.usecases.ports import Ports, Write
from chalicelib.usecases.posting import call_off
from chalicelib.usecases.withdraw_approval import withdrawn


def look_later(ports: Ports, context: Context, desk: Desk) -> None:
    """Set the time of the next look. A step that is held is noted once, with the reason."""
    account, writes = _ended(ports, context, desk)
    account, answered = withdrawn(ports, context, desk, account)
    writes += answered
    held = held_step(account, desk.rules, context.at)
    if held is not None and held.key != account.held:
        account = account.but(held=held.key)
        writes.append(_note(ports, context, desk, held))
    account = _later(context, desk, plan(account, desk.rules, context.at))
    if account != desk.account:
        ports.store.commit([*save_account(desk, account), *writes])


def _ended(ports: Ports, context: Context, desk: Desk) -> tuple[Account, list[Write]]:
    # What some contacts still lack ends with its reason.
    account = desk.account
    is_over = account.under_way is not None and resume(account, desk.rules, context.at) is None
    is_refused = account.send_now is not None and account.send_now.at <= context.at
    if is_refused:
        account = account.but(send_now=None)
    if not is_over:
        return account, []
    return call_off(ports, context, account.but(under_way=None), "covered")


def _later(context: Context, desk: Desk, account: Account) -> Account:
    at, calendar = account.next_action_at, desk.rules.calendar
    if at is None or at > context.at:
        return account
    # Due, but not at this hour; or nothing may be asked for, which a day may change.
    wait = timedelta(days=1) if calendar.is_working_time(context.at) else timedelta()
    return account.but(next_action_at=calendar.next_working_time(context.at + wait))


def _note(ports: Ports, context: Context, desk: Desk, held: Held) -> Write:
    return audit(
        ports,
        context,
        "reminder_held",
        subject=("customer", desk.customer.id),
        customer_id=desk.customer.id,
        currency=desk.account.currency,
        invoice_id=held.item.invoice_id,
        number=held.item.number,
        step=held.step.offset_days,
        reason=held.reason,
    )

"""Take a reminder that waits for approval off the work list when it is no longer the next one."""

from chalicelib.domain.account import Account
from chalicelib.domain.dunning import decide
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk
from chalicelib.usecases.ports import Ports, Write
from chalicelib.usecases.reminder_tasks import APPROVE, approval_key, waits_for_approval
from chalicelib.usecases.work import closing


def withdrawn(
    ports: Ports, context: Context, desk: Desk, account: Account
) -> tuple[Account, list[Write]]:
    """Return the account without questions that a change of its ladder has answered."""
    asked = [key for key in account.tasks if key.startswith(APPROVE)]
    if not asked:
        return account, []
    at = desk.rules.calendar.next_working_time(context.at)
    reminder = decide(account, desk.rules, at)
    is_waiting = reminder is not None and waits_for_approval(desk, reminder)
    still = approval_key(desk, reminder) if reminder is not None and is_waiting else None
    gone = [key for key in asked if key != still]
    ended = [write for key in gone for write in closing(ports, context, key, "overtaken")]
    return account.but(tasks=tuple(key for key in account.tasks if key not in gone)), ended

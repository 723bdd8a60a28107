"""The transaction in which an account takes a step of its ladder, with what that writes."""

from collections.abc import Sequence

from chalicelib.domain.account import Account
from chalicelib.domain.dunning import Reminder, take_steps, under_way
from chalicelib.domain.message import is_by_hand
from chalicelib.domain.next_action import plan
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, save_account
from chalicelib.usecases.ports import Ports, Write
from chalicelib.usecases.posting import MAX_TASKS, call_off
from chalicelib.usecases.reminder_letter import message_id_of


def step_taken(
    ports: Ports,
    context: Context,
    desk: Desk,
    reminder: Reminder,
    writes: Sequence[Write],
    *,
    left: Sequence[str] = (),
    tasks: Sequence[str] = (),
    waiting: Sequence[str] = (),
    claimed: str | None = None,
) -> None:
    """Commit the step with these writes; ``left`` are contacts who still lack the message.

    What waited for another attempt or for a person has been overtaken, by a later step or by a
    person; a letter that a person wrote waits on. ``tasks`` are the work items among the writes,
    ``waiting`` the letters, ``claimed`` the message that goes out.
    """
    account, others = after_step(
        ports, context, desk, reminder, left=left, tasks=tasks, claimed=claimed
    )
    account = account.but(planned=tuple(sorted({*account.planned, *waiting})))
    ports.store.commit([*save_account(desk, account), *writes, *others])


def after_step(
    ports: Ports,
    context: Context,
    desk: Desk,
    reminder: Reminder,
    *,
    left: Sequence[str] = (),
    tasks: Sequence[str] = (),
    claimed: str | None = None,
) -> tuple[Account, list[Write]]:
    """Return the account after the step, and the end of what it overtakes."""
    kept = {message_id_of(desk, reminder, contact_id) for contact_id in left}
    before = desk.account.planned
    kept |= {one for one in before if is_by_hand(one)}
    account = desk.account.but(
        planned=tuple(one for one in before if one != claimed and one not in kept),
        tasks=tuple(one for one in desk.account.tasks if one not in tasks),
    )
    account, overtaken = call_off(ports, context, account, "overtaken")
    account = take_steps(account, reminder, desk.rules.calendar.today(context.at)).but(
        planned=tuple(sorted({*account.planned, *(one for one in before if one in kept)})),
        tasks=(*account.tasks, *tasks)[-MAX_TASKS:],
        under_way=under_way(reminder, left),
        send_now=desk.account.send_now if left else None,  # the others get it at this hour too
        approved=None,
        held=None,
    )
    return plan(account, desk.rules, context.at), overtaken

"""Letters on paper that wait to be posted and ask for more than may be asked for now.

A mail is decided about anew when it goes; a letter is posted as it was printed.
"""

from chalicelib.domain.account import Account, UnderWay
from chalicelib.domain.calendar import local_date
from chalicelib.domain.message import MAX_LISTED, Message
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.references import message_ref
from chalicelib.usecases.reminder_letter import LETTER


def stale_letters(ports: Ports, context: Context, desk: Desk, account: Account) -> list[Message]:
    """Return the letters that the change from the desk's account to this one makes untrue."""
    if not account.planned:
        return []
    before, after = _asked(desk, desk.account, context), _asked(desk, account, context)
    less = {one for one, amount in before.items() if after.get(one, 0) < amount}
    has_more_credit = account.unapplied_minor > desk.account.unapplied_minor
    if not less and not has_more_credit:
        return []
    found = ports.store.get_many([message_ref(account.customer_id, one) for one in account.planned])
    letters = [one for one in found.values() if isinstance(one, Message) and one.state == "to_post"]
    return [one for one in letters if has_more_credit or _names(one, less)]


def _asked(desk: Desk, account: Account, context: Context) -> dict[str, int]:
    today = local_date(context.at, desk.customer.time_zone)
    return {item.invoice_id: item.open_minor for item in account.asked_for(today, context.at)}


def _names(letter: Message, invoice_ids: set[str]) -> bool:
    # Who owes more than it lists has the rest of it in one line.
    is_full = len(letter.invoice_ids) == MAX_LISTED
    return is_full or not invoice_ids.isdisjoint(letter.invoice_ids)


def to_be_written_anew(
    context: Context, desk: Desk, account: Account, letter: Message
) -> UnderWay | None:
    """Return the step that a letter stood for, to be gone on with over what is left; or None.

    None when nothing is left of what took that step, or the ladder has it no more. What a person
    wrote a person writes again.
    """
    policy = desk.book.find(letter.policy_id)
    step = policy.step(letter.step_id) if policy is not None else None
    asked = _asked(desk, account, context)
    climbed = (account.item(one) for one in (letter.anchor_id or "", *letter.invoice_ids))
    left = [
        item.invoice_id
        for item in climbed
        if item is not None and item.invoice_id in asked and item.step_id == letter.step_id
    ]
    if policy is None or step is None or not left:
        return None
    return UnderWay(policy_id=policy.id, step=step, anchor_id=left[0], contacts=(LETTER,))

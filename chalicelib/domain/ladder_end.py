"""Which invoices have no step of their ladder left, and are still owed."""

from datetime import date, datetime, timedelta
from typing import Final

from chalicelib.domain.account import Account, OpenItem
from chalicelib.domain.dunning import Rules, beyond, day_of, steps_ahead

PATIENCE: Final = timedelta(days=7)
"""After the day of the last step: what that one said gets time to work."""


def at_the_end(account: Account, rules: Rules, at: datetime) -> tuple[OpenItem, ...]:
    """Return the open invoices that nothing will be sent for any more, oldest first.

    What rests, is on its way or is covered by unapplied money is not asked for, and so not at its
    end either.
    """
    if account.parked_since is not None or account.under_way is not None:
        return ()
    today = rules.calendar.today(at)
    owed = beyond(account.unapplied_minor, account.asked_for(today, at))
    return tuple(item for item in owed if _has_ended(item, rules, today))


def _has_ended(item: OpenItem, rules: Rules, today: date) -> bool:
    steps = rules.ladder_of(item).steps
    if not steps or steps_ahead(item, rules, today):
        return False
    return today >= day_of(item, steps[-1]) + PATIENCE

"""When to look at an account again: the sparse index by which the tick finds it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.account import Account, OpenItem
from chalicelib.domain.dunning import MIN_GAP, Rules, beyond, day_of, steps_ahead
from chalicelib.domain.rest import first_day_after

RETRY_AFTER: Final = timedelta(minutes=15)
"""The next tick: what was refused for its rate, or interrupted, is gone on with then."""


def plan(account: Account, rules: Rules, at: datetime) -> Account:
    """Return the account with the time of its next action set anew."""
    return account.but(next_action_at=next_action_at(account, rules, at))


def next_action_at(account: Account, rules: Rules, at: datetime) -> datetime | None:
    """Return when to look at the account again, or None when no step lies ahead.

    The opening of the first working day on which a step is due, even if that has passed: a tick
    that is run as of that time must find it. What is covered is looked at when its step falls due,
    to note that it is held, and then when its cover ends.
    """
    if account.send_now is not None:
        return account.send_now.at
    first = _first_step_at(account, rules, at)
    if account.under_way is not None:
        again = rules.calendar.next_working_time(at + RETRY_AFTER)
        first = again if first is None else min(first, again)
    return None if first is None else rules.calendar.next_working_time(first)


def _first_step_at(account: Account, rules: Rules, at: datetime) -> datetime | None:
    asked = account.asked_for(rules.calendar.today(at), at)
    owed = beyond(account.unapplied_minor, asked)
    chased = {item.invoice_id for item in asked}
    covered = [item for item in account.open_items if item.invoice_id not in chased]
    instants = [
        *_step_times(owed or asked, rules, at),
        *_covered_times(account, covered, rules, at),
    ]
    if not instants:
        return None
    first = min(instants)
    if asked and not owed:
        # Nothing may be asked for; look again tomorrow, in case the money went elsewhere.
        first = max(first, at + timedelta(days=1))
    if account.reminded_on is not None:
        first = max(first, rules.calendar.opening(account.reminded_on + MIN_GAP))
    return first


def _step_times(items: Iterable[OpenItem], rules: Rules, at: datetime) -> Iterable[datetime]:
    today = rules.calendar.today(at)
    for item in items:
        step = next(iter(steps_ahead(item, rules, today)), None)
        if step is not None:
            yield rules.calendar.opening(day_of(item, step))


def _covered_times(
    account: Account, items: Sequence[OpenItem], rules: Rules, at: datetime
) -> Iterable[datetime]:
    # A dispute has no day on which it ends: only whoever decides it wakes the account.
    for item in items:
        ends = _cover_ends(account, item, rules, at)
        for step_at in _step_times([item], rules, at):
            if step_at > at:
                yield step_at
            elif ends:
                yield min(ends)


def _cover_ends(account: Account, item: OpenItem, rules: Rules, at: datetime) -> list[datetime]:
    pending = [
        one.expires_at for one in account.pending if one.on(item.invoice_id) and one.expires_at > at
    ]
    today = rules.calendar.today(at)
    rests = [
        rules.calendar.opening(day)
        for rest in account.rests
        if rest.covers(item.invoice_id)
        and not rest.is_broken(today)
        and (day := first_day_after(rest)) is not None
    ]
    return pending + rests

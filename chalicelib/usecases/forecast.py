"""What goes out next for an account, by the same decision that will be taken then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from chalicelib.domain.account import Account
from chalicelib.domain.base import Record
from chalicelib.domain.dunning import (
    Reminder,
    Rules,
    decide,
    next_asked,
    resume,
    take_steps,
    to_pay_minor,
)
from chalicelib.domain.message import Suppression
from chalicelib.domain.next_action import next_action_at, plan
from chalicelib.domain.recipients import Recipient, recipients
from chalicelib.domain.step import Step
from chalicelib.domain.why_not import why_not
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk
from chalicelib.usecases.ports import Ref
from chalicelib.usecases.references import suppression_ref
from chalicelib.usecases.reminder_tasks import waits_for_approval

_LOOKS: Final = 4
"""Covers that end one after the other; whoever has more of them is shown the first."""

Found = Mapping[Ref[Any], Record]


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """The next step of one account. ``reason_none`` is set when nothing goes out by itself.

    ``at`` is when it goes out, or when the account is looked at next, if ever. ``held_at`` and
    ``held_by`` are set when a step falls due before that and does not go out. ``recipients`` are
    those whose address may be written to.
    """

    desk: Desk
    at: datetime | None = None
    held_at: datetime | None = None
    held_by: str | None = None
    reminder: Reminder | None = None
    recipients: tuple[Recipient, ...] = ()
    reason_none: str | None = None

    @property
    def step(self) -> Step | None:
        """The step that is next."""
        return self.reminder.step if self.reminder else None

    @property
    def amount_minor(self) -> int:
        """What the message asks to be paid; what it would be about where there is none."""
        account = self.desk.account
        items = self.reminder.items if self.reminder else account.open_items
        today = self.desk.rules.calendar.today(self.at) if self.at else date.min
        return to_pay_minor(
            open_minor=sum(item.open_minor for item in items),
            overdue_minor=sum(item.open_minor for item in items if item.due_date < today),
            unapplied_minor=account.unapplied_minor if self.reminder else 0,
        )


def addresses_of(desk: Desk) -> list[Ref[Suppression]]:
    """Return what to read beside the desk: whether its addresses may be written to."""
    wanted = recipients(desk.customer, "reminders")
    return [suppression_ref(address) for one in wanted for address in (one.address, *one.copies)]


def forecast(context: Context, desk: Desk, found: Found) -> Forecast:
    """Return what goes out next for an account. ``found`` are the suppressions there are."""
    account, calendar = desk.account, desk.rules.calendar
    if desk.company.sending_frozen:
        return Forecast(desk=desk, reason_none="sending_frozen")
    if account.next_action_at is None or account.parked_since is not None:
        return Forecast(desk=desk, reason_none=why_not(account, desk.rules, context.at))
    at = max(account.next_action_at, context.at)
    is_asked = account.send_now is not None
    at = at if is_asked else calendar.next_working_time(at)
    one = _looked_ahead(desk, at, is_asked=is_asked)
    return one if one.reminder is None else addressed(one, one.reminder, found)


def _looked_ahead(desk: Desk, at: datetime, *, is_asked: bool) -> Forecast:
    # A step that is held is looked past: what follows when its cover ends is next.
    account, rules = desk.account, desk.rules
    one = Forecast(desk=desk, at=at)
    for _ in range(_LOOKS):
        look = next_asked if is_asked else _by_itself
        reminder = look(account, rules, at)
        if reminder is not None:
            return replace(one, at=at, reminder=reminder)
        if one.held_by is None:
            one = replace(one, held_at=at, held_by=why_not(account, rules, at))
        again_at = next_action_at(account, rules, at)
        if again_at is None or again_at <= at:
            break
        at = rules.calendar.next_working_time(again_at)
    return replace(one, at=one.held_at, reason_none=one.held_by)


def _by_itself(account: Account, rules: Rules, at: datetime) -> Reminder | None:
    return decide(account, rules, at) or resume(account, rules, at)


def following(one: Forecast) -> Forecast | None:
    """Return what the account gets next if a person skips this step; None after the last.

    To whom is left open: addresses may change until then.
    """
    if one.reminder is None or one.at is None:
        return None
    rules, before = one.desk.rules, one.desk.account
    taken = take_steps(before, one.reminder, rules.calendar.today(one.at))
    account = taken.but(reminded_on=before.reminded_on, under_way=None, send_now=None)
    account = plan(account, rules, one.at)
    if account.next_action_at is None:
        return None
    at = rules.calendar.next_working_time(max(account.next_action_at, one.at))
    reminder = decide(account, rules, at)
    desk = replace(one.desk, account=account)
    return None if reminder is None else Forecast(desk=desk, at=at, reminder=reminder)


def addressed(one: Forecast, reminder: Reminder, found: Found) -> Forecast:
    """Return the forecast with who may be written to, or why a person must see to it."""
    one = _to_whom(one, reminder, found)
    # Whoever lets it go reads it first: it keeps its recipients.
    is_waiting = waits_for_approval(one.desk, reminder)
    return replace(one, reason_none="waits_for_approval") if is_waiting else one


def _to_whom(one: Forecast, reminder: Reminder, found: Found) -> Forecast:
    if reminder.step.channel != "email":
        return one
    wanted = recipients(one.desk.customer, "reminders")
    left = tuple(who for who in wanted if who.contact_id in reminder.contacts)
    wanted = left or wanted
    reachable = _reachable(wanted, found)
    if reachable:
        return replace(one, recipients=reachable)
    return replace(one, reason_none=_unreachable(wanted, found))


def _reachable(wanted: Iterable[Recipient], found: Found) -> tuple[Recipient, ...]:
    return tuple(
        who.but(copies=tuple(one for one in who.copies if suppression_ref(one) not in found))
        for who in wanted
        if suppression_ref(who.address) not in found
    )


def _unreachable(wanted: Iterable[Recipient], found: Found) -> str:
    for who in wanted:
        suppression = found.get(suppression_ref(who.address))
        if isinstance(suppression, Suppression):
            return f"address_{suppression.reason}"
    return "no_address"

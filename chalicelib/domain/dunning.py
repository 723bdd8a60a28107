"""Dunning: which reminder an account gets, and when to look again. Pure decisions.

Steps fire by "due and not yet done", never by "today equals"; missed steps collapse into the
highest; the oldest item sets the step; one message lists everything that is open.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, Final, Literal

from chalicelib.domain.account import Account, OpenItem
from chalicelib.domain.base import Record, Value
from chalicelib.domain.calendar import local_date, next_working_time, opening
from chalicelib.domain.rest import first_day_after

Channel = Literal["email", "letter", "call"]
DEFAULT_POLICY: Final = "default"
TEMPLATES: Final = (
    "reminder_before",
    "reminder_first",
    "reminder_second",
    "reminder_firm",
    "reminder_last",
)
"""The letters that ship; a step names one of them."""


MIN_GAP: Final = timedelta(days=2)
"""Between two reminders to one customer, however many invoices reach a step meanwhile.

Each invoice remembers its own steps, but people are patient per sender. Two days is the least
distance at which the default ladder, moved by a weekend, still sends each of its steps.
"""


class Step(Value):
    """A rung of the ladder: so many days after the due date (negative: before) this goes out."""

    offset_days: int
    channel: Channel = "email"
    template: str


class Policy(Record):
    """A ladder of steps in the order of their days. A change makes the next version."""

    kind: ClassVar[str] = "policy"

    id: str
    name: str
    steps: tuple[Step, ...]


def default_policy() -> Policy:
    """Return the ladder that a new company has."""
    return Policy(
        id=DEFAULT_POLICY,
        name="Estándar",
        steps=(
            Step(offset_days=-3, template="reminder_before"),
            Step(offset_days=3, template="reminder_first"),
            Step(offset_days=7, template="reminder_second"),
            Step(offset_days=15, template="reminder_firm"),
            Step(offset_days=30, template="reminder_last"),
        ),
    )


class Reminder(Value):
    """A decision to remind now. ``step`` is the step of the oldest item that has one to take."""

    step: Step
    anchor: OpenItem
    items: tuple[OpenItem, ...]
    steps_taken: dict[str, int]
    reminded_before: date | None


def decide(account: Account, policy: Policy, zone_name: str, at: datetime) -> Reminder | None:
    """Return the reminder that is due for the account at this instant, or None.

    Only amounts that neither rest nor are on their way nor are covered by unapplied money give a
    reason to remind; the letter lists what is unapplied beside the items. A parked account gets
    none.
    """
    today = local_date(at, zone_name)
    if account.parked_since is not None or _was_reminded_lately(account, today):
        return None
    chased = account.asked_for(today, at)
    owed = _beyond(account.unapplied_minor, chased)
    steps = {item.invoice_id: _due_step(item, policy, today) for item in owed}
    due = [item for item in owed if steps[item.invoice_id] is not None]
    if not due:
        return None
    anchor = due[0]  # open items are kept oldest first
    step = steps[anchor.invoice_id]
    if step is None:
        return None
    return Reminder(
        step=step,
        anchor=anchor,
        items=chased,
        steps_taken={
            item.invoice_id: taken.offset_days
            for item in due
            if (taken := steps[item.invoice_id]) is not None
        },
        reminded_before=account.reminded_on,
    )


def _was_reminded_lately(account: Account, today: date) -> bool:
    # A tick that is run as of an earlier day knows nothing of what went out later.
    last = account.reminded_on
    return last is not None and last <= today < last + MIN_GAP


def _beyond(unapplied_minor: int, items: Sequence[OpenItem]) -> tuple[OpenItem, ...]:
    # Unapplied money would settle the oldest items first; whoever has paid is not reminded of them.
    for position, item in enumerate(items):
        if item.open_minor > unapplied_minor:
            return tuple(items[position:])
        unapplied_minor -= item.open_minor
    return ()


def _due_step(item: OpenItem, policy: Policy, today: date) -> Step | None:
    due = [
        step
        for step in _steps_ahead(item, policy, today)
        if item.due_date + timedelta(days=step.offset_days) <= today
    ]
    return due[-1] if due else None


def _steps_ahead(item: OpenItem, policy: Policy, today: date) -> Iterable[Step]:
    # A notice that something will fall due has no meaning once it has.
    is_past_due = item.due_date < today
    return (
        step
        for step in policy.steps
        if (item.step_done is None or step.offset_days > item.step_done)
        and not (is_past_due and step.offset_days < 0)
    )


def first_step_done(due_date: date, issued_on: date, policy: Policy) -> int | None:
    """Return the steps before the due date that an invoice is issued too late for.

    Whoever gets an invoice two days before it falls due needs no notice of that on the same day.
    """
    passed = [
        step.offset_days
        for step in policy.steps
        if step.offset_days < 0 and due_date + timedelta(days=step.offset_days) <= issued_on
    ]
    return passed[-1] if passed else None


def take_steps(account: Account, reminder: Reminder, today: date) -> Account:
    """Return the account with the steps of this reminder taken today."""
    taken = reminder.steps_taken
    return account.but(
        reminded_on=today,
        open_items=tuple(
            item.but(step_done=taken[item.invoice_id]) if item.invoice_id in taken else item
            for item in account.open_items
        ),
    )


def next_action_at(
    account: Account, policy: Policy, zone_name: str, at: datetime
) -> datetime | None:
    """Return when to look at the account again, or None when no step lies ahead.

    The opening of the first working day on which a step is due, even if that has passed: a tick
    that is run as of that time must find it. What is covered waits for the end of its cover.
    """
    today = local_date(at, zone_name)
    asked = account.asked_for(today, at)
    owed = _beyond(account.unapplied_minor, asked)
    chased = {item.invoice_id for item in asked}
    covered = [item for item in account.open_items if item.invoice_id not in chased]
    instants = [
        *_step_times(owed or asked, policy, zone_name, today),
        *_cover_ends(account, covered, policy, zone_name, at),
    ]
    if not instants:
        return None
    first = min(instants)
    if asked and not owed:
        # Nothing may be asked for; look again tomorrow, in case the money went elsewhere.
        first = max(first, at + timedelta(days=1))
    if account.reminded_on is not None:
        first = max(first, opening(account.reminded_on + MIN_GAP, zone_name))
    return next_working_time(first, zone_name)


def _step_times(
    items: Iterable[OpenItem], policy: Policy, zone_name: str, today: date
) -> Iterable[datetime]:
    for item in items:
        step = next(iter(_steps_ahead(item, policy, today)), None)
        if step is not None:
            yield opening(item.due_date + timedelta(days=step.offset_days), zone_name)


def _cover_ends(
    account: Account, items: Iterable[OpenItem], policy: Policy, zone_name: str, at: datetime
) -> Iterable[datetime]:
    # What rests is looked at again when the first of its covers ends; a dispute has no such day.
    today = local_date(at, zone_name)
    for item in items:
        ends = [
            one.expires_at
            for one in account.pending
            if one.invoice_id == item.invoice_id and one.amount_minor and one.expires_at > at
        ]
        ends += [
            opening(day, zone_name)
            for rest in account.rests
            if rest.covers(item.invoice_id)
            and not rest.is_broken(today)
            and (day := first_day_after(rest)) is not None
        ]
        for step_at in _step_times([item], policy, zone_name, today):
            if ends:
                yield max(step_at, min(ends))


def plan(account: Account, policy: Policy, zone_name: str, at: datetime) -> Account:
    """Return the account with the time of its next action set anew."""
    return account.but(next_action_at=next_action_at(account, policy, zone_name, at))

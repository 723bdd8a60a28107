"""Dunning: which reminder an account gets now. Pure decisions.

Steps fire by "due and not yet done", never by "today equals"; missed steps collapse into the
highest; the oldest item sets the step; one message lists everything that is open.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from chalicelib.domain.account import Account, OpenItem, UnderWay
from chalicelib.domain.base import Value
from chalicelib.domain.calendar import WorkCalendar
from chalicelib.domain.policy import Policy, Step, passed_offset

MIN_GAP: Final = timedelta(days=2)
"""Between two reminders to one customer, however many invoices reach a step meanwhile.

Each invoice remembers its own steps, but people are patient per sender. Two days is the least
distance at which the default ladder, moved by a weekend, still sends each of its steps.
"""


@dataclass(frozen=True)
class Rules:
    """By which an account is chased: the ladder of each of its items, and when mail may go."""

    ladder_of: Callable[[OpenItem], Policy]
    calendar: WorkCalendar


class Reminder(Value):
    """A decision to remind now. ``step`` is the step of the oldest item that has one to take.

    ``contacts`` are those who still lack it; empty is everybody.
    """

    policy_id: str
    step: Step
    anchor: OpenItem
    items: tuple[OpenItem, ...]
    steps_taken: dict[str, Step]
    contacts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What makes it the same reminder for ever: the ladder's step, and whose turn it was.

        An invoice takes each step once, so the invoice stands for the cycle; a later version of
        the ladder has the same steps.
        """
        return f"{self.policy_id}-{self.step.id}-{self.anchor.invoice_id}"


def decide(
    account: Account, rules: Rules, at: datetime, *, is_asked: bool = False
) -> Reminder | None:
    """Return the reminder that is due for the account at this instant, or None.

    Only amounts that neither rest nor are on their way nor are covered by unapplied money give a
    reason to remind; the letter lists what is unapplied beside the items. A parked account gets
    none. When a person asks for it (``is_asked``) the next step is taken before its day.
    """
    today = rules.calendar.today(at)
    if account.parked_since is not None or (not is_asked and was_reminded_lately(account, today)):
        return None
    chased = account.asked_for(today, at)
    owed = beyond(account.unapplied_minor, chased)
    taken = {item.invoice_id: step for item in owed if (step := due_step(item, rules, today))}
    if not taken and is_asked:
        taken = _next_taken(account, owed, rules, today)
    anchor = next((item for item in owed if item.invoice_id in taken), None)  # oldest first
    if anchor is None:
        return None
    policy = rules.ladder_of(anchor)
    if not is_asked and is_too_little(account, policy, chased):
        return None
    return Reminder(
        policy_id=policy.id,
        step=taken[anchor.invoice_id],
        anchor=anchor,
        items=chased,
        steps_taken=taken,
    )


def resume(account: Account, rules: Rules, at: datetime) -> Reminder | None:
    """Return the reminder that some contacts still lack, with what is owed now.

    None when nothing is under way, or what gave the reason is no longer asked for.
    """
    under_way = account.under_way
    if under_way is None or account.parked_since is not None:
        return None
    chased = account.asked_for(rules.calendar.today(at), at)
    owed = beyond(account.unapplied_minor, chased)
    anchor = next((one for one in owed if one.invoice_id == under_way.anchor_id), None)
    if anchor is None:
        return None
    return Reminder(
        policy_id=under_way.policy_id,
        step=under_way.step,
        anchor=anchor,
        items=chased,
        steps_taken={},
        contacts=under_way.contacts,
    )


def next_asked(account: Account, rules: Rules, at: datetime) -> Reminder | None:
    """Return the reminder that a person who wants the next one now gets, or None.

    What is due by itself, else what some contacts still lack, else the next step before its day:
    what a person is shown as next. While some contacts lack one, never the step after it.
    """
    found = decide(account, rules, at) or resume(account, rules, at)
    if found is not None or account.under_way is not None:
        return found
    return decide(account, rules, at, is_asked=True)


def was_reminded_lately(account: Account, today: date) -> bool:
    """Tell whether the last reminder is too fresh for another."""
    # A tick that is run as of an earlier day knows nothing of what went out later.
    last = account.reminded_on
    return last is not None and last <= today < last + MIN_GAP


def is_too_little(account: Account, policy: Policy, chased: Iterable[OpenItem]) -> bool:
    """Tell whether what may be asked for, less unapplied money, is below the ladder's minimum."""
    least = policy.minimum_minor.get(account.currency, 0)
    return sum(item.open_minor for item in chased) - account.unapplied_minor < least


def to_pay_minor(*, open_minor: int, overdue_minor: int, unapplied_minor: int) -> int:
    """Return what a reminder asks to be paid now, less unapplied money.

    What is overdue; all that is open where nothing is, or where unapplied money covers that.
    """
    asked = overdue_minor if overdue_minor > unapplied_minor else open_minor
    return max(asked - unapplied_minor, 0)


def beyond(unapplied_minor: int, items: Sequence[OpenItem]) -> tuple[OpenItem, ...]:
    """Return the items from the first on that unapplied money would not settle in full.

    It would settle the oldest items first; whoever has paid is not reminded of them.
    """
    for position, item in enumerate(items):
        if item.open_minor > unapplied_minor:
            return tuple(items[position:])
        unapplied_minor -= item.open_minor
    return ()


def due_step(item: OpenItem, rules: Rules, today: date) -> Step | None:
    """Return the highest step that is due for an item and not yet done."""
    due = [step for step in steps_ahead(item, rules, today) if day_of(item, step) <= today]
    return due[-1] if due else None


def steps_ahead(item: OpenItem, rules: Rules, today: date) -> tuple[Step, ...]:
    """Return the steps that an item has not done, in order.

    A notice that something will fall due has no meaning once it has.
    """
    policy = rules.ladder_of(item)
    passed = passed_offset(item, policy)
    is_past_due = item.due_date < today
    return tuple(
        step
        for step in policy.steps
        if (passed is None or step.offset_days > passed)
        and not (is_past_due and step.offset_days < 0)
    )


def day_of(item: OpenItem, step: Step) -> date:
    """Return the day on which a step of an item is due."""
    return item.due_date + timedelta(days=step.offset_days)


def _next_taken(
    account: Account, owed: Sequence[OpenItem], rules: Rules, today: date
) -> dict[str, Step]:
    # What the tick would take on the day on which it looks next: a person sees that step.
    days = [day_of(item, ahead[0]) for item in owed if (ahead := steps_ahead(item, rules, today))]
    if not days:
        return {}
    first = min(days)
    if account.reminded_on is not None:
        first = max(first, account.reminded_on + MIN_GAP)
    day = rules.calendar.today(rules.calendar.opening(first))
    return {item.invoice_id: step for item in owed if (step := due_step(item, rules, day))}


def first_step_done(due_date: date, issued_on: date, policy: Policy) -> Step | None:
    """Return the last step before the due date that an invoice is issued too late for.

    Whoever gets an invoice two days before it falls due needs no notice of that on the same day.
    """
    passed = [
        step
        for step in policy.steps
        if step.offset_days < 0 and due_date + timedelta(days=step.offset_days) <= issued_on
    ]
    return passed[-1] if passed else None


def take_steps(account: Account, reminder: Reminder, today: date) -> Account:
    """Return the account with the steps of this reminder taken today.

    What goes on to another contact takes no step, but somebody is reminded today all the same.
    """
    taken = reminder.steps_taken
    return account.but(
        reminded_on=today,
        open_items=tuple(
            _climbed(item, taken[item.invoice_id]) if item.invoice_id in taken else item
            for item in account.open_items
        ),
    )


def _climbed(item: OpenItem, step: Step) -> OpenItem:
    return item.but(step_done=step.offset_days, step_id=step.id)


def under_way(reminder: Reminder, contacts: Iterable[str]) -> UnderWay | None:
    """Return what is left of a reminder when these contacts still lack it."""
    left = tuple(contacts)
    if not left:
        return None
    return UnderWay(
        policy_id=reminder.policy_id,
        step=reminder.step,
        anchor_id=reminder.anchor.invoice_id,
        contacts=left,
    )

"""Why nothing goes out: the reason that staff see beside an account that is not written to."""

from datetime import date, datetime
from typing import Literal

from chalicelib.domain.account import Account, OpenItem
from chalicelib.domain.base import Value
from chalicelib.domain.dunning import (
    Rules,
    beyond,
    due_step,
    is_too_little,
    steps_ahead,
    was_reminded_lately,
)
from chalicelib.domain.rest import in_order
from chalicelib.domain.step import Step

WhyNot = Literal[
    "nothing_open",
    "parked",
    "dispute",
    "chargeback",
    "hold",
    "legal",
    "plan",
    "promise",
    "pending",
    "unapplied",
    "below_minimum",
    "reminded_lately",
    "nothing_due",
    "ladder_done",
]


class Held(Value):
    """A step that is due and not sent, since something covers its invoice."""

    step: Step
    item: OpenItem
    reason: WhyNot

    @property
    def key(self) -> str:
        """What is noted once."""
        return f"{self.step.id}-{self.item.invoice_id}-{self.reason}"


def held_step(account: Account, rules: Rules, at: datetime) -> Held | None:
    """Return the oldest due step that does not go out because its invoice is covered."""
    today = rules.calendar.today(at)
    asked = account.asked_for(today, at)
    owed = {item.invoice_id for item in beyond(account.unapplied_minor, asked)}
    for item in account.open_items:
        step = None if item.invoice_id in owed else due_step(item, rules, today)
        if step is not None:
            return Held(step=step, item=item, reason=cover_of(account, item, today, at))
    return None


def cover_of(account: Account, item: OpenItem, today: date, at: datetime) -> WhyNot:
    """Return what covers an invoice that may not be asked for."""
    if any(one.invoice_id == item.invoice_id for one in account.asked_for(today, at)):
        return "unapplied"
    for rest in in_order(account.rests):
        if rest.covers(item.invoice_id) and not rest.is_broken(today):
            return rest.kind
    return "pending"


def why_not(account: Account, rules: Rules, at: datetime) -> WhyNot:
    """Return why the account gets no reminder at this instant, as if it were working time."""
    if not account.open_items:
        return "nothing_open"
    if account.parked_since is not None:
        return "parked"
    today = rules.calendar.today(at)
    chased = account.asked_for(today, at)
    owed = beyond(account.unapplied_minor, chased)
    if not owed:
        return cover_of(account, account.open_items[0], today, at)
    if not any(due_step(item, rules, today) for item in owed):
        is_done = not any(steps_ahead(item, rules, today) for item in owed)
        return "ladder_done" if is_done else "nothing_due"
    if is_too_little(account, rules.ladder_of(owed[0]), chased):
        return "below_minimum"
    return "reminded_lately" if was_reminded_lately(account, today) else "nothing_due"

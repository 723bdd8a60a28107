"""How an imported invoice is chased: where on the ladder it stands when it comes in."""

from datetime import date, timedelta
from typing import Literal

from chalicelib.domain.dunning import first_step_done
from chalicelib.domain.policy import Policy, Step

PassedSteps = Literal["done", "due"]


def step_on_arrival(
    due_date: date, issue_date: date, today: date, policy: Policy, passed: PassedSteps
) -> Step | None:
    """Return the last step that the invoice has behind it.

    ``done``: all whose day has come, since whoever issued it has reminded so far. ``due``: as if it
    had been issued here, so the highest step whose day has come is due at once.
    """
    if passed == "due":
        return first_step_done(due_date, issue_date, policy)
    behind = [step for step in policy.steps if due_date + timedelta(days=step.offset_days) <= today]
    return behind[-1] if behind else None


def is_due_by(day: date, due_date: date, behind: Step | None, policy: Policy) -> bool:
    """Tell whether a step that the invoice has not behind it falls due by a day."""
    return any(
        due_date + timedelta(days=step.offset_days) <= day
        for step in policy.steps
        if _is_ahead(step, behind) and not (step.offset_days < 0 and due_date < day)
    )


def is_past_ladder(behind: Step | None, policy: Policy) -> bool:
    """Tell whether no step lies ahead: nothing more goes out for it by itself."""
    return not any(_is_ahead(step, behind) for step in policy.steps)


def _is_ahead(step: Step, behind: Step | None) -> bool:
    return behind is None or step.offset_days > behind.offset_days

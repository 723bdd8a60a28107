"""The ladders that ship: gentle, standard and firm. Staff change them, or make their own."""

from functools import lru_cache

from chalicelib.domain.policy import DEFAULT_POLICY, DunningBook, Policy, Step

STANDARD = Policy(
    id=DEFAULT_POLICY,
    name="Estándar",
    steps=(
        Step(id="before", offset_days=-3, template="reminder_before", tone="friendly"),
        Step(id="first", offset_days=3, template="reminder_first", tone="friendly"),
        Step(id="second", offset_days=7, template="reminder_second"),
        Step(id="firm", offset_days=15, template="reminder_firm", tone="firm"),
        Step(id="last", offset_days=30, template="reminder_last", tone="firm"),
    ),
)
"""For most customers: a notice before, four reminders in a month, each a little firmer."""

GENTLE = Policy(
    id="gentle",
    name="Suave",
    steps=(
        Step(id="before", offset_days=-5, template="reminder_before", tone="friendly"),
        Step(id="first", offset_days=7, template="reminder_first", tone="friendly"),
        Step(id="second", offset_days=21, template="reminder_second", tone="friendly"),
        Step(id="call", offset_days=35, channel="call", template="reminder_firm"),
        Step(id="firm", offset_days=50, template="reminder_firm"),
    ),
)
"""For old and good customers: more time between letters, and a call before anything firm."""

FIRM = Policy(
    id="firm",
    name="Firme",
    steps=(
        Step(id="before", offset_days=-3, template="reminder_before"),
        Step(id="first", offset_days=1, template="reminder_first"),
        Step(id="second", offset_days=5, template="reminder_second"),
        Step(id="firm", offset_days=10, template="reminder_firm", tone="firm"),
        Step(id="call", offset_days=15, channel="call", template="reminder_firm", tone="firm"),
        Step(id="last", offset_days=20, template="reminder_last", tone="firm", claim="interest"),
        Step(
            id="letter",
            offset_days=30,
            channel="letter",
            template="letter_last_notice",
            tone="firm",
            needs_approval=True,
        ),
    ),
)
"""For who has paid late before: interest with the last notice, then a letter on paper."""


@lru_cache(maxsize=1)
def shipped_book() -> DunningBook:
    """Return the ladders of a company that has changed none (version 0)."""
    return DunningBook(version=0, policies=(STANDARD, FIRM, GENTLE))

"""A rung of a dunning ladder."""

from typing import Final, Literal

from chalicelib.domain.base import Value

Channel = Literal["email", "letter", "call"]
Tone = Literal["friendly", "neutral", "firm"]
StepClaim = Literal["none", "interest"]

TEMPLATES: Final = (
    "reminder_before",
    "reminder_first",
    "reminder_second",
    "reminder_firm",
    "reminder_last",
)
"""The texts of reminders by mail."""

LETTERS: Final = ("letter_formal", "letter_last_notice")
"""The texts of letters on paper. A step by mail that becomes a letter takes the first."""


class Step(Value):
    """A rung of the ladder: so many days after the due date (negative: before) this goes out.

    ``tone`` decides greeting and farewell. ``claim`` is what becomes claimable with it beside the
    invoice: the law's interest and compensation; ``fee_minor`` a fixed sum agreed by contract.
    ``copy_to`` are colleagues who get a blind copy; ``needs_approval`` lets a person look first.
    """

    id: str
    offset_days: int
    channel: Channel = "email"
    template: str
    tone: Tone = "neutral"
    claim: StepClaim = "none"
    fee_minor: int | None = None
    copy_to: tuple[str, ...] = ()
    needs_approval: bool = False

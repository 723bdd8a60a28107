"""Trials of templates: mails that a person sends to themselves, a few a minute, so none is spam."""

from datetime import datetime, timedelta
from typing import ClassVar, Final

from chalicelib.domain.base import Record
from chalicelib.domain.errors import TooOften

A_WHILE: Final = timedelta(minutes=1)
MOST: Final = 5
"""In that while: enough to try a wording, too few to annoy a mail provider."""


class MailTrials(Record):
    """When a person was last sent trials."""

    kind: ClassVar[str] = "mail_trials"

    actor_id: str
    sent_at: tuple[datetime, ...] = ()


def one_more(before: MailTrials, at: datetime) -> MailTrials:
    """Return the record with a trial at this instant. TooOften."""
    lately = tuple(one for one in before.sent_at if one > at - A_WHILE)
    if len(lately) >= MOST:
        raise TooOften(f"You were sent {MOST} trials within a minute; wait a little.")
    return before.next(sent_at=(*lately, at))

"""What a ladder would send on today's book, and what a change of it would change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from chalicelib.domain.dunning import Reminder, decide
from chalicelib.domain.errors import NotFound
from chalicelib.domain.policy import DunningBook
from chalicelib.domain.step import Step
from chalicelib.domain.why_not import why_not
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, book_of, company_of
from chalicelib.usecases.listings import customers
from chalicelib.usecases.outgoing import desks_of, with_book
from chalicelib.usecases.policies import changed, require_steps
from chalicelib.usecases.ports import Ports

PAGE: Final = 200
MAX_PAGES: Final = 5
"""A thousand customers a call: two seconds. The caller goes on with the cursor."""

MAX_LISTED: Final = 200


@dataclass(frozen=True)
class Draft:
    """A ladder as it would be; without steps, as it is."""

    policy_id: str
    name: str | None = None
    steps: Sequence[Step] | None = None
    minimum_minor: dict[str, int] | None = None


@dataclass(frozen=True)
class Outcome:
    """What an account that climbs the ladder would get at its next working hour."""

    desk: Desk
    after: Reminder | None
    before: Reminder | None
    reason_none: str | None

    @property
    def change(self) -> str:
        """What the new ladder changes: ``same``, ``added``, ``dropped`` or ``other_step``."""
        if self.after is None:
            return "same" if self.before is None else "dropped"
        if self.before is None:
            return "added"
        return "same" if self.before.step.id == self.after.step.id else "other_step"


@dataclass(frozen=True)
class Simulation:
    """The sum of the outcomes on a part of the book. ``cursor`` goes on with the next part."""

    accounts: int
    would_send: int
    by_channel: dict[str, int]
    would_skip: dict[str, int]
    changes: dict[str, int]
    outcomes: tuple[Outcome, ...]
    cursor: str | None


def simulate_policy(
    ports: Ports, context: Context, draft: Draft, cursor: str | None = None
) -> Simulation:
    """Return what the accounts on this ladder would get at their next working hour.

    Nothing is written. Those with a change come first in the list. NotFound for a ladder that does
    not exist and is not drafted; InvalidField for steps that could not be stored.
    """
    present = book_of(ports)
    book = _drafted(present, draft)
    outcomes, after = _outcomes(ports, context, draft.policy_id, (present, book), cursor)
    sent = [one for one in outcomes if one.after is not None]
    listed = sorted(outcomes, key=lambda one: (one.change == "same", one.after is None))
    return Simulation(
        accounts=len(outcomes),
        would_send=len(sent),
        by_channel=dict(Counter(one.after.step.channel for one in sent if one.after)),
        would_skip=dict(Counter(one.reason_none for one in outcomes if one.reason_none)),
        changes=dict(Counter(one.change for one in outcomes)),
        outcomes=tuple(listed[:MAX_LISTED]),
        cursor=after,
    )


def _drafted(book: DunningBook, draft: Draft) -> DunningBook:
    before = book.find(draft.policy_id)
    if draft.steps is None:
        if before is None:
            raise NotFound("dunning policy", draft.policy_id)
        return book
    require_steps(draft.steps)
    name = draft.name or (before.name if before else draft.policy_id)
    after = changed(before, draft.policy_id, name, draft.steps)
    if draft.minimum_minor is not None:
        after = after.but(minimum_minor=draft.minimum_minor)
    return book.with_policy(after)


def _outcomes(
    ports: Ports,
    context: Context,
    policy_id: str,
    books: tuple[DunningBook, DunningBook],
    cursor: str | None,
) -> tuple[list[Outcome], str | None]:
    company = company_of(ports)
    outcomes: list[Outcome] = []
    for _ in range(MAX_PAGES):
        page = ports.store.rows(customers(), limit=PAGE, cursor=cursor)
        pairs = [(row["id"], currency) for row in page.items for currency in row["currencies"]]
        desks = desks_of(ports, pairs, company, books[1])
        outcomes += [_outcome(context, one, books[0]) for one in desks if _climbs(one, policy_id)]
        cursor = page.cursor
        if cursor is None:
            break
    return outcomes, cursor


def _climbs(desk: Desk, policy_id: str) -> bool:
    return any(desk.rules.ladder_of(item).id == policy_id for item in desk.account.open_items)


def _outcome(context: Context, desk: Desk, present: DunningBook) -> Outcome:
    at = desk.rules.calendar.next_working_time(context.at + timedelta(seconds=1))
    after = decide(desk.account, desk.rules, at)
    before = decide(desk.account, with_book(desk, present).rules, at)
    reason = why_not(desk.account, desk.rules, at) if after is None else None
    return Outcome(desk=desk, after=after, before=before, reason_none=reason)

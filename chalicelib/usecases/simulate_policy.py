"""What a ladder would send on today's book, and what a change of it would change."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from chalicelib.domain.dunning import Reminder, decide
from chalicelib.domain.errors import NotFound
from chalicelib.domain.policy import DunningBook
from chalicelib.domain.step import Step
from chalicelib.domain.why_not import why_not
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, book_of
from chalicelib.usecases.forecast import Forecast, Found, addressed, addresses_of
from chalicelib.usecases.listings import customers
from chalicelib.usecases.outgoing import desks_of, with_book
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.policies import changed, require_steps
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.read_all import find_all

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
class Change:
    """The ladders as they are and as they would be. ``concerns`` picks the accounts to look at.

    It is given the desk with the ladders as they would be.
    """

    present: DunningBook
    drafted: DunningBook
    concerns: Callable[[Desk], bool]


@dataclass(frozen=True)
class Outcome:
    """What an account would get at its next working hour: ``after`` the change, and ``before``.

    Where it gets nothing by itself, the reasons say why.
    """

    desk: Desk
    after: Reminder | None
    before: Reminder | None
    reason_none: str | None
    reason_before: str | None

    @property
    def change(self) -> str:
        """What it changes: ``same``, ``added``, ``dropped``, ``other_step`` or ``other_form``."""
        if self.after is None:
            return "same" if self.before is None else "dropped"
        if self.before is None:
            return "added"
        if self.before.step.id != self.after.step.id:
            return "other_step"
        return "same" if _form(self.before.step) == _form(self.after.step) else "other_form"


def _form(step: Step) -> Step:
    # Its day has come either way, and the customer sees neither copies nor approvals.
    return step.but(offset_days=0, copy_to=(), needs_approval=False)


@dataclass(frozen=True)
class Totals:
    """How many accounts would get a message, by channel, and how many not, by reason."""

    would_send: int
    by_channel: dict[str, int]
    would_skip: dict[str, int]


@dataclass(frozen=True)
class Simulation(Totals):
    """The outcomes on a part of the book, added up. ``cursor`` goes on with the next part.

    ``before`` is what they are as it is today. ``outcomes`` are at most MAX_LISTED, those that
    change first.
    """

    accounts: int
    before: Totals
    changes: dict[str, int]
    outcomes: tuple[Outcome, ...]
    cursor: str | None


def simulate_policy(
    ports: Ports, context: Context, draft: Draft, cursor: str | None = None
) -> Simulation:
    """Return what the accounts on this ladder would get at their next working hour.

    Nothing is written. NotFound for a ladder that does not exist and is not drafted; InvalidField
    for steps that could not be stored.
    """
    present = book_of(ports)

    def climbs(desk: Desk) -> bool:
        return draft.policy_id in ladders_of(desk)

    change = Change(present, _drafted(present, draft), climbs)
    return simulate(ports, context, change, cursor)


def ladders_of(desk: Desk) -> list[str]:
    """Return by which ladders the open invoices of an account are chased."""
    return [desk.rules.ladder_of(item).id for item in desk.account.open_items]


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


def simulate(ports: Ports, context: Context, change: Change, cursor: str | None) -> Simulation:
    """Return what the accounts concerned would get at their next working hour."""
    outcomes, cursor = _outcomes(ports, context, change, cursor)
    listed = sorted(outcomes, key=lambda one: (one.change == "same", one.after is None))
    after = _totals((one.after, one.reason_none) for one in outcomes)
    return Simulation(
        would_send=after.would_send,
        by_channel=after.by_channel,
        would_skip=after.would_skip,
        accounts=len(outcomes),
        before=_totals((one.before, one.reason_before) for one in outcomes),
        changes=dict(Counter(one.change for one in outcomes)),
        outcomes=tuple(listed[:MAX_LISTED]),
        cursor=cursor,
    )


def _totals(ends: Iterable[tuple[Reminder | None, str | None]]) -> Totals:
    ends = list(ends)
    sent = [reminder.step.channel for reminder, _ in ends if reminder is not None]
    return Totals(
        would_send=len(sent),
        by_channel=dict(Counter(sent)),
        would_skip=dict(Counter(reason for _, reason in ends if reason is not None)),
    )


def _outcomes(
    ports: Ports, context: Context, change: Change, cursor: str | None
) -> tuple[list[Outcome], str | None]:
    company = company_of(ports)
    outcomes: list[Outcome] = []
    for _ in range(MAX_PAGES):
        page = ports.store.rows(customers(), limit=PAGE, cursor=cursor)
        pairs = [(row["id"], currency) for row in page.items for currency in row["currencies"]]
        read = desks_of(ports, pairs, company, change.drafted)
        desks = [one for one in read if change.concerns(one)]
        found = find_all(ports, {ref for one in desks for ref in addresses_of(one)})
        outcomes += [_outcome(context, one, change.present, found) for one in desks]
        cursor = page.cursor
        if cursor is None:
            break
    return outcomes, cursor


def _outcome(context: Context, desk: Desk, present: DunningBook, found: Found) -> Outcome:
    after, reason_none = _next(context, desk, found)
    before, reason_before = _next(context, with_book(desk, present), found)
    return Outcome(
        desk=desk,
        after=after,
        before=before,
        reason_none=reason_none,
        reason_before=reason_before,
    )


def _next(context: Context, desk: Desk, found: Found) -> tuple[Reminder | None, str | None]:
    at = desk.rules.calendar.next_working_time(context.at + timedelta(seconds=1))
    reminder = decide(desk.account, desk.rules, at)
    if reminder is None:
        return None, why_not(desk.account, desk.rules, at)
    one = addressed(Forecast(desk=desk, at=at, reminder=reminder), reminder, found)
    return (reminder, None) if one.reason_none is None else (None, one.reason_none)

"""Bodies about dunning: ladders, what goes out, and what a person does to it."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.api.schemas.base import Answer, Currency, Email, Instant, OneLine, Request
from chalicelib.domain.money import MAX_MINOR
from chalicelib.domain.policy import MAX_STEPS

Channel = Literal["email", "letter", "call"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
Minor = Annotated[int, Field(ge=0, le=MAX_MINOR)]


class Step(Request):
    """A rung of the ladder: so many days after the due date; before it, if negative.

    Without ``id`` a step is the one that the ladder had with its template or day, or a new one.
    ``claim``: what becomes claimable with it, beside the invoice (``interest``: the law's interest
    and compensation); ``fee_minor`` a fixed sum for invoices in the company's currency. ``copy_to``
    get a blind copy. ``needs_approval``: it waits until somebody lets it go.
    """

    id: Name | Literal[""] = ""
    offset_days: Annotated[int, Field(ge=-90, le=365)]
    channel: Channel = "email"
    template: OneLine
    tone: Literal["friendly", "neutral", "firm"] = "neutral"
    claim: Literal["none", "interest"] = "none"
    fee_minor: Minor | None = None
    copy_to: Annotated[list[Email], Field(max_length=5)] = []
    needs_approval: bool = False


class PolicyInput(Request):
    """A dunning ladder; its steps in ascending order of days.

    Who owes less than ``minimum_minor`` of a currency is not written to; left out, it stays.
    """

    name: OneLine
    steps: Annotated[list[Step], Field(min_length=1, max_length=MAX_STEPS)]
    minimum_minor: Annotated[dict[Currency, Minor], Field(max_length=20)] | None = None


class Policy(Answer):
    """A dunning ladder."""

    id: str
    version: int
    name: str
    steps: list[Step]
    minimum_minor: dict[str, int]


class Policies(Answer):
    """All ladders, and which one is whose.

    An invoice's own goes before its customer's, that before its segment's, that before the
    company's (``default_id``).
    """

    items: list[Policy]
    default_id: str
    segments: dict[str, str]
    version: int


class PoliciesInput(Request):
    """Which ladder the company has, and which each segment of customers."""

    default_id: Name
    segments: Annotated[dict[OneLine, Name], Field(max_length=100)] = {}


class PolicyVersion(Answer):
    """A ladder as it was. Number 0 is how it shipped: nobody made it, at no time."""

    number: int
    changed_at: Instant | None
    changed_by: str | None
    policy: Policy


class PolicyVersions(Answer):
    """The versions of a ladder, the latest first."""

    items: list[PolicyVersion]


class SimulationInput(Request):
    """A ladder as it would be; without steps, as it is. ``cursor`` goes on with a large book."""

    name: OneLine | None = None
    steps: Annotated[list[Step], Field(min_length=1, max_length=MAX_STEPS)] | None = None
    minimum_minor: Annotated[dict[Currency, Minor], Field(max_length=20)] | None = None
    cursor: str | None = None


class AssignmentInput(PoliciesInput):
    """Which ladder would be whose. ``cursor`` goes on with a large book."""

    cursor: str | None = None


class SimulatedStep(Answer):
    """A step that an account would get."""

    step: int
    step_id: str
    channel: Channel
    template: str
    tone: Literal["friendly", "neutral", "firm"]
    claim: Literal["none", "interest"]
    fee_minor: int | None


class SimulatedAccount(Answer):
    """What an account would get at its next working hour; ``before`` as the ladders are today.

    ``other_form``: the same step by another channel, in other words or tone, or another charge.
    """

    customer_id: str
    customer_name: str
    currency: str
    amount_minor: int
    after: SimulatedStep | None
    before: SimulatedStep | None
    change: Literal["same", "added", "dropped", "other_step", "other_form"]
    reason_none: str | None
    reason_before: str | None


class SimulatedTotals(Answer):
    """How many accounts get a message, by channel, and how many do not, by reason."""

    would_send: int
    by_channel: dict[str, int]
    would_skip: dict[str, int]


class Simulation(Answer):
    """What today's book would get, over the accounts that climb this ladder.

    Without ``policy_id``: over those that would climb another one. ``would_skip`` counts the others
    by reason, ``changes`` by what the change changes; ``before`` is what they get as it is today.
    ``items`` has at most 200 accounts, those with a change first. While ``next_cursor`` is set the
    sums are of a part of the book.
    """

    policy_id: str | None
    at: Instant
    accounts: int
    would_send: int
    by_channel: dict[str, int]
    would_skip: dict[str, int]
    before: SimulatedTotals
    changes: dict[str, int]
    items: list[SimulatedAccount]
    next_cursor: str | None


class OutgoingItem(Answer):
    """An account whose turn comes, and what it gets; or why nothing goes out by itself.

    ``time_zone`` is the customer's: ``at`` lies in its working hours.
    """

    customer_id: str
    customer_name: str
    currency: str
    amount_minor: int
    oldest_due_date: str | None
    at: Instant | None
    channel: Channel | None
    policy_id: str | None
    step: int | None
    step_id: str | None
    template: str | None
    to: list[str]
    time_zone: str
    send_now_at: Instant | None
    reason_none: str | None


class Outgoing(Answer):
    """What goes out until the end of a day, soonest first.

    ``has_more``: only the first 200 accounts are shown.
    """

    day: str
    items: list[OutgoingItem]
    has_more: bool


class StepSeen(Request):
    """The step that the caller saw; another one that is next by now is refused."""

    step_id: str | None = None


class Chase(Answer):
    """The chase of one account after what a person did to it."""

    customer_id: str
    currency: str
    next_action_at: Instant | None
    send_now_at: Instant | None


class InvoicePolicyInput(Request):
    """A ladder of the invoice's own, or null for that of its customer."""

    policy_id: Name | None

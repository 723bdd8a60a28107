"""Dunning policies: ladders of steps, and who climbs which. Company < segment < customer < invoice.

A step keeps its id through all versions of its ladder. What an invoice remembers is the step it
took last, so that moving a step by some days neither repeats it nor leaves it out.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Final

from chalicelib.domain.account import OpenItem
from chalicelib.domain.base import Record, Value
from chalicelib.domain.customer import Customer
from chalicelib.domain.step import Step, Tone

__all__ = ["DEFAULT_POLICY", "DunningBook", "Policy", "PolicyVersion", "Step", "Tone"]

DEFAULT_POLICY: Final = "default"
MAX_POLICIES: Final = 20
MAX_STEPS: Final = 20


class Policy(Value):
    """A ladder of steps in the order of their days. A change makes the next version.

    Accounts that owe less than ``minimum_minor`` of their currency are not written to.
    """

    id: str
    version: int = 0
    name: str
    steps: tuple[Step, ...]
    minimum_minor: dict[str, int] = {}

    def step(self, step_id: str | None) -> Step | None:
        """Return a step by its id, if the ladder has it."""
        return next((one for one in self.steps if one.id == step_id), None)


class PolicyVersion(Record):
    """A ladder as it was, kept for good."""

    kind: ClassVar[str] = "policy_version"

    policy_id: str
    number: int
    policy: Policy
    changed_at: datetime
    changed_by: str


class DunningBook(Record):
    """All ladders, and which one is whose. One record: whoever decides needs it in one read."""

    kind: ClassVar[str] = "dunning_book"

    policies: tuple[Policy, ...]
    default_id: str = DEFAULT_POLICY
    segments: dict[str, str] = {}

    def find(self, policy_id: str | None) -> Policy | None:
        """Return a ladder by its id."""
        return next((one for one in self.policies if one.id == policy_id), None)

    def of_customer(self, customer: Customer) -> Policy:
        """Return the ladder of a customer: its own, that of its segment, or the company's."""
        return self._first([customer.policy_id, self.segments.get(customer.segment or "")])

    def of_item(self, item: OpenItem, customer: Customer) -> Policy:
        """Return the ladder of an open invoice: its own, or that of its customer."""
        own = self.find(item.policy_id)
        return self.of_customer(customer) if own is None else own

    def with_policy(self, policy: Policy) -> "DunningBook":
        """Return the book with this ladder new or in place of its earlier version."""
        others = [one for one in self.policies if one.id != policy.id]
        return self.but(policies=tuple(sorted([*others, policy], key=lambda one: one.id)))

    def _first(self, wanted: Iterable[str | None]) -> Policy:
        found = (self.find(one) for one in (*wanted, self.default_id, DEFAULT_POLICY))
        return next((one for one in found if one is not None), self.policies[0])


def passed_offset(item: OpenItem, policy: Policy) -> int | None:
    """Return the day of the last step that the invoice has behind it, as the ladder now has it.

    A step that the ladder no longer has, or one of another ladder, counts with the day it had.
    """
    step = policy.step(item.step_id)
    return item.step_done if step is None else step.offset_days


def with_ids(steps: Sequence[Step], earlier: Sequence[Step]) -> tuple[Step, ...]:
    """Return steps with the ids that their like had before; new ones where there is none.

    A step without id (an empty one) is the earlier one with its template and day, else with its
    template, else with its day. The likest go first, so that a step that is put in takes nobody's.
    """
    free = {one.id: one for one in earlier if one.id not in {step.id for step in steps}}
    likes: dict[int, str] = {}
    for is_like in _TESTS:
        for place, step in enumerate(steps):
            like = next((one for one in free.values() if is_like(one, step)), None)
            if not step.id and place not in likes and like is not None:
                likes[place] = like.id
                del free[like.id]
    named: list[Step] = []
    for place, step in enumerate(steps):
        taken = {one.id for one in (*earlier, *steps, *named)}
        named.append(step.but(id=step.id or likes.get(place) or _new_id(step, taken)))
    return tuple(named)


_TESTS: Final[tuple[Callable[[Step, Step], bool], ...]] = (
    lambda one, step: (one.template, one.offset_days) == (step.template, step.offset_days),
    lambda one, step: one.template == step.template,
    lambda one, step: one.offset_days == step.offset_days,
)


def _new_id(step: Step, taken: set[str]) -> str:
    sign = "m" if step.offset_days < 0 else "p"
    base = f"{sign}{abs(step.offset_days)}"
    names = (base, *(f"{base}-{number}" for number in range(2, 1_000)))
    return next(name for name in names if name not in taken)

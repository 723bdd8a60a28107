"""Dunning policies: the ladders, their versions, and which one is whose."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import InvalidField, NotFound, Stale, StateConflict
from chalicelib.domain.ladders import shipped_book
from chalicelib.domain.policy import (
    MAX_POLICIES,
    DunningBook,
    Policy,
    PolicyVersion,
    with_ids,
)
from chalicelib.domain.step import LETTERS, TEMPLATES, Step
from chalicelib.usecases.chores import queue_chore
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import book_of
from chalicelib.usecases.mail_listings import policy_versions
from chalicelib.usecases.ports import Insert, Ports, Replace, Write
from chalicelib.usecases.references import customer_ref

_TEMPLATES_OF = {
    "email": TEMPLATES,
    "letter": (*TEMPLATES, *LETTERS),
    "call": (*TEMPLATES, *LETTERS),
}


def read_policy(ports: Ports, policy_id: str) -> Policy:
    """Return a dunning policy as it is now. NotFound when there is none of this id."""
    return find_policy(book_of(ports), policy_id)


def find_policy(book: DunningBook, policy_id: str) -> Policy:
    """Return a ladder of the book. NotFound when there is none of this id."""
    policy = book.find(policy_id)
    if policy is None:
        raise NotFound("dunning policy", policy_id)
    return policy


def versions_of(ports: Ports, policy_id: str) -> tuple[PolicyVersion, ...]:
    """Return the versions of a policy, the latest first; none for one that nobody changed."""
    read_policy(ports, policy_id)
    return ports.store.records(policy_versions(policy_id))[::-1]


def shipped_policy(policy_id: str) -> Policy | None:
    """Return a ladder as it shipped: what there was before its first version, if it did."""
    return shipped_book().find(policy_id)


def change_policy(
    ports: Ports,
    context: Context,
    policy_id: str,
    *,
    name: str,
    steps: Sequence[Step],
    minimum_minor: Mapping[str, int] | None = None,
    expected_version: int | None,
) -> Policy:
    """Make the next version of a policy, or the first of a new one.

    Steps that an invoice has taken stay taken, by their ids; a changed ladder never sends one
    again. It takes effect when the next action of an account is looked at, and all accounts are
    planned anew. InvalidField for steps that are out of order or name an unknown template, Stale
    when somebody else changed it first, StateConflict when there are too many policies.
    """
    require_steps(steps)

    def attempt() -> Policy:
        book = book_of(ports)
        before = book.find(policy_id)
        present = before.version if before else 0
        if expected_version not in (None, present):
            raise Stale("dunning policy", expected=expected_version or 0, present=present)
        if before is None and len(book.policies) >= MAX_POLICIES:
            message = f"There are {MAX_POLICIES} policies already."
            raise StateConflict(message, code="too_many_policies")
        least = minimum_minor if minimum_minor is not None else _minimum(before)
        after = changed(before, policy_id, name, steps).but(minimum_minor=dict(least))
        writes = _writes(ports, context, book, after)
        commit(ports, context, writes, resource=f"/v1/dunning-policies/{policy_id}")
        return after

    after = until_committed(ports, attempt)
    plan_anew(ports, context)
    return after


def changed(before: Policy | None, policy_id: str, name: str, steps: Sequence[Step]) -> Policy:
    """Return the version of a policy that these steps would make."""
    earlier = before.steps if before else ()
    version = before.version if before else 0
    return Policy(
        id=policy_id,
        version=version + 1,
        name=name,
        steps=with_ids(steps, earlier),
        minimum_minor=dict(_minimum(before)),
    )


def assign_policies(
    ports: Ports,
    context: Context,
    *,
    default_id: str,
    segments: Mapping[str, str],
    expected_version: int | None,
) -> DunningBook:
    """Say which ladder the company has, and which each segment of customers.

    Stale when somebody changed it first; InvalidField for a policy that does not exist.
    """

    def attempt() -> DunningBook:
        book = book_of(ports)
        if expected_version not in (None, book.version):
            raise Stale("policies", expected=expected_version or 0, present=book.version)
        require_known(book, default_id, segments)
        after = book.next(default_id=default_id, segments=dict(segments))
        facts: dict[str, Any] = {"default": default_id, "segments": dict(segments)}
        subject = ("policy", "assignment")
        entry = audit(ports, context, "dunning_policies_assigned", subject=subject, **facts)
        commit(ports, context, [Replace(after), entry], resource="/v1/dunning-policies")
        return after

    after = until_committed(ports, attempt)
    plan_anew(ports, context)
    return after


def require_known(book: DunningBook, default_id: str, segments: Mapping[str, str]) -> None:
    """InvalidField when the company or a segment is given a policy that does not exist."""
    if book.find(default_id) is None:
        raise _unknown(default_id, "/default_id")
    for segment, policy_id in segments.items():
        if book.find(policy_id) is None:
            raise _unknown(policy_id, f"/segments/{segment}")


def require_policy(ports: Ports, policy_id: str | None, pointer: str) -> None:
    """InvalidField when a policy is named that does not exist."""
    if policy_id is not None and book_of(ports).find(policy_id) is None:
        raise _unknown(policy_id, pointer)


def policy_of_customer(ports: Ports, customer_id: str) -> Policy:
    """Return the ladder that a customer climbs: its own, its segment's or the company's."""
    customer: Customer | None = ports.store.get(customer_ref(customer_id))
    if customer is None:
        raise NotFound("customer", customer_id)
    return book_of(ports).of_customer(customer)


def plan_anew(ports: Ports, context: Context) -> None:
    """Have the next action of all accounts set anew. Until then each is decided about when due."""
    queue_chore(ports, context, "plan_anew", {})


def require_steps(steps: Sequence[Step]) -> None:
    """InvalidField for steps that are out of order or that name a template that does not exist."""
    offsets = [step.offset_days for step in steps]
    if offsets != sorted(set(offsets)):
        raise InvalidField(
            "/steps",
            "Steps come in ascending order of days, each day once.",
            field_code="steps_out_of_order",
        )
    ids = [step.id for step in steps if step.id]
    if len(set(ids)) < len(ids):
        raise InvalidField("/steps", "Two steps have one id.", field_code="steps_out_of_order")
    for index, step in enumerate(steps):
        known = _TEMPLATES_OF[step.channel]
        if step.template not in known:
            raise InvalidField(
                f"/steps/{index}/template",
                f"A template is one of {', '.join(known)}.",
                field_code="unknown_template",
            )


def _minimum(before: Policy | None) -> Mapping[str, int]:
    return before.minimum_minor if before else {}


def _unknown(policy_id: str, pointer: str) -> InvalidField:
    message = f"There is no dunning policy {policy_id!r}."
    return InvalidField(pointer, message, field_code="unknown_policy")


def _writes(ports: Ports, context: Context, book: DunningBook, after: Policy) -> list[Write]:
    entry = audit(
        ports,
        context,
        "dunning_policy_changed",
        subject=("policy", after.id),
        version=after.version,
        steps=[step.offset_days for step in after.steps],
    )
    kept = PolicyVersion(
        policy_id=after.id,
        number=after.version,
        policy=after,
        changed_at=context.at,
        changed_by=context.actor.name,
    )
    return [Replace(book.with_policy(after).next()), Insert(kept), entry]

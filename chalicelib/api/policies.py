"""Dunning policies over HTTP."""

from collections.abc import Sequence

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import dunning as bodies
from chalicelib.domain.dunning import Reminder
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.policy import DunningBook, Policy
from chalicelib.domain.step import Step
from chalicelib.usecases.desk import book_of
from chalicelib.usecases.policies import (
    assign_policies,
    change_policy,
    read_policy,
    shipped_policy,
    versions_of,
)
from chalicelib.usecases.simulate_assignment import simulate_assignment
from chalicelib.usecases.simulate_policy import (
    Draft,
    Outcome,
    Simulation,
    Totals,
    simulate_policy,
)

routes = Routes()


@routes.route("/v1/dunning-policies", "GET", gives=bodies.Policies)
def list_all(request: ApiRequest) -> Reply:
    """All ladders, and which one is whose."""
    return _policies(book_of(request.ports))


@routes.route("/v1/dunning-policies", "PUT", takes=bodies.PoliciesInput, gives=bodies.Policies)
def assign(request: ApiRequest) -> Reply:
    """Say which ladder the company has, and which each segment of customers."""
    body = request.body(bodies.PoliciesInput)
    book = assign_policies(
        request.ports,
        request.context,
        default_id=body.default_id,
        segments=body.segments,
        expected_version=request.expected_version,
    )
    return _policies(book)


def _policies(book: DunningBook) -> Reply:
    body = bodies.Policies(
        items=[_policy(one) for one in book.policies],
        default_id=book.default_id,
        segments=book.segments,
        version=book.version,
    )
    return Reply(body, version=book.version)


@routes.route("/v1/dunning-policies/{policy_id}", "GET", gives=bodies.Policy)
def read(request: ApiRequest, policy_id: str) -> Reply:
    """A dunning policy."""
    policy = read_policy(request.ports, policy_id)
    return Reply(_policy(policy), version=policy.version)


def _policy(policy: Policy) -> bodies.Policy:
    steps = [
        bodies.Step(**step.model_dump() | {"copy_to": list(step.copy_to)}) for step in policy.steps
    ]
    return bodies.Policy(
        id=policy.id,
        version=policy.version,
        name=policy.name,
        steps=steps,
        minimum_minor=policy.minimum_minor,
    )


@routes.route(
    "/v1/dunning-policies/{policy_id}", "PUT", takes=bodies.PolicyInput, gives=bodies.Policy
)
def replace(request: ApiRequest, policy_id: str) -> Reply:
    """Make the next version of a dunning policy, or a new one."""
    body = request.body(bodies.PolicyInput)
    policy = change_policy(
        request.ports,
        request.context,
        _name(policy_id),
        name=body.name,
        steps=_steps(body.steps),
        minimum_minor=body.minimum_minor,
        expected_version=request.expected_version,
    )
    return Reply(_policy(policy), version=policy.version)


def _name(policy_id: str) -> str:
    # The id is part of permanent keys and of the tags of mails.
    is_plain = policy_id.isascii() and policy_id.replace("-", "").isalnum()
    if not is_plain or policy_id != policy_id.lower() or len(policy_id) > 32:  # noqa: PLR2004
        message = "An id has up to 32 small letters, digits and hyphens."
        raise InvalidField("/policy_id", message, field_code="bad_policy_id")
    return policy_id


def _steps(steps: Sequence[bodies.Step]) -> list[Step]:
    return [Step(**one.model_dump() | {"copy_to": tuple(one.copy_to)}) for one in steps]


@routes.route("/v1/dunning-policies/{policy_id}/versions", "GET", gives=bodies.PolicyVersions)
def versions(request: ApiRequest, policy_id: str) -> Reply:
    """The versions of a policy, the latest first."""
    rows = [
        bodies.PolicyVersion(
            number=one.number,
            changed_at=one.changed_at,
            changed_by=one.changed_by,
            policy=_policy(one.policy),
        )
        for one in versions_of(request.ports, policy_id)
    ]
    shipped = shipped_policy(policy_id)
    if rows and shipped is not None:
        rows.append(_as_shipped(shipped))
    return Reply(bodies.PolicyVersions(items=rows))


def _as_shipped(policy: Policy) -> bodies.PolicyVersion:
    return bodies.PolicyVersion(number=0, changed_at=None, changed_by=None, policy=_policy(policy))


@routes.route(
    "/v1/dunning-policies/{policy_id}/simulate",
    "POST",
    takes=bodies.SimulationInput,
    gives=bodies.Simulation,
)
def simulate(request: ApiRequest, policy_id: str) -> Reply:
    """What today's book would get by this ladder, or by this draft of it. Nothing is written."""
    body = request.body(bodies.SimulationInput)
    draft = Draft(
        policy_id=policy_id,
        name=body.name,
        steps=None if body.steps is None else _steps(body.steps),
        minimum_minor=body.minimum_minor,
    )
    found = simulate_policy(request.ports, request.context, draft, body.cursor)
    return Reply(_simulation(request, policy_id, found))


@routes.route(
    "/v1/dunning-simulations", "POST", takes=bodies.AssignmentInput, gives=bodies.Simulation
)
def simulate_all(request: ApiRequest) -> Reply:
    """What the accounts that would climb another ladder would get. Nothing is written."""
    body = request.body(bodies.AssignmentInput)
    found = simulate_assignment(
        request.ports, request.context, body.default_id, body.segments, body.cursor
    )
    return Reply(_simulation(request, None, found))


def _simulation(request: ApiRequest, policy_id: str | None, found: Simulation) -> bodies.Simulation:
    return bodies.Simulation(
        policy_id=policy_id,
        at=request.at,
        accounts=found.accounts,
        would_send=found.would_send,
        by_channel=found.by_channel,
        would_skip=found.would_skip,
        before=_totals(found.before),
        changes=found.changes,
        items=[_simulated(one) for one in found.outcomes],
        next_cursor=found.cursor,
    )


def _totals(totals: Totals) -> bodies.SimulatedTotals:
    return bodies.SimulatedTotals(
        would_send=totals.would_send,
        by_channel=totals.by_channel,
        would_skip=totals.would_skip,
    )


def _simulated(one: Outcome) -> bodies.SimulatedAccount:
    account, said = one.desk.account, one.after or one.before
    asked = said.items if said else account.open_items
    return bodies.SimulatedAccount.model_validate(
        {
            "customer_id": account.customer_id,
            "customer_name": one.desk.customer.name,
            "currency": account.currency,
            "amount_minor": sum(item.open_minor for item in asked),
            "after": _simulated_step(one.after),
            "before": _simulated_step(one.before),
            "change": one.change,
            "reason_none": one.reason_none,
            "reason_before": one.reason_before,
        }
    )


def _simulated_step(reminder: Reminder | None) -> bodies.SimulatedStep | None:
    if reminder is None:
        return None
    step = reminder.step
    return bodies.SimulatedStep(
        step=step.offset_days,
        step_id=step.id,
        channel=step.channel,
        template=step.template,
        tone=step.tone,
        claim=step.claim,
        fee_minor=step.fee_minor,
    )

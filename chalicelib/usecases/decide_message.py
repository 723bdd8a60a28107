"""A person decides about a message of which no machine knows whether it went out."""

from dataclasses import dataclass
from typing import Any, Literal

from chalicelib.domain.dunning import Policy, plan
from chalicelib.domain.errors import NotFound, StateConflict, known
from chalicelib.domain.message import Message
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.deliver import on_the_document
from chalicelib.usecases.desk import open_desk, save_account
from chalicelib.usecases.ports import Ports, Write
from chalicelib.usecases.posting import save_message
from chalicelib.usecases.references import message_ref
from chalicelib.usecases.send_document import queue_message
from chalicelib.usecases.work import closing

Decision = Literal["was_sent", "send_again", "drop"]
_UNSETTLED = ("unknown", "refused")


@dataclass(frozen=True)
class Verdict:
    """What a person decided about a message."""

    customer_id: str
    message_id: str
    decision: Decision


def decide_message(ports: Ports, context: Context, verdict: Verdict) -> Message:
    """Settle an uncertain or refused message as the person says, and take it off the work list.

    ``send_again`` lets the same message be claimed once more; a reminder is decided about anew at
    that moment, so that it never asks for what has been paid.
    """

    def attempt() -> Message:
        message = ports.store.get(message_ref(verdict.customer_id, verdict.message_id))
        if message is None:
            raise NotFound("message", verdict.message_id)
        if message.state not in _UNSETTLED:
            raise StateConflict(
                f"This message is {message.state}; there is nothing to decide.",
                code="nothing_to_decide",
            )
        after = message.next(**_outcome(context, message, verdict.decision))
        writes = [
            *save_message(after),
            *on_the_document(ports, after),
            *closing(ports, context, f"uncertain-{message.id}", verdict.decision),
            *closing(ports, context, f"refused-{message.id}", verdict.decision),
            *_steps_back(ports, context, after),
            _entry(ports, context, after, verdict.decision),
        ]
        commit(ports, context, writes, resource=f"/v1/customers/{message.customer_id}")
        return after

    message = until_committed(ports, attempt)
    if message.state == "queued":
        queue_message(ports, message)
    return message


def _outcome(context: Context, message: Message, decision: Decision) -> dict[str, Any]:
    settled: dict[str, Any] = {"settled_at": context.at, "reason": f"by {context.actor.name}"}
    if decision == "was_sent":
        return settled | {"state": "sent"}
    if decision == "drop":
        return settled | {"state": "suppressed"}
    return {"state": message.waiting_state, "attempts": 0}


def _steps_back(ports: Ports, context: Context, message: Message) -> list[Write]:
    if message.state != "planned":
        return []
    desk = open_desk(ports, message.customer_id, message.currency)
    items = tuple(
        item.but(step_done=_step_before(message, desk.policy))
        if item.invoice_id in message.invoice_ids and item.step_done == message.step
        else item
        for item in desk.account.open_items
    )
    account = desk.account.but(
        open_items=items,
        planned=tuple(sorted({*desk.account.planned, message.id})),
        reminded_on=None,  # a person decided that the last one does not count
    )
    account = plan(account, desk.policy, desk.customer.time_zone, context.at)
    return save_account(desk, account)


def _step_before(message: Message, policy: Policy) -> int | None:
    earlier = [step.offset_days for step in policy.steps if step.offset_days < known(message.step)]
    return earlier[-1] if earlier else None


def _entry(ports: Ports, context: Context, message: Message, decision: Decision) -> Write:
    return audit(
        ports,
        context,
        "message_decided",
        subject=("customer", message.customer_id),
        customer_id=message.customer_id,
        message_id=message.id,
        decision=decision,
    )

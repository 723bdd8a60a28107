"""A person decides about a message of which no machine knows whether it went out."""

from dataclasses import dataclass
from typing import Any, Literal

from chalicelib.domain.account import UnderWay
from chalicelib.domain.errors import NotFound, StateConflict
from chalicelib.domain.message import Message
from chalicelib.domain.policy import DEFAULT_POLICY
from chalicelib.domain.step import Step
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.deliver import on_the_document
from chalicelib.usecases.desk import Desk, open_desk, save_account
from chalicelib.usecases.ports import Ports, Write
from chalicelib.usecases.posting import save_message
from chalicelib.usecases.references import message_ref
from chalicelib.usecases.send_document import queue_message
from chalicelib.usecases.work import closing

Decision = Literal["was_sent", "send_again", "drop"]
UNSETTLED = ("unknown", "refused")
"""States about which a person may decide."""


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
        if message.state not in UNSETTLED:
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
            *_lacking(ports, context, after),
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


def _lacking(ports: Ports, context: Context, message: Message) -> list[Write]:
    if message.state != "planned":
        return []
    # This contact lacks it again; at its turn it is decided anew what may be asked for.
    desk = open_desk(ports, message.customer_id, message.currency)
    under_way = _under_way(desk, message)
    present = desk.account.under_way
    if present is not None and present.anchor_id != under_way.anchor_id:
        raise StateConflict(
            "Another reminder to this customer is just going out; decide once it has.",
            code="reminder_under_way",
        )
    others = () if present is None else present.contacts
    contacts = tuple(dict.fromkeys((message.contact_id, *others)))
    account = desk.account.but(
        under_way=under_way.but(contacts=contacts),
        planned=tuple(sorted({*desk.account.planned, message.id})),
        next_action_at=desk.rules.calendar.next_working_time(context.at),
    )
    return save_account(desk, account)


def _under_way(desk: Desk, message: Message) -> UnderWay:
    policy = desk.book.find(message.policy_id)
    step = policy.step(message.step_id) if policy is not None else None
    if step is None:  # the ladder has changed since: as the message says
        offset = message.step or 0
        step = Step(id=message.step_id or "again", offset_days=offset, template=message.template)
    return UnderWay(
        policy_id=message.policy_id or DEFAULT_POLICY,
        step=step,
        anchor_id=message.anchor_id or message.invoice_ids[0],
        contacts=(message.contact_id,),
    )


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

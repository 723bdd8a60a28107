"""Post what a provider says of money that went back: refunds, chargebacks, and their undoing.

Each step brings the books nearer to what is known and is a transaction of its own; the last carries
the event's mark. So a step that is repeated after a crash, or raced by another event, finds what
there is left to do. What is told before the payment itself is kept until the payment is posted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from chalicelib.domain.account import Account
from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import known
from chalicelib.domain.money_back import MoneyBack, last_heard_at, learn, nothing_back
from chalicelib.domain.money_back_books import (
    Move,
    moves,
    posted,
    put_back,
    rest_of,
    with_returns_by_hand,
)
from chalicelib.domain.payment import Allocation, Payment, Return, Wanted
from chalicelib.domain.provider import PaymentKey, ProviderFact
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, open_desk, save_account
from chalicelib.usecases.money_back_tasks import odd_task, task_refs, tasks
from chalicelib.usecases.ports import Ports, Ref, Replace, Require, Write
from chalicelib.usecases.posting import replan, with_account
from chalicelib.usecases.references import payment_ref
from chalicelib.usecases.return_payment import latest_first, returning
from chalicelib.usecases.settle import fitting, that_fit, undoing

ABOUT_MONEY_BACK = frozenset({"refunded_so_far", "refund", "dispute"})


def money_back_ref(provider: str, payment_key: str) -> Ref[MoneyBack]:
    """Return the key of what is known of a provider's payment that went back."""
    return Ref(MoneyBack, (provider, payment_key))


class Step(NamedTuple):
    """The writes of one transaction on the way, and whether it is the last."""

    writes: list[Write]
    outcome: str
    is_last: bool = True


@dataclass(frozen=True)
class _Case:
    """All that there is to know to post a step."""

    fact: ProviderFact
    record: MoneyBack
    payment: Payment
    desk: Desk


def follow_money_back(ports: Ports, context: Context, fact: ProviderFact) -> Step:
    """Return the next step towards what the provider has said until now, this fact included."""
    key_ref = Ref(PaymentKey, (fact.provider, fact.payment_key))
    back_ref = money_back_ref(fact.provider, fact.payment_key)
    found = ports.store.get_many([key_ref, back_ref])
    before = found.get(back_ref)
    if not isinstance(before, MoneyBack):
        before = nothing_back(fact.provider, fact.payment_key)
    record = learn(before, fact)
    key = found.get(key_ref)
    if not isinstance(key, PaymentKey):
        # Whoever posts the payment meanwhile has not seen this record; so neither may pass.
        return Step(
            [*_saved(before, record), Require(key_ref, None), *_tasks(ports, context, record)],
            "waits for the payment",
        )
    payment = known(ports.store.get(payment_ref(key.payment_id)))
    desk = open_desk(ports, payment.customer_id, payment.currency, task_refs(record, payment))
    record = with_returns_by_hand(record.but(payment_id=payment.id), payment)
    return _step(ports, context, _Case(fact, record, payment, desk), before)


def _tasks(ports: Ports, context: Context, record: MoneyBack) -> list[Write]:
    return tasks(context, record, ports.store.get_many(task_refs(record, None)), None)


def _step(ports: Ports, context: Context, case: _Case, before: MoneyBack) -> Step:
    lacking = moves(case.record, case.payment)
    if lacking:
        return _moved(ports, context, case, lacking)
    return Step(
        [
            *_saved(before, case.record),
            *_rested(ports, context, case),
            *tasks(context, case.record, case.desk.also, case.payment),
        ],
        "known already" if case.record == before else "noted",
    )


def _saved(before: MoneyBack, after: MoneyBack) -> list[Write]:
    return [] if after == before else [Replace(after.next())]


def _rested(ports: Ports, context: Context, case: _Case) -> list[Write]:
    account = case.desk.account
    open_minor = {item.invoice_id: item.open_minor for item in account.open_items}
    rested = _resting(case.desk, case.record, case.payment, open_minor).account
    if rested == account:
        return []
    planned, called_off = replan(ports, context, case.desk, rested)
    return [*save_account(case.desk, planned), *called_off]


def _resting(
    desk: Desk, record: MoneyBack, payment: Payment, open_minor: Mapping[str, int]
) -> Desk:
    others = [one for one in desk.account.rests if (one.kind, one.id) != ("chargeback", payment.id)]
    rest = rest_of(record, payment, open_minor)
    present = [one for one in desk.account.rests if one not in others]
    if present == [rest] or (rest is None and not present):
        return desk
    rests = (*others, rest) if rest else tuple(others)
    return with_account(desk, desk.account.but(rests=rests))


def _moved(ports: Ports, context: Context, case: _Case, lacking: Sequence[Move]) -> Step:
    move = lacking[0]
    on = _day(case)
    if move.amount_minor > 0:
        chosen, record, move = _taken(context, case, move, on)
    else:
        chosen, record, move = _put_back(context, case, move, on)
    desk = _resting(case.desk, record, case.payment, _open_after(case.desk.account, chosen))
    returned = Return(
        kind=move.kind,
        amount_minor=move.amount_minor,
        on=on,
        reason=case.fact.object_id,
        posted_at=context.at,
        posted_by=context.actor.id,
    )
    payment, writes = returning(ports, context, desk, case.payment, returned, chosen)
    return Step(
        [
            *writes,
            Replace(record.next()),
            *tasks(context, record, case.desk.also, payment),
            *odd_task(context, case.desk.also, case.payment, payment),
        ],
        f"{move.kind} {move.amount_minor} of {payment.id}",
        is_last=lacking == (move,),
    )


def _day(case: _Case) -> date:
    """Return the day from which it counts: the event's, or of the last that came before its time.

    Money does not go before it has come.
    """
    at = case.fact.occurred_at
    if case.fact.what not in ABOUT_MONEY_BACK:
        at = last_heard_at(case.record) or at
    return max(local_date(at, case.desk.company.time_zone), case.payment.received_on)


def _taken(
    context: Context, case: _Case, move: Move, on: date
) -> tuple[Sequence[Allocation], MoneyBack, Move]:
    # What does not fit into one transaction is left for the next step.
    payment = case.payment
    freeing = latest_first(payment, max(move.amount_minor - payment.unapplied_minor, 0))
    undone = undoing(payment, freeing, on, context.at, valued_on=on)
    chosen = that_fit(undone, case.desk.account)
    freed = freeing[: len(chosen)]
    if len(freed) < len(freeing):
        part = payment.unapplied_minor + sum(one.amount_minor for one in freed)
        move = move.but(amount_minor=part)
    return chosen, posted(case.record, move, freed), move


def _put_back(
    context: Context, case: _Case, move: Move, on: date
) -> tuple[Sequence[Allocation], MoneyBack, Move]:
    amount = -move.amount_minor
    open_minor = {item.invoice_id: item.open_minor for item in case.desk.account.open_items}
    _, settles = put_back(case.record, amount, open_minor)
    # It settles them from the day on which it came back, with the discount it had earned.
    chosen = tuple(
        one.but(effective_on=max(on, one.effective_on), valued_on=on)
        for one in _settling_again(context, case, amount, settles)
    )
    if len(chosen) < len(settles):
        amount = sum(one.amount_minor for one in chosen)
        move = move.but(amount_minor=-amount)
    taken, _ = put_back(case.record, amount, open_minor)
    return chosen, posted(case.record.but(taken=taken), move, []), move


def _settling_again(
    context: Context, case: _Case, amount_minor: int, settles: Sequence[Wanted]
) -> tuple[Allocation, ...]:
    unapplied = case.payment.unapplied_minor + amount_minor
    payment = case.payment.but(unapplied_minor=unapplied)
    return fitting(settles, case.desk, payment, context.at)


def _open_after(account: Account, chosen: Sequence[Allocation]) -> dict[str, int]:
    open_minor = {item.invoice_id: item.open_minor for item in account.open_items}
    for one in chosen:
        open_minor[one.invoice_id] = open_minor.get(one.invoice_id, 0) - one.settled_minor
    return open_minor

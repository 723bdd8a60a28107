"""Compare our books with a provider's own list, and post what was missed.

What the provider has and we lack goes through the handler of webhooks, under an event id made of
what it says, so that finding it again changes nothing. What both have but differently, or what
only we have, is never changed by a machine: it becomes a task.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.comparison import MOST_NAMED, Comparison, Money, is_news, said
from chalicelib.domain.errors import (
    Invalid,
    InvariantBroken,
    ProviderRefused,
    ProviderUnavailable,
    StateConflict,
)
from chalicelib.domain.money import major
from chalicelib.domain.money_back import MoneyBack
from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import PaymentKey
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.chores import queue_chore
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.listings import payments_between
from chalicelib.usecases.money_back import money_back_ref
from chalicelib.usecases.ports import Ports, Ref, Replace
from chalicelib.usecases.provider_listings import comparisons_with
from chalicelib.usecases.provider_ports import COMPARED, Listed
from chalicelib.usecases.provider_settings import kind_of, settings_of_all
from chalicelib.usecases.read_all import all_rows, in_batches
from chalicelib.usecases.receive_provider_event import receive_provider_event
from chalicelib.usecases.references import payment_ref
from chalicelib.usecases.work import ensure_work_item, work_item

DAYS: Final = 3
"""Each night looks this far back, so that one night without an answer loses nothing."""
MOST_DAYS: Final = 30
"""After an outage: as far as providers keep what they could not deliver."""
CHUNK: Final = 50  # two keys each: below the hundred of one BatchGetItem
MOST: Final = 20_000  # payments of a night; the chore has five minutes


def due_comparisons(ports: Ports, context: Context) -> Iterable[dict[str, str]]:
    """Find the providers whose lists can be asked for tonight."""
    del context
    settings = settings_of_all(ports)
    for kind in ports.gateway.kinds() if settings else ():
        one = settings.get(kind.name)
        if one is not None and kind.has_list and not kind.lacks("api", one.filled):
            yield {"provider": kind.name}


def ask_for_comparison(ports: Ports, context: Context, provider: str) -> Comparison:
    """Begin a comparison now; a chore carries it out. NotFound, StateConflict without a list."""
    run = _begun(ports, context, provider)
    queue_chore(ports, context, "compare_provider", {"provider": provider})
    return run


def compare_provider(ports: Ports, context: Context, provider: str) -> Comparison:
    """Look through the list of the last days until now; return what came of it.

    StateConflict where the provider has no list; ProviderUnavailable and ProviderRefused are on
    record in the comparison too. Repeated for the same instant it is the same comparison.
    """
    run = _begun(ports, context, provider)
    try:
        run = _looked_through(ports, context, run)
    except (ProviderUnavailable, ProviderRefused) as failure:
        _ended(ports, context, run.but(state="failed", error=failure.problem[:500]))
        raise
    return _ended(ports, context, run.but(state="done", error=None))


def _begun(ports: Ports, context: Context, provider: str) -> Comparison:
    if not kind_of(ports, provider).has_list:
        raise StateConflict(f"{provider} has no list to compare with.", code="no_list")
    until = context.at.replace(microsecond=0)
    ref = Ref(Comparison, (f"{provider}-{rfc3339(until)}",))

    def attempt() -> Comparison:
        known = ports.store.get(ref)
        before = known or Comparison(
            version=0,
            id=ref.key[0],
            provider=provider,
            since=_since(ports, provider, until),
            until=until,
            started_at=context.at,
            started_by=context.actor.name,
        )
        run = before.next(state="running", seen=0, missed=0, differing=0, keys=())
        commit(ports, context, [Replace(run)], resource=f"/v1/provider-comparisons/{run.id}")
        return run

    return until_committed(ports, attempt)


def _since(ports: Ports, provider: str, until: datetime) -> datetime:
    rows = ports.store.rows(comparisons_with(provider), limit=MOST_DAYS).items
    last = next((row for row in rows if row["state"] == "done"), None)
    since = until - timedelta(days=DAYS)
    if last is None:
        return since
    covered = datetime.fromisoformat(str(last["until"])) - timedelta(days=DAYS)
    return max(min(since, covered), until - timedelta(days=MOST_DAYS))


def _looked_through(ports: Ports, context: Context, run: Comparison) -> Comparison:
    listed = ports.gateway.listed(run.provider, run.since, run.until)
    on_it: set[str] = set()
    for chunk in in_batches(islice(listed, MOST + 1), CHUNK):
        if len(on_it) + len(chunk) > MOST:
            raise InvariantBroken(f"{run.provider} lists more than {MOST} payments.")
        on_it |= {one.payment_key for one in chunk}
        run = _compared(ports, context, run, chunk)
    return _only_ours(ports, context, run, on_it)


def _compared(
    ports: Ports, context: Context, run: Comparison, chunk: Sequence[Listed]
) -> Comparison:
    keys = {one.payment_key: Ref(PaymentKey, (run.provider, one.payment_key)) for one in chunk}
    backs = {key: money_back_ref(run.provider, key) for key in keys}
    found: dict[Ref[Any], Any] = {}
    found |= ports.store.get_many([*keys.values(), *backs.values()])
    payments = _payments(ports, [found[ref] for ref in keys.values() if ref in found])
    for one in chunk:
        try:
            facts = ports.gateway.facts(run.provider, COMPARED, one.raw)
        except Invalid:
            # It holds up no other. The worker of events cannot read it either: failed work.
            _hear(ports, context, run, one)
            run = _named(run.but(differing=run.differing + 1), one.payment_key)
            continue
        money = said(run.provider, one.payment_key, facts)
        if money is None:
            continue
        key: PaymentKey | None = found.get(keys[one.payment_key])
        back: MoneyBack | None = found.get(backs[one.payment_key])
        ours = payments.get(key.payment_id) if key else None
        if ours is None or is_news(back, money, ours):
            _hear(ports, context, run, one)
            run = _named(run.but(missed=run.missed + 1), one.payment_key)
        elif (ours.amount_minor, ours.currency) != (money.amount_minor, money.currency):
            _differs(ports, context, run, ours, money)
            run = _named(run.but(differing=run.differing + 1), one.payment_key)
    return run.but(seen=run.seen + len(chunk))


def _payments(ports: Ports, keys: Sequence[PaymentKey]) -> dict[str, Payment]:
    refs = [payment_ref(key.payment_id) for key in keys]
    found = ports.store.get_many(refs) if refs else {}
    return {one.id: one for one in found.values() if isinstance(one, Payment)}


def _named(run: Comparison, key: str) -> Comparison:
    return run if len(run.keys) >= MOST_NAMED else run.but(keys=(*run.keys, key))


def _hear(ports: Ports, context: Context, run: Comparison, one: Listed) -> None:
    content = hashlib.sha256(one.raw.encode()).hexdigest()[:24]
    receive_provider_event(
        ports,
        context,
        provider=run.provider,
        event_id=f"list-{one.payment_key}-{content}",
        event_type=COMPARED,
        raw=one.raw,
    )


def _differs(ports: Ports, context: Context, run: Comparison, ours: Payment, money: Money) -> None:
    detail = (
        f"{run.provider} {ours.provider_payment_id}: "
        f"{major(money.amount_minor, money.currency)} {money.currency} ≠ "
        f"{major(ours.amount_minor, ours.currency)} {ours.currency}"
    )
    ensure_work_item(ports, _task(context, run, ours, "provider_difference", detail))


def _only_ours(
    ports: Ports, context: Context, run: Comparison, on_the_list: set[str]
) -> Comparison:
    listing = payments_between(run.since.date(), run.until.date(), run.provider)
    for row in all_rows(ports, listing):
        key = str(row["reference"])
        if key in on_the_list or _is_there(ports, run, key):
            continue
        payment = ports.store.get(payment_ref(str(row["id"])))
        if payment is None:
            continue
        detail = f"{run.provider} {key}"
        ensure_work_item(ports, _task(context, run, payment, "provider_missing", detail))
        run = _named(run.but(differing=run.differing + 1), key)
    return run


def _is_there(ports: Ports, run: Comparison, key: str) -> bool:
    # A list goes by when a payment was begun, the books by when it came: so ask for this one.
    try:
        return ports.gateway.find(run.provider, key) is not None
    except ProviderRefused:
        return True  # it cannot be looked up: no reason to alarm anybody


def _task(context: Context, run: Comparison, payment: Payment, what: Any, detail: str) -> WorkItem:
    return work_item(
        context,
        f"{what}-{run.provider}-{payment.provider_payment_id}",
        what,
        detail,
        priority=2,
        customer_id=payment.customer_id,
        customer_name=payment.customer_name,
        payment_id=payment.id,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
    )


def _ended(ports: Ports, context: Context, run: Comparison) -> Comparison:
    def attempt() -> Comparison:
        known = ports.store.get(Ref(Comparison, (run.id,)))
        after = run.but(version=known.version if known else 0).next(ended_at=context.at)
        entry = audit(
            ports,
            context,
            "provider_compared",
            subject=("comparison", run.id),
            provider=run.provider,
            state=run.state,
            seen=run.seen,
            missed=run.missed,
            differing=run.differing,
        )
        ports.store.commit([Replace(after), entry])
        return after

    return until_committed(ports, attempt)

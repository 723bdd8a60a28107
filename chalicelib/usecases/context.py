"""Who acts, when, and what every change of theirs writes besides the change itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import SystemRandom
from typing import Any, Final, TypeVar

from chalicelib.domain.access import SYSTEM, Actor, IdempotencyRecord
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import Busy, KeyReused
from chalicelib.domain.news import kind_of
from chalicelib.domain.webhook_events import event_type
from chalicelib.usecases.ports import Conflict, Insert, Ports, Ref, Write

T = TypeVar("T")

MAX_ATTEMPTS: Final = 60
"""With pauses of up to half a second: 20 writers of one series finish well before the gateway's
29 seconds."""
_FIRST_PAUSE_SECONDS: Final = 0.01
_LONGEST_PAUSE_SECONDS: Final = 0.4
_random = SystemRandom()


@dataclass(frozen=True)
class RepeatKey:
    """The Idempotency-Key of a request, and a hash of what it asked for."""

    key: str
    request_hash: str


@dataclass(frozen=True)
class Context:
    """Who acts and at which instant. ``repeat_key`` makes a repetition find the first answer."""

    actor: Actor
    at: datetime
    repeat_key: RepeatKey | None = None


def system_context(at: datetime) -> Context:
    """Return the context of work that nobody asked for at that moment: schedules and queues."""
    return Context(actor=SYSTEM, at=at)


class AlreadyAnswered(Exception):
    """The Idempotency-Key of this request has had its effect; ``record`` leads to the answer."""

    def __init__(self, record: IdempotencyRecord) -> None:
        super().__init__(record.key)
        self.record = record


def commit(ports: Ports, context: Context, writes: Sequence[Write], *, resource: str) -> None:
    """Write all or nothing, together with the request's Idempotency-Key.

    ``resource`` is the path at which the effect can be read. Conflict as from the store;
    AlreadyAnswered when a twin of this request was faster.
    """
    if context.repeat_key is None:
        ports.store.commit(writes)
        return
    record = IdempotencyRecord(
        actor_id=context.actor.id,
        key=context.repeat_key.key,
        request_hash=context.repeat_key.request_hash,
        resource=resource,
        created_at=context.at,
    )
    try:
        ports.store.commit([*writes, Insert(record)])
    except Conflict as conflict:
        if conflict.is_about(IdempotencyRecord):
            raise_first_answer(ports, context)
        raise


def raise_first_answer(ports: Ports, context: Context) -> None:
    """AlreadyAnswered when this request's key is known, KeyReused when it was another request."""
    if context.repeat_key is None:
        return
    ref = Ref(IdempotencyRecord, (context.actor.id, context.repeat_key.key))
    known = ports.store.get(ref)
    if known is None:
        return
    if known.request_hash != context.repeat_key.request_hash:
        raise KeyReused(context.repeat_key.key)
    raise AlreadyAnswered(known)


def until_committed(ports: Ports, attempt: Callable[[], T]) -> T:
    """Run read-decide-commit until no other writer comes between, with growing random pauses.

    Busy after MAX_ATTEMPTS. The attempt must read everything anew each time.
    """
    for count in range(MAX_ATTEMPTS):
        try:
            return attempt()
        except Conflict:
            longest = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2 ** min(count, 10))
            ports.pause(_random.uniform(0, longest))
    raise Busy(MAX_ATTEMPTS)


def audit(
    ports: Ports,
    context: Context,
    action: str,
    *,
    subject: tuple[str, str],
    customer_id: str | None = None,
    **facts: Any,
) -> Insert:
    """Return the audit entry of a change, to be written in its transaction.

    What is news for staff waits in it until they are told (see ``tell_staff``), and what other
    systems may want to know until it is announced to them (see ``announce``).
    """
    is_announced = event_type(action) is not None
    if is_announced:
        ports.bell.ring()
    return Insert(
        AuditEntry(
            id=ports.ids.new("aud", context.at),
            at=context.at,
            by=context.actor.id,
            by_name=context.actor.name,
            action=action,
            subject=subject[0],
            subject_id=subject[1],
            customer_id=customer_id,
            facts=facts,
            tell_after=None if kind_of(action) is None else "",
            announce_after="" if is_announced else None,
        )
    )


def without_repeat_key(context: Context) -> Context:
    """Return the context for the second and later commits of one request."""
    return replace(context, repeat_key=None)

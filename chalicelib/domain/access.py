"""Who may do what: the roles, who acts in one, and what was done for them already."""

from datetime import datetime
from typing import ClassVar, Final, Literal, get_args

from chalicelib.domain.base import Record, Value
from chalicelib.domain.errors import NotAllowed, ScopeMissing

Role = Literal["admin", "accountant", "collector", "viewer"]
ROLES: Final[tuple[Role, ...]] = ("viewer", "collector", "accountant", "admin")
Scope = Literal[
    "customers:read",
    "customers:write",
    "invoices:read",
    "invoices:write",
    "payments:read",
    "payments:write",
    "dunning:read",
    "dunning:write",
    "reports:read",
    "reports:write",
    "imports:read",
    "imports:write",
    "webhooks:read",
    "webhooks:write",
    "settings:read",
    "settings:write",
]
"""What a program may touch: an area, to read it or to change it. Who may change may read."""
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)


class Actor(Value):
    """Who does it: a person, an API key, a provider's webhook or the system itself.

    ``scopes`` narrows what the role allows; None: all that the role allows.
    """

    id: str
    name: str
    role: Role
    scopes: tuple[Scope, ...] | None = None


SYSTEM: Final = Actor(id="system", name="Saldo", role="admin")


class IdempotencyRecord(Record):
    """The answer to a POST, kept so that its repetition gets the same answer and no effect.

    Written in the transaction of the effect; ``status`` and ``body`` follow when the answer is
    known. ``resource`` finds the effect if the process died in between.
    """

    kind: ClassVar[str] = "idempotency"

    actor_id: str
    key: str
    request_hash: str
    resource: str | None = None
    status: int | None = None
    body: str | None = None
    created_at: datetime


def at_least(role: Role, needed: Role) -> bool:
    """Tell whether a role includes another: viewer < collector < accountant < admin."""
    return ROLES.index(role) >= ROLES.index(needed)


def require_role(actor: Actor, needed: Role) -> None:
    """NotAllowed unless the actor's role includes this one."""
    if not at_least(actor.role, needed):
        raise NotAllowed(needed)


def has_scope(actor: Actor, needed: Scope) -> bool:
    """Tell whether an actor may touch an area; leave to change it includes leave to read it."""
    if actor.scopes is None:
        return True
    area, _, _ = needed.partition(":")
    return needed in actor.scopes or f"{area}:write" in actor.scopes


def require_scope(actor: Actor, needed: Scope) -> None:
    """ScopeMissing unless the actor may touch this area in this way."""
    if not has_scope(actor, needed):
        raise ScopeMissing(needed)

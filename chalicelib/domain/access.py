"""Who may do what: the roles, who acts in one, and what was done for them already."""

from datetime import datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.errors import NotAllowed

Role = Literal["admin", "accountant", "collector", "viewer"]
ROLES: Final[tuple[Role, ...]] = ("viewer", "collector", "accountant", "admin")


class Actor(Value):
    """Who does it: a person, an API key, a provider's webhook or the system itself."""

    id: str
    name: str
    role: Role


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

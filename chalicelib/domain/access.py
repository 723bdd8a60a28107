"""Who may do what: roles, API keys, people and their sessions."""

from datetime import datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.errors import NotAllowed
from chalicelib.domain.notice_wishes import NoticeWishes

Role = Literal["admin", "accountant", "collector", "viewer"]
ROLES: Final[tuple[Role, ...]] = ("viewer", "collector", "accountant", "admin")


class Actor(Value):
    """Who does it: a person, an API key, a provider's webhook or the system itself."""

    id: str
    name: str
    role: Role


SYSTEM: Final = Actor(id="system", name="Saldo", role="admin")


class ApiKey(Record):
    """A key for a program. Only the SHA-256 of the key is stored; ``hint`` is its beginning."""

    kind: ClassVar[str] = "api_key"

    hash: str
    id: str
    name: str
    hint: str
    role: Role
    created_at: datetime
    created_by: str
    revoked_at: datetime | None = None


class Person(Record):
    """A member of staff. Sign-in proves the address; this record says what it may do.

    Sessions that began before ``sessions_ended_at`` are over, even if the person is active again.
    Without ``notices`` they are told what their role is; without ``language`` in the company's.
    """

    kind: ClassVar[str] = "person"

    email: str
    name: str
    role: Role
    active: bool = True
    created_at: datetime
    sessions_ended_at: datetime | None = None
    notices: NoticeWishes | None = None
    language: Literal["es", "en"] | None = None


class Session(Record):
    """A browser's session, stored under the SHA-256 of its id."""

    kind: ClassVar[str] = "session"

    hash: str
    email: str
    created_at: datetime
    seen_at: datetime
    expires_at: int


class SignInAttempt(Record):
    """What must come back from the identity provider unchanged; lives for minutes."""

    kind: ClassVar[str] = "sign_in_attempt"

    state_hash: str
    verifier: str
    nonce: str
    return_to: str
    expires_at: int


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

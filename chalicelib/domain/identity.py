"""Who is let in: people with their sessions, programs with their keys."""

from datetime import datetime, timedelta
from typing import ClassVar, Final, Literal

from chalicelib.domain.access import Role, Scope
from chalicelib.domain.base import Record
from chalicelib.domain.notice_wishes import NoticeWishes

NOTED_EVERY: Final = timedelta(hours=1)
"""A key's use is noted at most this often: a write for every request would cost more than it."""


class ApiKey(Record):
    """A key for a program. Only the SHA-256 of the key is stored; ``hint`` is its beginning.

    The role is the ceiling; ``scopes`` narrow it, None: all that the role allows. It opens
    nothing from ``ends_at`` on. ``used_at`` is when it last opened something, to the hour.
    """

    kind: ClassVar[str] = "api_key"

    hash: str
    id: str
    name: str
    hint: str
    role: Role
    created_at: datetime
    created_by: str
    revoked_at: datetime | None = None
    scopes: tuple[Scope, ...] | None = None
    ends_at: datetime | None = None
    used_at: datetime | None = None

    def opens_at(self, at: datetime) -> bool:
        """Tell whether the key opens anything at this instant."""
        return self.revoked_at is None and (self.ends_at is None or at < self.ends_at)

    def used(self, at: datetime) -> "ApiKey | None":
        """Return the key with its use noted; None when that was done a moment ago."""
        if self.used_at is not None and at - self.used_at < NOTED_EVERY:
            return None
        return self.next(used_at=at)


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

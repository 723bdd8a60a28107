"""How long a browser stays signed in: 30 minutes without use, 12 hours in all."""

from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.identity import Person, Session
from chalicelib.usecases.fingerprint import fingerprint

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)
NOTED_EVERY: Final = timedelta(minutes=1)
"""Use is noted at most this often, which saves a write in most requests and costs the idle limit
no more than a minute."""


def new_session(session_id: str, email: str, at: datetime) -> Session:
    """Return the session of a person who has just signed in; only the id's hash is in it."""
    return Session(
        hash=fingerprint(session_id),
        email=email,
        created_at=at,
        seen_at=at,
        expires_at=_end(at, at),
    )


def is_alive(session: Session, person: Person | None, at: datetime) -> bool:
    """Tell whether a session counts: in time, and its person still belongs to the staff.

    DynamoDB deletes expired items late, so the time is looked at here.
    """
    if person is None or not person.active:
        return False
    was_ended = person.sessions_ended_at is not None and (
        session.created_at <= person.sessions_ended_at
    )
    return at.timestamp() < session.expires_at and not was_ended


def used(session: Session, at: datetime) -> Session | None:
    """Return the session with its use noted; None when that was done a moment ago."""
    if at - session.seen_at < NOTED_EVERY:
        return None
    return session.next(seen_at=at, expires_at=_end(session.created_at, at))


def _end(created_at: datetime, seen_at: datetime) -> int:
    return int(min(seen_at + IDLE, created_at + LONGEST).timestamp())

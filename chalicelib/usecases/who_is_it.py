"""Recognise who sends a request, by session cookie or by API key.

What they may do is not decided here.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.access import Actor
from chalicelib.domain.identity import ApiKey, Person, Session
from chalicelib.usecases.fingerprint import fingerprint
from chalicelib.usecases.ports import Conflict, Ref, Replace, Store
from chalicelib.usecases.sessions import is_alive, used


@dataclass(frozen=True)
class SessionId:
    """What a browser shows: the id in its cookie."""

    text: str


@dataclass(frozen=True)
class KeyText:
    """What a program shows: its API key."""

    text: str


Credentials = SessionId | KeyText


@dataclass(frozen=True)
class Principal:
    """Whoever sends the request. A browser can be misled by other sites, a program cannot."""

    actor: Actor
    is_browser: bool


def who_is_it(store: Store, shown: Credentials | None, at: datetime) -> Principal | None:
    """Return who shows these credentials; None for nobody that we know (any more).

    One GetItem for a key; two for a session, so that a changed role or a disabled person counts
    from the next request on. Once an hour one write more: that it was used.
    """
    if isinstance(shown, KeyText):
        return _program(store, shown, at)
    if isinstance(shown, SessionId):
        return _person(store, shown, at)
    return None


def _program(store: Store, shown: KeyText, at: datetime) -> Principal | None:
    key = store.get(Ref(ApiKey, (fingerprint(shown.text),)))
    if key is None or not key.opens_at(at):
        return None
    _note_use(store, key.used(at))
    actor = Actor(id=key.id, name=key.name, role=key.role, scopes=key.scopes)
    return Principal(actor, is_browser=False)


def _person(store: Store, shown: SessionId, at: datetime) -> Principal | None:
    session = store.get(Ref(Session, (fingerprint(shown.text),)))
    if session is None:
        return None
    person = store.get(Ref(Person, (session.email,)))
    if person is None or not is_alive(session, person, at):
        return None
    _note_use(store, used(session, at))
    return Principal(actor_of(person), is_browser=True)


def actor_of(person: Person) -> Actor:
    """Return a person as the one who acts; their address is their id."""
    return Actor(id=person.email, name=person.name, role=person.role)


def _note_use(store: Store, after: Session | ApiKey | None) -> None:
    if after is None:
        return
    # Another request of the same caller noted it first, or it ended meanwhile: both are fine.
    with suppress(Conflict):
        store.commit([Replace(after)])

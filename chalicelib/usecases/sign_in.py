"""Sign a person in: send the browser to the identity provider, and judge what comes back."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.access import Actor
from chalicelib.domain.errors import SignInRefused
from chalicelib.domain.identity import Person, Session, SignInAttempt
from chalicelib.domain.message import fold_address
from chalicelib.usecases.context import Context, audit, until_committed
from chalicelib.usecases.fingerprint import fingerprint
from chalicelib.usecases.identity_ports import (
    Claims,
    IdentityProvider,
    IdentityRefused,
    SignInCode,
)
from chalicelib.usecases.ports import Conflict, Insert, Ports, Ref, Remove, Store
from chalicelib.usecases.sessions import new_session
from chalicelib.usecases.staff_listings import people
from chalicelib.usecases.who_is_it import actor_of

ATTEMPT_LASTS: Final = timedelta(minutes=10)
"""Long enough to find one's phone for the second factor."""


@dataclass(frozen=True)
class SignInStarted:
    """Where the browser goes, and the state that it must bring back in the URL and in a cookie."""

    url: str
    state: str


@dataclass(frozen=True)
class SignInAnswer:
    """What the browser brought back. ``own_state`` is from its cookie: it started this itself."""

    state: str
    own_state: str
    code: str


@dataclass(frozen=True)
class SignedIn:
    """A new session. Its id is known to the browser alone; we keep a hash."""

    session_id: str
    return_to: str


def start_sign_in(
    ports: Ports, provider: IdentityProvider, *, return_to: str, at: datetime
) -> SignInStarted:
    """Remember what must come back unchanged, for ten minutes."""
    state, nonce, verifier = (ports.ids.secret() for _ in range(3))
    attempt = SignInAttempt(
        state_hash=fingerprint(state),
        verifier=verifier,
        nonce=nonce,
        return_to=return_to,
        expires_at=int((at + ATTEMPT_LASTS).timestamp()),
    )
    ports.store.commit([Insert(attempt)])
    url = provider.authorize_url(state=state, nonce=nonce, challenge=_challenge(verifier))
    return SignInStarted(url, state)


def finish_sign_in(
    ports: Ports, provider: IdentityProvider, answer: SignInAnswer, at: datetime
) -> SignedIn:
    """Begin a session for the person that the provider vouches for; SignInRefused otherwise."""
    attempt = _take_attempt(ports.store, answer, at)
    try:
        claims = provider.exchange(SignInCode(answer.code, attempt.verifier, attempt.nonce, at))
    except IdentityRefused as exc:
        raise SignInRefused("not_proven") from exc
    person = _person(ports, claims, at)
    session_id = ports.ids.secret()
    session = new_session(session_id, person.email, at)
    entry = audit(ports, Context(actor_of(person), at), "signed_in", subject=_subject(person))
    ports.store.commit([Insert(session), entry])
    return SignedIn(session_id, attempt.return_to)


def end_session(ports: Ports, session_id: str) -> None:
    """Sign a browser out; nothing happens when it was signed out before."""
    ref = Ref(Session, (fingerprint(session_id),))

    def attempt() -> None:
        session = ports.store.get(ref)
        if session is not None:
            ports.store.commit([Remove(ref, session.version)])

    until_committed(ports, attempt)


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _take_attempt(store: Store, answer: SignInAnswer, at: datetime) -> SignInAttempt:
    # An attempt serves once: it is removed before the code is used.
    if not hmac.compare_digest(answer.state.encode(), answer.own_state.encode()):
        raise SignInRefused("not_started_here")
    ref = Ref(SignInAttempt, (fingerprint(answer.state),))
    attempt = store.get(ref)
    if attempt is None or at.timestamp() >= attempt.expires_at:
        raise SignInRefused("expired")
    try:
        store.commit([Remove(ref, attempt.version)])
    except Conflict as exc:
        raise SignInRefused("expired") from exc
    return attempt


def _person(ports: Ports, claims: Claims, at: datetime) -> Person:
    def attempt() -> Person | None:
        known = ports.store.get(Ref(Person, (fold_address(claims.email),)))
        return known or _first_admin(ports, claims, at)

    person = until_committed(ports, attempt)
    if person is None or not person.active:
        raise SignInRefused("not_staff")
    return person


def _first_admin(ports: Ports, claims: Claims, at: datetime) -> Person | None:
    """Let the first who signs in to a company without staff be its administrator.

    Nobody can register: only who administers the AWS account can have put them into the directory.
    """
    if ports.store.records(people()):
        return None
    email = fold_address(claims.email)
    name = claims.name or email
    person = Person(email=email, name=name, role="admin", created_at=at)
    by = Actor(id=email, name=name, role="admin")
    entry = audit(ports, Context(by, at), "person_invited", subject=_subject(person), role="admin")
    ports.store.commit([Insert(person), entry])
    return person


def _subject(person: Person) -> tuple[str, str]:
    return ("person", person.email)

"""Expected refusals.

The tree:

DomainError
├── Invalid              the request cannot mean anything (400/422)
│   └── InvalidField     … and this field says why
├── NotFound             no such thing
├── NotSignedIn          the caller is unknown
│   └── SignInRefused    … and could not prove to be staff
├── NotAllowed           the caller's role does not permit it
│   ├── ScopeMissing     … or the API key is for something else
│   └── ForeignRequest   … or it came from another site through the caller's browser
├── ProviderUnavailable  a payment provider gave no answer
├── ProviderRefused      … or said no
└── StateConflict        it means something, but not in the present state
    ├── Stale            somebody else changed it first (If-Match)
    ├── Busy             too much contention; safe to repeat
    ├── TooOften         the caller has done this often enough for now
    ├── AlreadyExists
    └── KeyReused        an Idempotency-Key came back with another request

InvariantBroken stands apart. It says that the program, not the caller, is wrong.
"""

from typing import TypeVar

T = TypeVar("T")


class DomainError(Exception):
    """A refusal that the caller can understand; ``code`` is stable, the message is for people."""

    code = "refused"


class Invalid(DomainError):
    """The request cannot be carried out as written."""

    code = "invalid"


class InvalidField(Invalid):
    """One field of the request is wrong. ``pointer`` is a JSON pointer into the body.

    ``field_code`` says in which way, for screens in another language.
    """

    code = "invalid_field"

    def __init__(self, pointer: str, message: str, *, field_code: str = "invalid") -> None:
        super().__init__(f"{pointer}: {message}")
        self.pointer = pointer
        self.message = message
        self.field_code = field_code


class NotFound(DomainError):
    """There is no such thing, or not for this caller."""

    code = "not_found"

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"There is no {what} {name!r}.")
        self.what = what
        self.name = name


class NotSignedIn(DomainError):
    """The request carries no valid session or API key."""

    code = "not_signed_in"

    def __init__(self, message: str = "Sign in, or send a valid API key.") -> None:
        super().__init__(message)


class SignInRefused(NotSignedIn):
    """A sign-in did not lead to a session.

    ``reason`` is ``expired``, ``not_started_here`` (by this browser), ``not_proven`` (by the
    identity provider) or ``not_staff``.
    """

    code = "sign_in_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Signing in did not succeed: {reason}.")
        self.reason = reason


class NotAllowed(DomainError):
    """The caller is known, but the role does not permit this."""

    code = "not_allowed"

    def __init__(self, needed: str) -> None:
        super().__init__(f"This needs the role {needed}.")
        self.needed = needed


class ScopeMissing(NotAllowed):
    """The role would permit it, but the API key is limited to other scopes.

    ``needed`` is the scope that it lacks; empty where only a key without limits will do.
    """

    code = "scope_missing"

    def __init__(self, needed: str) -> None:
        lacks = f"the scope {needed}" if needed else "unlimited access: it has scopes"
        DomainError.__init__(self, f"This API key lacks {lacks}.")
        self.needed = needed


class ForeignRequest(NotAllowed):
    """A browser sent a change that our own pages did not make; ``needed`` is what it lacks."""

    code = "foreign_request"

    def __init__(self, needed: str) -> None:
        DomainError.__init__(self, f"A change from a browser needs {needed}.")
        self.needed = needed


class StateConflict(DomainError):
    """The request is sound, but what it addresses is not in a state that allows it.

    ``code`` says which rule is in the way, so that screens can say it in the reader's language.
    """

    code = "state_conflict"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class Stale(StateConflict):
    """The caller edited an older version than the present one."""

    code = "stale"

    def __init__(self, what: str, *, expected: int, present: int) -> None:
        super().__init__(
            f"The {what} has changed since version {expected}; it is now at version {present}."
        )
        self.expected = expected
        self.present = present


class Busy(StateConflict):
    """Too many writers at once; nothing was changed and the request may be repeated."""

    code = "busy"

    def __init__(self, attempts: int) -> None:
        super().__init__(f"Others kept changing the same records ({attempts} attempts). Try again.")
        self.attempts = attempts


class TooOften(StateConflict):
    """The caller may do this again a little later."""

    code = "too_often"


class AlreadyExists(StateConflict):
    """What should be created is there already."""

    code = "already_exists"


class KeyReused(Invalid):
    """An Idempotency-Key was used before, for another request."""

    code = "idempotency_key_reused"

    def __init__(self, key: str) -> None:
        super().__init__(f"The Idempotency-Key {key!r} belongs to another request.")
        self.key = key


class InvariantBroken(AssertionError):
    """The books contradict themselves. Never caught on purpose: it must alarm."""


def known(value: T | None) -> T:
    """Return a value that must be there by now; InvariantBroken when it is not."""
    if value is None:
        raise InvariantBroken("A value that every issued document has is missing.")
    return value


class ProviderUnavailable(DomainError):
    """A payment provider gave no answer that decides anything; asking again later is safe."""

    code = "provider_unavailable"

    def __init__(self, provider: str, problem: str) -> None:
        super().__init__(f"{provider} cannot be reached at the moment: {problem}")
        self.provider = provider
        self.problem = problem


class ProviderRefused(DomainError):
    """A payment provider said no, or lacks keys of ours: repeating does not help."""

    code = "provider_refused"

    def __init__(self, provider: str, problem: str) -> None:
        super().__init__(f"{provider} refused: {problem}")
        self.provider = provider
        self.problem = problem

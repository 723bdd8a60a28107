"""What sign-in needs from the outside: who vouches for people, and the directory of staff."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.base import Value


class Claims(Value):
    """What the identity provider vouches for: an address that it has verified."""

    subject: str
    email: str
    name: str | None


@dataclass(frozen=True)
class SignInCode:
    """A code that came back from the provider, and what must match the request that led to it."""

    code: str
    verifier: str
    nonce: str
    at: datetime


class IdentityRefused(Exception):
    """The provider vouches for nobody. The message is for the log, not for the caller."""


class IdentityProvider(Protocol):
    """Proves who sits in front of the browser."""

    def authorize_url(self, *, state: str, nonce: str, challenge: str) -> str:
        """Return where the browser goes to sign in; ``challenge`` is PKCE's, made by S256."""
        ...

    def exchange(self, answer: SignInCode) -> Claims:
        """Return the verified claims behind a code; IdentityRefused for anything doubtful."""
        ...

    def logout_url(self) -> str:
        """Return where the browser goes to sign out of the provider as well."""
        ...


class Directory(Protocol):
    """The provider's list of people."""

    def invite(self, email: str, name: str) -> None:
        """Let a person set a password. Who never signed in is invited anew; others are left."""
        ...

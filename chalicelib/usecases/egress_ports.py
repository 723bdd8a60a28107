"""How the system reaches addresses that others gave it: from a place with no rights at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class EgressUnavailable(Exception):
    """Our own side could not make the call; nobody knows, and nobody was to blame, outside."""


@dataclass(frozen=True)
class OutgoingCall:
    """A POST to an address that somebody else chose."""

    url: str
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True)
class CallAnswer:
    """What came back, after so many milliseconds. Without a status ``error`` says why.

    ``error`` may stand beside a status: the answer was never complete. ``body`` is its beginning.
    """

    status: int | None = None
    retry_after: str | None = None
    body: str = ""
    ms: int = 0
    error: str | None = None


class Egress(Protocol):
    """Calls an address once, without following where it leads."""

    @property
    def allows_local(self) -> bool:
        """Tell whether this machine may be called too: in the local cloud."""
        ...

    def call(self, call: OutgoingCall) -> CallAnswer:
        """Return the answer, or why there is none. EgressUnavailable."""
        ...

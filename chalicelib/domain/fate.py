"""What became of a mail, as its provider reports it: in any order, any number of times.

Remembering is a union of sets and the state a maximum, so that whatever order the reports come in,
and however often, the message ends the same.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Final, Literal

from chalicelib.domain.base import Value

FateKind = Literal[
    "sent",
    "delayed",
    "undelivered",
    "delivered",
    "opened",
    "clicked",
    "refused",
    "bounced",
    "complained",
]
"""``undelivered``: the provider gave up after trying for hours, or the other side answered with a
failure that may pass; the address may be good. ``bounced``: the address is wrong for good."""

_ORDER: Final[dict[str, int]] = {
    "sent": 0,
    "delayed": 1,
    "undelivered": 2,
    "delivered": 3,
    "opened": 4,
    "clicked": 5,
    "refused": 6,
    "bounced": 7,
    "complained": 8,
}

FIRST_AND_LAST: Final = 4
"""Of each kind so many of the earliest and of the latest are kept: a mail opened a hundred times
is shown with eight of them."""


class Fate(Value):
    """One report. ``at`` is the provider's time; ``address`` is None where all recipients share it.

    ``detail`` is what the other mail server or the provider said, in no language.
    """

    what: FateKind
    at: datetime
    address: str | None = None
    detail: str | None = None


def remembered(known: Iterable[Fate], news: Iterable[Fate]) -> tuple[Fate, ...]:
    """Return what is known with the news, each report once, in the order of the provider's time."""
    ordered = sorted({*known, *news}, key=_place)
    by_kind: dict[str, list[Fate]] = {}
    for fate in ordered:
        by_kind.setdefault(fate.what, []).append(fate)
    kept: set[Fate] = set()
    for fates in by_kind.values():
        kept |= {*fates[:FIRST_AND_LAST], *fates[-FIRST_AND_LAST:]}
    return tuple(fate for fate in ordered if fate in kept)


def _place(fate: Fate) -> tuple[datetime, int, str, str]:
    return fate.at, _ORDER[fate.what], fate.address or "", fate.detail or ""


def same_address(one: str, other: str) -> bool:
    """Tell whether two addresses are one: in any case, and with the domain in letters or ASCII."""
    return _comparable(one) == _comparable(other)


def _comparable(address: str) -> str:
    local, at, domain = address.strip().lower().rpartition("@")
    with suppress(UnicodeError):  # what is no domain name can only be compared as it is
        domain = domain.encode("idna").decode("ascii")
    return f"{local}{at}{domain}"

"""How a company uses a payment provider. Its keys are not here, only what may be shown of them."""

from datetime import datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record

Mode = Literal["live", "sandbox"]
_SHOWN: Final = 4
_LONG_ENOUGH: Final = 12
"""Of a shorter secret four characters would give away too much."""


class ProviderSettings(Record):
    """One provider's place in the company.

    ``filled`` is what may be shown of each key that was entered: of a secret its end. ``position``
    orders the ways to pay, the lowest first; ``currencies`` limits them, none is no limit.
    ``is_offered``: customers may pay there. Notifications are heard in any case.
    """

    kind: ClassVar[str] = "provider_settings"

    provider: str
    is_offered: bool = True
    position: int = 0
    mode: Mode = "live"
    currencies: tuple[str, ...] = ()
    filled: dict[str, str] = {}
    checked_at: datetime | None = None
    checked_ok: bool | None = None
    checked_said: str | None = None
    changed_at: datetime
    changed_by: str


def shown(text: str, *, is_secret: bool) -> str:
    """Return what may be shown of a key: all of what is public, the end of a long secret."""
    if not is_secret:
        return text
    return f"…{text[-_SHOWN:]}" if len(text) >= _LONG_ENOUGH else "…"

"""Lists of messages by what became of them, latest first."""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.errors import InvalidField
from chalicelib.domain.message import Message
from chalicelib.usecases.mail_listings import latest_messages_in
from chalicelib.usecases.ports import Ports, Rows

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "waiting": ("queued", "planned", "claimed"),
    "sent": ("sent",),
    "delayed": ("delayed",),
    "delivered": ("delivered",),
    "opened": ("opened",),
    "not_delivered": ("undelivered", "bounced", "complained", "refused"),
    "uncertain": ("unknown",),
    "suppressed": ("suppressed",),
    "to_post": ("to_post",),
}
"""What staff ask for, and the states it stands for: one Query each."""
_PLACE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ#[\w-]{1,300}")


def list_messages(
    ports: Ports, group: str, *, limit: int, cursor: str | None = None
) -> Rows[Message]:
    """Return a page of the messages of a group as rows.

    InvalidField for a group that does not exist, and for a cursor of another list.
    """
    if group not in GROUPS:
        raise InvalidField(
            "/group", f"A group is one of {', '.join(GROUPS)}.", field_code="unknown_state"
        )
    after = _decode(cursor) if cursor else None
    found: list[Mapping[str, Any]] = []
    for state in GROUPS[group]:
        # One more than asked for tells whether there is more, one because the bound is included.
        found += ports.store.rows(latest_messages_in(state, after), limit=limit + 2).items
    rows = sorted((row for row in found if after is None or _place(row) < after), key=_place)
    shown = rows[::-1][:limit]
    more = len(rows) > limit
    return Rows(items=tuple(shown), cursor=_encode(_place(shown[-1])) if more else None)


def _place(row: Mapping[str, Any]) -> str:
    return str(row.get("place") or f"{row['created_at']}#{row['id']}")


def _encode(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _decode(cursor: str) -> str:
    try:
        place = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (ValueError, binascii.Error) as exc:
        raise InvalidField("/cursor", "This is not a cursor of this list.") from exc
    if not _PLACE.fullmatch(place):
        raise InvalidField("/cursor", "This cursor belongs to another list.")
    return place

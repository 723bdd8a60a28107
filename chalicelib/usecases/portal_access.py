"""Who opens the portal: a token leads to its link, or to nothing, at the same cost.

Reading by a link changes nothing in the book: mail programs open every address they see. That it
was used is noted when its page asks for what is owed, which only a browser does.
"""

import re
from contextlib import suppress
from datetime import datetime
from hmac import compare_digest
from typing import Final

from chalicelib.domain.access import Actor
from chalicelib.domain.portal import PortalLink
from chalicelib.usecases.context import Context, audit
from chalicelib.usecases.fingerprint import fingerprint
from chalicelib.usecases.portal_links import PREFIX, link_ref
from chalicelib.usecases.ports import Conflict, Ports, Replace, Store, Write

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{40,60}\.([0-9A-Za-z]{26})")
_NO_LINK: Final = f"{PREFIX}_{'0' * 26}"


class Visitor(Actor):
    """A customer, as the link says which. In no role of staff: it only ever gets portal routes."""

    link: PortalLink


def find_link(store: Store, token: str, at: datetime) -> PortalLink | None:
    """Return the link of a token while it opens anything; one look-up whatever was shown.

    None alike for what is no token, unknown, expired or revoked.
    """
    shown = _TOKEN.fullmatch(token)
    link = store.get(link_ref(f"{PREFIX}_{shown[1]}" if shown else _NO_LINK))
    is_right = compare_digest(fingerprint(token), link.hash if link is not None else "0" * 64)
    return link if link is not None and is_right and link.opens_at(at) else None


def visitor(link: PortalLink) -> Visitor:
    """Return who acts by a link."""
    return Visitor(id=f"portal:{link.id}", name=link.name, role="viewer", link=link)


def note_visit(ports: Ports, context: Context, link: PortalLink) -> None:
    """Note that a link was used, once an hour; the first time it is told on the timeline."""
    after = None if link.is_read_only else link.seen(context.at)
    if after is None:
        return
    writes: list[Write] = [Replace(after)]
    if link.last_seen_at is None:
        writes.append(
            audit(
                ports,
                context,
                "portal_opened",
                subject=("customer", link.customer_id),
                customer_id=link.customer_id,
                link_id=link.id,
            )
        )
    # Another request of the same visitor noted it first, or the link ended: both are fine.
    with suppress(Conflict):
        ports.store.commit(writes)

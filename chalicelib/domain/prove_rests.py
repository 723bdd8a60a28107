"""What rests on an account against the disputes, promises, holds and others it stands for."""

from collections.abc import Iterable, Sequence

from chalicelib.domain.account import Account
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.handover import Handover
from chalicelib.domain.hold import Hold
from chalicelib.domain.promise import Plan, Promise
from chalicelib.domain.proof import Proven, told
from chalicelib.domain.rest import Rest

Agreement = Dispute | Promise | Plan | Hold | Handover
_KEPT = ("dispute", "promise", "plan", "hold", "legal")
"""A contested payment has no record of this kind."""


def rest_differences(
    account: Account, agreements: Sequence[Agreement]
) -> Iterable[tuple[Proven, str, str]]:
    """Return how each rest differs from its record: one that is open rests, and only its amount."""
    rests = {rest.id: rest for rest in account.rests if rest.kind in _KEPT}
    records = {one.id: one for one in agreements}
    for name in sorted({*rests, *records}):
        yield "rest", name, _differs(rests.get(name), records.get(name))


def _differs(rest: Rest | None, record: Agreement | None) -> str:
    is_open = record is not None and record.state == "open"
    detail = told([("rest", rest is not None, is_open)])
    if detail or rest is None or record is None:
        return detail
    wanted = record.rest()
    # What is promised rests as long as it is open: less does once something else settled it.
    most = wanted.amount_minor
    proven = min(rest.amount_minor, most) if isinstance(record, Promise) else most
    return told(
        [
            ("invoice_ids", rest.invoice_ids, wanted.invoice_ids),
            ("until", _days(rest), _days(wanted)),
            ("amount_minor", rest.amount_minor, proven),
            ("whole", rest.is_whole, wanted.is_whole),
        ]
    )


def _days(rest: Rest) -> list[str]:
    return [str(part.until) for part in rest.parts]

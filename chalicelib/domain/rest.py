"""Rests: amounts that are not asked for, since something else is agreed or under way.

A dispute, a promise, an instalment plan, a hold and a contested payment each rest exactly their
amount; the remainder is chased. A hold may be over everything, also what is issued later, and what
was handed over to lawyers rests as a whole. The account carries them, so that the decision to
remind needs nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Literal, Protocol

from chalicelib.domain.base import Value

RestKind = Literal["legal", "dispute", "chargeback", "hold", "plan", "promise"]
_IN_ORDER: Final = ("legal", "dispute", "chargeback", "hold", "plan", "promise")
"""Which covers an amount first where several could: what is contested before what is promised."""
_PAID_OFF: Final = frozenset({"plan", "promise"})
_OUR_OWN: Final = frozenset({"legal", "hold"})
"""We are silent by our own choice: a posting leaves it as it is, and the customer may still promise
or contest the same amount."""

MAX_RESTS: Final = 60
"""At once on one account: each may take a write in the transaction of a payment."""


class Open(Protocol):
    """An open item, as far as it matters here."""

    @property
    def invoice_id(self) -> str: ...  # noqa: D102
    @property
    def open_minor(self) -> int: ...  # noqa: D102


class Part(Value):
    """So much rests until the end of a day, or until somebody decides (None).

    No amount: all that its rest covers and nothing before it does, whatever that comes to.
    """

    amount_minor: int | None
    until: date | None = None


class Rest(Value):
    """An amount that rests on these invoices, oldest first; on the whole account if there are none.

    ``id`` is that of the dispute, promise, plan, hold or hand-over. Where one part is past its day
    and not paid, the whole rest is broken: nothing of it rests any more.
    """

    kind: RestKind
    id: str
    invoice_ids: tuple[str, ...] = ()
    parts: tuple[Part, ...]

    @property
    def amount_minor(self) -> int:
        """What would rest if every day were kept, without what has no amount of its own."""
        return sum(part.amount_minor or 0 for part in self.parts)

    @property
    def is_whole(self) -> bool:
        """All that it covers rests, whatever that comes to."""
        return any(part.amount_minor is None for part in self.parts)

    def is_broken(self, today: date) -> bool:
        """A part of it was due before today and is still missing."""
        return any(part.until is not None and part.until < today for part in self.parts)

    def resting_minor(self, today: date, there_minor: int) -> int:
        """What it rests today, at most, of so much that it covers."""
        if self.is_broken(today):
            return 0
        return there_minor if self.is_whole else min(self.amount_minor, there_minor)

    def ends_after(self) -> date | None:
        """Return the last day before somebody has to look at it again."""
        return min((part.until for part in self.parts if part.until is not None), default=None)

    def covers(self, invoice_id: str) -> bool:
        """Tell whether it can rest an amount of this invoice."""
        return not self.invoice_ids or invoice_id in self.invoice_ids


def resting_by_invoice(
    rests: Sequence[Rest], open_minor: Mapping[str, int], today: date
) -> dict[str, int]:
    """Return how much rests of each invoice today; ``open_minor`` is in the order of due dates."""
    left = dict(open_minor)
    for rest in in_order(rests):
        amount = rest.resting_minor(today, _covered(rest, left))
        for invoice_id, amount_left in left.items():
            if rest.covers(invoice_id):
                part = min(amount, amount_left)
                left[invoice_id] = amount_left - part
                amount -= part
    return {invoice_id: open_minor[invoice_id] - left[invoice_id] for invoice_id in left}


def _covered(rest: Rest, amounts: Mapping[str, int]) -> int:
    return sum(amount for invoice_id, amount in amounts.items() if rest.covers(invoice_id))


def agreed(rests: Iterable[Rest]) -> tuple[Rest, ...]:
    """Return the rests that use an amount up for others: what is contested, planned or promised."""
    return tuple(rest for rest in rests if rest.kind not in _OUR_OWN)


def handed_over(rests: Iterable[Rest]) -> frozenset[str]:
    """Return the invoices that lawyers or a collection agency have: nothing is mailed for them."""
    return frozenset(name for rest in rests if rest.kind == "legal" for name in rest.invoice_ids)


def in_order(rests: Sequence[Rest]) -> list[Rest]:
    """Return rests in the order in which they cover."""
    return sorted(rests, key=lambda rest: (_IN_ORDER.index(rest.kind), rest.id))


class After(Value):
    """The rests after a posting, and what of the money that came in each was owed, by its id."""

    rests: tuple[Rest, ...]
    paid: dict[str, int]


def after_posting(rests: Sequence[Rest], items: Iterable[Open], paid: Mapping[str, int]) -> After:
    """Return the rests after a posting: ``items`` are still open, ``paid`` came in on them.

    What was promised shrinks by what was paid: the earliest day first, and no money twice. Nothing
    agreed rests more than is open, and a rest of nothing is over. Holds and hand-overs stay as they
    are: what is opened again while they last rests again.
    """
    still_open = {item.invoice_id: item.open_minor for item in items}
    left = {invoice_id: amount for invoice_id, amount in paid.items() if amount > 0}
    shares = {rest.id: _share(rest, left) for rest in sorted(rests, key=_day)}
    changed = (
        _clipped(_less(rest, shares[rest.id], earliest_first=True), still_open) for rest in rests
    )
    return After(rests=tuple(rest for rest in changed if rest.parts), paid=shares)


def _day(rest: Rest) -> tuple[date, str]:
    return (rest.ends_after() or date.max, rest.id)


def _share(rest: Rest, left: dict[str, int]) -> int:
    # Takes the money that counts for this rest out of what is left for the others.
    wanted = rest.amount_minor if rest.kind in _PAID_OFF else 0
    share = 0
    for invoice_id, amount in left.items():
        if rest.covers(invoice_id):
            part = min(amount, wanted - share)
            left[invoice_id] = amount - part
            share += part
    return share


def _clipped(rest: Rest, still_open: Mapping[str, int]) -> Rest:
    if rest.kind in _OUR_OWN:
        return rest
    there = _covered(rest, still_open)
    return _less(rest, max(rest.amount_minor - there, 0), earliest_first=False)


def _less(rest: Rest, amount_minor: int, *, earliest_first: bool) -> Rest:
    if not amount_minor:
        return rest
    parts = list(rest.parts if earliest_first else reversed(rest.parts))
    kept: list[Part] = []
    for part in parts:
        there = part.amount_minor or 0
        taken = min(amount_minor, there)
        amount_minor -= taken
        if there > taken:
            kept.append(part.but(amount_minor=there - taken))
    return rest.but(parts=tuple(kept if earliest_first else reversed(kept)))


def first_day_after(rest: Rest) -> date | None:
    """Return the day on which the amount may be asked for again, if nobody does anything."""
    last = rest.ends_after()
    return None if last is None else last + timedelta(days=1)

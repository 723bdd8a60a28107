"""An account as it stands now: what may be asked for, and what is not asked for and why.

What may be asked for is what ``Account.asked_for`` says and nothing else.
"""

from datetime import date, datetime
from typing import Literal

from chalicelib.domain.account import Account
from chalicelib.domain.base import Value
from chalicelib.domain.rest import RestKind, handed_over, in_order, resting_by_invoice

MarkKind = RestKind | Literal["on_its_way"]


class Mark(Value):
    """So much of an invoice is not asked for now, and why."""

    kind: MarkKind
    amount_minor: int


class Due(Value):
    """What may be asked for at the moment at which the statement is made.

    ``to_pay_minor`` is what is asked for less unapplied money, never below zero;
    ``overdue_minor`` is the part of it that should have been paid before ``on``.
    """

    on: date
    open_minor: int
    asked_minor: int
    overdue_minor: int
    unapplied_minor: int
    to_pay_minor: int
    resting_minor: int


def marks_of(account: Account, today: date, at: datetime) -> dict[str, tuple[Mark, ...]]:
    """Return what of each open invoice is not asked for now, by reason.

    The same sums as ``Account.asked_for``, told apart: what each rest adds to those before it.
    """
    marks: dict[str, list[Mark]] = {}
    left: dict[str, int] = {}
    for item in account.open_items:
        coming = min(account.pending_on(item.invoice_id, at), item.open_minor)
        left[item.invoice_id] = item.open_minor - coming
        if coming:
            marks.setdefault(item.invoice_id, []).append(
                Mark(kind="on_its_way", amount_minor=coming)
            )
    before = dict.fromkeys(left, 0)
    rests = in_order(account.rests)
    for count, rest in enumerate(rests, start=1):
        after = resting_by_invoice(rests[:count], left, today)
        for name, amount_minor in after.items():
            if amount_minor > before[name]:
                more = amount_minor - before[name]
                marks.setdefault(name, []).append(Mark(kind=rest.kind, amount_minor=more))
        before = after
    return {name: tuple(found) for name, found in marks.items()}


def due_now(account: Account, today: date, at: datetime) -> Due:
    """Return what may be asked for now, with what rests and what is unapplied."""
    asked = account.asked_for(today, at)
    asked_minor = sum(item.open_minor for item in asked)
    overdue_minor = sum(item.open_minor for item in asked if item.due_date < today)
    free = account.unapplied_minor
    return Due(
        on=today,
        open_minor=account.open_minor,
        asked_minor=asked_minor,
        overdue_minor=max(overdue_minor - free, 0),
        unapplied_minor=free,
        to_pay_minor=max(asked_minor - free, 0),
        resting_minor=account.open_minor - asked_minor,
    )


def is_handed_over(account: Account) -> bool:
    """Tell whether lawyers or a collection agency have all that is open on the account."""
    theirs = handed_over(account.rests)
    return bool(account.open_items) and all(
        item.invoice_id in theirs for item in account.open_items
    )

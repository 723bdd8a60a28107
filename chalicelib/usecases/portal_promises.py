"""A customer promises in the portal to pay by a day: soon, seldom, and never again once broken.

So nobody can put off its own collection for ever (as with Upflow's promises, which rest nothing at
all for that reason; here they do, within limits).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from chalicelib.domain.account import Account
from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.portal import PortalLink
from chalicelib.domain.promise import Promise
from chalicelib.usecases.agreement_listings import promises
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk
from chalicelib.usecases.portal_desk import PortalDesk, open_portal
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.promises import NewPromise, make_promise

MOST_OPEN: Final = 2
"""Promises that an account may have open for a customer to make one more."""
MOST_INVOICES: Final = 100
_LOOKED_AT: Final = 100  # broken promises of one customer, as far back as it matters


@dataclass(frozen=True)
class MayPromise:
    """Whether a customer may promise, by when, and how much at most; ``refusal`` why not."""

    last_day: date
    most_minor: int
    refusal: str | None


@dataclass(frozen=True, kw_only=True)
class PortalPromise:
    """What a customer promises. No amount: all that can be; no invoices: of all that is open."""

    currency: str
    promised_on: date
    amount_minor: int | None = None
    invoice_ids: Sequence[str] | None = None


def broken_before(ports: Ports, desk: PortalDesk) -> tuple[Promise, ...]:
    """Return the customer's broken promises. One Query."""
    listing = promises("broken", desk.customer.id)
    rows = ports.store.rows(listing, limit=_LOOKED_AT).items
    return tuple(Promise.model_validate(dict(row), strict=False) for row in rows)


def may_promise(
    desk: PortalDesk,
    account: Account,
    invoice_ids: Sequence[str],
    broken: Sequence[Promise],
) -> MayPromise:
    """Return whether the customer may promise something about these invoices."""
    last_day = desk.today + timedelta(days=desk.company.portal_promise_days)
    most = sum(desk.free_minor(account, one) for one in invoice_ids)
    refusal = _refusal(account, desk.today, broken)
    if desk.company.portal_promise_days == 0 or desk.link.is_read_only:
        refusal = "promises_not_allowed"
    if refusal is None and most <= 0:
        refusal = "nothing_to_promise"
    return MayPromise(last_day, max(most, 0), refusal)


def _refusal(account: Account, today: date, broken: Sequence[Promise]) -> str | None:
    there = [rest for rest in account.rests if rest.kind == "promise"]
    if any(rest.is_broken(today) for rest in there):
        return "promise_broken_before"
    if any(_still_matters(account, one) for one in broken):
        return "promise_broken_before"
    return "too_many_promises" if len(there) >= MOST_OPEN else None


def _still_matters(account: Account, broken: Promise) -> bool:
    """Tell whether something that a broken promise was about is still open."""
    if broken.currency != account.currency:
        return False
    if broken.invoice_ids:
        return any(account.item(one) is not None for one in broken.invoice_ids)
    return any(item.issue_date <= broken.promised_on for item in account.open_items)


def promise_in_portal(
    ports: Ports, context: Context, link: PortalLink, new: PortalPromise
) -> Promise:
    """Note what a customer promises; nothing of it is asked for up to and including that day.

    StateConflict when it may not promise now (see ``MayPromise``); InvalidField for a day that is
    too far, or more than is open and not agreed about; NotFound for what the link does not show.
    """
    desk = open_portal(ports, context, link)
    desk.require_changes()
    account = desk.account(new.currency)
    wanted = desk.wanted(account, new.invoice_ids)
    may = may_promise(desk, account, wanted, broken := broken_before(ports, desk))
    _require(may.refusal)
    if not desk.today <= new.promised_on <= may.last_day:
        raise InvalidField(
            "/promised_on",
            f"The day lies between {desk.today} and {may.last_day}.",
            field_code="date_out_of_range",
        )
    if (new.amount_minor or 0) > may.most_minor:
        raise InvalidField(
            "/amount_minor",
            f"{may.most_minor} are open here, not on their way and not agreed about.",
            field_code="more_than_free",
        )
    everything = desk.is_whole and new.invoice_ids is None
    promise = NewPromise(
        customer_id=desk.customer.id,
        currency=new.currency,
        amount_minor=new.amount_minor or may.most_minor,
        promised_on=new.promised_on,
        invoice_ids=() if everything else wanted[:MOST_INVOICES],
        owner=desk.customer.owner or desk.company.name,
        by_customer=True,
    )
    return make_promise(ports, context, promise, _still_may(context.at, broken))


def _still_may(at: datetime, broken: Sequence[Promise]) -> Any:
    def require(desk: Desk) -> None:
        today = local_date(at, desk.customer.time_zone)
        _require(_refusal(desk.account, today, broken))

    return require


def _require(refusal: str | None) -> None:
    if refusal is not None:
        raise StateConflict(_SAID[refusal], code=refusal)


_SAID: Final = {
    "promise_broken_before": "An earlier promise was not kept; please write to us.",
    "too_many_promises": f"{MOST_OPEN} promises are open already.",
    "nothing_to_promise": "Nothing is open here that is not agreed about already.",
    "promises_not_allowed": "No day can be promised here; please write to us.",
}

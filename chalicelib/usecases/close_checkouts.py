"""Close the checkouts that nobody should pay any more: expired, or asking for what is settled.

What is paid there all the same is not lost: it becomes the customer's credit and a work item.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from chalicelib.domain.checkout import Checkout
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable, known
from chalicelib.domain.provider import PaymentKey, ProviderFact
from chalicelib.usecases.checkout_listings import checkouts, live_checkouts
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.desk import open_desk
from chalicelib.usecases.ports import Ports, Ref, Replace
from chalicelib.usecases.receive_provider_event import receive_provider_event
from chalicelib.usecases.references import checkout_ref

PAGE: Final = 100
LOOK_AGAIN: Final = timedelta(hours=2)
"""PayPal keeps an approval for three hours from its page's beginning, which lasts one."""
GRACE: Final = timedelta(minutes=2)  # the provider may still be answering who began it


def close_checkouts(ports: Ports, context: Context, customer_id: str | None = None) -> int:
    """Close what a customer's (or anybody's) account no longer owes; return how many.

    A provider that cannot be reached is asked again by the next sweep, until the page expires.
    """
    listing = checkouts(customer_id) if customer_id else live_checkouts()
    rows = ports.store.rows(listing, limit=PAGE).items
    live = [row for row in rows if row["state"] == "starting" or row["is_page_open"]]
    return sum(_closed(ports, context, row) for row in live)


def payers(ports: Ports, facts: Iterable[ProviderFact]) -> set[str]:
    """Return the customers whose money these facts told of; their other pages may close now."""
    paid = {(fact.provider, fact.payment_key) for fact in facts if fact.what == "paid"}
    keys = [ports.store.get(Ref(PaymentKey, key)) for key in paid]
    return {key.customer_id for key in keys if key is not None and key.customer_id != UNIDENTIFIED}


def _closed(ports: Ports, context: Context, row: Any) -> bool:
    checkout = known(ports.store.get(checkout_ref(str(row["id"]))))
    outcome = _reason(ports, context, checkout)
    if outcome is None:
        return False
    may_wait = context.at < checkout.expires_at + LOOK_AGAIN
    if outcome == "expired" and not look_at(ports, context, checkout) and may_wait:
        return False
    if checkout.reference is not None:
        try:
            ports.gateway.close_page(checkout.provider, checkout.reference)
        except ProviderUnavailable:
            if checkout.expires_at > context.at:
                return False
        except ProviderRefused as refused:
            # It was paid a moment ago, or has expired there: its own event will tell.
            outcome = f"{outcome}; {refused.problem}"[:500]
    return _noted(ports, checkout.id, outcome)


def look_at(ports: Ports, context: Context, checkout: Checkout) -> bool:
    """Take in what a lost notification about a page would have told; False without an answer."""
    if checkout.reference is None or checkout.state == "paid":
        return True
    try:
        told = ports.gateway.look(checkout.provider, checkout.reference)
    except (ProviderUnavailable, ProviderRefused):
        return False
    for event in told:
        receive_provider_event(
            ports,
            context,
            provider=checkout.provider,
            event_id=event.id,
            event_type=event.type,
            raw=event.raw,
        )
    return True


def _reason(ports: Ports, context: Context, checkout: Checkout) -> str | None:
    if checkout.state == "paid":
        return "paid" if checkout.is_page_open else None
    if not checkout.is_live:
        return None
    if checkout.expires_at <= context.at:
        return "expired"
    if checkout.state == "starting":
        return "never_opened" if checkout.created_at < context.at - GRACE else None
    account = open_desk(ports, checkout.customer_id, checkout.currency).account
    for asked in checkout.items:
        item = account.item(asked.invoice_id)
        if item is None or item.open_minor < asked.amount_minor:
            return "settled"
    return None


def _noted(ports: Ports, checkout_id: str, outcome: str) -> bool:
    def attempt() -> bool:
        checkout = known(ports.store.get(checkout_ref(checkout_id)))
        if not (checkout.is_live or checkout.is_page_open):
            return False
        after = checkout.next(is_page_open=False)
        if checkout.is_live:
            after = after.but(state="closed", outcome=outcome)
        ports.store.commit([Replace(after)])
        return True

    return until_committed(ports, attempt)

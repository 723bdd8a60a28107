"""Begin a checkout: fix the amount, note the attempt, and get the provider's page for it.

The attempt is noted before the provider hears of it, under an id that the provider carries; so
whatever money comes finds what it is for, even if this process dies in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.account import OpenItem, oldest_first
from chalicelib.domain.checkout import Checkout, CheckoutItem
from chalicelib.domain.customer import UNIDENTIFIED, Language
from chalicelib.domain.errors import (
    InvalidField,
    NotFound,
    ProviderRefused,
    ProviderUnavailable,
    StateConflict,
    known,
)
from chalicelib.usecases.checkout_listings import checkouts
from chalicelib.usecases.context import Context, audit, until_committed
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.ports import Insert, Ports, Replace
from chalicelib.usecases.provider_ports import HostedPage, Order
from chalicelib.usecases.references import checkout_ref

LASTS: Final = timedelta(hours=1)
"""Long enough to find one's card; Stripe's sessions take half an hour at least."""
MOST_INVOICES: Final = 200
"""Of one checkout: their numbers and amounts lie in its record and in the account's."""
_RECENT: Final = 20
"""Checkouts of a customer that are looked through for one that can be used again."""


@dataclass(frozen=True, kw_only=True)
class NewCheckout:
    """What is to be paid, where, and where the provider's page leads back to.

    ``invoice_ids`` None: everything that is open. ``return_url`` gets the checkout's id for
    ``{checkout}``.
    """

    customer_id: str
    currency: str
    provider: str
    return_url: str
    webhook_url: str
    invoice_ids: Sequence[str] | None = None
    email: str | None = None
    language: Language | None = None
    link_id: str | None = None


def start_checkout(ports: Ports, context: Context, new: NewCheckout) -> Checkout:
    """Return an open checkout over what is owed now, at the provider's page.

    One that is open for the same at the same provider is used again. StateConflict when nothing is
    left to pay; InvalidField for an invoice that is not open; ProviderUnavailable or
    ProviderRefused when there is no page: then the attempt is closed and nothing is owed less.
    """
    desk = open_desk(ports, new.customer_id, new.currency)
    items = _items(desk, new, context.at)
    known_one = _live(ports, context, new, items)
    if known_one is not None:
        return known_one
    checkout = _noted(ports, context, desk, new, items)
    try:
        page = ports.gateway.open_page(new.provider, _order(checkout, desk, new))
    except (ProviderUnavailable, ProviderRefused) as refused:
        _close(ports, checkout.id, f"{refused.code}: {refused.problem}")
        raise
    return _opened(ports, checkout.id, page)


def _items(desk: Desk, new: NewCheckout, at: datetime) -> tuple[CheckoutItem, ...]:
    if desk.customer.id == UNIDENTIFIED:
        raise NotFound("customer", desk.customer.id)
    wanted = _wanted(desk, new)
    if len(wanted) > MOST_INVOICES:
        raise StateConflict(
            f"{len(wanted)} invoices are more than one checkout holds ({MOST_INVOICES}).",
            code="too_many_invoices",
        )
    items = tuple(
        CheckoutItem(invoice_id=item.invoice_id, number=item.number, amount_minor=left)
        for item in wanted
        if (left := item.open_minor - desk.account.pending_on(item.invoice_id, at)) > 0
    )
    if not items:
        raise StateConflict(
            "Nothing is left to pay here, or a payment of it is on its way.",
            code="nothing_to_pay",
        )
    return items


def _wanted(desk: Desk, new: NewCheckout) -> tuple[OpenItem, ...]:
    if new.invoice_ids is None:
        return oldest_first(desk.account.open_items)
    found: list[OpenItem] = []
    for index, invoice_id in enumerate(dict.fromkeys(new.invoice_ids)):
        item = desk.account.item(invoice_id)
        if item is None:
            raise InvalidField(
                f"/invoice_ids/{index}",
                f"Nothing is open on invoice {invoice_id} in this account.",
                field_code="not_open",
            )
        found.append(item)
    return oldest_first(found)


def _live(
    ports: Ports, context: Context, new: NewCheckout, items: tuple[CheckoutItem, ...]
) -> Checkout | None:
    rows = ports.store.rows(checkouts(new.customer_id), limit=_RECENT).items
    refs = [checkout_ref(str(row["id"])) for row in rows if row["state"] == "open"]
    for one in ports.store.get_many(refs).values() if refs else ():
        if (
            isinstance(one, Checkout)
            and one.state == "open"
            and (one.provider, one.currency, one.items) == (new.provider, new.currency, items)
            and one.expires_at > context.at + LASTS / 2
        ):
            return one
    return None


def _noted(
    ports: Ports, context: Context, desk: Desk, new: NewCheckout, items: tuple[CheckoutItem, ...]
) -> Checkout:
    checkout = Checkout(
        id=ports.ids.new("chk", context.at),
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        currency=new.currency,
        amount_minor=sum(item.amount_minor for item in items),
        items=items,
        provider=new.provider,
        link_id=new.link_id,
        created_at=context.at,
        expires_at=context.at + LASTS,
    )
    entry = audit(
        ports,
        context,
        "checkout_started",
        subject=("checkout", checkout.id),
        customer_id=desk.customer.id,
        provider=new.provider,
        amount_minor=checkout.amount_minor,
        currency=checkout.currency,
        invoices=[item.number for item in items[:10]],
    )
    until_committed(ports, lambda: ports.store.commit([Insert(checkout), entry]))
    return checkout


def _order(checkout: Checkout, desk: Desk, new: NewCheckout) -> Order:
    numbers = [item.number for item in checkout.items]
    more = f" +{len(numbers) - 5}" if len(numbers) > 5 else ""  # noqa: PLR2004 - fits on one line
    return Order(
        id=checkout.id,
        invoice_id=checkout.invoice_id,
        amount_minor=checkout.amount_minor,
        currency=checkout.currency,
        description=f"{desk.company.name} · {', '.join(numbers[:5])}{more}",
        customer_name=desk.customer.name,
        email=new.email or desk.customer.email,
        language=new.language or desk.customer.language,
        return_url=new.return_url.replace("{checkout}", checkout.id),
        webhook_url=new.webhook_url,
        expires_at=checkout.expires_at,
    )


def _opened(ports: Ports, checkout_id: str, page: HostedPage) -> Checkout:
    def attempt() -> Checkout:
        checkout = known(ports.store.get(checkout_ref(checkout_id)))
        if checkout.state != "starting":
            return checkout  # paid or swept already
        after = checkout.next(
            state="open",
            reference=page.reference,
            url=page.url,
            is_page_open=True,
            fields=page.fields,
            expires_at=page.expires_at or checkout.expires_at,
        )
        ports.store.commit([Replace(after)])
        return after

    return until_committed(ports, attempt)


def _close(ports: Ports, checkout_id: str, outcome: str) -> None:
    def attempt() -> None:
        checkout = known(ports.store.get(checkout_ref(checkout_id)))
        if checkout.is_live:
            ports.store.commit([Replace(checkout.next(state="closed", outcome=outcome[:500]))])

    until_committed(ports, attempt)

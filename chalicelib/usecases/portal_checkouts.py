"""A customer pays in the portal: begin a checkout, and tell what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.checkout import Checkout
from chalicelib.domain.errors import InvalidField, NotFound
from chalicelib.domain.portal import PortalLink
from chalicelib.usecases.context import Context
from chalicelib.usecases.payment_ways import payment_ways
from chalicelib.usecases.portal_desk import PortalDesk, open_portal
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.references import checkout_ref
from chalicelib.usecases.start_checkout import NewCheckout, start_checkout


@dataclass(frozen=True, kw_only=True)
class PortalPayment:
    """What to pay at which provider; no invoices: all that the link shows."""

    currency: str
    provider: str
    invoice_ids: Sequence[str] | None = None


def pay_in_portal(
    ports: Ports, context: Context, link: PortalLink, wanted: PortalPayment, *, base_url: str
) -> Checkout:
    """Return an open checkout of what the customer wants to pay.

    NotFound for what the link does not show; InvalidField for a provider that is not offered;
    otherwise as for any checkout.
    """
    desk = open_portal(ports, context, link)
    desk.require_changes()
    account = desk.account(wanted.currency)
    chosen = desk.wanted(account, wanted.invoice_ids)
    is_all = desk.is_whole and wanted.invoice_ids is None
    ways = payment_ways(ports, wanted.currency)
    if wanted.provider not in {one.name for one in ways}:
        raise InvalidField(
            "/provider",
            f"{wanted.provider} is not offered for {wanted.currency}.",
            field_code="way_not_offered",
        )
    contact = desk.contact
    new = NewCheckout(
        customer_id=desk.customer.id,
        currency=wanted.currency,
        provider=wanted.provider,
        return_url=f"{base_url}/p/return?checkout={{checkout}}",
        webhook_url=f"{base_url}/webhooks/{wanted.provider}",
        invoice_ids=None if is_all else chosen,
        email=contact.email if contact is not None else None,
        language=desk.language,
        link_id=link.id,
    )
    return start_checkout(ports, context, new)


CheckoutNews = Literal["open", "processing", "paid", "closed"]


def checkout_in_portal(
    ports: Ports, context: Context, link: PortalLink, checkout_id: str
) -> tuple[Checkout, CheckoutNews]:
    """Return a checkout and what is known of it. NotFound for one the link does not reach."""
    desk = open_portal(ports, context, link)
    checkout = ports.store.get(checkout_ref(checkout_id))
    if checkout is None or not _is_theirs(desk, checkout):
        raise NotFound("checkout", checkout_id)
    return checkout, _news(desk, checkout)


def _is_theirs(desk: PortalDesk, checkout: Checkout) -> bool:
    return checkout.customer_id == desk.customer.id and all(
        desk.link.covers_id(item.invoice_id) for item in checkout.items
    )


def _news(desk: PortalDesk, checkout: Checkout) -> CheckoutNews:
    if checkout.state == "paid":
        return "paid"
    account = desk.account(checkout.currency)
    coming = sum(account.pending_on(item.invoice_id, desk.at) for item in checkout.items)
    if coming >= checkout.amount_minor:
        return "processing"
    return "open" if checkout.is_live else "closed"

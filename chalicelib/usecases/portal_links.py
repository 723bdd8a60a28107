"""Make, list and end portal links. The token is told once, to whoever the link is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.customer import UNIDENTIFIED, Customer
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import Message
from chalicelib.domain.portal import (
    LASTS,
    SHOWN_AFTERWARDS,
    VIEW_LASTS,
    PortalLink,
    Purpose,
)
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.fingerprint import fingerprint
from chalicelib.usecases.portal_listings import portal_links_of
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace
from chalicelib.usecases.references import customer_ref, invoice_ref

PREFIX: Final = "plk"
MOST_LISTED: Final = 200
"""Of one customer: a link for each mail of half a year, and those that staff made."""


@dataclass(frozen=True)
class MadeLink:
    """A link that was made just now. ``token`` exists here and with its owner, nowhere else."""

    link: PortalLink
    token: str


@dataclass(frozen=True, kw_only=True)
class NewLink:
    """For whom a link is, and over what; no invoices: over everything of the customer."""

    customer_id: str
    contact_id: str | None = None
    invoice_ids: Sequence[str] = ()
    purpose: Purpose = "staff"


def link_ref(link_id: str) -> Ref[PortalLink]:
    """Return the key of a link."""
    return Ref(PortalLink, (link_id,))


def fresh_link(
    ports: Ports,
    context: Context,
    *,
    customer_id: str,
    name: str,
    purpose: Purpose,
    contact_id: str | None = None,
    invoice_ids: Sequence[str] = (),
    message_id: str | None = None,
) -> MadeLink:
    """Return a link of now with its token, to be written in the transaction of its reason.

    The token is 256 random bits and the id of the link, by which it is found: one look-up.
    """
    link_id = ports.ids.new(PREFIX, context.at)
    token = _token(ports, link_id)
    valid_until = context.at + (VIEW_LASTS if purpose == "view" else LASTS)
    link = PortalLink(
        id=link_id,
        hash=fingerprint(token),
        customer_id=customer_id,
        contact_id=contact_id,
        name=name,
        invoice_ids=tuple(invoice_ids),
        purpose=purpose,
        message_id=message_id,
        created_at=context.at,
        created_by=context.actor.name,
        valid_until=valid_until,
        expires_at=_gone(valid_until),
    )
    return MadeLink(link, token)


def _token(ports: Ports, link_id: str) -> str:
    return f"{ports.ids.secret()}.{link_id.removeprefix(f'{PREFIX}_')}"


def _gone(valid_until: datetime) -> int:
    return int((valid_until + SHOWN_AFTERWARDS).timestamp())


def link_for_mail(
    ports: Ports, context: Context, customer: Customer | None, message: Message, scope: str
) -> MadeLink:
    """Return the link that a claimed mail carries, for the contact that gets it.

    It opens what the company has chosen for mails (``scope``): everything of the customer, or the
    invoices that the mail is about.
    """
    contacts = customer.contacts if customer is not None else ()
    contact = next((one for one in contacts if one.id == message.contact_id), None)
    return fresh_link(
        ports,
        context,
        customer_id=message.customer_id,
        name=contact.name if contact is not None else message.customer_name,
        contact_id=contact.id if contact is not None else None,
        invoice_ids=message.invoice_ids if scope == "invoices" else (),
        purpose="mail",
        message_id=message.id,
    )


def make_link(ports: Ports, context: Context, new: NewLink) -> MadeLink:
    """Make a link for a customer. NotFound; InvalidField for a contact or invoice not of it."""

    def attempt() -> MadeLink:
        customer = _customer(ports, new.customer_id)
        made = fresh_link(
            ports,
            context,
            customer_id=customer.id,
            name=_name(customer, new.contact_id),
            contact_id=new.contact_id,
            invoice_ids=_invoices(ports, customer, new.invoice_ids),
            purpose=new.purpose,
        )
        entry = audit(
            ports,
            context,
            "portal_viewed" if new.purpose == "view" else "portal_link_made",
            subject=("customer", customer.id),
            customer_id=customer.id,
            link_id=made.link.id,
            invoices=len(new.invoice_ids),
        )
        resource = f"/v1/portal-links/{made.link.id}"
        commit(ports, context, [Insert(made.link), entry], resource=resource)
        return made

    return until_committed(ports, attempt)


def _customer(ports: Ports, customer_id: str) -> Customer:
    customer = ports.store.get(customer_ref(customer_id))
    if customer is None or customer.id == UNIDENTIFIED:
        raise NotFound("customer", customer_id)
    return customer


def _name(customer: Customer, contact_id: str | None) -> str:
    if contact_id is None:
        return customer.name
    for contact in customer.contacts:
        if contact.id == contact_id:
            return contact.name
    raise InvalidField(
        "/contact_id", "The customer has no such contact.", field_code="unknown_contact"
    )


def _invoices(ports: Ports, customer: Customer, wanted: Sequence[str]) -> tuple[str, ...]:
    found = ports.store.get_many([invoice_ref(one) for one in wanted]) if wanted else {}
    for index, invoice_id in enumerate(wanted):
        one = found.get(invoice_ref(invoice_id))
        is_theirs = isinstance(one, Invoice) and one.customer_id == customer.id
        if not is_theirs or not isinstance(one, Invoice) or one.number is None:
            raise InvalidField(
                f"/invoice_ids/{index}",
                "This is no issued invoice of the customer.",
                field_code="unknown_invoice",
            )
    return tuple(dict.fromkeys(wanted))


def make_pay_link(ports: Ports, context: Context, invoice_id: str) -> MadeLink:
    """Make a link over one invoice. NotFound; StateConflict when there is nothing to pay on it."""
    invoice = ports.store.get(invoice_ref(invoice_id))
    if invoice is None:
        raise NotFound("invoice", invoice_id)
    if not invoice.is_open:
        raise StateConflict(
            f"Invoice {invoice.number or invoice.id} is {invoice.state}; "
            "there is nothing to pay on it.",
            code="nothing_open",
        )
    new = NewLink(customer_id=invoice.customer_id, invoice_ids=(invoice.id,), purpose="pay")
    return make_link(ports, context, new)


def told_again(ports: Ports, link_id: str) -> MadeLink:
    """Return a link with another token: what was told once is not kept and cannot be told again.

    For the repetition of a request whose answer was lost; the first token opens nothing any more.
    """

    def attempt() -> MadeLink:
        link = ports.store.get(link_ref(link_id))
        if link is None:
            raise NotFound("portal link", link_id)
        token = _token(ports, link_id)
        after = link.next(hash=fingerprint(token))
        ports.store.commit([Replace(after)])
        return MadeLink(after, token)

    return until_committed(ports, attempt)


def list_links(ports: Ports, customer_id: str) -> tuple[PortalLink, ...]:
    """Return the links of a customer, newest first. One Query, one batch."""
    rows = ports.store.rows(portal_links_of(customer_id), limit=MOST_LISTED).items
    refs = [link_ref(str(row["id"])) for row in rows]
    found = ports.store.get_many(refs) if refs else {}
    return tuple(one for ref in refs if isinstance(one := found.get(ref), PortalLink))


def revoke_link(ports: Ports, context: Context, customer_id: str, link_id: str) -> PortalLink:
    """End a link: its next request is refused. NotFound for one that is not of this customer."""

    def attempt() -> PortalLink:
        link = ports.store.get(link_ref(link_id))
        if link is None or link.customer_id != customer_id:
            raise NotFound("portal link", link_id)
        if link.revoked_at is not None:
            return link
        after = link.next(revoked_at=context.at)
        entry = audit(
            ports,
            context,
            "portal_link_revoked",
            subject=("customer", customer_id),
            customer_id=customer_id,
            link_id=link_id,
        )
        ports.store.commit([Replace(after), entry])
        return after

    return until_committed(ports, attempt)


def revoke_links(ports: Ports, context: Context, customer_id: str) -> int:
    """End all links of a customer that still open something; return how many.

    Ended halfway, it is simply asked for again.
    """
    _customer(ports, customer_id)
    live = [one for one in list_links(ports, customer_id) if one.opens_at(context.at)]
    for one in live:
        revoke_link(ports, context, customer_id, one.id)
    return len(live)

"""Bodies about portal links and checkouts, as staff see them."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.api.schemas.base import Answer, Identifier, Instant, Request


class PortalLinkInput(Request):
    """A link for a customer. Without a contact it is for the customer itself.

    ``invoice_ids`` limit it to these invoices; ``view``: for staff to see what the customer sees,
    for a quarter of an hour and without changing anything.
    """

    contact_id: Identifier | None = None
    invoice_ids: Annotated[list[Identifier], Field(min_length=1, max_length=100)] | None = None
    view: bool = False


class PayLinkInput(Request):
    """A link to pay one invoice, for whoever is given it."""


class NewPortalLink(Answer):
    """A link as it was made: its address is shown this once."""

    id: Identifier
    url: str
    expires_at: Instant


class PortalLinkRow(Answer):
    """A link of a customer, without its address. ``last_seen_at`` is to the hour."""

    id: Identifier
    purpose: Literal["mail", "staff", "pay", "view"]
    name: str
    contact_id: str | None
    invoice_ids: list[str]
    message_id: str | None
    created_at: Instant
    created_by: str
    expires_at: Instant
    revoked_at: Instant | None
    last_seen_at: Instant | None


class PortalLinks(Answer):
    """The links of a customer, newest first."""

    items: list[PortalLinkRow]


class EmailRequestRow(Answer):
    """An address that a contact has asked for in the portal; ``main`` is the customer itself."""

    customer_id: Identifier
    contact_id: str
    email: str
    before: str | None
    state: Literal["waiting", "accepted", "declined"]
    by: str
    created_at: Instant


class EmailRequests(Answer):
    """Those that wait for an answer."""

    items: list[EmailRequestRow]


class PortalLinksRevoked(Answer):
    """How many links of the customer open nothing any more."""

    revoked: int


class CheckoutItem(Answer):
    """An invoice of a checkout, and how much of it was asked for."""

    invoice_id: Identifier
    number: str
    amount_minor: int


class CheckoutRow(Answer):
    """An attempt to pay online. ``outcome`` says why a closed one is closed."""

    id: Identifier
    customer_id: Identifier
    customer_name: str
    currency: str
    amount_minor: int
    items: list[CheckoutItem]
    provider: str
    state: Literal["starting", "open", "paid", "closed"]
    outcome: str | None
    link_id: str | None
    payment_id: str | None
    created_at: Instant
    expires_at: Instant

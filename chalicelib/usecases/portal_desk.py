"""What a link may see of its customer: read here, and cut to its scope here and nowhere else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, cast

from chalicelib.domain.account import Account, OpenItem, oldest_first
from chalicelib.domain.account_now import Mark, marks_of
from chalicelib.domain.calendar import local_date
from chalicelib.domain.company import Company, unnamed_company
from chalicelib.domain.customer import Contact, Customer, Language
from chalicelib.domain.errors import NotFound, NotSignedIn, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.portal import LASTS_WHEN_PAID, PortalLink, closed_at
from chalicelib.domain.rest import Rest, agreed
from chalicelib.usecases.context import Context
from chalicelib.usecases.listings import accounts_of
from chalicelib.usecases.own_company import COMPANY
from chalicelib.usecases.portal_listings import newest_entry
from chalicelib.usecases.ports import Ports, Ref
from chalicelib.usecases.references import customer_ref, invoice_ref


@dataclass(frozen=True)
class PortalDesk:
    """A link with what it is about, as read in one request and one Query.

    ``accounts`` are whole, since what rests of an invoice depends on the others; what is shown of
    them goes through ``items``.
    """

    link: PortalLink
    customer: Customer
    company: Company
    accounts: tuple[Account, ...]
    chosen: tuple[Invoice, ...]
    at: datetime

    @cached_property
    def today(self) -> date:
        """The day at the customer's place."""
        return local_date(self.at, self.customer.time_zone)

    @property
    def is_whole(self) -> bool:
        """The link is about everything of the customer."""
        return not self.link.invoice_ids

    @property
    def contact(self) -> Contact | None:
        """Who the link was made for, while the customer still has them."""
        return next((one for one in self.customer.contacts if one.id == self.link.contact_id), None)

    @property
    def has_contact(self) -> bool:
        """Whoever holds the link is a contact, or the customer; a link to pay is anybody's."""
        return self.contact is not None or self.is_whole or self.link.purpose == "mail"

    @property
    def language(self) -> Language:
        """In which language the portal speaks."""
        own = self.contact.language if self.contact is not None else None
        return self.link.language or own or self.customer.language

    def account(self, currency: str) -> Account:
        """Return the account in a currency. NotFound when the link shows nothing of it."""
        account = next((one for one in self.accounts if one.currency == currency), None)
        shows = account is not None and (
            self.is_whole or any(one.currency == currency for one in self.chosen)
        )
        if account is None or not shows:
            raise NotFound("account", currency)
        return account

    def shown(self) -> tuple[Account, ...]:
        """Return the accounts of which the link shows anything."""
        theirs = {one.currency for one in self.chosen}
        return tuple(one for one in self.accounts if self.is_whole or one.currency in theirs)

    def items(self, account: Account) -> tuple[OpenItem, ...]:
        """Return what is open of an account as far as the link reaches, oldest first."""
        return oldest_first(
            item for item in account.open_items if self.link.covers_id(item.invoice_id)
        )

    def wanted(self, account: Account, invoice_ids: Sequence[str] | None) -> tuple[str, ...]:
        """Return the invoices that somebody names, or all that are open here.

        NotFound for one that the link does not reach: whether it exists is not told.
        """
        for invoice_id in invoice_ids or ():
            if not self.link.covers_id(invoice_id) or account.item(invoice_id) is None:
                raise NotFound("open invoice", invoice_id)
        if invoice_ids is not None:
            return tuple(dict.fromkeys(invoice_ids))
        return tuple(item.invoice_id for item in self.items(account))

    def marks(self, account: Account) -> dict[str, tuple[Mark, ...]]:
        """Return what of each invoice is on its way, contested or agreed about.

        That we are silent of our own accord, or have handed it over, is not told here.
        """
        told = account.but(rests=agreed(account.rests))
        return marks_of(told, self.today, self.at)

    def free_minor(self, account: Account, invoice_id: str) -> int:
        """Return how much of an invoice is open and neither on its way, contested nor agreed."""
        item = account.item(invoice_id)
        if item is None or not self.link.covers_id(invoice_id):
            return 0
        marks = self.marks(account).get(invoice_id, ())
        return item.open_minor - sum(one.amount_minor for one in marks)

    def payable_minor(self, account: Account, item: OpenItem) -> int:
        """Return how much of an open item can be paid now: what is on its way is not twice."""
        return max(item.open_minor - account.pending_on(item.invoice_id, self.at), 0)

    def rests(self, account: Account) -> tuple[Rest, ...]:
        """Return what was agreed about what the link shows."""
        return tuple(
            rest
            for rest in agreed(account.rests)
            if self.is_whole
            or (rest.invoice_ids and all(self.link.covers_id(one) for one in rest.invoice_ids))
        )

    def require_whole(self) -> None:
        """NotFound unless the link is about everything of the customer."""
        if not self.is_whole:
            raise NotFound("page", "of the whole account")

    def require_contact(self) -> None:
        """NotFound unless whoever holds the link has a contact of their own."""
        if not self.has_contact:
            raise NotFound("contact", "of this link")

    def require_changes(self) -> None:
        """StateConflict when the link only shows."""
        if self.link.is_read_only:
            raise StateConflict(
                "This link shows what the customer sees; nothing can be changed by it.",
                code="link_only_shows",
            )


def open_portal(ports: Ports, context: Context, link: PortalLink) -> PortalDesk:
    """Return what a link is about.

    NotSignedIn when all of it was paid a while ago, or the contact it was made for has left.

    One Query and one batch; a Query more for each account on which nothing is open.
    """
    refs: list[Ref[Any]] = [customer_ref(link.customer_id), COMPANY]
    refs += [invoice_ref(one) for one in link.invoice_ids]
    accounts = ports.store.records(accounts_of(link.customer_id))
    found = ports.store.get_many(refs)
    customer = found.get(customer_ref(link.customer_id))
    if not isinstance(customer, Customer):
        raise NotSignedIn
    desk = PortalDesk(
        link=link,
        customer=customer,
        company=cast("Company | None", found.get(COMPANY)) or unnamed_company(),
        accounts=_own_first(accounts, customer.currency),
        chosen=_chosen(link, found.values()),
        at=context.at,
    )
    if link.contact_id is not None and desk.contact is None:
        raise NotSignedIn
    over = _closed_at(ports, desk)
    if over is not None and over + LASTS_WHEN_PAID <= context.at:
        raise NotSignedIn
    return desk


def _own_first(accounts: Iterable[Account], currency: str) -> tuple[Account, ...]:
    return tuple(sorted(accounts, key=lambda one: (one.currency != currency, one.currency)))


def _chosen(link: PortalLink, found: Iterable[object]) -> tuple[Invoice, ...]:
    return tuple(one for one in found if isinstance(one, Invoice) and link.covers(one))


def _closed_at(ports: Ports, desk: PortalDesk) -> datetime | None:
    """Return since when nothing that the link is about is open; None while something is."""
    if not desk.is_whole:
        return closed_at(desk.chosen)
    if any(account.open_items for account in desk.accounts):
        return None
    ends = []
    for account in desk.accounts:
        rows = ports.store.rows(newest_entry(account.customer_id, account.currency), limit=1).items
        ends += [datetime.fromisoformat(str(row["posted_at"])) for row in rows]
    return max(ends, default=None)


def find_invoice(ports: Ports, desk: PortalDesk, invoice_id: str) -> Invoice:
    """Return an invoice that the link shows. NotFound for any other, whether it exists or not."""
    invoice = ports.store.get(invoice_ref(invoice_id))
    if invoice is None or not desk.link.covers(invoice):
        raise NotFound("invoice", invoice_id)
    return invoice

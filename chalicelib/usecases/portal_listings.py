"""The questions about portal links that indexes answer."""

from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Entry
from chalicelib.domain.portal import EmailRequest, PortalFile, PortalLink
from chalicelib.usecases.ports import Listing


def portal_links_of(customer_id: str) -> Listing[PortalLink]:
    """Return the links of a customer, newest first."""
    return Listing(PortalLink, "portal_links_of_customer", (customer_id,), newest_first=True)


def portal_files_of(customer_id: str) -> Listing[PortalFile]:
    """Return the files of a customer that wait for a dispute."""
    return Listing(PortalFile, "portal_files_of_customer", (customer_id,))


def newest_entry(customer_id: str, currency: str) -> Listing[Entry]:
    """Return the ledger of an account, the latest first."""
    return Listing(Entry, "entries", (customer_id, currency), newest_first=True)


def latest_paid(customer_id: str) -> Listing[Invoice]:
    """Return the paid invoices of a customer, those that were due last first."""
    scope = (customer_id, "paid")
    return Listing(Invoice, "invoices_of_customer_in_class", scope, newest_first=True)


def email_requests_of(customer_id: str) -> Listing[EmailRequest]:
    """Return the addresses that contacts of a customer have asked for."""
    return Listing(EmailRequest, "email_requests_of_customer", (customer_id,))

"""The invoices that a link shows: those paid of late, and one with what belongs to it."""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.errors import NotFound
from chalicelib.usecases.portal_desk import PortalDesk
from chalicelib.usecases.portal_listings import latest_paid
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.read_invoice import InvoiceFile, read_invoice

MOST_PAID: Final = 30
"""Paid invoices that are shown; older ones stand on the statement."""


def paid_in_portal(ports: Ports, desk: PortalDesk) -> tuple[Mapping[str, Any], ...]:
    """Return the paid invoices that the link shows, as rows. One Query for a whole customer."""
    if not desk.is_whole:
        paid = (one for one in desk.chosen if one.state == "paid")
        return tuple(one.model_dump() for one in paid)
    return tuple(ports.store.rows(latest_paid(desk.customer.id), limit=MOST_PAID).items)


def invoice_in_portal(ports: Ports, desk: PortalDesk, invoice_id: str) -> InvoiceFile:
    """Return an invoice that the link shows, with its disputes. NotFound for any other."""
    file = read_invoice(ports, invoice_id)
    if not desk.link.covers(file.invoice):
        raise NotFound("invoice", invoice_id)
    return file

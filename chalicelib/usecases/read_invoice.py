"""Read one invoice with everything that belongs to it, in one query."""

from dataclasses import dataclass

from chalicelib.domain.approval import Approval
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import NotFound
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import Message, MessageOnInvoice
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.references import invoice_ref


@dataclass(frozen=True)
class InvoiceFile:
    """An invoice with its messages, its timeline and its approvals, oldest first."""

    invoice: Invoice
    messages: tuple[Message, ...] = ()
    timeline: tuple[AuditEntry, ...] = ()
    approvals: tuple[Approval, ...] = ()


def read_invoice(ports: Ports, invoice_id: str) -> InvoiceFile:
    """Return an invoice with its messages, timeline and approvals. NotFound."""
    records = ports.store.partition(invoice_ref(invoice_id))
    invoice = next((one for one in records if isinstance(one, Invoice)), None)
    if invoice is None:
        raise NotFound("invoice", invoice_id)
    messages = [one.message for one in records if isinstance(one, MessageOnInvoice)]
    return InvoiceFile(
        invoice=invoice,
        messages=tuple(sorted(messages, key=lambda one: one.created_at)),
        timeline=tuple(one for one in records if isinstance(one, AuditEntry)),
        approvals=tuple(one for one in records if isinstance(one, Approval)),
    )

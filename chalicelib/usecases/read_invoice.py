"""Read one invoice with everything that belongs to it, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from chalicelib.domain.approval import Approval
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.errors import NotFound
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import Message, MessageOnInvoice
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.references import invoice_ref

T = TypeVar("T", CreditNote, Dispute)


@dataclass(frozen=True)
class InvoiceFile:
    """An invoice with all that is about it, oldest first: messages, timeline and so on."""

    invoice: Invoice
    messages: tuple[Message, ...] = ()
    timeline: tuple[AuditEntry, ...] = ()
    approvals: tuple[Approval, ...] = ()
    credit_notes: tuple[CreditNote, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    def mails_of(self, document_id: str) -> tuple[Message, ...]:
        """Return the mails that carried the invoice or one of its credit notes."""
        return tuple(one for one in self.messages if one.document_id == document_id)


def read_invoice(ports: Ports, invoice_id: str) -> InvoiceFile:
    """Return an invoice with all that is about it. NotFound."""
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
        credit_notes=_in_order(one for one in records if isinstance(one, CreditNote)),
        disputes=_in_order(one for one in records if isinstance(one, Dispute)),
    )


def _in_order(records: Iterable[T]) -> tuple[T, ...]:
    return tuple(sorted(records, key=lambda one: (one.created_at, one.id)))

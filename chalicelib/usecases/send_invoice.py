"""Send an issued invoice to its customer: put the mail into the queue, once."""

from collections.abc import Sequence

from chalicelib.domain.errors import StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import Message
from chalicelib.usecases.context import Context
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.read_invoice import read_invoice
from chalicelib.usecases.send_document import send_document


def send_invoice(ports: Ports, context: Context, invoice_id: str, *, again: bool) -> Invoice:
    """Queue the mail that carries the invoice, and return the invoice.

    It goes once to an address: a second call changes nothing unless ``again`` is set or the first
    mail did not arrive. StateConflict for a draft, a void invoice, one issued elsewhere, a customer
    without address or with one that must not be written to.
    """
    return send_document(
        ports,
        context,
        lambda: _load(ports, invoice_id),
        resource=f"/v1/invoices/{invoice_id}",
        again=again,
    )


def _load(ports: Ports, invoice_id: str) -> tuple[Invoice, Sequence[Message]]:
    file = read_invoice(ports, invoice_id)
    invoice = file.invoice
    if invoice.is_draft or invoice.state in ("void", "pending_approval"):
        raise StateConflict(
            f"Invoice {invoice.number or invoice_id} is {invoice.state}; issue it before sending.",
            code="not_issued",
        )
    if invoice.is_imported:
        raise StateConflict(
            f"Invoice {invoice.number} was issued elsewhere; there is no PDF of ours to send.",
            code="issued_elsewhere",
        )
    return invoice, file.mails_of(invoice_id)

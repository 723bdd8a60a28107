"""Mail an issued invoice with its PDF: claim the queued message, then hand it over."""

from chalicelib.domain.company import Company, unnamed_company
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import Message, Suppression
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.deliver import hand_over, on_the_invoice
from chalicelib.usecases.documents import invoice_document
from chalicelib.usecases.ports import Attachment, Ports, Require, Write
from chalicelib.usecases.posting import save_message
from chalicelib.usecases.references import COMPANY, invoice_ref, message_ref, suppression_ref


def deliver_invoice(ports: Ports, context: Context, customer_id: str, message_id: str) -> None:
    """Send a queued invoice mail. Does nothing when it is claimed, sent or called off already.

    The claim insists that the address is not suppressed and that sending is not frozen; the void
    invoice of a mail that still waits is not sent.
    """
    message = ports.store.get(message_ref(customer_id, message_id))
    if message is None or message.state != "queued":
        return
    claimed = _claim(ports, context, message)
    if claimed is None:
        return
    message, invoice, company = claimed
    content = ports.writer.invoice_mail(invoice, company)
    document = Attachment(
        filename=f"{invoice.number}.pdf",
        content_type="application/pdf",
        content=invoice_document(ports, invoice, company),
    )
    hand_over(ports, context, message, company, content, (document,))


def _claim(
    ports: Ports, context: Context, message: Message
) -> tuple[Message, Invoice, Company] | None:
    def attempt() -> tuple[Message, Invoice, Company] | None:
        ref = invoice_ref(message.invoice_ids[0])
        suppression = suppression_ref(message.to)
        own = message_ref(message.customer_id, message.id)
        found = ports.store.get_many([own, ref, COMPANY, suppression])
        current = found.get(own)
        stored = found.get(COMPANY)
        company = stored if isinstance(stored, Company) else unnamed_company()
        if not isinstance(current, Message) or current.state != "queued" or company.sending_frozen:
            return None
        invoice = found.get(ref)
        if not isinstance(invoice, Invoice):
            return None
        reason = _obstacle(invoice, found.get(suppression))
        if reason is not None:
            after = current.next(state="suppressed", reason=reason, settled_at=context.at)
            ports.store.commit([*save_message(after), *on_the_invoice(ports, after)])
            return None
        after = current.next(state="claimed", claimed_at=context.at, attempts=current.attempts + 1)
        writes: list[Write] = [
            *save_message(after),
            Require(suppression, None),
            Require(COMPANY, company.version or None),
            Require(ref, invoice.version),
        ]
        ports.store.commit(writes)
        return after, invoice, company

    return until_committed(ports, attempt)


def _obstacle(invoice: Invoice, suppression: object) -> str | None:
    if invoice.state == "void":
        return "void"
    return suppression.reason if isinstance(suppression, Suppression) else None

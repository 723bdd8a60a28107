"""Mail an invoice or a credit note with its PDF: claim the queued message, then hand it over."""

from chalicelib.domain.company import Company, unnamed_company
from chalicelib.domain.credit_note import CreditNote, Document
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import Message, Suppression
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.deliver import hand_over, on_the_document
from chalicelib.usecases.documents import stored_pdf
from chalicelib.usecases.ports import Attachment, MailContent, Ports, Require, Write
from chalicelib.usecases.posting import save_message
from chalicelib.usecases.references import COMPANY, carried_ref, message_ref, suppression_ref


def deliver_document(ports: Ports, context: Context, customer_id: str, message_id: str) -> None:
    """Send a queued mail that carries a document, unless it is claimed, sent or called off already.

    The claim insists that the address is not suppressed and that sending is not frozen; the void
    invoice of a mail that still waits is not sent.
    """
    message = ports.store.get(message_ref(customer_id, message_id))
    if message is None or not message.is_due(context.at):
        return
    claimed = _claim(ports, context, message)
    if claimed is None:
        return
    message, document, company = claimed
    attachment = Attachment(
        filename=f"{document.number}.pdf",
        content_type="application/pdf",
        content=stored_pdf(ports, document, company),
    )
    hand_over(ports, context, message, company, _mail(ports, document, company), (attachment,))


def _mail(ports: Ports, document: Document, company: Company) -> MailContent:
    if isinstance(document, CreditNote):
        return ports.writer.credit_note_mail(document, company)
    return ports.writer.invoice_mail(document, company)


def _claim(
    ports: Ports, context: Context, message: Message
) -> tuple[Message, Document, Company] | None:
    def attempt() -> tuple[Message, Document, Company] | None:
        ref = carried_ref(message)
        suppression = suppression_ref(message.to)
        own = message_ref(message.customer_id, message.id)
        found = ports.store.get_many([own, ref, COMPANY, suppression])
        current = found.get(own)
        stored = found.get(COMPANY)
        company = stored if isinstance(stored, Company) else unnamed_company()
        if not isinstance(current, Message) or not current.is_due(context.at):
            return None
        if company.sending_frozen:
            return None
        document = found.get(ref)
        if not isinstance(document, Invoice | CreditNote):
            return None
        reason = _obstacle(document, found.get(suppression))
        if reason is not None:
            after = current.next(state="suppressed", reason=reason, settled_at=context.at)
            ports.store.commit([*save_message(after), *on_the_document(ports, after)])
            return None
        after = current.next(
            state="claimed",
            claimed_at=context.at,
            attempts=current.attempts + 1,
            not_before=None,
        )
        writes: list[Write] = [
            *save_message(after),
            Require(suppression, None),
            Require(COMPANY, company.version or None),
            Require(ref, document.version),
        ]
        ports.store.commit(writes)
        return after, document, company

    return until_committed(ports, attempt)


def _obstacle(document: Document, suppression: object) -> str | None:
    if isinstance(document, Invoice) and document.state == "void":
        return "void"
    return suppression.reason if isinstance(suppression, Suppression) else None

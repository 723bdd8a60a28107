"""Mail an invoice or a credit note with its PDF: claim the queued message, then hand it over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.base import Record
from chalicelib.domain.company import Company, unnamed_company
from chalicelib.domain.credit_note import CreditNote, Document
from chalicelib.domain.customer import Customer, Language
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import Message, Suppression
from chalicelib.usecases.contents import Attachment, MailContent
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.deliver import hand_over, on_the_document
from chalicelib.usecases.documents import stored_pdf
from chalicelib.usecases.own_company import COMPANY
from chalicelib.usecases.portal_links import link_for_mail
from chalicelib.usecases.ports import Insert, Ports, Ref, Require, Write
from chalicelib.usecases.posting import save_message
from chalicelib.usecases.references import carried_ref, customer_ref, message_ref, suppression_ref
from chalicelib.usecases.templates import template_refs, text_for


@dataclass(frozen=True)
class Claimed:
    """A mail that may be sent now and by nobody else, and what was found beside it."""

    message: Message
    document: Document
    company: Company
    found: Mapping[Ref[Any], Record]
    token: str


def deliver_document(ports: Ports, context: Context, customer_id: str, message_id: str) -> None:
    """Send a queued mail that carries a document, unless it is claimed, sent or called off already.

    The claim insists that the address is not suppressed and that sending is not frozen; the void
    invoice of a mail that still waits is not sent.
    """
    own, who = message_ref(customer_id, message_id), customer_ref(customer_id)
    found = ports.store.get_many([own, who])
    message, customer = found.get(own), found.get(who)
    if not isinstance(message, Message) or not message.is_due(context.at):
        return
    segment = customer.segment if isinstance(customer, Customer) else None
    claimed = _claim(ports, context, message, customer if isinstance(customer, Customer) else None)
    if claimed is None:
        return
    attachment = Attachment(
        filename=f"{claimed.document.number}.pdf",
        content_type="application/pdf",
        content=stored_pdf(ports, claimed.document, claimed.company),
    )
    content = _mail(ports, context, claimed, segment)
    hand_over(
        ports,
        context,
        claimed.message,
        claimed.company,
        content,
        (attachment,),
        owner=customer.owner if isinstance(customer, Customer) else None,
        token=claimed.token,
    )


def _mail(ports: Ports, context: Context, claimed: Claimed, segment: str | None) -> MailContent:
    document, company = claimed.document, claimed.company
    template_id = document.kind
    text = text_for(
        ports,
        context,
        claimed.found,
        template_id=template_id,
        language=document.language,
        segment=segment,
    )
    if isinstance(document, CreditNote):
        return ports.writer.credit_note_mail(document, company, text)
    return ports.writer.invoice_mail(document, company, text)


def _claim(
    ports: Ports, context: Context, message: Message, customer: Customer | None
) -> Claimed | None:
    segment = customer.segment if customer is not None else None

    def attempt() -> Claimed | None:
        ref = carried_ref(message)
        suppression = suppression_ref(message.to)
        copied = {one: suppression_ref(one) for one in message.cc}
        own = message_ref(message.customer_id, message.id)
        language: Language = "en" if message.language == "en" else "es"
        words = template_refs(message.template, language, segment)
        found = ports.store.get_many([own, ref, COMPANY, suppression, *copied.values(), *words])
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
            cc=tuple(one for one in current.cc if copied[one] not in found),
        )
        writes: list[Write] = [
            *save_message(after),
            *(Require(suppression_ref(one), None) for one in (after.to, *after.cc)),
            Require(COMPANY, company.version or None),
            Require(ref, document.version),
        ]
        made = link_for_mail(ports, context, customer, after, company.portal_mail_scope)
        ports.store.commit([*writes, Insert(made.link)])
        return Claimed(after, document, company, found, made.token)

    return until_committed(ports, attempt)


def _obstacle(document: Document, suppression: object) -> str | None:
    if isinstance(document, Invoice) and document.state == "void":
        return "void"
    return suppression.reason if isinstance(suppression, Suppression) else None

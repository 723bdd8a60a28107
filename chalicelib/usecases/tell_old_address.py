"""Tell an address that another one was asked for in its place: whoever reads it may object."""

from chalicelib.domain.company import Company, unnamed_company
from chalicelib.domain.customer import Contact, Customer, Language
from chalicelib.domain.message import Message
from chalicelib.domain.portal import EmailRequest
from chalicelib.domain.recipients import MAIN_CONTACT
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.deliver import hand_over
from chalicelib.usecases.own_company import COMPANY
from chalicelib.usecases.ports import Ports, Ref, Require
from chalicelib.usecases.posting import save_message
from chalicelib.usecases.references import message_ref, suppression_ref

TEMPLATE = "email_requested"


def telling(
    context: Context, customer: Customer, contact: Contact | None, request: EmailRequest
) -> Message | None:
    """Return the queued mail to the present address; None where there is none to tell."""
    if request.before is None:
        return None
    return Message(
        id=f"contact-{request.contact_id}-{request.version}",
        purpose="contact",
        state="queued",
        customer_id=customer.id,
        customer_name=customer.name,
        currency=customer.currency,
        to=request.before,
        contact_id=contact.id if contact is not None else MAIN_CONTACT,
        subject="",
        language=(contact.language if contact is not None else None) or customer.language,
        template=TEMPLATE,
        invoice_ids=(),
        amount_minor=0,
        created_at=context.at,
        created_by=context.actor.id,
    )


def deliver_telling(ports: Ports, context: Context, customer_id: str, message_id: str) -> None:
    """Send such a mail, unless it is claimed or sent already.

    The claim insists that the address is not suppressed and that sending is not frozen.
    """
    claimed = until_committed(ports, lambda: _claim(ports, context, customer_id, message_id))
    if claimed is None:
        return
    message, company, asked = claimed
    language: Language = "en" if message.language == "en" else "es"
    content = ports.writer.contact_mail(message.customer_name, asked, company, language)
    hand_over(ports, context, message, company, content)


def _claim(
    ports: Ports, context: Context, customer_id: str, message_id: str
) -> tuple[Message, Company, str] | None:
    own = message_ref(customer_id, message_id)
    contact_id = message_id.removeprefix("contact-").rpartition("-")[0]
    asked_for: Ref[EmailRequest] = Ref(EmailRequest, (customer_id, contact_id))
    found = ports.store.get_many([own, COMPANY, asked_for])
    message, stored, request = found.get(own), found.get(COMPANY), found.get(asked_for)
    company = stored if isinstance(stored, Company) else unnamed_company()
    if not isinstance(message, Message) or not message.is_due(context.at):
        return None
    if company.sending_frozen or not isinstance(request, EmailRequest):
        return None
    suppression = ports.store.get(suppression_ref(message.to))
    if suppression is not None:
        after = message.next(state="suppressed", reason=suppression.reason, settled_at=context.at)
        ports.store.commit(save_message(after))
        return None
    after = message.next(
        state="claimed",
        claimed_at=context.at,
        attempts=message.attempts + 1,
        not_before=None,
    )
    ports.store.commit(
        [
            *save_message(after),
            Require(suppression_ref(after.to), None),
            Require(COMPANY, company.version or None),
        ]
    )
    return after, company, request.email

"""Hand a claimed message to the mail provider, once, and record what is known of the outcome.

A claim comes before, in a transaction of its own; from then on the message is never sent again by
a machine. A refusal is certain and may be tried again; anything else is uncertain and is settled by
the provider's events or by a person.
"""

from collections.abc import Callable
from typing import Any

from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.errors import known
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import MAX_ATTEMPTS, Message, following_mail_id, moves_on
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.context import Context, audit, until_committed
from chalicelib.usecases.ports import (
    Attachment,
    MailContent,
    MailRefused,
    MailUncertain,
    OutgoingMail,
    Ports,
    Replace,
    Write,
)
from chalicelib.usecases.posting import save_message
from chalicelib.usecases.references import carried_ref, message_ref, work_item_ref
from chalicelib.usecases.work import closing, on_the_list, work_item

GiveBack = Callable[[Message], tuple[Message, list[Write]]]
"""What else is written with a message that may be tried again, and how the message then stands."""


def as_it_is(message: Message) -> tuple[Message, list[Write]]:
    """Let a refused message wait for its next attempt and change nothing else."""
    return message, []


def hand_over(
    ports: Ports,
    context: Context,
    message: Message,
    company: Company,
    content: MailContent,
    attachments: tuple[Attachment, ...] = (),
    give_back: GiveBack = as_it_is,
    *,
    owner: str | None = None,
    bcc: tuple[str, ...] = (),
) -> Message:
    """Send a claimed message with one attempt and record the outcome; return the message.

    Replies go to ``owner``, the person in charge of the customer, or else to the company.
    """
    mail = OutgoingMail(
        sender_name=company.name,
        reply_to=owner or company.reply_to or company.email,
        to=message.to,
        cc=message.cc,
        bcc=bcc,
        content=content,
        attachments=attachments,
        tags={"message_id": message.id, "customer_id": message.customer_id},
    )
    try:
        provider_message_id = ports.mailer.send(mail)
    except MailRefused as refusal:
        return _refused(ports, context, message, refusal, give_back)
    except MailUncertain as doubt:
        return mark_unknown(ports, context, message, str(doubt))
    return record(
        ports,
        context,
        message,
        "sent",
        sent_at=context.at,
        subject=content.subject,
        provider_message_id=provider_message_id,
    )


def record(
    ports: Ports, context: Context, message: Message, reached: str, **fields: Any
) -> Message:
    """Record that a message reached a state, unless it is known to be further already.

    The fields are kept either way: they are facts. Settling an uncertain message closes its item.
    ``message`` is as the caller knows it; it is read only when it has changed since.
    """
    present = latest(ports, message)

    def attempt() -> Message:
        current = present()
        facts = {name: value for name, value in fields.items() if getattr(current, name) != value}
        further = moves_on(current.state, reached)
        if not further and not facts:
            return current
        after = current.next(**facts, state=reached if further else current.state)
        writes = [*save_message(after), *on_the_document(ports, after)]
        if further:
            writes += _followed(ports, context, current, after)
        ports.store.commit(writes)
        return after

    return until_committed(ports, attempt)


def latest(ports: Ports, message: Message) -> Callable[[], Message]:
    """Return a reader that gives the message as known the first time, then as it is stored."""
    known_one = iter((message,))

    def read() -> Message:
        ref = message_ref(message.customer_id, message.id)
        return next(known_one, None) or known(ports.store.get(ref))

    return read


def _followed(ports: Ports, context: Context, before: Message, after: Message) -> list[Write]:
    entry = audit(
        ports,
        context,
        f"{after.purpose}_mail_{after.state}",
        subject=("customer", after.customer_id),
        customer_id=after.customer_id,
        message_id=after.id,
        to=after.to,
        step=after.step,
    )
    if before.state != "unknown":
        return [entry]
    return [entry, *closing(ports, context, f"uncertain-{after.id}", after.state)]


def on_the_document(ports: Ports, message: Message) -> list[Write]:
    """Return the write that shows the state of a document's own mail on the document."""
    if message.document_id is None:
        return []
    ref = carried_ref(message)
    following = message_ref(message.customer_id, following_mail_id(message.id))
    found = ports.store.get_many([ref, following])
    document = found.get(ref)
    if not isinstance(document, Invoice | CreditNote) or following in found:
        return []  # a later mail of this document tells its state
    if document.mail_state == message.state:
        return []
    return [Replace(document.next(mail_state=message.state))]


def mark_unknown(ports: Ports, context: Context, message: Message, doubt: str) -> Message:
    """Record that nobody knows whether a claimed message went out, and ask a person to look."""

    def attempt() -> Message:
        current = known(ports.store.get(message_ref(message.customer_id, message.id)))
        if current.state != "claimed":
            return current
        after = current.next(state="unknown", reason=doubt[:200])
        item = _item(context, after, "send_uncertain", f"uncertain-{message.id}", doubt)
        ports.store.commit(
            [*save_message(after), *on_the_document(ports, after), *_new(ports, item)]
        )
        return after

    return until_committed(ports, attempt)


def _refused(
    ports: Ports, context: Context, message: Message, refusal: MailRefused, give_back: GiveBack
) -> Message:
    def attempt() -> Message:
        current = known(ports.store.get(message_ref(message.customer_id, message.id)))
        if current.state != "claimed":
            return current
        may_retry = refusal.is_temporary and current.attempts < MAX_ATTEMPTS
        state = current.waiting_state if may_retry else "refused"
        after = current.next(state=state, reason=refusal.reason[:200])
        if may_retry:
            after, others = give_back(after)
        else:
            key = f"refused-{message.id}"
            others = _new(ports, _item(context, after, "send_refused", key, refusal.reason))
        ports.store.commit([*save_message(after), *on_the_document(ports, after), *others])
        return after

    return until_committed(ports, attempt)


def _item(context: Context, message: Message, what: Any, key: str, detail: str) -> WorkItem:
    return work_item(
        context,
        key,
        what,
        detail[:500],
        priority=1,
        customer_id=message.customer_id,
        customer_name=message.customer_name,
        invoice_id=message.invoice_ids[0] if len(message.invoice_ids) == 1 else None,
        message_id=message.id,
        amount_minor=message.amount_minor,
        currency=message.currency,
    )


def _new(ports: Ports, item: WorkItem) -> list[Write]:
    # A message that a person sent again may become uncertain again: the item opens anew.
    return [on_the_list(item, ports.store.get(work_item_ref(item.key)))]

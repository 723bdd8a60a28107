"""Hand a claimed message to the mail provider, once, and record what is known of the outcome.

A claim comes before, in a transaction of its own; from then on the message is never sent again by
a machine. A refusal is certain and may be tried again; anything else is uncertain and is settled by
the provider's events or by a person.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.deliverability import counts_between
from chalicelib.domain.errors import known
from chalicelib.domain.fate import Fate, remembered
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import MAX_ATTEMPTS, Message, following_mail_id, moves_on, why
from chalicelib.domain.work import WorkItem, WorkKind
from chalicelib.usecases.contents import Attachment, MailContent, OutgoingMail, personal
from chalicelib.usecases.context import Context, audit, until_committed
from chalicelib.usecases.message_content import WithoutProof, keep_content, without_proof
from chalicelib.usecases.ports import (
    Increase,
    MailRefused,
    MailUncertain,
    NotKept,
    Ports,
    Replace,
    Write,
)
from chalicelib.usecases.posting import save_message
from chalicelib.usecases.references import carried_ref, message_ref, work_item_ref
from chalicelib.usecases.work import closing, on_the_list, work_item

_ASKS_A_PERSON: Final[Mapping[str, WorkKind]] = {
    "undelivered": "mail_undelivered",
    "refused": "send_refused",
}
"""States that the provider reports and that a person should look at, while they last."""

GiveBack = Callable[[Message, datetime | None], tuple[Message, list[Write]]]
"""What else is written with a message that may be tried again, and how the message then stands.

The instant is the earliest for another attempt, where the provider said so.
"""


def as_it_is(message: Message, _not_before: datetime | None) -> tuple[Message, list[Write]]:
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
    token: str | None = None,
) -> Message:
    """Send a claimed message with one attempt and record the outcome; return the message.

    Replies go to ``owner``, the person in charge of the customer, or else to the company.
    ``token`` opens the portal for the reader: it is put in last of all, and kept nowhere.
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
        keep_content(ports, message, mail, context.at)
        private = personal(content, token) if token is not None else content
        provider_message_id = ports.mailer.send(mail.but(content=private))
    except NotKept as failure:
        return _refused(ports, context, message, without_proof(failure, context.at), give_back)
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
    ports: Ports,
    context: Context,
    message: Message,
    reached: str,
    *,
    report: Fate | None = None,
    if_unknown: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Message:
    """Record that a message reached a state, unless it is known to be further already.

    The fields are kept either way: they are facts; those of ``if_unknown`` give way to what is
    known. ``report`` is what the provider said. Settling an uncertain message closes its item.
    ``message`` is as the caller knows it; it is read only when it has changed since.
    """
    present = latest(ports, message)

    def attempt() -> Message:
        current = present()
        further = moves_on(current.state, reached)
        learned = {
            name: value
            for name, value in (if_unknown or {}).items()
            if getattr(current, name) is None
        }
        after = current.but(
            **learned | fields,
            state=reached if further else current.state,
            fates=remembered(current.fates, (report,)) if report else current.fates,
        )
        after = after.but(reason=why(after))
        if after == current:
            return current
        after = after.but(version=current.version + 1)
        writes = [*save_message(after), *on_the_document(ports, after), *counted(current, after)]
        if further:
            writes += _followed(ports, context, current, after)
        ports.store.commit(writes)
        return after

    return until_committed(ports, attempt)


def counted(before: Message, after: Message) -> list[Write]:
    """Return the write that counts what has become known of a message, once for each fact."""
    counts = counts_between(before, after)
    return [Increase(counts)] if counts else []


def latest(ports: Ports, message: Message) -> Callable[[], Message]:
    """Return a reader that gives the message as known the first time, then as it is stored."""
    known_one = iter((message,))

    def read() -> Message:
        ref = message_ref(message.customer_id, message.id)
        return next(known_one, None) or known(ports.store.get(ref))

    return read


def _followed(ports: Ports, context: Context, before: Message, after: Message) -> list[Write]:
    writes: list[Write] = [_said(ports, context, after)]
    if before.state == "unknown":
        writes += closing(ports, context, f"uncertain-{after.id}", after.state)
    if before.state in _ASKS_A_PERSON:
        writes += closing(ports, context, f"{before.state}-{after.id}", after.state)
    if after.state in _ASKS_A_PERSON:
        key, what = f"{after.state}-{after.id}", _ASKS_A_PERSON[after.state]
        item = _item(context, after, what, key, after.reason or "").but(priority=2)
        writes += _new(ports, item)
    return writes


def _said(ports: Ports, context: Context, message: Message) -> Write:
    return audit(
        ports,
        context,
        f"{message.purpose}_mail_{message.state}",
        subject=("customer", message.customer_id),
        customer_id=message.customer_id,
        message_id=message.id,
        to=message.to,
        step=message.step,
    )


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
        others = [*_new(ports, item), _said(ports, context, after)]
        ports.store.commit([*save_message(after), *on_the_document(ports, after), *others])
        return after

    return until_committed(ports, attempt)


def _refused(
    ports: Ports, context: Context, message: Message, refusal: MailRefused, give_back: GiveBack
) -> Message:
    def attempt() -> Message:
        current = known(ports.store.get(message_ref(message.customer_id, message.id)))
        if current.state != "claimed":
            return current
        if _may_retry(current, refusal):
            after, others = give_back(_waiting(current, refusal), refusal.not_before)
            others = [*others, *_limit_told(ports, context, refusal)]
        else:
            after, others = _given_up(ports, context, current, refusal)
        ports.store.commit([*save_message(after), *on_the_document(ports, after), *others])
        return after

    return until_committed(ports, attempt)


def _may_retry(message: Message, refusal: MailRefused) -> bool:
    # A limit of the whole company says nothing about this mail, and is not counted against it.
    is_about_all = refusal.not_before is not None
    return refusal.is_temporary and (is_about_all or message.attempts < MAX_ATTEMPTS)


def _waiting(message: Message, refusal: MailRefused) -> Message:
    return message.next(
        state=message.waiting_state,
        reason=refusal.reason[:200],
        not_before=refusal.not_before,
        attempts=message.attempts - (refusal.not_before is not None),
    )


def _limit_told(ports: Ports, context: Context, refusal: MailRefused) -> list[Write]:
    if refusal.not_before is None:
        return []
    # One item a day for the company, however many mails wait; it opens anew if it was done.
    what: WorkKind = "mail_not_kept" if isinstance(refusal, WithoutProof) else "sending_limit"
    key = f"{what.replace('_', '-')}-{context.at.date()}"
    item = work_item(context, key, what, refusal.reason[:500], priority=1)
    found = ports.store.get(work_item_ref(key))
    return [] if found is not None and found.state == "open" else [on_the_list(item, found)]


def _given_up(
    ports: Ports, context: Context, message: Message, refusal: MailRefused
) -> tuple[Message, list[Write]]:
    reason = refusal.reason[:200]
    report = Fate(what="refused", at=context.at, detail=reason)
    fates = remembered(message.fates, (report,))
    after = message.next(state="refused", reason=reason, fates=fates)
    item = _item(context, after, "send_refused", f"refused-{message.id}", refusal.reason)
    others = [*_new(ports, item), _said(ports, context, after)]
    return after, [*counted(message, after), *others]


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

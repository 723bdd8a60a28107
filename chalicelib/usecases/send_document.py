"""Put the mail that carries an invoice or a credit note into the queue, once."""

import json
from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from chalicelib.domain.credit_note import CreditNote, Document
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import StateConflict, known
from chalicelib.domain.message import (
    Message,
    Suppression,
    document_mail_id,
    fold_address,
    on_invoices,
)
from chalicelib.domain.recipients import Recipient, recipients
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.ports import Insert, Mirror, Ports, Replace, Write
from chalicelib.usecases.references import customer_ref, suppression_ref

D = TypeVar("D", bound=Document)

_NOT_ARRIVED = frozenset({"undelivered", "bounced", "complained", "refused", "suppressed"})


def send_document(
    ports: Ports,
    context: Context,
    read: Callable[[], tuple[D, Sequence[Message]]],
    *,
    resource: str,
    again: bool,
) -> D:
    """Queue the mail that carries a document, and return the document.

    ``read`` brings it with the mails that carried it before. It goes once to an address: a second
    call changes nothing unless ``again`` is set or the first mail did not arrive. StateConflict
    for a customer without address or with one that must not be written to.
    """
    after, queued = until_committed(
        ports, lambda: _queued(ports, context, read(), resource=resource, again=again)
    )
    if queued is not None:
        queue_message(ports, queued)
    return after


def _queued(
    ports: Ports,
    context: Context,
    found: tuple[D, Sequence[Message]],
    *,
    resource: str,
    again: bool,
) -> tuple[D, Message | None]:
    document, earlier = found
    customer = known(ports.store.get(customer_ref(document.customer_id)))
    to = _addressed(ports, customer)
    sent = [one for one in earlier if fold_address(one.to) == to.address]
    if sent and not again and any(one.state not in _NOT_ARRIVED for one in sent):
        return document, None
    message = _message(context, document, to, ordinal=len(earlier) + 1)
    after = cast("D", document.next(mail_state="queued"))
    writes = [Replace(after), *_mail_writes(ports, context, after, message)]
    commit(ports, context, writes, resource=resource)
    return after, message


def queue_message(ports: Ports, message: Message) -> None:
    """Hand a queued message to the mail worker; the sweeper does so if this never happens."""
    body = {"v": 1, "customer_id": message.customer_id, "message_id": message.id}
    if message.purpose in ("statement", "contact"):
        body |= {"purpose": message.purpose}
    ports.queues.put("mail", json.dumps(body))


def first_mail(
    ports: Ports, context: Context, document: D, customer: Customer
) -> tuple[D, Message, list[Write]]:
    """Return a document that is just being issued with its mail queued, that mail, and its writes.

    The document itself is for the caller to write. One read. StateConflict for a customer without
    address or with one that must not be written to.
    """
    message = _message(context, document, _addressed(ports, customer), ordinal=1)
    queued = cast("D", document.but(mail_state="queued"))
    return queued, message, _mail_writes(ports, context, document, message)


def _addressed(ports: Ports, customer: Customer) -> Recipient:
    """Return to whom a document goes: one mail, with everybody else who gets it as a copy."""
    wanted = recipients(customer, "invoices")
    if not wanted:
        raise StateConflict(f"{customer.name} has no e-mail address.", code="no_address")
    everybody = [address for one in wanted for address in (one.address, *one.copies)]
    found = ports.store.get_many([suppression_ref(address) for address in everybody])
    reachable = [one for one in wanted if suppression_ref(one.address) not in found]
    if not reachable:
        address = wanted[0].address
        suppression = cast("Suppression", found[suppression_ref(address)])
        raise StateConflict(
            f"{address} must not be written to ({suppression.reason}); correct the address first.",
            code="address_suppressed",
        )
    first = reachable[0]
    copies = (one for one in everybody if suppression_ref(one) not in found)
    return first.but(copies=tuple(one for one in dict.fromkeys(copies) if one != first.address))


def _message(context: Context, document: Document, to: Recipient, *, ordinal: int) -> Message:
    return Message(
        id=document_mail_id(document.id, ordinal),
        purpose="credit_note" if isinstance(document, CreditNote) else "invoice",
        state="queued",
        customer_id=document.customer_id,
        customer_name=document.customer.name,
        currency=document.currency,
        to=to.address,
        contact_id=to.contact_id,
        cc=to.copies,
        subject="",
        language=document.language,
        template=document.kind,
        invoice_ids=(_invoice_id(document),),
        amount_minor=document.total_minor,
        created_at=context.at,
        created_by=context.actor.id,
    )


def _invoice_id(document: Document) -> str:
    return document.invoice_id if isinstance(document, CreditNote) else document.id


def _mail_writes(
    ports: Ports, context: Context, document: Document, message: Message
) -> list[Write]:
    entry = audit(
        ports,
        context,
        f"{message.purpose}_mail_queued",
        subject=("invoice", _invoice_id(document)),
        customer_id=document.customer_id,
        number=document.number,
        to=message.to,
    )
    return [Insert(message), *(Mirror(copy) for copy in on_invoices(message)), entry]

"""Send an issued invoice to its customer: put the mail into the queue, once."""

import json

from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import NotFound, StateConflict, known
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import Message, fold_address, invoice_mail_id, on_invoices
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.ports import Insert, Mirror, Ports, Replace, Write
from chalicelib.usecases.references import customer_ref, invoice_ref, suppression_ref

_NOT_ARRIVED = frozenset({"bounced", "complained", "refused", "suppressed"})


def send_invoice(ports: Ports, context: Context, invoice_id: str, *, again: bool) -> Invoice:
    """Queue the mail that carries the invoice, and return the invoice.

    It goes once to an address: a second call changes nothing unless ``again`` is set or the first
    mail did not arrive. StateConflict for a draft, a void invoice, a customer without address or
    with one that must not be written to.
    """

    def attempt() -> tuple[Invoice, Message | None]:
        invoice, messages = _load(ports, invoice_id)
        address = _address(ports, invoice)
        sent = [one for one in messages if fold_address(one.to) == address]
        if sent and not again and any(one.state not in _NOT_ARRIVED for one in sent):
            return invoice, None
        message = _message(context, invoice, address, ordinal=len(messages) + 1)
        after = invoice.next(mail_state="queued")
        writes = [Replace(after), *_mail_writes(ports, context, after, message)]
        commit(ports, context, writes, resource=f"/v1/invoices/{invoice_id}")
        return after, message

    invoice, message = until_committed(ports, attempt)
    if message is not None:
        queue_message(ports, message)
    return invoice


def queue_message(ports: Ports, message: Message) -> None:
    """Hand a queued message to the mail worker; the sweeper does so if this never happens."""
    body = {"v": 1, "customer_id": message.customer_id, "message_id": message.id}
    ports.queues.put("mail", json.dumps(body))


def first_mail(
    ports: Ports, context: Context, invoice: Invoice, customer: Customer
) -> tuple[Invoice, Message, list[Write]]:
    """Return an invoice that is just being issued with its mail queued, that mail, and its writes.

    The invoice itself is for the caller to write. One read. StateConflict for a customer without
    address or with one that must not be written to.
    """
    message = _message(context, invoice, _address_of(ports, customer), ordinal=1)
    return invoice.but(mail_state="queued"), message, _mail_writes(ports, context, invoice, message)


def _load(ports: Ports, invoice_id: str) -> tuple[Invoice, list[Message]]:
    records = ports.store.partition(invoice_ref(invoice_id))
    invoice = next((one for one in records if isinstance(one, Invoice)), None)
    if invoice is None:
        raise NotFound("invoice", invoice_id)
    if invoice.is_draft or invoice.state in ("void", "pending_approval"):
        raise StateConflict(
            f"Invoice {invoice.number or invoice_id} is {invoice.state}; issue it before sending.",
            code="not_issued",
        )
    copies = (getattr(one, "message", None) for one in records)
    return invoice, [
        copy for copy in copies if isinstance(copy, Message) and copy.purpose == "invoice"
    ]


def _address(ports: Ports, invoice: Invoice) -> str:
    return _address_of(ports, known(ports.store.get(customer_ref(invoice.customer_id))))


def _address_of(ports: Ports, customer: Customer) -> str:
    if customer.email is None:
        raise StateConflict(f"{customer.name} has no e-mail address.", code="no_address")
    address = fold_address(customer.email)
    suppression = ports.store.get(suppression_ref(address))
    if suppression is not None:
        raise StateConflict(
            f"{address} must not be written to ({suppression.reason}); correct the address first.",
            code="address_suppressed",
        )
    return address


def _message(context: Context, invoice: Invoice, address: str, *, ordinal: int) -> Message:
    return Message(
        id=invoice_mail_id(invoice.id, ordinal),
        purpose="invoice",
        state="queued",
        customer_id=invoice.customer_id,
        customer_name=invoice.customer.name,
        currency=invoice.currency,
        to=address,
        subject="",
        language=invoice.language,
        template="invoice",
        invoice_ids=(invoice.id,),
        amount_minor=invoice.total_minor,
        created_at=context.at,
        created_by=context.actor.id,
    )


def _mail_writes(ports: Ports, context: Context, invoice: Invoice, message: Message) -> list[Write]:
    entry = audit(
        ports,
        context,
        "invoice_mail_queued",
        subject=("invoice", invoice.id),
        customer_id=invoice.customer_id,
        number=invoice.number,
        to=message.to,
    )
    return [Insert(message), *(Mirror(copy) for copy in on_invoices(message)), entry]

"""Read one message with what it is about and what may be done with it."""

from dataclasses import dataclass

from chalicelib.domain.errors import NotFound
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import Message, Suppression
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.references import invoice_ref, message_ref, suppression_ref


@dataclass(frozen=True)
class MessageFile:
    """A message, the invoices it is about, and whether its address may be written to."""

    message: Message
    invoices: tuple[Invoice, ...]
    suppression: Suppression | None


def read_message(ports: Ports, customer_id: str, message_id: str) -> MessageFile:
    """Return a message with its file: two reads. NotFound."""
    message = ports.store.get(message_ref(customer_id, message_id))
    if message is None:
        raise NotFound("message", message_id)
    refs = [invoice_ref(invoice_id) for invoice_id in message.invoice_ids]
    suppression = suppression_ref(message.to)
    found = ports.store.get_many([*refs, suppression])
    stopped = found.get(suppression)
    invoices = tuple(one for ref in refs if isinstance(one := found.get(ref), Invoice))
    return MessageFile(message, invoices, stopped if isinstance(stopped, Suppression) else None)

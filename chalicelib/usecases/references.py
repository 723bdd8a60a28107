"""Keys of records, by name."""

from chalicelib.domain.account import Account
from chalicelib.domain.checkout import Checkout
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import known
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import Message, Suppression, fold_address
from chalicelib.domain.names import invoice_of
from chalicelib.domain.numbering import Series
from chalicelib.domain.payment import Payment
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.ports import Ref


def customer_ref(customer_id: str) -> Ref[Customer]:
    """Return the key of a customer."""
    return Ref(Customer, (customer_id,))


def account_ref(customer_id: str, currency: str) -> Ref[Account]:
    """Return the key of a customer's account in a currency."""
    return Ref(Account, (customer_id, currency))


def checkout_ref(checkout_id: str) -> Ref[Checkout]:
    """Return the key of a checkout."""
    return Ref(Checkout, (checkout_id,))


def invoice_ref(invoice_id: str) -> Ref[Invoice]:
    """Return the key of an invoice."""
    return Ref(Invoice, (invoice_id,))


def credit_note_ref(note_id: str) -> Ref[CreditNote]:
    """Return the key of a credit note, whose id names its invoice."""
    return Ref(CreditNote, (invoice_of(note_id), note_id))


def carried_ref(message: Message) -> Ref[Invoice] | Ref[CreditNote]:
    """Return the key of the document that a message carries."""
    if message.purpose == "credit_note":
        return credit_note_ref(known(message.document_id))
    return invoice_ref(known(message.document_id))


def payment_ref(payment_id: str) -> Ref[Payment]:
    """Return the key of a payment."""
    return Ref(Payment, (payment_id,))


def series_ref(code: str) -> Ref[Series]:
    """Return the key of a series."""
    return Ref(Series, (code,))


def message_ref(customer_id: str, message_id: str) -> Ref[Message]:
    """Return the key of a message."""
    return Ref(Message, (customer_id, message_id))


def suppression_ref(address: str) -> Ref[Suppression]:
    """Return the key under which an address would be suppressed."""
    return Ref(Suppression, (fold_address(address),))


def work_item_ref(key: str) -> Ref[WorkItem]:
    """Return the key of a work item."""
    return Ref(WorkItem, (key,))

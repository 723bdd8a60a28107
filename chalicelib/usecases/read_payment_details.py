"""How an invoice is paid by bank transfer, as the company and the invoice stand now."""

from chalicelib.domain.errors import NotFound, StateConflict
from chalicelib.domain.payment_details import PaymentDetails, payment_details
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.references import invoice_ref


def read_payment_details(ports: Ports, invoice_id: str) -> PaymentDetails:
    """Return how to pay what is open of an invoice.

    NotFound; StateConflict for what was never issued: it has no number to quote.
    """
    invoice = ports.store.get(invoice_ref(invoice_id))
    if invoice is None:
        raise NotFound("invoice", invoice_id)
    if invoice.number is None:
        raise StateConflict("A draft cannot be paid: issue it first.", code="not_issued")
    return payment_details(
        company_of(ports),
        [invoice.number],
        amount_minor=invoice.open_minor if invoice.is_open else 0,
        currency=invoice.currency,
    )

"""How to pay an invoice by transfer, over HTTP."""

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.payment_details import PaymentDetails
from chalicelib.usecases.read_payment_details import read_payment_details

routes = Routes()


@routes.route("/v1/invoices/{invoice_id}/payment-details", "GET", gives=PaymentDetails)
def read(request: ApiRequest, invoice_id: str) -> Reply:
    """How to pay what is open: account, amount, creditor reference and EPC QR code.

    The reference (ISO 11649) is made from the invoice's number and never changes. The code is the
    text of an EPC QR code, and the same as an SVG element; null in other currencies than the euro,
    without a valid IBAN, and when nothing is open.
    """
    details = read_payment_details(request.ports, invoice_id)
    drawn = details.epc_payload and request.ports.writer.qr_svg(details.epc_payload)
    return Reply(PaymentDetails(**details.model_dump(), qr_svg=drawn))

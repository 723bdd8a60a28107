"""How to pay by bank transfer: to whom, how much, what to quote, and the code that says it all."""

from collections.abc import Sequence

from chalicelib.domain.base import Value
from chalicelib.domain.company import Company
from chalicelib.domain.epc import epc_payload, remittance_for
from chalicelib.domain.formatting import grouped_iban
from chalicelib.domain.rf_reference import grouped_reference


class PaymentDetails(Value):
    """What a payer types or scans.

    ``reference`` is the creditor reference of a single invoice; several have none, and ``text``
    names them instead. Without an ``iban`` nobody said where to pay. ``epc_payload`` is what the
    QR code says: in euros alone, and only while something is to be paid.
    """

    beneficiary: str
    iban: str | None
    iban_grouped: str | None
    amount_minor: int
    currency: str
    reference: str | None
    reference_grouped: str | None
    text: str | None
    epc_payload: str | None


def payment_details(
    company: Company, numbers: Sequence[str], *, amount_minor: int, currency: str
) -> PaymentDetails:
    """Return how to pay so much for the invoices of these numbers."""
    said = remittance_for(numbers, instead=company.name)
    iban = (company.iban or "").replace(" ", "").upper()
    payload = epc_payload(
        name=company.name,
        iban=iban,
        amount_minor=amount_minor,
        currency=currency,
        remittance=said,
    )
    return PaymentDetails(
        beneficiary=company.name,
        iban=iban or None,
        iban_grouped=grouped_iban(iban) if iban else None,
        amount_minor=amount_minor,
        currency=currency,
        reference=said.reference or None,
        reference_grouped=grouped_reference(said.reference) if said.reference else None,
        text=said.text or None,
        epc_payload=payload,
    )

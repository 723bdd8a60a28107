"""How to pay by transfer, as the API shows it."""

from chalicelib.api.schemas.base import Answer


class PaymentDetails(Answer):
    """What a payer types or scans. ``text`` is quoted where there is no ``reference``."""

    beneficiary: str
    iban: str | None
    iban_grouped: str | None
    amount_minor: int
    currency: str
    reference: str | None
    reference_grouped: str | None
    text: str | None
    epc_payload: str | None
    qr_svg: str | None

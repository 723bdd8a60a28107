"""The EPC QR code ("GiroCode") with which a banking app fills in a SEPA transfer."""

from decimal import Decimal
from typing import Final

from segno import QRCode
from segno.helpers import make_epc_qr

_LONGEST_NAME: Final = 70  # EPC069-12, as are the limits on the rest that segno checks


def payment_code(*, name: str, iban: str, amount: Decimal, reference: str) -> QRCode | None:
    """Return the code for a transfer in euros, or None where the standard has no room for it."""
    try:
        return make_epc_qr(
            name=" ".join(name.split())[:_LONGEST_NAME],
            iban=iban.replace(" ", "").upper(),
            amount=amount,
            text=" ".join(reference.split()),
            encoding="utf-8",
        )
    except ValueError:
        return None

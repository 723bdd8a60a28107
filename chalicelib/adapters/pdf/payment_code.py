"""The EPC QR code ("GiroCode") of a transfer: the text is ``domain/epc``, here it is drawn."""

from io import BytesIO
from typing import Final

import segno
from segno import QRCode

_QUIET_ZONE: Final = 4  # modules, by the standard of QR codes


def payment_code(payload: str) -> QRCode:
    """Return the code. Error correction M and nothing better: the standard allows no other."""
    return segno.make_qr(payload.encode(), error="m", boost_error=False)


def qr_svg(payload: str) -> str:
    """Return the code as an SVG element that scales to its place, black on white."""
    drawn = BytesIO()
    payment_code(payload).save(
        drawn, kind="svg", border=_QUIET_ZONE, omitsize=True, xmldecl=False, svgclass=None,
        lineclass=None, dark="#000", light="#fff", nl=False,
    )  # fmt: skip
    return drawn.getvalue().decode()

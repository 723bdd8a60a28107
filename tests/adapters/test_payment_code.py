"""The EPC QR code carries what a banking app needs, and nothing a name could smuggle in."""

from decimal import Decimal

import segno

from chalicelib.adapters.pdf.payment_code import payment_code


def test_the_code_is_the_one_of_the_standard() -> None:
    code = payment_code(
        name="Talleres  Ibáñez\nBIC", iban="es91 2100 0418 4502 0005 1332",
        amount=Decimal("1210.00"), reference="A-000127",
    )  # fmt: skip

    text = (
        "BCD\n002\n1\nSCT\n\nTalleres Ibáñez BIC\nES9121000418450200051332\nEUR1210\n\n\nA-000127"
    )
    assert code == segno.make_qr(text.encode(), error="m", boost_error=False)


def test_an_amount_beyond_the_standard_has_no_code() -> None:
    code = payment_code(
        name="X", iban="ES9121000418450200051332", amount=Decimal(10**9), reference="A-1"
    )

    assert code is None

"""The EPC QR code is drawn as the standard says, on paper and on a screen."""

from xml.etree import ElementTree as ET

import segno

from chalicelib.adapters.pdf.payment_code import payment_code, qr_svg

PAYLOAD = "BCD\n002\n1\nSCT\n\nTalleres Ibáñez\nES9121000418450200051332\nEUR1210\n\nRF05A000000127"


def test_the_code_is_the_one_of_the_standard() -> None:
    assert payment_code(PAYLOAD) == segno.make_qr(PAYLOAD.encode(), error="m", boost_error=False)


def test_the_largest_payload_is_within_version_13() -> None:
    assert payment_code("x" * 331).version == 13


def test_on_a_screen_it_is_one_element_that_scales_and_carries_no_script() -> None:
    drawn = ET.fromstring(qr_svg(PAYLOAD))  # noqa: S314 - our own text

    side = payment_code(PAYLOAD).symbol_size(border=4)[0]
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert drawn.attrib == {"viewBox": f"0 0 {side} {side}"}
    assert {one.tag.rpartition("}")[2] for one in drawn} == {"path"}

"""What may be a logo, decided from the head of the file alone."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidField
from chalicelib.domain.logo import MAX_LOGO_BYTES, Logo, type_of_logo
from tests.pictures import a_picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (a_picture("PNG"), "image/png"),
        (a_picture("PNG", mode="RGBA"), "image/png"),
        (a_picture("JPEG"), "image/jpeg"),
        (a_picture("JPEG", progressive=True), "image/jpeg"),
        (a_picture("JPEG", mode="L"), "image/jpeg"),
        (a_picture("PNG", size=(16, 4000)), "image/png"),
    ],
)
def test_a_png_and_a_jpeg_may_be_a_logo(content: bytes, expected: str) -> None:
    assert type_of_logo(content) == expected


def huge_png(width: int, height: int) -> bytes:
    head = a_picture("PNG")
    return head[:16] + struct.pack(">II", width, height) + head[24:]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "image_type"),
        (SVG, "image_type"),
        (a_picture("GIF"), "image_type"),
        (a_picture("WEBP"), "image_type"),
        (b"%PDF-1.7", "image_type"),
        (b"\xff\xd8\xff", "image_unreadable"),
        (b"\xff\xd8\xff\xe0\x00\x00" * 1000, "image_unreadable"),
        (b"\x89PNG\r\n\x1a\n", "image_unreadable"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIDAT" + b"\x00" * 40, "image_unreadable"),
        (a_picture("PNG", size=(15, 100)), "image_sides"),
        (a_picture("PNG", size=(4001, 20)), "image_sides"),
        (huge_png(0, 100), "image_sides"),
        (huge_png(4000, 4000), "image_sides"),
        (huge_png(2**31, 2**31), "image_sides"),
        (a_picture("PNG") + b"\x00" * MAX_LOGO_BYTES, "image_too_large"),
    ],
)
def test_anything_else_is_refused_with_the_reason(content: bytes, code: str) -> None:
    with pytest.raises(InvalidField) as refused:
        type_of_logo(content)

    assert (refused.value.pointer, refused.value.field_code) == ("/content", code)


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_no_bytes_at_all_break_the_reading(tail: bytes, head: bytes) -> None:
    with suppress(InvalidField):
        assert type_of_logo(head + tail) in ("image/png", "image/jpeg")


def test_a_logo_lies_under_the_hash_of_its_bytes() -> None:
    logo = Logo(hash="ab" * 32, content_type="image/jpeg", width=300, height=100)

    assert logo.key == f"logos/{'ab' * 32}.jpg"
    assert logo.but(content_type="image/png").key.endswith(".png")

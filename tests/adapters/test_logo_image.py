"""A logo is decoded and written anew: nothing but its pixels is kept."""

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from chalicelib.adapters.logo_image import clean_image
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.logo import MAX_LOGO_BYTES, type_of_logo
from tests.pictures import a_picture


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_a_small_png_keeps_its_pixels() -> None:
    clean = clean_image(a_picture(), "image/png")

    picture = opened(clean.content)
    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (300, 100))
    assert (clean.width, clean.height) == (300, 100)
    assert (picture.getpixel((10, 50)), picture.getpixel((290, 50))) == ((255, 0, 0), (0, 0, 0))


def test_what_can_be_seen_through_stays_so() -> None:
    clean = clean_image(a_picture(mode="RGBA"), "image/png")

    assert opened(clean.content).getpixel((290, 50)) == (0, 0, 0, 0)


def test_a_large_picture_is_made_smaller_in_proportion() -> None:
    clean = clean_image(a_picture(size=(2400, 800)), "image/png")
    tall = clean_image(a_picture("JPEG", size=(500, 1000)), "image/jpeg")

    assert (clean.width, clean.height) == (600, 200)
    assert (tall.width, tall.height) == (150, 300)


def test_comments_and_what_follows_the_picture_are_gone() -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "<script>alert(1)</script>")
    hidden = a_picture(pnginfo=said) + b"<?php system($_GET['x']); ?>"
    jpeg = a_picture("JPEG", comment=b"<script>alert(1)</script>") + b"PK\x03\x04"

    cleaned = clean_image(hidden, "image/png").content, clean_image(jpeg, "image/jpeg").content

    assert not any(word in one for one in cleaned for word in (b"script", b"php", b"PK\x03\x04"))


def test_a_photograph_that_lies_on_its_side_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    clean = clean_image(a_picture("JPEG", exif=exif), "image/jpeg")

    assert (clean.width, clean.height) == (100, 300)
    assert not opened(clean.content).getexif()


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16"])
def test_pngs_of_every_kind_are_read(mode: str) -> None:
    written = BytesIO()
    Image.new(mode, (64, 32), 7).save(written, "PNG")

    assert clean_image(written.getvalue(), "image/png").width == 64


def test_a_jpeg_for_printers_is_read() -> None:
    clean = clean_image(a_picture("JPEG", mode="CMYK"), "image/jpeg")

    assert opened(clean.content).mode == "RGB"


def test_a_damaged_picture_is_refused() -> None:
    for form, content_type in (("PNG", "image/png"), ("JPEG", "image/jpeg")):
        whole = a_picture(form, size=(200, 200))
        torn = whole[: len(whole) // 2]
        assert type_of_logo(torn) == content_type
        with pytest.raises(InvalidField):
            clean_image(torn, "image/png" if form == "PNG" else "image/jpeg")


def test_a_picture_of_another_kind_than_it_says_is_refused() -> None:
    with pytest.raises(InvalidField):
        clean_image(a_picture("GIF"), "image/png")


def test_the_worst_that_is_kept_stays_within_reason() -> None:
    noise = Image.effect_noise((600, 300), 200)
    written = BytesIO()
    Image.merge("RGBA", [noise] * 4).save(written, "PNG")

    assert len(clean_image(written.getvalue(), "image/png").content) < 2 * MAX_LOGO_BYTES

"""Pictures made in memory, for a test to upload."""

from io import BytesIO
from typing import Any

from PIL import Image


def a_picture(
    form: str = "PNG",
    size: tuple[int, int] = (300, 100),
    mode: str = "RGB",
    **saved: Any,
) -> bytes:
    """Return a picture whose left half is red."""
    picture = Image.new(mode, size, 0)
    red = {"RGB": (255, 0, 0), "RGBA": (255, 0, 0, 255)}.get(mode, 200)
    picture.paste(red, (0, 0, size[0] // 2, size[1]))
    written = BytesIO()
    picture.save(written, form, **saved)
    return written.getvalue()

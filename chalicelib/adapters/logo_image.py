"""A picture decoded and written anew: what reaches readers is ours, with nothing hidden in it."""

import struct
import warnings
from io import BytesIO
from typing import Final
from zlib import error as ZlibError  # noqa: N812 - the module calls it so

from PIL import Image, ImageOps

from chalicelib.domain.logo import CleanImage, ImageType, unreadable_logo

_BOX: Final = (600, 300)
"""Pixels: 60 mm on paper at 250 dots an inch, and sharp on a screen of double density."""
_QUALITY: Final = 88
_DAMAGED: Final = (
    OSError, ValueError, SyntaxError, EOFError, TypeError, struct.error, ZlibError,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


def clean_image(content: bytes, content_type: ImageType) -> CleanImage:
    """Return the picture without anything but its pixels, upright and no larger than needed.

    InvalidField when it cannot be decoded whole.
    """
    form = "PNG" if content_type == "image/png" else "JPEG"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=(form,)) as picture:
                picture.load()
                upright = ImageOps.exif_transpose(picture)
                pixels = upright.convert(_mode(upright, form))
                pixels.thumbnail(_BOX, Image.Resampling.LANCZOS)
    except _DAMAGED as exc:
        raise unreadable_logo() from exc
    return CleanImage(_written(pixels, form), pixels.width, pixels.height)


def _mode(picture: Image.Image, form: str) -> str:
    return "RGBA" if form == "PNG" and picture.has_transparency_data else "RGB"


def _written(pixels: Image.Image, form: str) -> bytes:
    # A copy of the bare pixels: profiles and comments of the source would be written along.
    bare = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    written = BytesIO()
    if form == "PNG":
        bare.save(written, "PNG", optimize=True)
    else:
        bare.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()

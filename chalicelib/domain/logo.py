"""The company's logo: what may be one, read from the head of the file, and what is kept of it."""

import struct
from typing import Final, Literal, NamedTuple

from chalicelib.domain.base import Value
from chalicelib.domain.errors import InvalidField

ImageType = Literal["image/png", "image/jpeg"]

MAX_LOGO_BYTES: Final = 512 * 1024
_SHORTEST_SIDE: Final = 16
_LONGEST_SIDE: Final = 4000  # decoded, four bytes a pixel, it still fits the memory of a Lambda
_MOST_PIXELS: Final = 8_000_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_FRAMES: Final = frozenset({*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC)})
_WITHOUT_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD9)})


class CleanImage(NamedTuple):
    """A picture as it is kept. Sides in pixels."""

    content: bytes
    width: int
    height: int


class Logo(Value):
    """The picture that is kept, stored under the SHA-256 of its bytes. Sides in pixels."""

    hash: str
    content_type: ImageType
    width: int
    height: int

    @property
    def key(self) -> str:
        """Where it lies in the bucket of documents."""
        suffix = "png" if self.content_type == "image/png" else "jpg"
        return f"logos/{self.hash}.{suffix}"


def type_of_logo(content: bytes) -> ImageType:
    """Return what kind of picture an upload is. InvalidField for anything that may be no logo.

    The head decides before anything is decoded: a small file can claim to be a huge picture.
    """
    if len(content) > MAX_LOGO_BYTES:
        raise _refused("image_too_large", f"A logo has at most {MAX_LOGO_BYTES // 1024} kB.")
    if content.startswith(_PNG):
        sides, content_type = _sides_of_png(content), "image/png"
    elif content.startswith(_JPEG):
        sides, content_type = _sides_of_jpeg(content), "image/jpeg"
    else:
        raise _refused("image_type", "A logo is a PNG or a JPEG.")
    if sides is None:
        raise unreadable_logo()
    _require_sides(*sides)
    return "image/png" if content_type == "image/png" else "image/jpeg"


def _require_sides(width: int, height: int) -> None:
    within = min(width, height) >= _SHORTEST_SIDE and max(width, height) <= _LONGEST_SIDE
    if not within or width * height > _MOST_PIXELS:
        raise _refused(
            "image_sides",
            f"A logo has {_SHORTEST_SIDE} to {_LONGEST_SIDE} pixels a side "
            f"and {_MOST_PIXELS // 1_000_000} million in all; this has {width} by {height}.",
        )


def unreadable_logo() -> InvalidField:
    """Return the refusal of a file that begins like a picture and is none."""
    return _refused("image_unreadable", "The picture is damaged and cannot be read.")


def _refused(code: str, message: str) -> InvalidField:
    return InvalidField("/content", message, field_code=code)


def _sides_of_png(content: bytes) -> tuple[int, int] | None:
    """Read the first chunk, which must be the header (ISO 15948, 11.2.2)."""
    if content[8:16] != b"\x00\x00\x00\rIHDR" or len(content) < 24:  # noqa: PLR2004
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _sides_of_jpeg(content: bytes) -> tuple[int, int] | None:
    """Walk from marker to marker to the header of the frame (ITU T.81, B.2.2)."""
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:  # noqa: PLR2004
        marker = content[place + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        if marker in _WITHOUT_LENGTH or marker == 0xFF:  # noqa: PLR2004
            place += 1 if marker == 0xFF else 2  # noqa: PLR2004
            continue
        place += 2 + max(struct.unpack(">H", content[place + 2 : place + 4])[0], 2)
    return None

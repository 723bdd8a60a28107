"""Pictures made of nothing but formulas: the company's logo, and what a customer photographed."""

import struct
import zlib
from collections.abc import Callable
from typing import Final

Colour = tuple[int, int, int]
_WHITE: Final[Colour] = (255, 255, 255)
_GREEN: Final[Colour] = (63, 98, 18)
_LIGHT: Final[Colour] = (163, 190, 79)
_CARTON: Final[Colour] = (196, 154, 108)
_TORN: Final[Colour] = (92, 64, 38)


def olive_logo(side: int = 96) -> bytes:
    """A twig of olive on a green disc, as PNG."""
    return _picture(side, 3, _olive)


def damaged_box(side: int = 80) -> bytes:
    """A box with a torn corner, as PNG."""
    return _picture(side, 1, _box)


def _olive(x: float, y: float) -> Colour:
    if x * x + y * y > 1:
        return _WHITE
    if _is_in_leaf(x, y) or _is_in_leaf(-x, y):
        return _LIGHT
    is_olive = (x / 0.26) ** 2 + ((y - 0.38) / 0.34) ** 2 < 1
    is_stalk = abs(x) < 0.035 and -0.62 < y < 0.1  # noqa: PLR2004 - a drawing
    return _WHITE if is_olive or is_stalk else _GREEN


def _is_in_leaf(x: float, y: float) -> bool:
    """Where two discs overlap, right of the middle."""
    left = (x - 0.02) ** 2 + (y + 0.52) ** 2
    right = (x - 0.62) ** 2 + (y - 0.02) ** 2
    return left < 0.36 and right < 0.36  # noqa: PLR2004 - a drawing


def _box(x: float, y: float) -> Colour:
    if max(abs(x), abs(y)) > 0.8 or x + y < -1.15 + 0.1 * abs((x * 8) % 2 - 1):  # noqa: PLR2004
        return _WHITE if x + y > -1.3 else _TORN  # noqa: PLR2004 - a drawing
    return _TORN if abs(y) < 0.03 else _CARTON  # noqa: PLR2004 - a drawing


def _picture(side: int, samples: int, colour: Callable[[float, float], Colour]) -> bytes:
    """Draw a function of the square from -1 to 1, y downwards; samples smooth the edges."""
    steps = [(number + 0.5) / samples for number in range(samples)]
    rows = bytearray()
    for row in range(side):
        ys = [(row + step) / side * 2 - 1 for step in steps]
        rows.append(0)  # no filter
        for column in range(side):
            xs = [(column + step) / side * 2 - 1 for step in steps]
            found = [colour(x, y) for y in ys for x in xs]
            rows += bytes(sum(part) // len(found) for part in zip(*found, strict=True))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(rows), 9)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", body), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

"""The typeface of documents: Inter, the same as on the screens, as two static TrueType files.

``fontpkg-inter`` (PyPI, SIL Open Font License 1.1) carries the variable font. fpdf2 could take it
as it is, but would spend two seconds a document on it. So it is cut down to the letters in use and
frozen at two weights once in the life of a process (0.5 s); a document then costs 30 ms.
"""

import atexit
import tempfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from typing import Any, Final, NamedTuple

import fontpkg_inter
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

_SOURCE: Final = Path(fontpkg_inter.ROOT) / "files" / "Inter[opsz,wght].ttf"
_WEIGHTS: Final = {"regular": 400, "strong": 600}
_TEXT_SIZE: Final = 14
_UNUSED_TABLES: Final = ("GPOS", "GSUB", "GDEF", "STAT", "HVAR", "MVAR", "prep", "gasp")
_BLOCKS: Final = (
    range(0x20, 0x180),  # Latin with the diacritics of European languages
    range(0x218, 0x21C),  # Romanian commas
    range(0x370, 0x460),  # Greek, Cyrillic
    range(0x2010, 0x2050),  # dashes, quotation marks, ellipsis
    range(0x20A0, 0x20D0),  # currency signs
    (0x2116, 0x2122, 0x2212),  # №, ™, minus
)
BASIC: Final = frozenset(chr(code) for block in _BLOCKS for code in block)


class Typeface(NamedTuple):
    """The files of the two weights that a document uses."""

    regular: Path
    strong: Path


def typeface_for(text: str) -> Typeface:
    """Return the typeface with every letter of this text that Inter has."""
    return _typeface(frozenset(text) - BASIC)


@lru_cache(maxsize=8)  # few texts need more than the basic letters
def _typeface(rare: frozenset[str]) -> Typeface:
    small = _cut(BASIC | rare)
    folder = Path(tempfile.mkdtemp(prefix="saldo-typeface-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    files = {name: folder / f"Inter-{name}.ttf" for name in _WEIGHTS}
    for name, weight in _WEIGHTS.items():
        axes = {"wght": weight, "opsz": _TEXT_SIZE}
        instantiateVariableFont(_load(small), axes).save(files[name], reorderTables=False)
    return Typeface(**files)


def _load(content: bytes) -> Any:
    # The time of making must not get into the file, or the same document had other bytes each time.
    return TTFont(BytesIO(content), recalcTimestamp=False)


def _cut(letters: frozenset[str]) -> bytes:
    cut = BytesIO()
    with TTFont(_SOURCE, lazy=True, recalcTimestamp=False) as font:
        for table in _UNUSED_TABLES:
            if table in font:
                del font[table]
        _use_tabular_figures(font)
        known = font.getBestCmap().keys()
        options = Options(hinting=False, notdef_outline=True, recalc_bounds=False)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[ord(letter) for letter in letters if ord(letter) in known])
        subsetter.subset(font)
        font.save(cut, reorderTables=False)
    return cut.getvalue()


def _use_tabular_figures(font: Any) -> None:
    """Give all digits one width, so that amounts stand under each other."""
    glyphs = set(font.getGlyphOrder())
    for table in font["cmap"].tables:
        for digit in range(ord("0"), ord("9") + 1):
            tabular = f"{table.cmap.get(digit)}.tf"
            if tabular in glyphs:
                table.cmap[digit] = tabular

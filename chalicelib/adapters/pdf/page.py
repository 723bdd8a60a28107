"""The sheet: A4, its running head and foot, the mark across it, and how text is set on it."""

import logging
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Final, Literal, NamedTuple

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos
from fpdf.image_parsing import preload_image

from chalicelib.adapters.pdf.typeface import Typeface

Colour = tuple[int, int, int]
Align = Literal["L", "C", "R"]

INK: Final[Colour] = (24, 28, 33)
MUTED: Final[Colour] = (92, 101, 112)
HAIRLINE: Final[Colour] = (217, 222, 228)
PANEL: Final[Colour] = (245, 247, 249)
MARK: Final[Colour] = (232, 235, 239)
VOID_MARK: Final[Colour] = (247, 205, 203)

LEFT: Final = 20.0
RIGHT: Final = 190.0
WIDTH: Final = RIGHT - LEFT
TOP_OF_NEXT_PAGES: Final = 28.0
BOTTOM: Final = 268.0
"""Nothing of the content goes below; the foot stands under it. All lengths are millimetres."""

_FOOT: Final = 275.0
_MILLIMETRES_A_POINT: Final = 0.3528
_LINE: Final = 1.42  # line height in units of the type size
_MARK_ANGLE: Final = 38

# fpdf2 reports each letter that the typeface lacks; the document says it well enough.
logging.getLogger("fpdf").setLevel(logging.ERROR)


class Running(NamedTuple):
    """What every page carries besides its content."""

    head: str
    page: str
    foot: str
    fingerprint: str
    mark: str
    mark_colour: Colour
    accent: Colour


class Sheet(FPDF):  # type: ignore[misc] # fpdf2 is not followed: too big
    """A document in the making. Coordinates are millimetres from the top left corner."""

    def __init__(self, *, typeface: Typeface, running: Running, made_at: datetime) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self.running = running
        self.accent = running.accent
        self.logo: bytes | None = None
        self.add_font("text", "", typeface.regular)
        self.add_font("text", "B", typeface.strong)
        self.set_creation_date(made_at)
        self.set_auto_page_break(False)
        self.set_margins(LEFT, TOP_OF_NEXT_PAGES, 210 - RIGHT)
        self.c_margin = 0

    def header(self) -> None:
        """Draw the mark and, from the second page on, what document this is."""
        self._draw_mark()
        self.set_fill_color(*self.accent)
        self.rect(0, 0, 210, 2, style="F")
        if self.page_no() > 1:
            self.text_at(LEFT, 13, self.running.head, size=8, colour=MUTED)
            self.rule(18.5)

    def footer(self) -> None:
        """Draw the foot: the company's own line, the page number, the fingerprint."""
        page = self.running.page.format(page=self.page_no())
        foot = self.lines(self.running.foot, WIDTH - 30, size=7)[:3]
        for index, line in enumerate(foot):
            self.text_at(LEFT, _FOOT + index * 3.6, line, size=7, colour=MUTED)
        self.set_font("text", "", 7)
        width = self.get_string_width(page.replace("{nb}", "0"))  # {nb} becomes a digit or two
        self.text_at(RIGHT - width, _FOOT, page, size=7, colour=MUTED)
        self.text_at(
            RIGHT - 60, _FOOT + 7.2, self.running.fingerprint, width=60, align="R", size=5.5,
            colour=MUTED,
        )  # fmt: skip

    def _draw_mark(self) -> None:
        if not self.running.mark:
            return
        text, size = self.running.mark, min(110, 800 / len(self.running.mark))
        self.set_font("text", "B", size)
        width = self.get_string_width(text)
        with self.rotation(_MARK_ANGLE, 105, 148):
            colour = self.running.mark_colour
            self.text_at(105 - width / 2, 130, text, strong=True, size=size, colour=colour)

    def text_at(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        width: float | None = None,
        align: Align = "L",
        strong: bool = False,
        colour: Colour = INK,
    ) -> None:
        """Set one line of text with its top at ``y``; a width is needed to align it."""
        self.set_font("text", "B" if strong else "", size)
        self.set_text_color(*colour)
        self.set_xy(x, y)
        self.cell(width, line_height(size), text, align=align, new_x=XPos.LEFT, new_y=YPos.TOP)

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        *,
        width: float,
        size: float,
        strong: bool = False,
        colour: Colour = INK,
    ) -> float:
        """Set wrapped text and return where the next line would begin."""
        for line in self.lines(text, width, size=size, strong=strong):
            self.text_at(x, y, line, size=size, strong=strong, colour=colour)
            y += line_height(size)
        return y

    def lines(self, text: str, width: float, *, size: float, strong: bool = False) -> Sequence[str]:
        """Return the text broken into lines of at most this width."""
        if not text.strip():
            return []
        self.set_font("text", "B" if strong else "", size)
        broken = self.multi_cell(
            width, text=text.strip(), align="L", dry_run=True, output=MethodReturnValue.LINES
        )
        return [str(line) for line in broken]

    def draw_logo(self, x: float, y: float, *, width: float, height: float) -> float:
        """Draw the logo as large as it fits, and return how high it is; 0 without one."""
        if self.logo is None:
            return 0
        _, _, picture = preload_image(self.image_cache, BytesIO(self.logo))
        scale = min(width / picture.width, height / picture.height)
        self.image(BytesIO(self.logo), x=x, y=y, w=picture.width * scale)
        return float(picture.height * scale)

    def rule(self, y: float, *, left: float = LEFT, colour: Colour = HAIRLINE) -> None:
        """Draw a thin line to the right margin."""
        self.set_draw_color(*colour)
        self.set_line_width(0.2)
        self.line(left, y, RIGHT, y)

    def new_page(self) -> float:
        """Begin another page and return where its content starts."""
        self.add_page()
        return TOP_OF_NEXT_PAGES


def line_height(size: float) -> float:
    """Return the height of a line of this type size (points), in millimetres."""
    return size * _MILLIMETRES_A_POINT * _LINE


def colour_of(code: str) -> Colour:
    """Return a colour written ``#rrggbb``."""
    value = int(code.lstrip("#"), 16)
    return value >> 16 & 255, value >> 8 & 255, value & 255

"""Reading the text of a template: words, and placeholders between double braces. Nothing else.

There are no expressions, no filters, no nesting and no escapes; a brace that is not part of a
placeholder is an error, so that nothing that looks like logic is ever mailed.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r"\{\{([^{}\n]{0,200})\}\}|[{}]+")
_NAME: Final = re.compile(r"\s*([a-z][a-z0-9_]{0,39})\s*\Z")
_LINE_BREAKS: Final = re.compile(r"\r\n?")
_BAD_CATEGORIES: Final = ("Cc", "Cs", "Zl", "Zp")


class Part(NamedTuple):
    """A stretch of a text. ``name`` is set for a placeholder; ``is_wrong`` for a stray brace.

    ``inside`` is what stands between the braces, also where it is no name.
    """

    text: str
    at: int
    name: str | None = None
    inside: str | None = None
    is_wrong: bool = False


def parts(text: str) -> Iterator[Part]:
    """Return the stretches of a text in order; together they are the whole text."""
    end = 0
    for found in _TOKEN.finditer(text):
        if found.start() > end:
            yield Part(text[end : found.start()], end)
        yield _token(found)
        end = found.end()
    if end < len(text):
        yield Part(text[end:], end)


def _token(found: re.Match[str]) -> Part:
    inside = found.group(1)
    name = _NAME.match(inside) if inside is not None else None
    if name is None:
        return Part(found.group(0), found.start(), inside=inside, is_wrong=True)
    return Part(found.group(0), found.start(), name=name.group(1), inside=inside)


def place(text: str, at: int) -> tuple[int, int]:
    """Return line and column of a position, both counted from 1."""
    line = text.count("\n", 0, at) + 1
    return line, at - text.rfind("\n", 0, at)


def control_character(text: str, *, allowed: str) -> int | None:
    """Return where the first control character or line separator stands that is not allowed."""
    for at, char in enumerate(text):
        if char not in allowed and unicodedata.category(char) in _BAD_CATEGORIES:
            return at
    return None


def plain_breaks(text: str) -> str:
    """Return a text with one kind of line break."""
    return _LINE_BREAKS.sub("\n", text)

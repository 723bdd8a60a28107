"""The columns of an imported file: what their cells could be, and which style they are written in.

The style is decided over all rows of a column. Where every cell could be read both ways the other
columns of the file decide, and where they do not either somebody is asked.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, Literal, cast

from chalicelib.domain.base import Value
from chalicelib.domain.import_cells import (
    DateStyle,
    NoMeaning,
    NumberStyle,
    country_of,
    day_of,
    number_of,
    yes_of,
)
from chalicelib.domain.import_fields import Content, ImportKind, guess_fields, heading_words
from chalicelib.domain.import_text import headings_of, with_width

Basis = Literal["column", "file", "any", "ask"]
"""Why a style was chosen: by the column itself, by the others of the file, since it makes no
difference, or nobody knows."""

SAMPLES: Final = 5
_SAMPLE_CHARACTERS: Final = 80
_MOST: Final = 0.5  # of the filled cells have to fit for a column to be of this content
MAX_COLUMNS: Final = 100


class Style(Value):
    """How the amounts or the dates of a column are written, and why we think so."""

    style: str
    basis: Basis


class Column(Value):
    """One column of a file. ``guess`` is the field it likely is."""

    place: int
    heading: str
    samples: tuple[str, ...]
    filled: int
    guess: str | None = None
    amounts: Style | None = None
    dates: Style | None = None


@lru_cache(maxsize=16_384)
def _meanings(text: str) -> tuple[str, ...]:
    """Return the names of all that a cell could be: columns repeat themselves."""
    es = _read(lambda: number_of(text, "es"))
    en = _read(lambda: number_of(text, "en"))
    dmy = _read(lambda: day_of(text, "dmy"))
    mdy = _read(lambda: day_of(text, "mdy"))
    said = {
        "es": es is not None,
        "en": en is not None,
        "amount": es is not None or en is not None,
        "differs": es is not None and en is not None and es != en,
        "dmy": dmy is not None,
        "mdy": mdy is not None,
        "date": dmy is not None or mdy is not None,
        "either": dmy is not None and mdy is not None and dmy != mdy,
        "yes_no": _read(lambda: yes_of(text)) is not None,
        "country": _read(lambda: country_of(text)) is not None,
    }
    return tuple(name for name, is_so in said.items() if is_so)


def _read(meaning: Callable[[], object]) -> object:
    try:
        return meaning()
    except NoMeaning:
        return None


class _Tally:
    """Counts, cell by cell, what a column could be."""

    def __init__(self) -> None:
        self.filled = 0
        self.samples: list[str] = []
        self.counts: Counter[str] = Counter()

    def see(self, text: str) -> None:
        """Count one cell."""
        if not text:
            return
        self.filled += 1
        if len(self.samples) < SAMPLES and text[:_SAMPLE_CHARACTERS] not in self.samples:
            self.samples.append(text[:_SAMPLE_CHARACTERS])
        self.counts.update(_meanings(text))

    def contents(self) -> frozenset[Content]:
        """Return what the column could be; an empty one could be anything."""
        fitting: set[Content] = {"text"}
        for name in ("amount", "date", "yes_no", "country"):
            if self.counts[name] >= self.filled * _MOST:
                fitting.add(name)
        return frozenset(fitting)

    def style(self, one: str, other: str, *, differs: str) -> Style | None:
        """Return which of two styles fits more cells; ``ask`` when both fit and it matters."""
        first, second = self.counts[one], self.counts[other]
        if not first and not second:
            return None
        if first != second:
            return Style(style=one if first > second else other, basis="column")
        return Style(style=one, basis="ask" if self.counts[differs] else "any")


def describe_columns(
    what: ImportKind, headings: Sequence[str], rows: Iterable[Sequence[str]]
) -> tuple[Column, ...]:
    """Return the columns with samples, styles and the fields that they likely are."""
    width = min(len(headings), MAX_COLUMNS)
    tallies = [_Tally() for _ in range(width)]
    for cells in rows:
        for tally, text in zip(tallies, with_width(cells, width), strict=True):
            tally.see(text)
    names = headings_of(headings, width)
    guesses = guess_fields(what, names, [one.contents() for one in tallies])
    columns = [
        Column(
            place=place,
            heading=names[place],
            samples=tuple(tally.samples),
            filled=tally.filled,
            guess=guesses[place],
            amounts=tally.style("es", "en", differs="differs"),
            dates=tally.style("dmy", "mdy", differs="either"),
        )
        for place, tally in enumerate(tallies)
    ]
    return _by_the_file(columns)


def _by_the_file(columns: Sequence[Column]) -> tuple[Column, ...]:
    amounts = _decided(one.amounts for one in columns)
    dates = _decided(one.dates for one in columns)
    return tuple(
        one.but(amounts=_settled(one.amounts, amounts), dates=_settled(one.dates, dates))
        for one in columns
    )


def _decided(styles: Iterable[Style | None]) -> str | None:
    found = {one.style for one in styles if one is not None and one.basis == "column"}
    return found.pop() if len(found) == 1 else None


def _settled(style: Style | None, by_file: str | None) -> Style | None:
    if style is None or style.basis == "column" or by_file is None:
        return style
    return Style(style=by_file, basis="file" if style.basis == "ask" else "any")


class Choice(Value):
    """What a person says a column is; ``style`` None: as it was guessed."""

    place: int
    field: str
    style: str | None = None


class Reading(Value):
    """How one column is read: the field, and in which styles."""

    place: int
    field: str
    amounts: NumberStyle
    dates: DateStyle


def readings_of(columns: Sequence[Column], choices: Sequence[Choice]) -> tuple[Reading, ...]:
    """Return how the chosen columns are read."""
    by_place = {one.place: one for one in columns}
    return tuple(
        Reading(
            place=one.place,
            field=one.field,
            amounts=cast("NumberStyle", _style(one, by_place[one.place].amounts, "es", "en")),
            dates=cast("DateStyle", _style(one, by_place[one.place].dates, "dmy", "mdy")),
        )
        for one in choices
    )


def _style(choice: Choice, guessed: Style | None, default: str, other: str) -> str:
    if choice.style in (default, other):
        return choice.style
    return default if guessed is None else guessed.style


def fingerprint_of(columns: Sequence[Column]) -> str:
    """Return what files with the same headings have in common."""
    text = "\n".join(heading_words(one.heading) for one in columns)
    return hashlib.sha256(text.encode()).hexdigest()[:32]

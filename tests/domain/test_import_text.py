"""Files as other programs write them: encodings, delimiters, quotes, ragged rows."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.import_text import (
    UnreadableFile,
    decoded,
    guessed_delimiter,
    headings_of,
    records,
)

TEXT = "Número;Importe\r\nF-1;1.234,56 €\r\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"), (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"), (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"), (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)  # fmt: skip
def test_the_encoding_is_found_out(content: bytes, encoding: str) -> None:
    assert decoded(content) == (TEXT, encoding)


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest", b"%PDF-1.7", b"a\x00\x01\x00\x00b\x00" * 9],
)  # fmt: skip
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        decoded(content)

    assert refusal.value.code == "import_not_text"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_guessed_although_amounts_have_commas(delimiter: str) -> None:
    text = StringIO()
    rows = [("Número", "Cliente", "Total")] + [
        (f"F-{n}", "Uno, S.A.", "1.234,56") for n in range(9)
    ]
    csv.writer(text, delimiter=delimiter).writerows(rows)

    assert guessed_delimiter(text.getvalue()) == delimiter


def test_excels_hint_names_the_delimiter_and_is_no_row() -> None:
    text = "sep=|\na|b;c\n1|2;3\n"

    assert guessed_delimiter(text) == "|"
    assert list(records(text, "|")) == [(1, ["a", "b;c"]), (2, ["1", "2;3"])]


def test_quotes_hold_line_breaks_and_empty_lines_are_counted_but_left_out() -> None:
    text = 'a,b\r\n"one\r\ntwo","say ""hi"""\r\n\r\n , \r\n3\r\n'

    assert list(records(text, ",")) == [
        (1, ["a", "b"]), (2, ["one\r\ntwo", 'say "hi"']), (5, ["3"]),
    ]  # fmt: skip


def test_a_quote_that_is_never_closed_is_said_and_not_swallowed() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        list(records('a,b\n1,"' + "x,y\n" * 5_000, ","))

    assert refusal.value.code == "import_open_quote"


def test_empty_and_repeated_headings_get_names_of_their_own() -> None:
    assert headings_of(["Total", "", "Total", "Total"], 6) == (
        "Total", "#2", "Total (2)", "Total (3)", "#5", "#6",
    )  # fmt: skip


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=9),
                 min_size=2, max_size=4),
        min_size=1, max_size=9,
    ),
    st.sampled_from([",", ";", "\t", "|"]),
)  # fmt: skip
def test_what_was_written_is_read(rows: list[list[str]], delimiter: str) -> None:
    text = StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["head", "x"], *rows])

    read = list(records(text.getvalue(), delimiter))

    kept = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    assert [cells for _, cells in read[1:]] == kept

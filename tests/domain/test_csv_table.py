"""Tables as CSV: a spreadsheet opens them as they are meant, and runs nothing that is in them."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.csv_table import Cell, csv_table
from chalicelib.domain.customer import Language


def rows_of(content: bytes, language: Language = "es") -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if language == "es" else ","))


def test_cells_are_written_as_spreadsheets_of_the_language_read_them() -> None:
    instant = datetime(2026, 4, 6, 11, tzinfo=UTC)
    row: list[Cell] = ["Peñarroya; S.A.", 3, Decimal("-1234.50"), date(2026, 4, 6), instant, None]

    spanish, english = csv_table(["a"], [row], "es"), csv_table(["a"], [row], "en")

    assert spanish.startswith(b"\xef\xbb\xbfa\r\n")
    assert rows_of(spanish)[1] == [
        "Peñarroya; S.A.", "3", "-1234,50", "2026-04-06", "2026-04-06T11:00:00Z", ""
    ]  # fmt: skip
    assert rows_of(english, "en")[1][2] == "-1234.50"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "＝1", "＋1", "－1", "＠x", "  =1"],
)
def test_what_would_be_a_formula_is_text(text: str) -> None:
    ((cell,),) = rows_of(csv_table(["a"], [[text]], "es"))[1:]

    assert cell == f"'{text}"


def test_the_headings_of_somebodys_file_are_text_too() -> None:
    content = csv_table(['=HYPERLINK("http://x.example","Total")', "Total"], [], "es")

    assert rows_of(content) == [['\'=HYPERLINK("http://x.example","Total")', "Total"]]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20))
def test_any_text_comes_back_and_never_begins_like_a_formula(text: str) -> None:
    text = text.replace("\r", "")
    rows = rows_of(csv_table(["a", "b"], [[text, "x"]], "es"))

    assert rows[1][0] in (text, f"'{text}")
    assert not rows[1][0].lstrip(" ").startswith(("=", "+", "-", "@", "\t"))

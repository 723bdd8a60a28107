"""What a person sees of an import: its rows with what becomes of them, and those that stay out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from chalicelib.domain.csv_table import csv_table
from chalicelib.domain.customer import Language
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.import_fields import ImportKind
from chalicelib.domain.import_run import Import
from chalicelib.domain.import_text import with_width
from chalicelib.domain.import_words import example_file, issue_words
from chalicelib.usecases.import_files import RowResult, results_of, rows_of
from chalicelib.usecases.imports import find_import
from chalicelib.usecases.ports import Ports

_FILES_A_PAGE: Final = 10
"""Chunks that one request looks through: few rows may be of the kind that is asked for."""
_EXTRA: Final[dict[Language, tuple[str, str]]] = {
    "es": ("Fila", "Motivo"),
    "en": ("Row", "Reason"),
}
MAX_REJECTED: Final = 20_000
"""Rows in one file: some 4 MB, what a Lambda can answer with."""


@dataclass(frozen=True)
class RowsPage:
    """Some rows, and where the next page begins."""

    items: tuple[RowResult, ...]
    cursor: str | None


def read_rows(
    ports: Ports,
    import_id: str,
    *,
    outcome: str | None,
    code: str | None,
    limit: int,
    cursor: str | None,
) -> RowsPage:
    """Return rows in the order of the file: all, those of one outcome, or with one problem."""
    one = find_import(ports, import_id)
    chunk, skip = _place(cursor)
    items: list[RowResult] = []
    for looked_at, number in enumerate(range(chunk, one.chunks)):
        if looked_at == _FILES_A_PAGE:
            return RowsPage(tuple(items), f"{number}-0")
        results = results_of(ports, one, number) if number in one.done else []
        for index, result in enumerate(results):
            if number == chunk and index < skip:
                continue
            if len(items) == limit:
                return RowsPage(tuple(items), f"{number}-{index}")
            if _is_wanted(result, outcome, code):
                items.append(result)
    return RowsPage(tuple(items), None)


def _is_wanted(result: RowResult, outcome: str | None, code: str | None) -> bool:
    if outcome is not None and result.outcome != outcome:
        return False
    return code is None or any(issue.code == code for issue in result.issues)


def _place(cursor: str | None) -> tuple[int, int]:
    if cursor is None:
        return 0, 0
    chunk, _, index = cursor.partition("-")
    if not (chunk.isdecimal() and index.isdecimal()):
        raise InvalidField("/cursor", "This is not a cursor of this list.")
    return int(chunk), int(index)


def rejected_rows(ports: Ports, import_id: str, language: Language) -> tuple[str, bytes]:
    """Return a file name and the rows that stay out as CSV: their columns, and why.

    StateConflict while nothing was checked.
    """
    one = find_import(ports, import_id)
    if one.state not in ("checked", "importing", "done", "cancelled") or not one.done:
        raise StateConflict("This import has not been checked.", code="import_state")
    headings = [*(column.heading for column in one.columns), *_EXTRA[language]]
    rows = list(_rejected(ports, one, language))[:MAX_REJECTED]
    stem = one.file_name.rpartition(".")[0] or one.file_name
    plain = "".join(each if each.isascii() and each.isalnum() else "-" for each in stem)[:60]
    return f"{plain}-rejected.csv", csv_table(headings, rows, language)


def _rejected(ports: Ports, one: Import, language: Language) -> Iterator[list[str]]:
    for chunk in one.done:
        results = {each.row: each for each in results_of(ports, one, chunk)}
        for place, cells in rows_of(ports, one.id, chunk):
            result = results[place]
            if result.outcome == "reject":
                reasons = "; ".join(
                    issue_words(
                        issue.code, issue.heading or issue.field, issue.found, issue.expected,
                        language,
                    )
                    for issue in result.issues
                    if issue.is_error
                )  # fmt: skip
                yield [*with_width(cells, len(one.columns)), str(place), reasons]


def example_csv(what: ImportKind, language: Language) -> tuple[str, bytes]:
    """Return a file name and an example file to fill in."""
    headings, *rows = example_file(what, language)
    name = {"es": {"customers": "clientes", "invoices": "facturas"}}.get(language, {}).get(
        what, what
    )
    return f"{name}.csv", csv_table([str(one) for one in headings], rows, language)

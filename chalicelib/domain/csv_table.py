"""A table as a CSV file that a spreadsheet opens as it is meant, and never runs.

UTF-8 with a byte order mark. In Spanish semicolons and decimal commas, as spreadsheets there
expect; in English commas and decimal points. Text that a spreadsheet would take for a formula gets
an apostrophe before it (OWASP ASVS 1.2.10); numbers stay numbers.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Final

from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.customer import Language

Cell = str | int | Decimal | date | datetime | None

_SEPARATORS: Final[dict[Language, str]] = {"es": ";", "en": ","}
_BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""With these a cell would be a formula; the wide forms are read as the narrow ones by some."""


def csv_table(headings: Sequence[str], rows: Iterable[Sequence[Cell]], language: Language) -> bytes:
    """Return the file: a line of headings, then the rows."""
    text = StringIO()
    writer = csv.writer(text, delimiter=_SEPARATORS[language], lineterminator="\r\n")
    writer.writerow([_text(cell, language) for cell in headings])  # some are an imported file's
    for row in rows:
        writer.writerow([_text(cell, language) for cell in row])
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def _text(cell: Cell, language: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return rfc3339(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        plain = f"{cell:f}"
        return plain.replace(".", ",") if language == "es" else plain
    if isinstance(cell, int):
        return str(cell)
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell

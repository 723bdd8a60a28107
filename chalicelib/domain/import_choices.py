"""Whether what somebody says the columns of a file are makes sense."""

from collections.abc import Sequence
from typing import Final

from chalicelib.domain.errors import InvalidField
from chalicelib.domain.import_columns import Choice, Column
from chalicelib.domain.import_fields import FIELDS, REPEATABLE, ImportKind

_NEEDED: Final[dict[ImportKind, tuple[tuple[str, ...], ...]]] = {
    "customers": (("name", "code", "tax_id", "id"),),
    "invoices": (
        ("number",),
        ("customer_code", "customer_tax_id", "customer_name", "customer_email"),
        ("issue_date",),
        ("total", "net"),
    ),
}
"""Of each of these a column is needed."""


def require_choices(what: ImportKind, columns: Sequence[Column], choices: Sequence[Choice]) -> None:
    """InvalidField for a column or field that does not exist, a field twice or an unknown style.

    And where every cell can be read in two ways and nobody has said which, or a column that is
    needed has not been chosen.
    """
    places = {column.place: column for column in columns}
    seen: set[str] = set()
    for index, choice in enumerate(choices):
        pointer = f"/columns/{index}"
        column = places.get(choice.place)
        if column is None:
            raise InvalidField(f"{pointer}/place", "There is no such column.", field_code="missing")
        if choice.field not in FIELDS[what]:
            raise InvalidField(
                f"{pointer}/field", "There is no such field.", field_code="import_field"
            )
        if choice.field in seen and choice.field not in REPEATABLE:
            raise InvalidField(
                f"{pointer}/field", "Another column is this field.", field_code="import_field_twice"
            )
        seen.add(choice.field)
        _require_style(pointer, what, choice, column)
    for wanted in _NEEDED[what]:
        if not seen & set(wanted):
            raise InvalidField(
                "/columns",
                f"A column for {' or '.join(wanted)} is needed.",
                field_code=f"import_needs_{wanted[0]}",
            )


def _require_style(pointer: str, what: ImportKind, choice: Choice, column: Column) -> None:
    content = FIELDS[what][choice.field]
    guessed = {"amount": column.amounts, "date": column.dates}.get(content)
    known = {"amount": ("es", "en"), "date": ("dmy", "mdy")}.get(content, ())
    if choice.style is not None and choice.style not in known:
        raise InvalidField(f"{pointer}/style", "There is no such style.", field_code="import_style")
    if choice.style is None and guessed is not None and guessed.basis == "ask":
        raise InvalidField(
            f"{pointer}/style",
            f"Every cell of {column.heading} can be read in two ways; say which is meant.",
            field_code="import_ask_style",
        )

"""Say what the columns of a file are; the next file with the same headings begins with it."""

from collections.abc import Sequence
from typing import Any

from chalicelib.domain.errors import Stale
from chalicelib.domain.import_choices import require_choices
from chalicelib.domain.import_columns import Choice, fingerprint_of
from chalicelib.domain.import_run import (
    Import,
    ImportOptions,
    RememberedColumns,
    require_state,
)
from chalicelib.usecases.context import Context, commit, until_committed
from chalicelib.usecases.imports import UNCHECKED, find_import, remembered_ref, require_options
from chalicelib.usecases.ports import Insert, Ports, Replace, Write


def choose_columns(
    ports: Ports,
    context: Context,
    import_id: str,
    choices: Sequence[Choice],
    options: ImportOptions,
    *,
    expected_version: int | None = None,
) -> Import:
    """Say what the columns are; the next file with these headings begins with it.

    InvalidField for a column or field that does not exist, one field twice, or a style that nobody
    has decided; StateConflict once the import runs. What was checked has to be checked again.
    """

    def attempt() -> Import:
        one = find_import(ports, import_id)
        if expected_version not in (None, one.version):
            raise Stale("import", expected=expected_version or 0, present=one.version)
        require_state(one, "columns", "checked")
        require_choices(one.what, one.columns, choices)
        require_options(ports, context, options)
        after = one.next(
            state="columns",
            choices=tuple(choices),
            options=options,
            moved_at=context.at,
            **UNCHECKED,
        )
        writes = [Replace(after), _remembered(ports, after)]
        commit(ports, context, writes, resource=f"/v1/imports/{import_id}")
        return after

    return until_committed(ports, attempt)


def _remembered(ports: Ports, one: Import) -> Write:
    fingerprint = fingerprint_of(one.columns)
    before = ports.store.get(remembered_ref(one.what, fingerprint))
    # Until when something rests is said of one file, not of all that look like it.
    fields: dict[str, Any] = {
        "choices": one.choices,
        "options": one.options.but(rest_until=None),
    }
    if before is not None:
        return Replace(before.next(**fields))
    return Insert(RememberedColumns(what=one.what, fingerprint=fingerprint, **fields))

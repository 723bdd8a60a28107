"""What an import keeps in files: its parts, its rows by chunks, the plan, and what came of each.

The table would charge for each kilobyte, and a chunk is larger than an item may be.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from chalicelib.domain.base import Value
from chalicelib.domain.errors import InvariantBroken
from chalicelib.domain.import_identity import Found
from chalicelib.domain.import_row import Issue
from chalicelib.domain.import_run import FilePart, Import
from chalicelib.domain.import_text import Record
from chalicelib.usecases.ports import Ports

_JSON = "application/json"


class Planned(Value):
    """What was found out about a row by looking at the whole file.

    ``again`` is the earlier row that is about the same invoice or customer; ``differs``: it says
    something else of it.
    """

    row: int
    found: Found
    again: int | None = None
    differs: bool = False


class RowResult(Value):
    """What becomes, or became, of a row: ``create``, ``update``, ``skip`` or ``reject``.

    ``shown`` is what a person is shown of it. ``is_mailed``: its customer would get a reminder by
    tomorrow; ``is_past_ladder``: no step of the ladder lies ahead.
    """

    row: int
    outcome: str
    issues: tuple[Issue, ...] = ()
    shown: dict[str, Any] = {}
    customer_id: str | None = None
    is_new_customer: bool = False
    is_mailed: bool = False
    is_past_ladder: bool = False


def keep_part(ports: Ports, import_id: str, part: FilePart, content: bytes) -> None:
    """Store a part of the file under its own hash."""
    ports.files.put(_part_key(import_id, part), content, "application/octet-stream")


def whole_file(ports: Ports, one: Import) -> bytes:
    """Return the file, put together."""
    parts = sorted(one.parts, key=lambda part: part.number)
    return b"".join(_read(ports, _part_key(one.id, part)) for part in parts)


def _part_key(import_id: str, part: FilePart) -> str:
    return f"imports/{import_id}/part-{part.number}-{part.sha256[:16]}"


def keep_rows(ports: Ports, import_id: str, chunk: int, rows: Sequence[Record]) -> None:
    """Store the rows of a chunk as they stand in the file."""
    ports.files.put(f"imports/{import_id}/rows-{chunk}.json", json.dumps(rows).encode(), _JSON)


def rows_of(ports: Ports, import_id: str, chunk: int) -> list[Record]:
    """Return the rows of a chunk."""
    content = json.loads(_read(ports, f"imports/{import_id}/rows-{chunk}.json"))
    return [(row, cells) for row, cells in content]


def keep_plan(ports: Ports, one: Import, chunk: int, plan: Iterable[Planned]) -> None:
    """Store what the whole file says about the rows of a chunk."""
    _keep(ports, f"imports/{one.id}/{one.round}-plan-{chunk}.json", plan)


def plan_of(ports: Ports, one: Import, chunk: int) -> dict[int, Planned]:
    """Return what the whole file says about the rows of a chunk, by row."""
    content = json.loads(_read(ports, f"imports/{one.id}/{one.round}-plan-{chunk}.json"))
    found = (Planned.model_validate(each, strict=False) for each in content)
    return {each.row: each for each in found}


def keep_results(ports: Ports, one: Import, chunk: int, results: Iterable[RowResult]) -> None:
    """Store what came of the rows of a chunk; a repeated chunk replaces it by what is true now."""
    _keep(ports, _result_key(one, chunk), results)


def results_of(ports: Ports, one: Import, chunk: int) -> list[RowResult]:
    """Return what came of the rows of a chunk in this round."""
    content = json.loads(_read(ports, _result_key(one, chunk)))
    return [RowResult.model_validate(each, strict=False) for each in content]


def all_results(ports: Ports, one: Import) -> Iterator[RowResult]:
    """Return what came of all rows of this round that have been looked at, in their order."""
    for chunk in one.done:
        yield from results_of(ports, one, chunk)


def _result_key(one: Import, chunk: int) -> str:
    return f"imports/{one.id}/{one.round}-result-{chunk}.json"


def _keep(ports: Ports, key: str, values: Iterable[Value]) -> None:
    content = json.dumps([each.model_dump(mode="json") for each in values]).encode()
    ports.files.put(key, content, _JSON)


def _read(ports: Ports, key: str) -> bytes:
    content = ports.files.get(key)
    if content is None:
        raise InvariantBroken(f"File {key} of an import is missing.")
    return content

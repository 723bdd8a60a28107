"""The pages of docs say what the code says, and no link leads nowhere."""

import re
from pathlib import Path

import pytest

from chalicelib.adapters.dynamodb.homes import HOMES, all_records
from chalicelib.api.errors import STATUSES
from chalicelib.domain import errors
from chalicelib.domain.base import Record

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_ROW = re.compile(
    r"^\| ([a-z_]+) \| (?:partition of its subject|`([^`]*)`(?: or `([^`]*)`)?) \| ", re.MULTILINE
)


def _documented() -> dict[str, tuple[str, ...]]:
    page = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")
    return {row[0]: tuple(part for part in row[1:3] if part) for row in _ROW.findall(page)}


def test_the_data_model_shows_every_record_and_no_other() -> None:
    assert _documented().keys() == set(HOMES)


@pytest.mark.parametrize("record", all_records(), ids=lambda record: record.kind)
def test_the_data_model_shows_the_partition_of_a_record(record: type[Record]) -> None:
    if record.kind == "audit_entry":
        return  # it lives in the partition of its subject
    home = HOMES[record.kind]
    partition, _ = home.key(_values(home.fields))

    shown = _documented()[record.kind]

    assert partition.partition("#")[0] in {one.partition("#")[0] for one in shown}


def _values(fields: tuple[str, ...]) -> list[str]:
    return ["1" if field in ("sequence", "number") else "2026-01" for field in fields]


def test_every_refusal_has_a_status() -> None:
    def below(kind: type[errors.DomainError]) -> set[type[errors.DomainError]]:
        found = {kind}
        for child in kind.__subclasses__():
            found |= below(child)
        return found

    ours = {kind for kind in below(errors.DomainError) if kind.__module__ == errors.__name__}

    assert ours - {errors.DomainError} <= STATUSES.keys()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))

    missing = [link for link in links if not (page.parent / link).exists()]

    assert missing == []

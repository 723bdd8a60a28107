"""The shape of the code: sizes, one place for the environment and one for the clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
CODE = [
    PROJECT / "app.py",
    *sorted(
        path
        for folder in ("chalicelib", "infra", "tests")
        for path in (PROJECT / folder).rglob("*.py")
    ),
]
PRODUCT = [path for path in CODE if path.parts[len(PROJECT.parts)] in ("chalicelib", "app.py")]
_NOW = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "gmtime", "localtime"}
_CLOCKS = {"datetime", "date", "time"}


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_files_and_functions_can_be_taken_in_at_a_glance(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    long_ones = [(name, length) for name, length in functions(path) if length > MAX_FUNCTION_LINES]

    assert lines <= MAX_FILE_LINES
    assert long_ones == []


def reads_environment(path: Path) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb")
        for node in ast.walk(tree_of(path))
    )


def reads_clock(path: Path) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _NOW
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in _CLOCKS
        for node in ast.walk(tree_of(path))
    )


def test_only_the_settings_read_the_environment() -> None:
    readers = [name_of(path) for path in PRODUCT if reads_environment(path)]

    assert readers == ["chalicelib/settings.py"]


def test_only_the_system_clock_knows_the_time() -> None:
    readers = [name_of(path) for path in PRODUCT if reads_clock(path)]

    assert readers == ["chalicelib/adapters/system_clock.py"]


def test_no_amount_of_money_meets_a_float() -> None:
    folders = ("chalicelib/domain", "chalicelib/usecases", "chalicelib/adapters/dynamodb")
    money = [path for path in PRODUCT if name_of(path).startswith(folders)]

    assert [name_of(path) for path in money if makes_floats(path)] == []


def makes_floats(path: Path) -> bool:
    return any(_is_float(node) for node in ast.walk(tree_of(path)))


def _is_float(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "float"
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _is_of_money(node)


def _is_of_money(node: ast.BinOp) -> bool:
    names = (getattr(side, "attr", getattr(side, "id", "")) for side in (node.left, node.right))
    return any(str(name).endswith("_minor") for name in names)


def test_records_are_frozen_and_know_their_kind() -> None:
    from chalicelib.adapters.dynamodb.homes import all_records

    assert all(record.model_config.get("frozen") for record in all_records())
    assert all(record.model_config.get("strict") for record in all_records())
    assert all(record.kind for record in all_records())

"""What every implementation of the Table port does alike: ours in memory, ministack, AWS's own."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.items import Item
from chalicelib.adapters.dynamodb.table import Add, Check, Delete, Failed, Put, Query, Table

_count = itertools.count(1)


@pytest.fixture
def pk() -> str:
    """A partition that no other test uses."""
    return f"P#{next(_count)}"


def item(pk: str, sk: str = "#", version: int = 1, **fields: Any) -> Item:
    plain: Item = {"PK": pk, "SK": sk, "kind": "thing", "version": version}
    return plain | {"row": {"n": 1}, "body": {"text": "ñ"}} | fields


def stored(table: Table, *items: Item) -> None:
    for first in range(0, len(items), 100):
        table.write([Put(each, version=None) for each in items[first : first + 100]])


def everything(table: Table, pk: str, index: str | None = None, **changes: Any) -> list[Item]:
    query = Query(index, pk, " ", "~", **changes)
    return list(table.query(query).items)


def test_an_item_comes_back_as_it_was_written(any_table: Table, pk: str) -> None:
    facts = {"list": ["a", 1, None, True, {"b": [2]}], "big": 10**15, "less": -7, "empty": ""}
    written = item(pk, row={"n": 1, "none": None}, body=facts, expires_at=1_800_000_000)

    any_table.write([Put(written, version=0)])

    assert any_table.get((pk, "#")) == written
    assert any_table.get((pk, "other")) is None


def test_a_put_insists_on_the_version_it_replaces(any_table: Table, pk: str) -> None:
    any_table.write([Put(item(pk), version=0)])

    with pytest.raises(Failed) as twice:
        any_table.write([Put(item(pk), version=0)])
    with pytest.raises(Failed) as ahead:
        any_table.write([Put(item(pk, version=3), version=2)])
    any_table.write([Put(item(pk, version=2), version=1)])

    assert (twice.value.positions, ahead.value.positions) == ((0,), (0,))
    assert any_table.get((pk, "#")) == item(pk, version=2)


def test_a_put_of_a_later_version_needs_the_item(any_table: Table, pk: str) -> None:
    with pytest.raises(Failed) as refusal:
        any_table.write([Put(item(pk, version=2), version=1)])

    assert refusal.value.positions == (0,)
    assert any_table.get((pk, "#")) is None


def test_a_transaction_happens_wholly_or_not_at_all(any_table: Table, pk: str) -> None:
    stored(any_table, item(pk, "there"))

    with pytest.raises(Failed) as refusal:
        any_table.write(
            [
                Put(item(pk, "new"), version=0),
                Put(item(pk, "there"), version=0),
                Add((pk, "sum"), "totals", {"n": 1}),
                Check((pk, "absent"), version=1),
                Check((pk, "absent too"), version=None),
            ]
        )

    assert refusal.value.positions == (1, 3)
    assert everything(any_table, pk) == [item(pk, "there")]


def test_a_transaction_writes_adds_deletes_and_checks_together(any_table: Table, pk: str) -> None:
    stored(any_table, item(pk, "old", version=4), item(pk, "guard", version=2))

    any_table.write(
        [
            Put(item(pk, "new"), version=0),
            Put(item(pk, "copy", version=1), version=None),
            Add((pk, "sum"), "totals", {"due:2026-01-01": 5, "billed_minor": -3}),
            Delete((pk, "old"), version=4),
            Check((pk, "guard"), version=2),
            Check((pk, "absent"), version=None),
        ]
    )

    assert {each["SK"] for each in everything(any_table, pk)} == {"new", "copy", "sum", "guard"}
    assert any_table.get((pk, "sum")) == {
        "PK": pk, "SK": "sum", "kind": "totals", "due:2026-01-01": 5, "billed_minor": -3,
    }  # fmt: skip


def test_counters_add_up_and_may_come_back_to_zero(any_table: Table, pk: str) -> None:
    for amount in (5, 7, -12):
        any_table.write([Add((pk, "sum"), "totals", {"a": amount}), Put(item(pk), version=None)])

    assert any_table.get((pk, "sum")) == {"PK": pk, "SK": "sum", "kind": "totals", "a": 0}


def test_a_deletion_insists_on_its_version(any_table: Table, pk: str) -> None:
    stored(any_table, item(pk, version=2))

    with pytest.raises(Failed):
        any_table.write([Delete((pk, "#"), version=1), Check((pk, "-"), version=None)])
    any_table.write([Delete((pk, "#"), version=2), Check((pk, "-"), version=None)])

    assert any_table.get((pk, "#")) is None


def test_one_transaction_must_not_touch_an_item_twice(any_table: Table, pk: str) -> None:
    # AWS and ministack call it a mistake; DynamoDB Local sees a condition that cannot hold.
    with pytest.raises(Exception, match=r"(?i)one item|an item twice|Conditions failed"):
        any_table.write([Put(item(pk), version=0), Check((pk, "#"), version=None)])

    assert any_table.get((pk, "#")) is None


def test_a_transaction_holds_a_hundred_actions_and_not_one_more(any_table: Table, pk: str) -> None:
    puts = [Put(item(pk, f"{number:03d}"), version=0) for number in range(101)]

    with pytest.raises(Exception, match=r"(?i)100"):
        any_table.write(puts)
    any_table.write(puts[:100])

    assert len(everything(any_table, pk)) == 100


def test_an_item_has_at_most_400_kb(any_table: Table, pk: str) -> None:
    with pytest.raises(Exception, match=r"(?i)size"):
        any_table.write([Put(item(pk, body={"text": "x" * 410_000}), version=0)])

    assert any_table.get((pk, "#")) is None


def test_a_batch_returns_what_exists_beyond_a_hundred_keys(any_table: Table, pk: str) -> None:
    names = [f"{number:03d}" for number in range(130)]
    stored(any_table, *(item(pk, name) for name in names))

    found = any_table.batch_get([(pk, name) for name in [*names, "absent"]])

    assert sorted(each["SK"] for each in found) == names


def test_a_query_reads_a_range_of_sort_keys_in_either_order(any_table: Table, pk: str) -> None:
    stored(any_table, *(item(pk, f"A#{number}") for number in range(5)), item(pk, "B#1"))

    forward = any_table.query(Query(None, pk, "A#1", "A#3"))
    backward = any_table.query(Query(None, pk, "A#", "A#~", forward=False))

    assert [each["SK"] for each in forward.items] == ["A#1", "A#2", "A#3"]
    assert [each["SK"] for each in backward.items] == ["A#4", "A#3", "A#2", "A#1", "A#0"]


@pytest.mark.parametrize("forward", [True, False])
@pytest.mark.parametrize("index", [None, "GSI2"])
def test_pages_follow_each_other_without_gap_or_repetition(
    any_table: Table, pk: str, index: str | None, *, forward: bool
) -> None:
    stored(any_table, *(item(pk, f"{n:02d}", GSI2PK=pk, GSI2SK=f"{n // 3}") for n in range(10)))
    seen: list[str] = []
    start = None

    for _ in range(10):
        query = Query(index, pk, " ", "~", forward=forward, limit=4, start=start)
        answer = any_table.query(query)
        assert len(answer.items) <= 4
        seen += [each["SK"] for each in answer.items]
        start = answer.last
        if start is None:
            break

    assert sorted(seen) == [f"{n:02d}" for n in range(10)]


def test_an_index_shows_rows_and_keys_and_only_items_that_have_its_keys(
    any_table: Table, pk: str
) -> None:
    shown = item(pk, "in", GSI1PK=pk, GSI1SK="2026")
    stored(any_table, shown, item(pk, "out"))

    (found,) = everything(any_table, pk, "GSI1")

    assert found == {name: shown[name] for name in ("PK", "SK", "GSI1PK", "GSI1SK", "kind", "row")}


def test_an_index_follows_an_item_that_moves_or_leaves(any_table: Table, pk: str) -> None:
    stored(any_table, item(pk, "moves", GSI1PK=pk, GSI1SK="1"))
    stored(any_table, item(pk, "leaves", GSI1PK=pk, GSI1SK="2"))

    stored(any_table, item(pk, "moves", GSI1PK=pk, GSI1SK="3"), item(pk, "leaves"))

    assert [each["GSI1SK"] for each in everything(any_table, pk, "GSI1")] == ["3"]


def test_filters_compare_the_fields_of_rows(any_table: Table, pk: str) -> None:
    days = ["2026-01-01", "2026-01-02", "2026-01-03", None]
    rows = [{"day": day, "name": f"n{n}", "open": n == 1} for n, day in enumerate(days)]
    stored(any_table, *(item(pk, f"{n}", row=row) for n, row in enumerate(rows)))

    def matching(*where: tuple[str, Any]) -> list[str]:
        return [each["SK"] for each in everything(any_table, pk, where=where)]

    assert matching(("name", "n2")) == ["2"]
    assert matching(("day >", "2026-01-01"), ("day <", "2026-01-03")) == ["1"]
    assert matching(("day >=", "2026-01-02")) == ["1", "2"]
    assert matching(("open", True)) == ["1"]
    assert matching(("absent", "x")) == []


def test_a_limit_counts_what_is_read_and_not_what_passes_the_filter(
    any_table: Table, pk: str
) -> None:
    stored(any_table, *(item(pk, f"{n}", row={"n": n}) for n in range(6)))

    answer = any_table.query(Query(None, pk, " ", "~", limit=3, where=(("n", 5),)))

    assert answer.items == ()
    assert answer.last == {"PK": pk, "SK": "2"}


def test_a_page_ends_after_a_megabyte(any_table: Table, pk: str) -> None:
    stored(any_table, *(item(pk, f"{n}", body={"text": "x" * 300_000}) for n in range(5)))

    first = any_table.query(Query(None, pk, " ", "~"))
    second = any_table.query(Query(None, pk, " ", "~", start=first.last))

    assert first.last is not None
    assert [each["SK"] for each in (*first.items, *second.items)] == ["0", "1", "2", "3", "4"]


def test_a_range_must_not_be_upside_down(any_table: Table, pk: str) -> None:
    with pytest.raises(Exception, match=r"(?i)between"):
        any_table.query(Query(None, pk, "b", "a"))


def test_one_of_many_parallel_writers_wins(any_table: Table, pk: str) -> None:
    def put(number: int) -> bool:
        try:
            any_table.write(
                [Put(item(pk, body={"by": number}), version=0), Check((pk, "-"), version=None)]
            )
        except Failed:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(put, range(16)))

    winner = any_table.get((pk, "#"))
    assert outcomes.count(True) == 1
    assert winner == item(pk, body={"by": outcomes.index(True)})

"""A table in memory that behaves like DynamoDB where the store can tell the difference.

Conditions, atomicity, ranges, pages of 1 MB, limits before filters, projections, 100 actions, no
item twice in a transaction, and indexes that lag behind by as many writes as a test wants.
"""

import threading
from bisect import bisect_left, bisect_right, insort
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from chalicelib.adapters.dynamodb.homes import Key
from chalicelib.adapters.dynamodb.items import Item
from chalicelib.adapters.dynamodb.marshal import item_from_wire, item_to_wire
from chalicelib.adapters.dynamodb.table import (
    MAX_BATCH,
    Action,
    Add,
    Answer,
    Check,
    Delete,
    Failed,
    Put,
    Query,
)

INDEXES: Final = ("GSI1", "GSI2", "GSI3")
PAGE_BYTES: Final = 1_000_000
MAX_ITEM_BYTES: Final = 400_000
MAX_TRANSACTION_BYTES: Final = 4_000_000
_PROJECTED: Final = ("PK", "SK", "kind", "row")
_OPERATORS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": lambda stored, wanted: stored == wanted,
    "<": lambda stored, wanted: stored is not None and stored < wanted,
    "<=": lambda stored, wanted: stored is not None and stored <= wanted,
    ">": lambda stored, wanted: stored is not None and stored > wanted,
    ">=": lambda stored, wanted: stored is not None and stored >= wanted,
}

Place = tuple[str, str, str]  # sort key of the index, then the table's own key


class Refused(Exception):
    """What DynamoDB answers with a ValidationException: a mistake of the program."""


@dataclass
class _Index:
    """The items of the table or of one index, ordered in each partition."""

    partitions: dict[str, list[Place]] = field(default_factory=dict)
    items: dict[Key, Item] = field(default_factory=dict)
    homes: dict[Key, tuple[str, Place]] = field(default_factory=dict)

    def put(self, key: Key, partition: str, sort: str, item: Item) -> None:
        place = (sort, *key)
        if self.homes.get(key) != (partition, place):
            self.remove(key)
            insort(self.partitions.setdefault(partition, []), place)
            self.homes[key] = (partition, place)
        self.items[key] = item

    def remove(self, key: Key) -> None:
        home = self.homes.pop(key, None)
        if home is None:
            return
        partition, place = home
        places = self.partitions[partition]
        del places[bisect_left(places, place)]
        del self.items[key]

    def between(self, partition: str, lower: str, upper: str) -> list[Place]:
        places = self.partitions.get(partition, [])
        first = bisect_left(places, (lower, "", ""))
        last = bisect_right(places, (upper, "\U0010ffff", "\U0010ffff"))
        return places[first:last]


class MemoryTable:
    """The Table port in memory. ``lag`` is the number of item writes the indexes are behind.

    ``log`` keeps every committed write in order, which is what checks of history fold.
    """

    def __init__(self, *, lag: int = 0) -> None:
        self.lag = lag
        self.log: list[tuple[Action, ...]] = []
        self._lock = threading.RLock()
        self._table = _Index()
        self._indexes = {name: _Index() for name in INDEXES}
        self._waiting: deque[tuple[Key, Item | None]] = deque()

    def get(self, key: Key) -> Item | None:
        with self._lock:
            return self._table.items.get(key)

    def batch_get(self, keys: Sequence[Key]) -> list[Item]:
        _refuse_if(len(set(keys)) != len(keys), "Provided list of item keys contains duplicates")
        with self._lock:
            return [self._table.items[key] for key in keys if key in self._table.items]

    def query(self, query: Query) -> Answer:
        _refuse_if(query.lower > query.upper, "The BETWEEN operator requires upper >= lower")
        with self._lock:
            index = self._indexes[query.index] if query.index else self._table
            places = index.between(query.partition, query.lower, query.upper)
            places = _after_start(places, query)
            return _page(index, places, query)

    def write(self, actions: Sequence[Action]) -> None:
        _refuse_if(not 1 <= len(actions) <= MAX_BATCH, "1 to 100 actions, please")
        keys = [_key_of(action) for action in actions]
        _refuse_if(len(set(keys)) != len(keys), "One transaction cannot touch an item twice")
        puts = {index: _stored(action) for index, action in enumerate(actions)}
        sizes = [size_of(item) for item in puts.values() if item]
        is_too_big = max(sizes, default=0) > MAX_ITEM_BYTES
        _refuse_if(is_too_big, "Item size has exceeded the maximum allowed size")
        _refuse_if(sum(sizes) > MAX_TRANSACTION_BYTES, "A transaction of more than 4 MB")
        with self._lock:
            failed = [
                index
                for index, action in enumerate(actions)
                if not self._holds(action, self._table.items.get(keys[index]))
            ]
            if failed:
                raise Failed(failed)
            for index, action in enumerate(actions):
                self._apply(action, keys[index], puts[index])
            self.log.append(tuple(actions))

    def items(self) -> list[Item]:
        """Everything stored, in the order of the keys."""
        with self._lock:
            return [self._table.items[key] for key in sorted(self._table.items)]

    def catch_up(self) -> None:
        """Bring the indexes up to date, as they are when writing has stopped for a moment."""
        with self._lock:
            while self._waiting:
                self._index(*self._waiting.popleft())

    @staticmethod
    def _holds(action: Action, stored: Item | None) -> bool:
        if isinstance(action, Add) or (isinstance(action, Put) and action.version is None):
            return True
        if not action.version:
            return stored is None
        return stored is not None and stored.get("version") == action.version

    def _apply(self, action: Action, key: Key, put: Item | None) -> None:
        if isinstance(action, Check):
            return
        if isinstance(action, Delete):
            self._table.remove(key)
            self._later(key, None)
            return
        item = put if put is not None else self._added(action, key)
        self._table.put(key, key[0], key[1], item)
        self._later(key, item)

    def _added(self, action: Action, key: Key) -> Item:
        assert isinstance(action, Add)
        before = self._table.items.get(key, {"PK": key[0], "SK": key[1]})
        sums = {name: before.get(name, 0) + amount for name, amount in action.counters.items()}
        return before | sums | {"kind": action.kind}

    def _later(self, key: Key, item: Item | None) -> None:
        self._waiting.append((key, item))
        while len(self._waiting) > self.lag:
            self._index(*self._waiting.popleft())

    def _index(self, key: Key, item: Item | None) -> None:
        for name, index in self._indexes.items():
            partition, sort = f"{name}PK", f"{name}SK"
            if item is None or partition not in item:
                index.remove(key)
                continue
            shown = {each: item[each] for each in (*_PROJECTED, partition, sort) if each in item}
            index.put(key, item[partition], item[sort], shown)


def size_of(item: Item) -> int:
    """About what DynamoDB counts: names and values in bytes, three for each list or map."""
    return sum(len(name.encode()) + _size(value) for name, value in item.items())


def _size(value: Any) -> int:
    if isinstance(value, str):
        return len(value.encode())
    if isinstance(value, bool) or value is None:
        return 1
    if isinstance(value, int):
        return len(str(value)) // 2 + 2
    if isinstance(value, dict):
        return 3 + sum(len(name.encode()) + 1 + _size(each) for name, each in value.items())
    return 3 + sum(1 + _size(each) for each in value)


def _key_of(action: Action) -> Key:
    return (action.item["PK"], action.item["SK"]) if isinstance(action, Put) else action.key


def _stored(action: Action) -> Item | None:
    if isinstance(action, Add):
        _refuse_if(not action.counters, "An update must add something")
    if not isinstance(action, Put):
        return None
    item = item_from_wire(item_to_wire(action.item))
    keys = [name for name in item if name.endswith(("PK", "SK"))]
    _refuse_if(any(not item[name] for name in keys), "A key must not be empty")
    return item


def _after_start(places: list[Place], query: Query) -> list[Place]:
    ordered = places if query.forward else places[::-1]
    if query.start is None:
        return ordered
    sort = query.start[f"{query.index or ''}SK"]
    start = (sort, query.start["PK"], query.start["SK"])
    return [place for place in ordered if (place > start if query.forward else place < start)]


def _page(index: _Index, places: list[Place], query: Query) -> Answer:
    found: list[Item] = []
    read = 0
    for count, (_, *key) in enumerate(places, 1):
        item = index.items[key[0], key[1]]
        read += size_of(item)
        if all(_passes(item, clause) for clause in query.where):
            found.append(item)
        if count == query.limit or (read >= PAGE_BYTES and count < len(places)):
            return Answer(tuple(found), _position(item, query))
    return Answer(tuple(found), None)


def _position(item: Item, query: Query) -> dict[str, str]:
    names = {"PK", "SK"} | ({f"{query.index}PK", f"{query.index}SK"} if query.index else set())
    return {name: item[name] for name in names}


def _passes(item: Item, clause: tuple[str, Any]) -> bool:
    name, _, operator = clause[0].partition(" ")
    row = item.get("row", {})
    return name in row and _OPERATORS[operator or "="](row[name], clause[1])


def _refuse_if(condition: bool, reason: str) -> None:
    if condition:
        raise Refused(reason)

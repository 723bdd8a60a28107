"""The table while the example is being written: in memory, so that fourteen months take seconds.

It does what the store needs when nobody else writes; `flush` puts everything into the real table.
"""

from collections.abc import Sequence
from typing import Any, Final

from chalicelib.adapters.dynamodb.homes import Key
from chalicelib.adapters.dynamodb.items import Item
from chalicelib.adapters.dynamodb.marshal import item_from_wire, item_to_wire
from chalicelib.adapters.dynamodb.table import (
    Action,
    Add,
    Answer,
    Check,
    Delete,
    Failed,
    Put,
    Query,
)

_BATCH: Final = 25  # what DynamoDB writes at once


class Buffer:
    """The Table port over a dictionary."""

    def __init__(self) -> None:
        self._items: dict[Key, Item] = {}

    def get(self, key: Key) -> Item | None:
        """Return an item."""
        return self._items.get(key)

    def batch_get(self, keys: Sequence[Key]) -> list[Item]:
        """Return the items that exist."""
        return [self._items[key] for key in keys if key in self._items]

    def query(self, query: Query) -> Answer:
        """Return everything in the range, on one page; filters only ask for what is equal."""
        partition, sort = f"{query.index or ''}PK", f"{query.index or ''}SK"
        found = [
            item
            for item in self._items.values()
            if item.get(partition) == query.partition
            and query.lower <= item[sort] <= query.upper
            and _passes(item, query)
        ]
        found.sort(key=lambda item: str(item[sort]), reverse=not query.forward)
        return Answer(tuple(found), None)

    def write(self, actions: Sequence[Action]) -> None:
        """Do all or nothing."""
        failed = [position for position, one in enumerate(actions) if not self._holds(one)]
        if failed:
            raise Failed(failed)
        for action in actions:
            self._apply(action)

    def flush(self, client: Any, table: str) -> None:
        """Write everything into a table of DynamoDB."""
        items = [item_to_wire(item) for item in self._items.values()]
        for first in range(0, len(items), _BATCH):
            puts = [{"PutRequest": {"Item": item}} for item in items[first : first + _BATCH]]
            client.batch_write_item(RequestItems={table: puts})

    def _holds(self, action: Action) -> bool:
        if isinstance(action, Add) or (isinstance(action, Put) and action.version is None):
            return True
        stored = self._items.get(_key(action))
        return (stored.get("version") if stored else None) == (action.version or None)

    def _apply(self, action: Action) -> None:
        key = _key(action)
        if isinstance(action, Put):
            self._items[key] = item_from_wire(item_to_wire(action.item))
        elif isinstance(action, Add):
            item = self._items.setdefault(key, {"PK": key[0], "SK": key[1], "kind": action.kind})
            for name, amount in action.counters.items():
                item[name] = item.get(name, 0) + amount
        elif isinstance(action, Delete):
            self._items.pop(key, None)


def _passes(item: Item, query: Query) -> bool:
    row = item.get("row", {})
    for name, wanted in query.where:
        if " " in name:
            raise NotImplementedError(f"The example asks for {name}.")
        if row.get(name) != wanted:
            return False
    return True


def _key(action: Put | Add | Delete | Check) -> Key:
    return (action.item["PK"], action.item["SK"]) if isinstance(action, Put) else action.key

"""One table as the store sees it: five requests. The real one speaks to DynamoDB."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from chalicelib.adapters.dynamodb.homes import Key
from chalicelib.adapters.dynamodb.items import Item
from chalicelib.adapters.dynamodb.marshal import item_from_wire, item_to_wire, to_wire

MAX_BATCH = 100  # DynamoDB's limit for BatchGetItem and for TransactWriteItems
MAX_UNPROCESSED = 8  # rounds before giving up on keys that DynamoDB keeps handing back


@dataclass(frozen=True)
class Put:
    """Write an item. ``version`` is the one that must be there; 0: none at all; None: any."""

    item: Item
    version: int | None


@dataclass(frozen=True)
class Add:
    """Add to numeric attributes of an item, which is made if it is not there."""

    key: Key
    kind: str
    counters: dict[str, int]


@dataclass(frozen=True)
class Delete:
    """Delete an item that has this version."""

    key: Key
    version: int


@dataclass(frozen=True)
class Check:
    """Insist on the version of an item; None: that there is none."""

    key: Key
    version: int | None


Action = Put | Add | Delete | Check


class Failed(Exception):
    """A transaction was cancelled.

    ``positions`` are the actions whose condition failed; none of them when somebody else was
    writing the same items.
    """

    def __init__(self, positions: Sequence[int]) -> None:
        super().__init__(f"Conditions failed at {list(positions)}")
        self.positions = tuple(positions)


@dataclass(frozen=True)
class Query:
    """One Query: a partition of the table or an index, a range of sort keys, equality filters."""

    index: str | None
    partition: str
    lower: str
    upper: str
    forward: bool = True
    limit: int | None = None
    start: dict[str, str] | None = None
    where: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Answer:
    """One page of a Query; ``last`` is where to start the next, None at the end."""

    items: tuple[Item, ...]
    last: dict[str, str] | None


class Table(Protocol):
    """What the store needs of a table."""

    def get(self, key: Key) -> Item | None:
        """Return an item, strongly consistent."""
        ...

    def batch_get(self, keys: Sequence[Key]) -> list[Item]:
        """Return the items that exist, strongly consistent, in any order."""
        ...

    def query(self, query: Query) -> Answer:
        """Return one page."""
        ...

    def write(self, actions: Sequence[Action]) -> None:
        """Do all or nothing; Failed when a condition does not hold."""
        ...


class DynamoTable:
    """The table in DynamoDB."""

    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self._name = name

    def get(self, key: Key) -> Item | None:
        """Return an item, strongly consistent."""
        answer = self._client.get_item(
            TableName=self._name, Key=_wire_key(key), ConsistentRead=True
        )
        return item_from_wire(answer["Item"]) if "Item" in answer else None

    def batch_get(self, keys: Sequence[Key]) -> list[Item]:
        """Return the items that exist, strongly consistent, in any order."""
        found: list[Item] = []
        for first in range(0, len(keys), MAX_BATCH):
            found += self._batch(keys[first : first + MAX_BATCH])
        return found

    def _batch(self, keys: Sequence[Key]) -> list[Item]:
        found: list[Item] = []
        wanted: Any = {
            self._name: {"Keys": [_wire_key(key) for key in keys], "ConsistentRead": True}
        }
        for _ in range(MAX_UNPROCESSED):
            answer = self._client.batch_get_item(RequestItems=wanted)
            found += [item_from_wire(item) for item in answer["Responses"].get(self._name, [])]
            wanted = answer.get("UnprocessedKeys")
            if not wanted:
                return found
        raise TimeoutError("DynamoDB kept handing back unprocessed keys.")

    def query(self, query: Query) -> Answer:
        """Return one page."""
        prefix = query.index or ""
        arguments: dict[str, Any] = {
            "TableName": self._name,
            "KeyConditionExpression": "#pk = :pk AND #sk BETWEEN :lower AND :upper",
            "ExpressionAttributeNames": {"#pk": f"{prefix}PK", "#sk": f"{prefix}SK"},
            "ExpressionAttributeValues": {
                ":pk": {"S": query.partition},
                ":lower": {"S": query.lower},
                ":upper": {"S": query.upper},
            },
            "ScanIndexForward": query.forward,
        }
        if query.index is None:
            arguments["ConsistentRead"] = True
        else:
            arguments["IndexName"] = query.index
        if query.limit is not None:
            arguments["Limit"] = query.limit
        if query.start is not None:
            arguments["ExclusiveStartKey"] = item_to_wire(query.start)
        _add_filters(arguments, query.where)
        answer = self._client.query(**arguments)
        last = answer.get("LastEvaluatedKey")
        return Answer(
            items=tuple(item_from_wire(item) for item in answer["Items"]),
            last=item_from_wire(last) if last else None,
        )

    def write(self, actions: Sequence[Action]) -> None:
        """Do all or nothing; a single Put costs half of a transaction and is written alone."""
        if len(actions) == 1 and isinstance(actions[0], Put):
            self._put_alone(actions[0])
            return
        try:
            self._client.transact_write_items(
                TransactItems=[_wire_action(self._name, action) for action in actions]
            )
        except self._client.exceptions.TransactionCanceledException as exc:
            raise _failed(exc.response["CancellationReasons"]) from exc

    def _put_alone(self, put: Put) -> None:
        try:
            self._client.put_item(**_wire_put(self._name, put))
        except self._client.exceptions.ConditionalCheckFailedException as exc:
            raise Failed([0]) from exc
        except self._client.exceptions.TransactionConflictException as exc:
            raise Failed([]) from exc


def _failed(reasons: Sequence[dict[str, Any]]) -> Exception:
    codes = [reason.get("Code", "None") for reason in reasons]
    positions = [index for index, code in enumerate(codes) if code == "ConditionalCheckFailed"]
    # A throttle, a conflict with another transaction and a failed condition may come together;
    # anything else (an oversized item, say) is a mistake of ours and must be seen.
    harmless = {"None", "ConditionalCheckFailed", "TransactionConflict", "ThrottlingError",
                "ProvisionedThroughputExceeded"}  # fmt: skip
    if not set(codes) <= harmless:
        return ValueError(f"DynamoDB refused the transaction: {reasons}")
    return Failed(positions)


def _wire_key(key: Key) -> dict[str, Any]:
    return {"PK": {"S": key[0]}, "SK": {"S": key[1]}}


def _wire_action(table: str, action: Action) -> dict[str, Any]:
    if isinstance(action, Put):
        return {"Put": _wire_put(table, action)}
    if isinstance(action, Add):
        return {"Update": _wire_add(table, action)}
    condition = _version_condition(action.version)
    wire = {"TableName": table, "Key": _wire_key(action.key)} | condition
    return {"Delete": wire} if isinstance(action, Delete) else {"ConditionCheck": wire}


def _wire_put(table: str, put: Put) -> dict[str, Any]:
    wire: dict[str, Any] = {"TableName": table, "Item": item_to_wire(put.item)}
    if put.version is not None:
        wire |= _version_condition(put.version or None)
    return wire


def _version_condition(version: int | None) -> dict[str, Any]:
    if version is None:
        return {"ConditionExpression": "attribute_not_exists(PK)"}
    return {
        "ConditionExpression": "version = :version",
        "ExpressionAttributeValues": {":version": to_wire(version)},
    }


def _wire_add(table: str, add: Add) -> dict[str, Any]:
    names = {f"#c{index}": name for index, name in enumerate(add.counters)}
    values = {f":c{index}": to_wire(amount) for index, amount in enumerate(add.counters.values())}
    added = ", ".join(f"#c{index} :c{index}" for index in range(len(add.counters)))
    return {
        "TableName": table,
        "Key": _wire_key(add.key),
        "UpdateExpression": f"SET kind = :kind ADD {added}",
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values | {":kind": {"S": add.kind}},
    }


def _add_filters(arguments: dict[str, Any], where: tuple[tuple[str, Any], ...]) -> None:
    if not where:
        return
    clauses = []
    for index, (field, wanted) in enumerate(where):
        name, operator = field.split(" ") if " " in field else (field, "=")
        arguments["ExpressionAttributeNames"][f"#f{index}"] = name
        arguments["ExpressionAttributeValues"][f":f{index}"] = to_wire(wanted)
        clauses.append(f"#row.#f{index} {operator} :f{index}")
    arguments["ExpressionAttributeNames"]["#row"] = "row"
    arguments["FilterExpression"] = " AND ".join(clauses)

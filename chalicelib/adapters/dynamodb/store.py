"""The Store port over one table."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, TypeVar, cast

from chalicelib.adapters.dynamodb.homes import HOMES, Key, key_of
from chalicelib.adapters.dynamodb.indexes import LISTINGS, Index
from chalicelib.adapters.dynamodb.items import from_item, to_item, totals_counters
from chalicelib.adapters.dynamodb.table import (
    Action,
    Add,
    Check,
    Delete,
    Failed,
    Put,
    Query,
    Table,
)
from chalicelib.domain.base import Record
from chalicelib.domain.errors import InvalidField, InvariantBroken
from chalicelib.usecases.ports import (
    Conflict,
    Increase,
    Insert,
    Listing,
    Mirror,
    Ref,
    Remove,
    Replace,
    Rows,
    Write,
)

R = TypeVar("R", bound=Record)
_FIRST, _LAST = " ", "~"  # every character of our sort keys lies between these two
MAX_PAGES = 200  # 200 MB: no partition that is read whole is larger by far


class DynamoStore:
    """Records in a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, ref: Ref[R]) -> R | None:
        """Return the record as it is now, one request."""
        item = self._table.get(_key(ref))
        return cast("R", from_item(item)) if item else None

    def get_many(self, refs: Sequence[Ref[Any]]) -> dict[Ref[Any], Record]:
        """Return those that exist, one request for up to 100."""
        by_key = {_key(ref): ref for ref in refs}
        items = self._table.batch_get(list(by_key)) if by_key else []
        return {by_key[(item["PK"], item["SK"])]: from_item(item) for item in items}

    def partition(self, ref: Ref[Any]) -> tuple[Record, ...]:
        """Return everything stored with this record, in the order of the sort keys."""
        return self._all(Query(None, _key(ref)[0], _FIRST, _LAST))

    def rows(self, listing: Listing[Any], *, limit: int, cursor: str | None = None) -> Rows[Any]:
        """Return a page of rows. With a filter one page of the index is searched (1 MB)."""
        index = LISTINGS[listing.name]
        query = _query(listing, index, limit=limit, start=_decode(cursor))
        _require_own_cursor(query)
        answer = self._table.query(query)
        shown = answer.items[:limit]
        last = answer.last
        if len(answer.items) > limit:
            last = _position(shown[-1], index)
        return Rows(
            items=tuple(item["row"] for item in shown), cursor=_encode(last) if last else None
        )

    def records(self, listing: Listing[R]) -> tuple[R, ...]:
        """Return all records of a listing on the table itself."""
        index = LISTINGS[listing.name]
        if index.name is not None:
            raise InvariantBroken(f"{listing.name} lists rows, not records.")
        query = _query(listing, index, limit=None, start=None)
        return cast("tuple[R, ...]", self._all(query))

    def _all(self, query: Query) -> tuple[Record, ...]:
        found: list[Record] = []
        start = None
        for _ in range(MAX_PAGES):
            answer = self._table.query(_from(query, start))
            found += [from_item(item) for item in answer.items]
            start = answer.last
            if start is None:
                return tuple(found)
        raise InvariantBroken(f"Partition {query.partition} has more than {MAX_PAGES} MB.")

    def commit(self, writes: Sequence[Write]) -> None:
        """Write all or nothing; Conflict when a condition fails."""
        try:
            self._table.write([_action(write) for write in writes])
        except Failed as exc:
            raise Conflict([writes[position] for position in exc.positions]) from exc


def _key(ref: Ref[Any]) -> Key:
    return HOMES[ref.record.kind].key(ref.key)


def _action(write: Write) -> Action:
    if isinstance(write, Insert):
        return Put(to_item(write.record), version=0)
    if isinstance(write, Replace):
        return Put(to_item(write.record), version=write.record.version - 1)
    if isinstance(write, Mirror):
        return Put(to_item(write.record), version=None)
    if isinstance(write, Increase):
        return Add(key_of(write.totals), write.totals.kind, totals_counters(write.totals))
    if isinstance(write, Remove):
        return Delete(_key(write.ref), write.version)
    return Check(_key(write.ref), write.version)


def _query(
    listing: Listing[Any], index: Index, *, limit: int | None, start: dict[str, str] | None
) -> Query:
    prefix = index.prefix.format(*listing.scope) + (listing.prefix or "")
    # ``after`` and ``before`` exclude what begins with them: all of a day, not its first instant.
    lower = f"{prefix}{listing.after}{_LAST}" if listing.after else prefix or _FIRST
    upper = f"{prefix}{listing.before}" if listing.before else f"{prefix}{_LAST}"
    return Query(
        index=index.name,
        partition=index.partition.format(*listing.scope),
        lower=min(lower, upper),
        upper=upper,
        forward=not listing.newest_first,
        limit=None if listing.where else limit,
        start=start,
        where=listing.where,
    )


def _from(query: Query, start: dict[str, str] | None) -> Query:
    return Query(query.index, query.partition, query.lower, query.upper, query.forward, start=start)


def _position(item: dict[str, Any], index: Index) -> dict[str, str]:
    names = ["PK", "SK", *([f"{index.name}PK", f"{index.name}SK"] if index.name else [])]
    return {name: item[name] for name in names}


def _require_own_cursor(query: Query) -> None:
    if query.start is None:
        return
    own = {"PK", "SK"} | ({f"{query.index}PK", f"{query.index}SK"} if query.index else set())
    partition = query.start.get(f"{query.index or ''}PK")
    place = query.start.get(f"{query.index or ''}SK", "")
    is_inside = query.lower <= place <= query.upper
    if set(query.start) != own or partition != query.partition or not is_inside:
        raise InvalidField("/cursor", "This cursor belongs to another list.")


def _encode(last: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(last).encode()).decode().rstrip("=")


def _decode(cursor: str | None) -> dict[str, str] | None:
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        last = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, binascii.Error) as exc:
        raise InvalidField("/cursor", "This is not a cursor of this list.") from exc
    is_position = isinstance(last, dict) and all(isinstance(value, str) for value in last.values())
    if not is_position or "PK" not in last:
        raise InvalidField("/cursor", "This is not a cursor of this list.")
    return cast("dict[str, str]", last)

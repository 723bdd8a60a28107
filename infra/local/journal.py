"""Keeps the emulator's data through a crash: a snapshot of every service and a journal of items.

The emulator itself writes its state only when it is asked to stop. Here a write to a table is in
the journal before its answer leaves; what other services change (queues, users) is on disk a moment
later. A journal line is the whole item as it then stood, so replaying lines that a snapshot holds
already ends in the same state. Runs in the local cloud's own environment.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, Final

from ministack import app as emulator
from ministack.core import persistence, responses
from ministack.services import dynamodb

Answer = tuple[int, dict[str, str], bytes]
Handler = Callable[[str, str, dict[str, str], bytes, dict[str, Any]], Awaitable[Answer]]
Keep = Callable[[dict[str, str], bytes], None]

_ITEM_WRITES: Final = frozenset(
    ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems")
)
_READS: Final = ("Get", "BatchGet", "TransactGet", "Query", "Scan", "Describe", "List")
# Other services are saved this long after a change; a queue message that a crash loses in between
# is found and sent again by the app's own sweeper.
_PAUSE_SECONDS: Final = 0.3
# A longer journal is folded into the snapshot, so that the next start stays quick.
_LONGEST_JOURNAL_BYTES: Final = 32 * 1024 * 1024


class Journal:
    """The snapshot and the journal below one folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        persistence.STATE_DIR = str(folder)
        self._tables = folder / "dynamodb.json"
        self._file = (folder / "journal").open("a+b", buffering=0)
        self._longest = _LONGEST_JOURNAL_BYTES
        self._changed: set[str] = set()

    async def replay(self) -> None:
        """Brings the tables, as the snapshot left them, to the journal's last line."""
        handler = emulator.SERVICE_HANDLERS["dynamodb"]
        self._file.seek(0)
        for line in self._file.read().splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue  # cut off by the crash, and so never answered
            await _restore(handler, entry)

    def watch(self) -> None:
        """From now on every change that the emulator answers is kept."""
        emulator.PERSIST_STATE = False  # it would save at its end once more
        for service, handler in emulator.SERVICE_HANDLERS.items():
            keep = self._keep_items if service == "dynamodb" else self._keep_later(service)
            emulator.SERVICE_HANDLERS[service] = _then(handler, keep)

    def snapshot(self) -> None:
        """Saves everything as it is now and empties the journal."""
        before = _written_at(self._tables)
        persistence.save_all(emulator._build_persistence_save_dict())  # noqa: SLF001
        if _written_at(self._tables) == before:
            raise RuntimeError("the local cloud could not save its tables")
        self._file.truncate(0)
        self._longest = max(_LONGEST_JOURNAL_BYTES, self._tables.stat().st_size)

    def _keep_items(self, headers: dict[str, str], body: bytes) -> None:
        action = headers.get("x-amz-target", "").rpartition(".")[2]
        if action.startswith(_READS):
            return
        if action not in _ITEM_WRITES:
            self.snapshot()  # a table was made, changed or dropped
            return
        lines = [_image(table, key) for table, key in _touched(action, json.loads(body))]
        self._file.write("".join(lines).encode())
        if self._file.tell() > self._longest:
            self.snapshot()

    def _keep_later(self, service: str) -> Keep:
        module = emulator.SERVICE_REGISTRY[service]["module"]
        states = [key for key, name in emulator._state_map.items() if name == module]  # noqa: SLF001

        def keep(_headers: dict[str, str], _body: bytes) -> None:
            if not self._changed:
                asyncio.get_running_loop().call_later(_PAUSE_SECONDS, self._save_changed)
            self._changed.update(states)

        return keep

    def _save_changed(self) -> None:
        savers = emulator._build_persistence_save_dict()  # noqa: SLF001
        changed, self._changed = self._changed, set()
        persistence.save_all({name: savers[name] for name in changed if name in savers})


def _then(handler: Handler, keep: Keep) -> Handler:
    """The handler, followed at once by `keep` when it has succeeded."""

    async def handle(
        method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, Any]
    ) -> Answer:
        answer = await handler(method, path, headers, body, query)
        if answer[0] < 300 and method not in ("GET", "HEAD"):  # noqa: PLR2004
            keep(headers, body)
        return answer

    return handle


def _touched(action: str, request: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Table and key (or whole item) of everything that a write request touches."""
    if action == "BatchWriteItem":
        for table, writes in request["RequestItems"].items():
            for write in writes:
                put = write.get("PutRequest")
                yield table, put["Item"] if put else write["DeleteRequest"]["Key"]
    elif action == "TransactWriteItems":
        for member in request["TransactItems"]:
            for kind, write in member.items():
                if kind != "ConditionCheck":
                    yield write["TableName"], write["Item"] if kind == "Put" else write["Key"]
    else:
        yield request["TableName"], request["Item"] if action == "PutItem" else request["Key"]


def _image(table_name: str, key: dict[str, Any]) -> str:
    """One line: the item as it now stands, or null when it is gone."""
    table = dynamodb._tables[table_name]  # noqa: SLF001
    names = [name for name in (table["pk_name"], table["sk_name"]) if name]
    values = [dynamodb._extract_key_val(key[name]) for name in names]  # noqa: SLF001
    item = table["items"].get(values[0], {}).get(values[1] if len(values) > 1 else "__no_sort__")
    entry = {
        "account": responses.get_account_id(),
        "region": responses.get_region(),
        "table": table_name,
        "key": {name: key[name] for name in names},
        "item": item,
    }
    return json.dumps(entry, separators=(",", ":")) + "\n"


async def _restore(handler: Handler, entry: dict[str, Any]) -> None:
    responses.set_request_account_id(entry["account"])
    responses.set_request_region(entry["region"])
    is_gone = entry["item"] is None
    action = "DeleteItem" if is_gone else "PutItem"
    subject = {"Key": entry["key"]} if is_gone else {"Item": entry["item"]}
    headers = {"x-amz-target": f"DynamoDB_20120810.{action}"}
    body = json.dumps({"TableName": entry["table"], **subject}).encode()
    status, _, answer = await handler("POST", "/", headers, body, {})
    if status != 200 and b"ResourceNotFound" not in answer:  # noqa: PLR2004
        raise RuntimeError(f"the local cloud's journal does not fit its snapshot: {answer!r}")


def _written_at(file: Path) -> int:
    return file.stat().st_mtime_ns if file.exists() else 0

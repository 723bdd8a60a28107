"""Where the stand-ins keep what they know: one file of sqlite in the data folder.

A stand-in answers one request at a time, and what a request changes is kept as a whole or not at
all; so it survives the end of the process at any moment.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

Thing = dict[str, Any]

_TABLES: Final = """
create table if not exists thing (
  number integer primary key autoincrement,
  owner text not null, kind text not null, id text not null, content text not null,
  unique (owner, kind, id)
);
create table if not exists letter (
  number integer primary key autoincrement,
  owner text not null, about text not null, state text not null, due_at real not null,
  content text not null
);
create index if not exists letters_due on letter (state, due_at);
create index if not exists letters_about on letter (owner, about);
"""


class Things:
    """The file, shared by all stand-ins and by the post that delivers their webhooks."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._connection.executescript(_TABLES)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Nobody else reads or writes meanwhile; an exception takes everything back."""
        with self._lock:
            is_outermost = self._depth == 0
            self._depth += 1
            if is_outermost:
                self._connection.execute("begin immediate")
            try:
                yield
            except BaseException:
                if is_outermost:
                    self._connection.execute("rollback")
                raise
            else:
                if is_outermost:
                    self._connection.execute("commit")
            finally:
                self._depth -= 1

    def execute(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Runs one statement; the rows that it found."""
        with self._lock:
            return list(self._connection.execute(statement, values))

    def close(self) -> None:
        """Nothing is read or written any more."""
        with self._lock:
            self._connection.close()


class Shelf:
    """The things of one stand-in, by kind and id."""

    def __init__(self, things: Things, owner: str) -> None:
        self._things = things
        self._owner = owner

    def put(self, kind: str, name: str, thing: Thing) -> Thing:
        """Keeps a thing, in the place of the one that had its name."""
        self._things.execute(
            "insert into thing (owner, kind, id, content) values (?, ?, ?, ?)"
            " on conflict (owner, kind, id) do update set content = excluded.content",
            self._owner, kind, name, json.dumps(thing, ensure_ascii=False),
        )  # fmt: skip
        return thing

    def get(self, kind: str, name: str) -> Thing | None:
        """The thing of that name, a copy; None when there is none."""
        found = self._things.execute(
            "select content from thing where owner = ? and kind = ? and id = ?",
            self._owner, kind, name,
        )  # fmt: skip
        return json.loads(found[0][0]) if found else None

    def all(self, kind: str) -> list[Thing]:
        """All things of a kind, the newest first."""
        found = self._things.execute(
            "select content from thing where owner = ? and kind = ? order by number desc",
            self._owner, kind,
        )  # fmt: skip
        return [json.loads(content) for (content,) in found]

    def number(self, series: str = "id") -> int:
        """The next number of a series, from 1."""
        with self._things.changing():
            last = self.get("number", series) or {"last": 0}
            self.put("number", series, {"last": last["last"] + 1})
            return int(last["last"]) + 1

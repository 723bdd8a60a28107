"""Failures on demand: a process that dies at a given call, a table that throttles or times out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from chalicelib.adapters.dynamodb.homes import Key
from chalicelib.adapters.dynamodb.items import Item
from chalicelib.adapters.dynamodb.table import Action, Answer, Failed, Query, Table
from chalicelib.usecases.ports import Ports
from tests.memory_table import MemoryTable


class Crash(BaseException):
    """The process is gone. Nothing in the program may catch it."""


class Outage(Exception):
    """What the SDK raises when it gives up: a time-out, a throttle, a broken connection."""


class CrashPoint:
    """Counts the calls of all ports and dies just before or after one of them."""

    def __init__(self, call: int | None = None, *, after: bool = False) -> None:
        self.call = call
        self.after = after
        self.calls: list[str] = []

    def run(self, name: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Make one call, unless this is where the process dies."""
        self.calls.append(name)
        is_here = self.call == len(self.calls)
        if is_here and not self.after:
            raise Crash
        result = function(*args, **kwargs)
        if is_here:
            raise Crash
        return result


class _Port:
    """One port whose every method goes through a crash point."""

    def __init__(self, name: str, port: object, point: CrashPoint) -> None:
        self._name, self._port, self._point = name, port, point

    def __getattr__(self, method: str) -> Callable[..., Any]:
        function = getattr(self._port, method)
        name = f"{self._name}.{method}"

        def call(*args: Any, **kwargs: Any) -> Any:
            return self._point.run(name, function, *args, **kwargs)

        return call


def crashing(ports: Ports, point: CrashPoint) -> Ports:
    """Return the ports with every call but those for ids and pauses going through the point."""
    wrapped: dict[str, Any] = {
        name: _Port(name, getattr(ports, name), point)
        for name in ("store", "queues", "mailer", "writer", "files", "vault", "gateway", "egress")
    }
    return replace(ports, **wrapped)


def race_at_first_claim(table: MemoryTable, change: Callable[[], object]) -> None:
    """Let something happen just before the first commit that claims a message."""
    write = table.write
    waiting = [change]

    def racing(actions: Sequence[Action]) -> None:
        if "'claimed'" in str(actions) and waiting:
            waiting.pop()()
        write(actions)

    table.write = racing  # type: ignore[method-assign]


class UnreliableTable:
    """A table that now and then conflicts, throttles, or does its work and never answers.

    ``is_calm`` turns all of that off.
    """

    def __init__(self, table: Table, random: Random, *, rate: float) -> None:
        self._table = table
        self._random = random
        self._rate = rate
        self.is_calm = False
        self.faults = 0

    def get(self, key: Key) -> Item | None:
        self._maybe_throttle()
        return self._table.get(key)

    def batch_get(self, keys: Sequence[Key]) -> list[Item]:
        self._maybe_throttle()
        return self._table.batch_get(keys)

    def query(self, query: Query) -> Answer:
        self._maybe_throttle()
        return self._table.query(query)

    def write(self, actions: Sequence[Action]) -> None:
        self._maybe_throttle()
        if self._strikes():
            raise Failed([])  # another transaction was on one of the items
        self._table.write(actions)
        if self._strikes():
            raise Outage("the answer to a committed write was lost")

    def _maybe_throttle(self) -> None:
        if self._strikes():
            raise Outage("throttled")

    def _strikes(self) -> bool:
        if self.is_calm or self._random.random() >= self._rate:
            return False
        self.faults += 1
        return True

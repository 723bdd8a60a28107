"""Counts what an operation asks of DynamoDB: requests, capacity units, milliseconds.

The emulator tells the write units truly, indexes included; of reads it does not know the size, so
their units are counted here from what came back.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from math import ceil
from typing import Any, Final

_UNIT_BYTES: Final = 4_096  # what one strongly consistent read unit covers


@dataclass
class Spent:
    """What one run took. The CPU time is that of this process: the emulator is another one."""

    reads: float = 0
    writes: float = 0
    read_units: float = 0
    write_units: float = 0
    milliseconds: float = 0
    cpu_milliseconds: float = 0


class Meter:
    """Listens to one DynamoDB client."""

    def __init__(self, client: Any) -> None:
        self._spent = Spent()
        self._asked: dict[str, Any] = {}
        client.meta.events.register("before-parameter-build.dynamodb.*", self._ask)
        client.meta.events.register("after-call.dynamodb.*", self._count)

    def measure(self, work: Callable[[], object]) -> Spent:
        """Return what one run of this work spends."""
        spent = self._spent = Spent()
        began, began_cpu = time.perf_counter(), time.process_time()
        work()
        spent.cpu_milliseconds = (time.process_time() - began_cpu) * 1000
        spent.milliseconds = (time.perf_counter() - began) * 1000
        self._spent = Spent()  # what happens between two runs is nobody's
        return spent

    def _ask(self, params: dict[str, Any], **_: Any) -> None:
        params["ReturnConsumedCapacity"] = "TOTAL"
        self._asked = params

    def _count(self, parsed: dict[str, Any], model: Any, **_: Any) -> None:
        count_read = _READS.get(model.name)
        if count_read is not None:
            self._spent.reads += 1
            self._spent.read_units += count_read(self._asked, parsed)
            return
        said = parsed["ConsumedCapacity"]
        self._spent.writes += 1
        self._spent.write_units += sum(
            one["CapacityUnits"] for one in (said if isinstance(said, list) else [said])
        )


def typical(runs: list[Spent]) -> Spent:
    """Return the median of each figure."""
    return Spent(*(statistics.median(column) for column in zip(*map(astuple, runs), strict=True)))


def _get(asked: dict[str, Any], answer: dict[str, Any]) -> float:
    del asked
    return _units(_size_of(answer.get("Item", {})))


def _batch_get(asked: dict[str, Any], answer: dict[str, Any]) -> float:
    wanted = sum(len(one["Keys"]) for one in asked["RequestItems"].values())
    found = [item for items in answer["Responses"].values() for item in items]
    missing = wanted - len(found)  # asking for what is not there costs a unit as well
    return sum(_units(_size_of(item)) for item in found) + missing


def _query(asked: dict[str, Any], answer: dict[str, Any]) -> float:
    units = _units(sum(_size_of(item) for item in answer["Items"]))
    return units if asked.get("ConsistentRead") else units / 2


_READS: Final[dict[str, Callable[[dict[str, Any], dict[str, Any]], float]]] = {
    "GetItem": _get,
    "BatchGetItem": _batch_get,
    "Query": _query,
}


def _units(size: int) -> int:
    return max(1, ceil(size / _UNIT_BYTES))


def _size_of(item: dict[str, Any]) -> int:
    return sum(len(name.encode()) + _size(value) for name, value in item.items())


def _size(wire: dict[str, Any]) -> int:
    ((code, value),) = wire.items()
    if code == "S":
        return len(value.encode())
    if code == "N":
        return len(value) // 2 + 2
    if code == "M":
        return 3 + _size_of(value) + len(value)
    if code == "L":
        return 3 + sum(1 + _size(one) for one in value)
    return 1

"""`make bench`: what Saldo costs, in tables. Ratios first: times hold for this machine only."""

import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from chalicelib.observability import logger
from infra.bench import cold_start, http_requests, operations, reminders, site, ticks
from infra.bench.book import fill
from infra.bench.emulator import Emulator
from infra.bench.meter import Spent

_SIZES: Final = "1000 10000 100000"
_DUE: Final = 30  # accounts with a reminder due, the same in every book


def main() -> None:
    """Measure everything; SIZES names the numbers of invoices, separated by spaces."""
    logger.setLevel("WARNING")
    sizes = [int(size) for size in (os.environ.get("SIZES") or _SIZES).split()]
    _print_machine()
    _cold_start()
    _operations(sizes)
    _http_requests(sizes[0])
    _ticks(sizes)
    _reminders()
    _site()


def _print_machine() -> None:
    load = os.getloadavg()[0]
    print(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, load {load:.1f} at the start"
    )


def _cold_start() -> None:
    found = cold_start.measure()
    floor_cpu, floor = next(iter(found.values()))
    _title(f"Cold start (fresh interpreter, bytecode present; budget {cold_start.BUDGET})")
    _table(
        ("", "ratio", "CPU ms", "elapsed ms", "ratio elapsed"),
        [
            (name, f"{cpu / floor_cpu:.2f}", f"{cpu:.0f}", f"{ms:.0f}", f"{ms / floor:.2f}")
            for name, (cpu, ms) in found.items()
        ],
    )
    slowest = ", ".join(f"{name} {ms:.1f}" for name, ms in cold_start.slowest_imports())
    print(f"  slowest single modules (ms): {slowest}")


def _operations(sizes: Sequence[int]) -> None:
    found: list[dict[str, Spent]] = []
    for size in sizes:
        print(f"(a book of {size:,} invoices ...)", file=sys.stderr, flush=True)
        emulator = Emulator()  # one a size: the memory of a large book is given back
        try:
            found.append(operations.measure_all(fill(emulator, size, due=_DUE)))
        finally:
            emulator.stop()
    heads = [f"{size:,} invoices" for size in sizes]
    rows = {name: [one[name] for one in found] for name in operations.names()}
    floors = rows[operations.FLOOR.name]
    _title("Requests (reads+writes) and capacity units (read/write) per operation")
    _table(("", *heads), [(name, *map(_price, spent)) for name, spent in rows.items()])
    _title("Time per operation: multiple of a bare GetItem (CPU ms in our process / elapsed ms)")
    _table(
        ("", *heads),
        [
            (name, *(_time(one, floor) for one, floor in zip(spent, floors, strict=True)))
            for name, spent in rows.items()
        ],
    )


def _http_requests(size: int) -> None:
    emulator = Emulator()
    try:
        found = http_requests.measure(fill(emulator, size, due=_DUE))
    finally:
        emulator.stop()
    _title(f"HTTP requests through the Lambda's handler, with an API key ({size:,} invoices)")
    _table(
        ("", "requests and units", "CPU ms", "elapsed ms"),
        [
            (name, _price(one), f"{one.cpu_milliseconds:.1f}", f"{one.milliseconds:.1f}")
            for name, one in found.items()
        ],
    )


def _reminders() -> None:
    emulator = Emulator()
    try:
        found = reminders.measure(emulator)
    finally:
        emulator.stop()
    _title("Reminders, one worker: tick, queue, claim, render, MIME, send, outcome")
    _table(("", "a second"), [(name, f"{rate:.0f}") for name, rate in found.items()])


def _ticks(sizes: Sequence[int]) -> None:
    found = {}
    for size in sizes:
        print(f"(a tick over {size:,} accounts ...)", file=sys.stderr, flush=True)
        found[size] = ticks.measure(size)
    _title("A tick: requests (reads+writes), read units, CPU ms in our process")
    _table(
        ("accounts due", *(f"of {size:,} accounts" for size in sizes)),
        [(f"{due:,}", *(_tick(one[due]) for one in found.values())) for due in ticks.DUE],
    )


def _tick(one: Spent) -> str:
    return f"{one.reads:.0f}+{one.writes:.0f}  {one.read_units:g}  {one.cpu_milliseconds:.1f}"


def _site() -> None:
    sizes = site.measure()
    _title(f"Front end, bytes compressed (budget of the first load {site.BUDGET_BYTES:,})")
    if sizes is None:
        print("  not built: npm --prefix frontend run build")
        return
    _table(("", "bytes"), [(name, f"{size:,}") for name, size in sizes.items()])


def _price(one: Spent) -> str:
    return f"{one.reads:.0f}+{one.writes:.0f}  {one.read_units:g}/{one.write_units:g}"


def _time(one: Spent, floor: Spent) -> str:
    ratio = one.cpu_milliseconds / floor.cpu_milliseconds
    return f"{ratio:.1f}x ({one.cpu_milliseconds:.1f}/{one.milliseconds:.1f})"


def _title(text: str) -> None:
    print(f"\n{text}")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    columns = list(zip(head, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    for row in (head, *rows):
        first, *rest = (text for text in row)
        numbers = "  ".join(text.rjust(width) for text, width in zip(rest, widths[1:], strict=True))
        print(f"  {first.ljust(widths[0])}  {numbers}", flush=True)


if __name__ == "__main__":
    main()

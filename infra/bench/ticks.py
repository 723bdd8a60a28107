"""What a tick costs: accounts that are due against accounts that exist."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from chalicelib.adapters.dynamodb.items import to_item
from chalicelib.adapters.dynamodb.marshal import item_to_wire
from chalicelib.bootstrap import Clients
from chalicelib.domain.account import Account, OpenItem
from chalicelib.usecases.context import system_context
from chalicelib.usecases.tick import queue_due_reminders
from infra.bench.book import PATIENCE, Writer
from infra.bench.emulator import Emulator
from infra.bench.meter import Meter, Spent, typical
from infra.bench.outside import ports_over
from infra.bench.specimen import NOW
from infra.local.cloud import point_to

DUE: Final = (0, 10, 100, 1_000)
"""Accounts that are due; a tick that finds more of them runs as of a later quarter of an hour."""

_RUNS: Final = 5
_QUARTER: Final = timedelta(minutes=15)


def measure(accounts: int) -> dict[int, Spent]:
    """Return what a tick costs by the number of accounts due, in a book of so many accounts."""
    emulator = Emulator()
    try:
        return _measure(emulator, accounts)
    finally:
        emulator.stop()


def _measure(emulator: Emulator, accounts: int) -> dict[int, Spent]:
    emulator.make_table("ticks")
    point_to(emulator.url)
    client = Clients().make("dynamodb", PATIENCE)
    writer = Writer(emulator.url, "ticks")
    for account in _accounts(accounts):
        writer.put([item_to_wire(to_item(account))])
    writer.flush()
    ports, meter = ports_over(client, "ticks"), Meter(client)
    found: dict[int, Spent] = {}
    for due in DUE:
        context = system_context(_turn_of(due))
        tick = partial(queue_due_reminders, ports, context)
        tick()  # warms up
        found[due] = typical([meter.measure(tick) for _ in range(_RUNS)])
    return found


def _turn_of(due: int) -> datetime:
    # With each more of them in DUE, a quarter of an hour later; nobody is due at the first.
    return NOW + DUE.index(due) * _QUARTER


def _accounts(count: int) -> Iterator[Account]:
    """Return accounts of which so many fall due at each turn, and the rest within the year."""
    for number in range(count):
        turn = next((_turn_of(due) for due in DUE if number < due), None)
        later = NOW + timedelta(days=1 + number % 365, minutes=15 * (number % 36))
        yield _account(number, turn or later)


def _account(number: int, next_action_at: datetime) -> Account:
    item: dict[str, Any] = {
        "invoice_id": f"inv_{number}",
        "number": f"A-{number:06d}",
        "issue_date": date(2026, 1, 1),
        "due_date": date(2026, 2, 1),
        "total_minor": 12_100,
        "open_minor": 12_100,
    }
    return Account(
        customer_id=f"cus_{number:08d}",
        customer_name=f"Cliente {number}",
        currency="EUR",
        open_items=(OpenItem(**item),),
        next_action_at=next_action_at,
    )

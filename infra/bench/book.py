"""Fills a table with a book of so many invoices: three years, 25 a customer, 16 % of them open."""

import http.client
import json
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final
from urllib.parse import urlsplit

from botocore.config import Config

from chalicelib.adapters.dynamodb.marshal import item_to_wire
from chalicelib.bootstrap import Clients
from chalicelib.domain.company import Company
from chalicelib.domain.numbering import Series
from chalicelib.domain.shards import SHARDS, shard_of
from chalicelib.usecases.ports import Insert, Ports
from infra.bench.emulator import Emulator
from infra.bench.outside import ports_over
from infra.bench.specimen import INVOICES, NOW, Specimen, copied
from infra.local.cloud import point_to

_SEED: Final = 7
_SPECIMENS: Final = 20
# The emulator walks through a whole index partition for each page of it; DynamoDB does not.
PATIENCE: Final = Config(read_timeout=300, parameter_validation=False)
_BATCH: Final = 25  # what DynamoDB writes at once


@dataclass
class Book:
    """A filled table. ``due`` are the customers that a tick finds, the others rest."""

    table: str
    client: Any
    ports: Ports
    customers: list[str] = field(default_factory=list)
    invoices: list[str] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    items: int = 0


def fill(emulator: Emulator, invoices: int, *, due: int) -> Book:
    """Make a table with so many invoices, and so many accounts that have a reminder due now."""
    table = f"book-{invoices}"
    emulator.make_table(table)
    point_to(emulator.url)
    client = Clients().make("dynamodb", PATIENCE)
    book = Book(table, client, ports_over(client, table))
    chance = Random(_SEED)  # noqa: S311 - the same book every time
    specimens = [Specimen(chance) for _ in range(_SPECIMENS)]
    writer = Writer(emulator.url, table)
    totals: dict[tuple[str, str], Counter[str]] = {}
    for number in range(max(1, invoices // INVOICES)):
        specimen = specimens[number % _SPECIMENS]
        items = copied(specimen, number)
        customer_id = _note(book, items, is_due=number < due)
        _add(totals, specimen, shard_of(customer_id))
        book.items += len(items)
        writer.put(items)
    writer.put([_totals_item(key, counters) for key, counters in totals.items()])
    writer.flush()
    series = Series(code="A", next_number=invoices + 1, last_date=NOW.date())
    book.ports.store.commit([Insert(Company(name="Talleres Ibáñez, S.L.")), Insert(series)])
    return book


def _note(book: Book, items: list[dict[str, Any]], *, is_due: bool) -> str:
    for item in items:
        kind = item["kind"]["S"]
        if kind == "account":
            _place(item, is_due=is_due)
        elif kind == "invoice":
            book.invoices.append(item["PK"]["S"].removeprefix("INV#"))
    customer = next(item for item in items if item["kind"]["S"] == "customer")
    customer_id = str(customer["PK"]["S"].removeprefix("CUS#"))
    (book.due if is_due else book.customers).append(customer_id)
    return customer_id


def _place(account: dict[str, Any], *, is_due: bool) -> None:
    # The shard follows from the copy's own identifier; who is not due has left the due index.
    customer_id = account["PK"]["S"].removeprefix("CUS#")
    if is_due:
        account["GSI1PK"] = {"S": f"DUE#{shard_of(customer_id)}"}
        return
    del account["GSI1PK"], account["GSI1SK"]
    account["body"]["M"]["next_action_at"] = {"NULL": True}


def _add(totals: dict[tuple[str, str], Counter[str]], specimen: Specimen, shard: int) -> None:
    assert 0 <= shard < SHARDS  # noqa: S101
    for (partition, sort), counters in specimen.totals.items():
        totals.setdefault((partition, f"{sort}#{shard}"), Counter()).update(counters)


def _totals_item(key: tuple[str, str], counters: Counter[str]) -> dict[str, Any]:
    felt = {name: amount for name, amount in counters.items() if amount}
    return item_to_wire({"PK": key[0], "SK": key[1], "kind": "totals"} | felt)


class Writer:
    """BatchWriteItem without the SDK, whose checks of each item would take most of the time."""

    def __init__(self, url: str, table: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self._table = table
        self._waiting: list[dict[str, Any]] = []

    def put(self, items: list[dict[str, Any]]) -> None:
        """Write items, sooner or later."""
        self._waiting += items
        while len(self._waiting) >= _BATCH:
            self._send(self._waiting[:_BATCH])
            del self._waiting[:_BATCH]

    def flush(self) -> None:
        """Write what waits, and end."""
        if self._waiting:
            self._send(self._waiting)
        self._connection.close()

    def _send(self, items: list[dict[str, Any]]) -> None:
        puts = [{"PutRequest": {"Item": item}} for item in items]
        headers = {
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": "DynamoDB_20120810.BatchWriteItem",
        }
        body = json.dumps({"RequestItems": {self._table: puts}})
        self._connection.request("POST", "/", body, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status != http.client.OK or json.loads(text).get("UnprocessedItems"):
            raise RuntimeError(f"The emulator refused a batch: {text[:500]!r}")

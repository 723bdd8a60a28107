"""Every record survives its item, every key finds its record, every listing has an index."""

import inspect
import pkgutil
from collections import Counter
from datetime import date, timedelta
from importlib import import_module
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib import usecases
from chalicelib.adapters.dynamodb.homes import HOMES, key_of
from chalicelib.adapters.dynamodb.index_keys import index_keys
from chalicelib.adapters.dynamodb.indexes import LISTINGS
from chalicelib.adapters.dynamodb.items import from_item, to_item
from chalicelib.adapters.dynamodb.marshal import item_from_wire, item_to_wire
from chalicelib.adapters.dynamodb.rows import listed
from chalicelib.adapters.dynamodb.store import DynamoStore
from chalicelib.domain.base import Record
from chalicelib.domain.deliverability import COUNTERS, MailCounts
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.ledger import Totals
from chalicelib.usecases import listings, mail_listings
from chalicelib.usecases.ports import Increase, Listing, Ref
from tests.builders import NOON, Book, a_customer, an_issued_invoice
from tests.contracts.records import RECORDS, a_record
from tests.memory_table import MemoryTable

_STORED_WHOLE = [record for record in RECORDS if record not in (Totals, MailCounts)]


QUESTIONS = {
    name: function
    for module in (
        import_module(f"chalicelib.usecases.{found.name}")
        for found in pkgutil.iter_modules(usecases.__path__)
        if found.name.endswith("listings")
    )
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__
}


def listing_functions() -> list[str]:
    return list(QUESTIONS)


def a_listing(name: str) -> Listing[Any]:
    """Ask a question with plausible arguments."""
    function = QUESTIONS[name]
    values: dict[str, Any] = {
        "shard": 1, "until": NOON, "customer_id": "cus_1", "currency": "EUR", "series": "A",
        "word": "pena", "list_name": "open", "due_after": None, "due_before": None, "where": (),
        "state": "queued", "before": NOON, "month": NOON.date(), "prefix": "a", "total_minor": 100,
        "place": "invoice#es#", "recurring_id": "rec_1", "email": "ana@saldo.example",
        "after": NOON.date(), "today": NOON.date(), "policy_id": "default",
        "provider": "stripe", "run_id": "prf_1", "first": 1, "last": 9,
        "since": NOON, "endpoint_id": "whe_1",
    }  # fmt: skip
    hints = get_type_hints(function)
    arguments = {key: values[key] for key in inspect.signature(function).parameters}
    for key, hint in hints.items():
        if hint is date and key in arguments:
            arguments[key] = NOON.date()
        if key == "month" and hint is str:
            arguments[key] = "2026-03"
    listing: Listing[Any] = function(**arguments)
    return listing


@pytest.mark.parametrize("record", _STORED_WHOLE, ids=lambda record: record.kind)
def test_a_record_comes_back_from_its_item_unchanged(record: type[Record]) -> None:
    @given(a_record(record))
    @settings(max_examples=25)
    def check(one: Record) -> None:
        item = item_from_wire(item_to_wire(to_item(one)))

        assert from_item(item) == one
        assert HOMES[record.kind].key(
            [str(_at(one, name)) for name in HOMES[record.kind].fields]
        ) == (
            item["PK"],
            item["SK"],
        )
        assert not set(item["row"]) & set(item["body"])

    check()


def _at(one: Any, path: str) -> Any:
    for name in path.split("."):
        one = getattr(one, name)
    return one


@given(st.lists(a_record(Totals), min_size=1, max_size=4))
@settings(max_examples=50)
def test_totals_come_back_as_the_sum_of_what_was_added(parts: list[Totals]) -> None:
    table = MemoryTable()
    store = DynamoStore(table)
    first = parts[0].but(version=1)
    parts = [part.but(period=first.period, currency=first.currency, shard=first.shard)
             for part in parts if part.is_felt]  # fmt: skip

    for part in parts:
        store.commit([Increase(part)])

    stored = store.get(Ref(Totals, (first.period, first.currency, str(first.shard))))
    assert (stored.billed_minor if stored else 0) == sum(part.billed_minor for part in parts)
    expected: Counter[str] = Counter()
    for part in parts:
        expected.update(part.open_by_due)
    assert (stored.open_by_due if stored else {}) == {due: n for due, n in expected.items() if n}


def test_counts_of_mails_come_back_as_the_sum_of_what_was_added() -> None:
    store = DynamoStore(MemoryTable())
    one = MailCounts(day=NOON.date(), purpose="reminder", shard=3, **dict.fromkeys(COUNTERS, 2))

    for part in (one, one.but(delivered=0), one.but(sent=0)):
        store.commit([Increase(part)])

    (stored,) = store.records(mail_listings.mail_counts("2026-03", date(2026, 3, 1), NOON.date()))
    assert stored == one.but(**dict.fromkeys(COUNTERS, 6) | {"sent": 4, "delivered": 4})


def test_no_two_types_of_record_share_a_kind_or_a_place() -> None:
    kinds = [record.kind for record in RECORDS]
    places = [HOMES[one.kind].key(["1"] * 3) for one in RECORDS if one is not Totals]

    assert len(set(kinds)) == len(kinds)
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("name", listing_functions())
def test_every_question_has_an_index_and_can_be_asked(name: str) -> None:
    listing = a_listing(name)

    page = DynamoStore(MemoryTable()).rows(listing, limit=10)

    assert listing.name in LISTINGS
    assert page.items == ()


def test_every_listing_is_asked_by_some_question() -> None:
    asked = {a_listing(name).name for name in listing_functions()}

    by_argument = {
        "invoices", "invoices_in_class", "invoices_of_customer", "payments", "credit_notes",
        "checkouts", "webhook_deliveries",
        *(f"{name}{which}" for name in ("disputes", "promises", "plans", "holds", "handovers")
          for which in ("", "_in_state")),
    }  # fmt: skip
    assert set(LISTINGS) - asked <= by_argument


@pytest.mark.parametrize("name", sorted(LISTINGS))
def test_rows_of_an_index_show_fields_of_the_record_they_stand_for(name: str) -> None:
    index = LISTINGS[name]
    records = {a_listing(each).record for each in listing_functions()
               if a_listing(each).name == name}  # fmt: skip

    for record in records if index.name else ():
        assert listed(record), f"{name} shows nothing of {record.kind}"
        assert listed(record) <= set(record.model_fields)


def test_a_cursor_of_another_list_is_refused() -> None:
    book = Book()
    for _ in range(3):
        book.issued()
    store = book.ports.store
    page = store.rows(_open(), limit=1)

    assert page.cursor is not None
    for cursor in (page.cursor[:-4], "!", "bm8", page.cursor):
        with pytest.raises(InvalidField):
            store.rows(a_listing("messages"), limit=1, cursor=cursor)


def _open() -> Listing[Any]:
    return listings.invoices(list_name="open", customer_id=None, due_after=None, due_before=None)


def test_a_filter_that_leaves_a_page_empty_still_leads_on() -> None:
    book = Book()
    for number in range(7):
        book.issued(1_000 + number)
    listing = listings.invoices(
        list_name="open", customer_id=None, due_after=None, due_before=None,
        where=(("total_minor >", 1_003),),
    )  # fmt: skip
    seen: list[int] = []
    cursor = None

    for _ in range(9):
        page = book.ports.store.rows(listing, limit=2, cursor=cursor)
        seen += [row["total_minor"] for row in page.items]
        cursor = page.cursor
        if cursor is None:
            break

    assert sorted(seen) == [1_004, 1_005, 1_006]
    assert cursor is None


def test_bounds_by_due_date_exclude_the_days_they_name() -> None:
    book = Book()
    for day in ("2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03"):
        book.issued(due_date=day)

    listing = listings.invoices(
        list_name="open", customer_id=None,
        due_after=date(2026, 3, 31), due_before=date(2026, 4, 3),
    )  # fmt: skip

    rows = book.ports.store.rows(listing, limit=10).items
    assert [row["due_date"] for row in rows] == ["2026-04-01", "2026-04-02"]


_NAMES = (
    "Abarrotes", "Bodegas", "Cristales", "Droguerías", "Embalajes", "Ferreterías", "Gráficas",
    "Hormigones", "Imprentas", "Jardines", "Keramika", "Lonjas",
)  # fmt: skip


def test_a_years_writes_spread_over_the_partitions_of_the_table() -> None:
    book = Book()
    for month in range(12):
        when = NOON + timedelta(days=30 * month)
        for number in range(12):
            customer = a_customer(book.ports, when, name=_NAMES[number][month % 5 :])
            invoice = an_issued_invoice(book.ports, customer.id, 10_000, when)
            assert invoice.number is not None

    writes = Counter(
        action.item["PK"] if hasattr(action, "item") else action.key[0]
        for actions in book.fakes.table.log
        for action in actions
    )
    total = sum(writes.values())
    # The series orders its documents and the months are few: the only keys that all writers share.
    shared = {"SERIES", "REG#A", "TOTALS#M"}
    busiest = [pk for pk, count in writes.most_common(10) if count > total / 20]
    assert set(busiest) <= shared


def test_index_keys_hold_only_what_is_looked_for() -> None:
    book = Book()
    invoice = book.invoice(book.issued())

    assert set(index_keys(invoice)) == {f"GSI{n}{part}" for n in (1, 2, 3) for part in ("PK", "SK")}
    assert index_keys(invoice)["GSI1PK"] == "INVOICES#open"
    assert key_of(invoice) == (f"INV#{invoice.id}", "#")

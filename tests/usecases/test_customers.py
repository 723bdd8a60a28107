"""Customers: entered, changed, found by any word of their name."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.customer import NameWord
from chalicelib.domain.errors import Busy, NotFound, Stale
from chalicelib.domain.search_text import normal
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import MAX_ATTEMPTS, until_committed
from chalicelib.usecases.create_customer import NewCustomer, create_customer
from chalicelib.usecases.listings import customers_by_word
from chalicelib.usecases.ports import Conflict
from tests.builders import NOON, Book, a_customer, by_ana


def found(book: Book, beginning: str) -> list[tuple[str, str]]:
    words = book.ports.store.records(customers_by_word(normal(beginning)))
    return [(word.word, word.name) for word in words]


def test_a_new_customer_takes_what_is_not_said_from_the_company(book: Book) -> None:
    customer = create_customer(book.ports, by_ana(), NewCustomer(name="Nueva", country="ES"))

    assert (customer.language, customer.currency, customer.terms_days, customer.time_zone) == (
        "es",
        "EUR",
        30,
        "Europe/Madrid",
    )


def test_no_days_at_all_are_not_the_companys_days(book: Book) -> None:
    assert a_customer(book.ports, name="Contado", terms_days=0).terms_days == 0


@pytest.mark.parametrize("beginning", ["Peña", "penarroya", "DISTRI", "pe"])
def test_a_customer_is_found_by_the_beginning_of_any_word(book: Book, beginning: str) -> None:
    names = [name for _, name in found(book, beginning)]

    assert names == ["Distribuciones Peñarroya, S.A."]


def test_a_renamed_customer_is_found_by_the_new_name_only(book: Book) -> None:
    change_customer(
        book.ports, by_ana(), book.customer.id, {"name": "Peñarroya Logística"},
        expected_version=1,
    )  # fmt: skip

    assert found(book, "distri") == []
    assert found(book, "pena") == [("penarroya", "Peñarroya Logística")]
    assert found(book, "logis") == [("logistica", "Peñarroya Logística")]
    assert len(book.all(NameWord)) == 2


def test_two_editors_do_not_overwrite_each_other(book: Book) -> None:
    change_customer(book.ports, by_ana(), book.customer.id, {"phone": "1"}, expected_version=1)
    before = book.snapshot()

    with pytest.raises(Stale):
        change_customer(book.ports, by_ana(), book.customer.id, {"phone": "2"}, expected_version=1)
    with pytest.raises(NotFound):
        change_customer(book.ports, by_ana(), "cus_none", {"phone": "2"}, expected_version=None)

    assert book.snapshot() == before


def test_a_change_to_the_same_writes_nothing(book: Book) -> None:
    before = book.snapshot()

    after = change_customer(
        book.ports, by_ana(), book.customer.id, {"name": book.customer.name}, expected_version=1
    )

    assert (after.version, book.snapshot()) == (1, before)


def test_endless_contention_ends_with_busy_after_bounded_pauses() -> None:
    pauses: list[float] = []
    book = Book()
    ports = type(book.ports)(**(vars(book.ports) | {"pause": pauses.append}))

    def never() -> None:
        raise Conflict([])

    with pytest.raises(Busy):
        until_committed(ports, never)

    assert len(pauses) == MAX_ATTEMPTS
    assert timedelta(seconds=max(pauses)) <= timedelta(seconds=0.4)
    assert NOON.tzinfo is not None


@pytest.mark.parametrize("kind", ["business", "consumer", "public"])
def test_a_customer_is_a_business_unless_it_is_said_otherwise(book: Book, kind: Any) -> None:
    assert a_customer(book.ports).type == "business"

    changed = change_customer(
        book.ports, by_ana(), book.customer.id, {"type": kind}, expected_version=None
    )

    assert (a_customer(book.ports, type=kind).type, changed.type) == (kind, kind)

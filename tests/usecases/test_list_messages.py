"""Messages by what became of them."""

from typing import Any, get_args

import pytest

from chalicelib.domain.errors import InvalidField
from chalicelib.domain.message import Message, MessageState
from chalicelib.usecases.list_messages import GROUPS, list_messages
from chalicelib.usecases.ports import Insert
from tests.builders import NOON, Book, at


@pytest.fixture
def book() -> Book:
    """Its messages stand alone: nothing led to them."""
    return Book()


def keep(book: Book, number: int, state: Any, **changes: Any) -> str:
    """A message in a state, created in minute ``number``."""
    fields: dict[str, Any] = {
        "id": f"m{number:02d}", "purpose": "reminder", "state": state,
        "customer_id": book.customer.id, "customer_name": "Peñarroya", "currency": "EUR",
        "to": "a@b.example", "subject": "", "language": "es", "template": "t",
        "invoice_ids": (), "amount_minor": 1, "created_by": "x",
        "created_at": at(f"2026-03-02T10:{number:02d}"),
    }  # fmt: skip
    book.ports.store.commit([Insert(Message(**(fields | changes)))])
    return f"m{number:02d}"


def listed(book: Book, group: str, limit: int = 50) -> list[str]:
    """The ids of all pages."""
    found: list[str] = []
    cursor = None
    for _ in range(60):
        page = list_messages(book.ports, group, limit=limit, cursor=cursor)
        assert len(page.items) <= limit
        found += [row["id"] for row in page.items]
        cursor = page.cursor
        if cursor is None:
            return found
    raise AssertionError(found)


def test_every_state_stands_in_one_group() -> None:
    states = [state for group in GROUPS.values() for state in group]

    assert sorted(states) == sorted(get_args(MessageState))


def test_a_group_is_listed_latest_first_over_its_states(book: Book) -> None:
    states = ("bounced", "refused", "undelivered", "complained", "bounced", "delivered")
    for number, state in enumerate(states):
        keep(book, number, state)

    assert listed(book, "not_delivered") == ["m04", "m03", "m02", "m01", "m00"]
    assert listed(book, "delivered") == ["m05"]
    assert listed(book, "uncertain") == []


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_pages_lose_and_repeat_nothing(book: Book, limit: int) -> None:
    states = ("bounced", "refused", "bounced", "bounced", "complained", "bounced", "refused")
    expected = [keep(book, number, state) for number, state in enumerate(states)]

    assert listed(book, "not_delivered", limit) == expected[::-1]


def test_messages_of_the_same_second_are_listed_once(book: Book) -> None:
    for number in range(5):
        state = "bounced" if number % 2 else "refused"
        keep(book, number, state, created_at=NOON)

    assert listed(book, "not_delivered", 2) == ["m04", "m03", "m02", "m01", "m00"]


@pytest.mark.parametrize("cursor", ["!", "bm8", "bTAx", "ñ"])
def test_a_cursor_of_another_list_is_refused(book: Book, cursor: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        list_messages(book.ports, "waiting", limit=5, cursor=cursor)

    assert refusal.value.pointer == "/cursor"


def test_an_unknown_group_is_named(book: Book) -> None:
    with pytest.raises(InvalidField, match="not_delivered"):
        list_messages(book.ports, "lost", limit=5)

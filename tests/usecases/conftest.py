"""A fresh book for each test, whose invariants are checked at its end."""

from collections.abc import Iterator

import pytest

from tests.builders import Book
from tests.invariants import assert_books_hold


@pytest.fixture
def book() -> Iterator[Book]:
    """A company with one customer in Madrid; whatever the test did, the books must hold."""
    book = Book()
    yield book
    assert_books_hold(book.fakes.table)

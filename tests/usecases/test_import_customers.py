"""Customers from a file: entered, changed or left alone; and the file, from part to columns."""

from typing import Any

import pytest

from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.import_columns import Choice
from chalicelib.domain.import_run import Import
from chalicelib.usecases import import_steps
from chalicelib.usecases.context import system_context
from chalicelib.usecases.hourly import queue_hourly_chores
from chalicelib.usecases.imports import complete_file, find_import, start_import, take_part
from tests.builders import Book, a_customer, by_ana, days
from tests.imports import DAY, a_file, a_ledger, an_import, imported
from tests.invariants import assert_books_hold
from tests.worker import drain

HEAD = ("Código", "Nombre", "NIF", "País", "Calle", "Ciudad", "Email", "Email facturas", "Idioma",
        "Plazo", "Límite de crédito")  # fmt: skip


def a_csv(*rows: tuple[str, ...]) -> str:
    return a_file([HEAD, *rows], ";")


UNO = ("C-1", "Uno, S.L.", "B12345678", "España", "Mayor 1", "Madrid", "hola@uno.example",
       "facturas@uno.example", "inglés", "45 días", "1.500,00")  # fmt: skip


@pytest.fixture
def book() -> Book:
    return Book()


def by_code(book: Book) -> dict[str | None, Customer]:
    return {one.code: one for one in book.all(Customer)}


def test_a_customer_is_entered_with_all_that_its_row_says(book: Book) -> None:
    done = imported(book, a_csv(UNO), "customers")

    one = by_code(book)["C-1"]
    assert (one.name, one.tax_id, one.country, one.address, one.email) == (
        "Uno, S.L.", "B12345678", "ES", "Mayor 1\nMadrid", "hola@uno.example",
    )  # fmt: skip
    assert (one.language, one.terms_days, one.credit_limit_minor, one.currency) == (
        "en", 45, 150_000, "EUR",
    )  # fmt: skip
    assert [(each.email, each.roles) for each in one.contacts] == [
        ("facturas@uno.example", ("invoices",)),
    ]  # fmt: skip
    assert done.counts == {"create": 1, "new_customers": 1}
    assert_books_hold(book.fakes.table)


def test_the_same_file_again_changes_nothing(book: Book) -> None:
    content = a_csv(UNO, ("C-2", "Dos", *[""] * 9))
    imported(book, content, "customers")
    before = by_code(book)

    one = an_import(book, content, "customers")
    one.choose()

    assert one.check().counts == {"skip": 2}
    assert by_code(book) == before


def test_only_what_the_row_says_is_changed(book: Book) -> None:
    known = a_customer(book.ports, name="Uno", tax_id="ES-B12345678", phone="910", code=None)

    done = imported(book, a_csv(UNO[:3] + ("",) * 8), "customers")

    after = next(one for one in book.all(Customer) if one.id == known.id)
    assert done.counts == {"update": 1}
    assert (after.name, after.code, after.phone, after.email, after.terms_days) == (
        "Uno, S.L.", "C-1", "910", known.email, 30,
    )  # fmt: skip


def test_those_who_are_there_are_left_alone_if_that_is_wanted(book: Book) -> None:
    a_customer(book.ports, name="Uno", code="C-1")
    before = book.all(Customer)

    one = an_import(book, a_csv(UNO), "customers")
    one.choose(existing="skip")

    assert one.check().counts == {"skip": 1}
    assert book.all(Customer) == before


@pytest.mark.parametrize(
    ("place", "text", "code", "field"),
    [
        (1, "", "missing", "name"), (3, "Atlántida", "unknown_country", "country"),
        (6, "sin correo", "not_an_email", "email"), (8, "chino", "unknown_language", "language"),
        (9, "pronto", "not_days", "terms_days"), (9, "400", "not_days", "terms_days"),
        (10, "mucho", "not_a_number", "credit_limit"), (10, "-1", "not_positive", "credit_limit"),
        (1, "x" * 201, "too_long", "name"),
    ],
)  # fmt: skip
def test_a_wrong_row_stays_out_and_says_why(
    book: Book, place: int, text: str, code: str, field: str
) -> None:
    wrong = (*UNO[:place], text, *UNO[place + 1 :])
    right = ("C-2", "Dos", "", "ES", "", "", "", "", "es", "30", "1,00")

    done = imported(book, a_csv(wrong, right), "customers")

    assert (code, field) in [(each.code, each.field) for each in done.groups]
    assert (done.counts["create"], done.counts["reject"]) == (1, 1)
    assert "C-1" not in by_code(book)


def test_one_customer_in_two_rows_is_entered_once_and_branches_are_two(book: Book) -> None:
    branch = ("C-9", *UNO[1:])
    done = imported(book, a_csv(UNO, UNO, branch), "customers")

    assert done.counts == {"create": 2, "skip": 1, "with_warnings": 1, "new_customers": 2}
    assert {"C-1", "C-9"} <= set(by_code(book))


def test_a_formula_guard_is_taken_off_again(book: Book) -> None:
    imported(book, a_csv(("'+34", "'=Uno", *UNO[2:])), "customers")

    assert by_code(book)["+34"].name == "=Uno"


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (b"PK\x03\x04", "import_not_text"), (b"Nombre\r\n", "import_empty"),
        (b"\r\n\r\n", "import_empty"),
        (b'Nombre\n"' + b"x\n" * 9_000, "import_open_quote"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_fails_and_says_why(
    book: Book, content: bytes, failure: str
) -> None:
    one = an_import(book, content, "customers").now

    assert (one.state, one.failure) == ("failed", failure)
    with pytest.raises(StateConflict):
        an_import(book, content, "customers").check()


def test_more_rows_than_there_may_be_are_refused(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_steps, "MAX_ROWS", 3)

    assert an_import(book, "Nombre\na\nb\nc\n", "customers").now.rows == 3
    assert an_import(book, "Nombre\na\nb\nc\nd\n", "customers").now.failure == (
        "import_too_many_rows"
    )


def test_parts_may_come_in_any_order_and_split_a_character(book: Book) -> None:
    content = a_csv(UNO).encode()
    at_ = content.index("ó".encode()) + 1
    one = start_import(book.ports, by_ana(), "customers", "x.csv", len(content))

    take_part(book.ports, by_ana(), one.id, 2, content[at_:])
    with pytest.raises(StateConflict) as refusal:
        complete_file(book.ports, by_ana(), one.id)
    take_part(book.ports, by_ana(), one.id, 1, content[:at_])
    complete_file(book.ports, by_ana(), one.id)
    drain(book.fakes, DAY)

    assert refusal.value.code == "import_incomplete"
    assert find_import(book.ports, one.id).columns[0].heading == "Código"


@pytest.mark.parametrize(
    ("choices", "pointer", "code"),
    [
        ([(0, "code")] * 2, "/columns/1/field", "import_field_twice"),
        ([(0, "colour")], "/columns/0/field", "import_field"),
        ([(99, "code")], "/columns/0/place", "missing"),
        ([(6, "email")], "/columns", "import_needs_name"),
        ([(1, "name", "dmy")], "/columns/0/style", "import_style"),
    ],
)
def test_columns_that_make_no_sense_are_refused(
    book: Book, choices: list[tuple[Any, ...]], pointer: str, code: str
) -> None:
    one = an_import(book, a_csv(UNO), "customers")
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        one.choose_these(
            [Choice(place=each[0], field=each[1], style=(*each, None)[2]) for each in choices]
        )

    assert (refusal.value.pointer, refusal.value.field_code) == (pointer, code)
    assert book.snapshot() == before


def test_an_import_whose_message_was_lost_goes_on_within_the_hour(book: Book) -> None:
    one = an_import(book, a_file(a_ledger(30, 5), ";"))
    one.choose()
    for step in (one.check, one.run):
        book.fakes.queues.put = lambda *_: None  # type: ignore[method-assign]
        step()
        del book.fakes.queues.put
        assert one.now.is_busy
        queue_hourly_chores(book.ports, system_context(DAY + days(1)))
        drain(book.fakes, DAY + days(1))

    assert (one.now.state, one.now.counts["create"]) == ("done", 30)
    assert [each.id for each in book.all(Import) if each.is_busy] == []

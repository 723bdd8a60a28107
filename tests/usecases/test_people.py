"""Who belongs to the staff."""

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import AlreadyExists, NotFound, StateConflict
from chalicelib.usecases.people import (
    NewPerson,
    change_person,
    invite_person,
    list_people,
)
from tests.builders import Book, by_ana
from tests.identity import FakeDirectory, Interrupted, a_person

GLORIA = NewPerson(email="Gloria@Saldo.Example", name="Gloria", role="collector")


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def directory() -> FakeDirectory:
    return FakeDirectory()


def roles(book: Book) -> dict[str, str]:
    return {one.email.partition("@")[0]: one.role for one in list_people(book.ports) if one.active}


def last_entry(book: Book) -> AuditEntry:
    return [entry for entry in book.all(AuditEntry) if entry.subject == "person"][-1]


def test_an_invited_person_is_in_the_directory_and_in_the_audit_log(
    book: Book, directory: FakeDirectory
) -> None:
    person = invite_person(book.ports, by_ana(), GLORIA, directory=directory)

    assert person.email == "gloria@saldo.example"
    assert roles(book) == {"gloria": "collector"}
    assert directory.invited == ["gloria@saldo.example"]
    entry = last_entry(book)
    assert (entry.action, entry.subject_id) == ("person_invited", "gloria@saldo.example")
    assert entry.facts == {"name": "Gloria", "role": "collector"}


def test_nobody_is_invited_twice(book: Book, directory: FakeDirectory) -> None:
    invite_person(book.ports, by_ana(), GLORIA, directory=directory)
    before = book.snapshot()

    with pytest.raises(AlreadyExists):
        invite_person(book.ports, by_ana(), GLORIA, directory=directory)

    assert directory.invited == ["gloria@saldo.example"]
    assert book.snapshot() == before


def test_when_the_directory_fails_nobody_has_joined_and_a_repetition_succeeds(
    book: Book, directory: FakeDirectory
) -> None:
    directory.faults = [TimeoutError()]

    with pytest.raises(TimeoutError):
        invite_person(book.ports, by_ana(), GLORIA, directory=directory)
    joined_first = list_people(book.ports)
    invite_person(book.ports, by_ana(), GLORIA, directory=directory)

    assert joined_first == ()
    assert roles(book) == {"gloria": "collector"}


def test_a_change_is_written_with_what_was_before(book: Book, directory: FakeDirectory) -> None:
    a_person(book.ports)
    a_person(book.ports, "gloria@saldo.example", "viewer")

    changes = {"role": "collector", "name": "Gloria"}
    change_person(book.ports, by_ana(), "GLORIA@saldo.example", changes, directory=directory)

    entry = last_entry(book)
    assert (entry.action, entry.facts) == (
        "person_changed",
        {"changed": {"role": ["viewer", "collector"]}},
    )
    assert directory.invited == []


def test_a_change_to_what_is_already_so_writes_nothing(
    book: Book, directory: FakeDirectory
) -> None:
    a_person(book.ports)
    before = book.snapshot()

    change_person(book.ports, by_ana(), "ana@saldo.example", {"role": "admin"}, directory=directory)

    assert book.snapshot() == before


def test_an_unknown_person_cannot_be_changed(book: Book, directory: FakeDirectory) -> None:
    with pytest.raises(NotFound):
        change_person(book.ports, by_ana(), "x@y.example", {"role": "admin"}, directory=directory)


@pytest.mark.parametrize("change", [{"active": False}, {"role": "accountant"}])
def test_the_last_active_administrator_stays_one(
    book: Book, directory: FakeDirectory, change: dict[str, object]
) -> None:
    a_person(book.ports)
    a_person(book.ports, "gloria@saldo.example", "collector")
    a_person(book.ports, "gone@saldo.example", "admin")
    gone = {"active": False}
    change_person(book.ports, by_ana(), "gone@saldo.example", gone, directory=directory)
    before = book.snapshot()

    with pytest.raises(StateConflict):
        change_person(book.ports, by_ana(), "ana@saldo.example", change, directory=directory)

    assert book.snapshot() == before


def test_two_administrators_who_remove_each_other_at_once_leave_one(
    book: Book, directory: FakeDirectory
) -> None:
    a_person(book.ports, "ana@saldo.example")
    a_person(book.ports, "eva@saldo.example")
    off = {"active": False}

    def eva_removes_ana() -> None:
        change_person(book.ports, by_ana(), "ana@saldo.example", off, directory=directory)

    interrupted = book.fakes.ports(Interrupted(book.fakes.table, eva_removes_ana))
    with pytest.raises(StateConflict):
        change_person(interrupted, by_ana(), "eva@saldo.example", off, directory=directory)

    assert roles(book) == {"eva": "admin"}


def test_who_is_taken_back_is_invited_again(book: Book, directory: FakeDirectory) -> None:
    a_person(book.ports)
    a_person(book.ports, "gloria@saldo.example", "viewer")

    for is_active in (False, True):
        changes = {"active": is_active}
        change_person(book.ports, by_ana(), "gloria@saldo.example", changes, directory=directory)

    assert directory.invited == ["gloria@saldo.example"]
    assert roles(book) == {"ana": "admin", "gloria": "viewer"}

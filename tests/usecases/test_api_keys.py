"""Keys for programs."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from unittest.mock import Mock

import pytest

from chalicelib.adapters.random_ids import RandomIds
from chalicelib.domain.access import Actor
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import InvalidField, NotAllowed, NotFound, ScopeMissing
from chalicelib.domain.identity import ApiKey
from chalicelib.usecases.api_keys import (
    NewApiKey,
    create_api_key,
    enter_api_key,
    list_api_keys,
    revoke_api_key,
)
from chalicelib.usecases.who_is_it import KeyText, who_is_it
from tests.builders import NOON, Book, by_ana
from tests.fakes import CountingTable, Fakes

SHOP = NewApiKey(name="Web shop", role="accountant")


@pytest.fixture
def book() -> Book:
    return Book()


def test_a_key_is_256_random_bits_with_a_prefix_by_which_leaks_are_found() -> None:
    text = f"sk_{RandomIds().secret()}"

    assert re.fullmatch(r"sk_[A-Za-z0-9_-]{43}", text)


def test_a_key_opens_with_its_role_and_costs_one_read(book: Book) -> None:
    made = create_api_key(book.ports, by_ana(), SHOP)
    who_is_it(book.ports.store, KeyText(made.text), NOON)
    counted = CountingTable(book.fakes.table)

    principal = who_is_it(Fakes().ports(counted).store, KeyText(made.text), NOON)

    assert principal is not None
    assert not principal.is_browser
    assert (principal.actor.id, principal.actor.name) == (made.record.id, "Web shop")
    assert (principal.actor.role, principal.actor.scopes) == ("accountant", None)
    assert counted.requests == {"get": 1}


def test_only_the_hash_and_the_beginning_of_a_key_are_stored(book: Book) -> None:
    made = create_api_key(book.ports, by_ana(), SHOP)

    stored = json.dumps(book.fakes.table.items())

    assert made.text.startswith("sk_")
    assert made.record.hint == made.text[:8]
    assert made.text[:9] not in stored


def test_keys_are_listed_newest_first_with_who_made_them(book: Book) -> None:
    first = create_api_key(book.ports, by_ana(), SHOP).record
    later = NewApiKey(name="Bank", role="viewer")
    second = create_api_key(book.ports, by_ana(NOON + timedelta(hours=1)), later).record

    assert list_api_keys(book.ports) == (second, first)
    assert (second.name, second.role, second.created_by) == ("Bank", "viewer", "Ana")


def test_a_revoked_key_is_nobody_from_the_next_request_on(book: Book) -> None:
    made = create_api_key(book.ports, by_ana(), SHOP)
    other = create_api_key(book.ports, by_ana(), SHOP)

    revoke_api_key(book.ports, by_ana(), made.record.id)

    assert who_is_it(book.ports.store, KeyText(made.text), NOON) is None
    assert who_is_it(book.ports.store, KeyText(other.text), NOON) is not None
    listed = {key.id: key.revoked_at for key in list_api_keys(book.ports)}
    assert listed == {made.record.id: NOON, other.record.id: None}


def test_making_and_revoking_are_in_the_audit_log_once_each(book: Book) -> None:
    made = create_api_key(book.ports, by_ana(), SHOP)

    revoke_api_key(book.ports, by_ana(), made.record.id)
    revoke_api_key(book.ports, by_ana(NOON + timedelta(hours=1)), made.record.id)

    actions = [one.action for one in book.all(AuditEntry) if one.subject == "api_key"]
    assert actions == ["api_key_created", "api_key_revoked"]
    assert book.all(ApiKey)[0].revoked_at == NOON


@pytest.mark.parametrize("key_id", ["key_unknown", "key_", ""])
def test_an_unknown_key_cannot_be_revoked(book: Book, key_id: str) -> None:
    create_api_key(book.ports, by_ana(), SHOP)
    before = book.snapshot()

    with pytest.raises(NotFound):
        revoke_api_key(book.ports, by_ana(), key_id)

    assert book.snapshot() == before


def test_a_key_chosen_elsewhere_is_entered_once(book: Book) -> None:
    first = enter_api_key(book.ports, by_ana(), SHOP, text="chosen")
    again = enter_api_key(book.ports, by_ana(), SHOP, text="chosen")

    assert again == first
    assert first.hint == "ch"
    assert who_is_it(book.ports.store, KeyText("chosen"), NOON) is not None


@pytest.mark.parametrize("shown", ["", "sk_", "sk_unknown"])
def test_an_unknown_key_is_nobody(book: Book, shown: str) -> None:
    create_api_key(book.ports, by_ana(), SHOP)

    assert who_is_it(book.ports.store, KeyText(shown), NOON) is None


def test_a_use_is_noted_at_most_once_an_hour(book: Book) -> None:
    text = create_api_key(book.ports, by_ana(), SHOP).text
    noted = []

    for minutes in (0, 1, 59, 60, 61):
        who_is_it(book.ports.store, KeyText(text), NOON + timedelta(minutes=minutes))
        noted.append(list_api_keys(book.ports)[0].used_at)

    assert noted == [NOON, NOON, NOON, NOON + timedelta(hours=1), NOON + timedelta(hours=1)]


def test_a_use_that_somebody_else_noted_meanwhile_opens_all_the_same(book: Book) -> None:
    text = create_api_key(book.ports, by_ana(), SHOP).text
    store = book.ports.store
    overtaken = Mock(wraps=store)
    overtaken.get.side_effect = lambda ref: (store.get(ref), who_is_it(store, KeyText(text), NOON))[
        0
    ]

    assert who_is_it(overtaken, KeyText(text), NOON) is not None
    assert overtaken.commit.call_count == 1
    assert list_api_keys(book.ports)[0].version == 2


def test_a_key_opens_until_the_end_of_its_last_day_at_the_companys_place(book: Book) -> None:
    made = create_api_key(book.ports, by_ana(), replace(SHOP, last_day=NOON.date()))

    ends_at = made.record.ends_at

    assert ends_at == datetime(2026, 3, 2, 23, tzinfo=UTC)  # midnight in Madrid
    before = who_is_it(book.ports.store, KeyText(made.text), ends_at - timedelta(seconds=1))
    assert before is not None
    assert who_is_it(book.ports.store, KeyText(made.text), ends_at) is None


@pytest.mark.parametrize("last_day", [NOON.date() - timedelta(days=1), date(2100, 1, 1)])
def test_a_last_day_is_neither_past_nor_beyond_all_calendars(book: Book, last_day: date) -> None:
    before = book.snapshot()

    with pytest.raises(InvalidField, match="/last_day"):
        create_api_key(book.ports, by_ana(), replace(SHOP, last_day=last_day))

    assert book.snapshot() == before


def test_a_key_that_opens_nothing_is_not_made(book: Book) -> None:
    before = book.snapshot()

    with pytest.raises(InvalidField, match="/scopes"):
        create_api_key(book.ports, by_ana(), replace(SHOP, scopes=()))

    assert book.snapshot() == before


def test_a_keys_scopes_come_with_whoever_shows_it(book: Book) -> None:
    new = replace(SHOP, scopes=("invoices:write", "customers:read"))
    made = create_api_key(book.ports, by_ana(), new)

    principal = who_is_it(book.ports.store, KeyText(made.text), NOON)

    assert principal is not None
    assert principal.actor.scopes == ("invoices:write", "customers:read")


CLERK = Actor(id="key_1", name="Clerk", role="accountant", scopes=("invoices:write",))


@pytest.mark.parametrize(
    ("maker", "new", "refusal"),
    [
        (CLERK.but(role="viewer"), SHOP, NotAllowed),
        (CLERK, replace(SHOP, role="admin", scopes=("invoices:read",)), NotAllowed),
        (CLERK, SHOP, ScopeMissing),
        (CLERK, replace(SHOP, scopes=("invoices:read", "payments:read")), ScopeMissing),
        (CLERK.but(scopes=("invoices:read",)), replace(SHOP, scopes=("invoices:write",)),
         ScopeMissing),
    ],
)  # fmt: skip
def test_no_key_has_more_rights_than_its_maker(
    book: Book, maker: Actor, new: NewApiKey, refusal: type[Exception]
) -> None:
    before = book.snapshot()

    with pytest.raises(refusal):
        create_api_key(book.ports, replace(by_ana(), actor=maker), new)

    assert book.snapshot() == before


def test_a_key_may_make_another_with_less(book: Book) -> None:
    new = replace(SHOP, role="collector", scopes=("invoices:read",))

    made = create_api_key(book.ports, replace(by_ana(), actor=CLERK), new)

    assert (made.record.role, made.record.scopes) == ("collector", ("invoices:read",))

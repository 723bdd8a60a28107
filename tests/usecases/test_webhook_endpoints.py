"""Endpoints: what may be entered, who changes what, and where their secrets are."""

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import InvalidField, NotFound, Stale, StateConflict
from chalicelib.domain.webhook_endpoint import OVERLAP, WebhookEndpoint
from chalicelib.usecases.webhook_endpoints import (
    MOST_ENDPOINTS,
    change_endpoint,
    delete_endpoint,
    find_endpoint,
    list_endpoints,
    rotate_secret,
)
from tests.builders import NOON, Book, by_ana, by_bea
from tests.webhooks import endpoint, listens, switch


def kept(book: Book, endpoint_id: str) -> dict[str, dict[str, str]]:
    """What the vault keeps for an endpoint, by the id of the secret."""
    beginning = f"webhook-endpoints/{endpoint_id}/"
    return {
        name.removeprefix(beginning): value
        for name, value in book.fakes.vault.kept.items()
        if name.startswith(beginning)
    }


def test_a_new_endpoint_has_a_secret_that_is_nowhere_in_the_table(book: Book) -> None:
    made = listens(book, "invoice.paid", "invoice.issued", description="ERP")

    one = endpoint(book, made.record.id)
    assert (one.state, one.description, one.types) == (
        "enabled", "ERP", ("invoice.issued", "invoice.paid"),
    )  # fmt: skip
    (ref,) = one.secrets
    assert kept(book, one.id) == {ref.id: {"secret": made.secret}}
    assert (ref.hint, ref.until) == (made.secret[-5:-1], None)
    assert made.secret not in book.snapshot()
    (entry,) = [each for each in book.all(AuditEntry) if each.subject == "webhook_endpoint"]
    assert (entry.action, entry.by) == ("webhook_endpoint_created", "ana@saldo.example")


@pytest.mark.parametrize(
    ("url", "types", "pointer", "code"),
    [
        ("http://erp.example.com/", (), "/url", "url_not_https"),
        ("https://10.0.0.1/", (), "/url", "url_host"),
        ("https://erp.example.com:8080/", (), "/url", "url_port"),
        ("https://a:b@erp.example.com/", (), "/url", "url_parts"),
        ("https://erp.example.com/ü", (), "/url", "url_unreadable"),
        ("https://erp.example.com/", ("invoice.paid", "invoice.eaten"), "/types/1",
         "unknown_event_type"),
    ],
)  # fmt: skip
def test_what_nothing_can_be_sent_to_is_refused(
    book: Book, url: str, types: tuple[str, ...], pointer: str, code: str
) -> None:
    with pytest.raises(InvalidField) as refused:
        listens(book, *types, url=url)

    assert (refused.value.pointer, refused.value.field_code) == (pointer, code)
    assert book.fakes.vault.kept == {}
    assert book.all(WebhookEndpoint) == []


def test_there_are_at_most_ten(book: Book) -> None:
    for n in range(MOST_ENDPOINTS):
        listens(book, url=f"https://erp{n}.example.com/")

    with pytest.raises(StateConflict) as refused:
        listens(book)

    assert refused.value.code == "too_many_endpoints"
    delete_endpoint(book.ports, by_ana(), list_endpoints(book.ports)[0].id)
    listens(book)


def test_replacing_a_secret_leaves_the_one_before_a_day(book: Book) -> None:
    first = listens(book)

    second = rotate_secret(book.ports, by_bea(), first.record.id)

    new, old = endpoint(book, first.record.id).secrets
    assert (new.until, old.until) == (None, NOON + OVERLAP)
    assert {one["secret"] for one in kept(book, first.record.id).values()} == {
        first.secret, second.secret,
    }  # fmt: skip
    valid = endpoint(book, first.record.id).valid_secrets
    assert len(valid(NOON + OVERLAP)) == 1
    assert len(valid(NOON)) == 2


def test_replacing_it_again_does_not_give_the_first_one_more_time(book: Book) -> None:
    made = listens(book).record
    for hours in (0, 5):
        rotate_secret(book.ports, by_ana(NOON + hours * OVERLAP / 24), made.id)

    ends = [one.until for one in endpoint(book, made.id).secrets]

    assert ends == [None, NOON + 29 * OVERLAP / 24, NOON + OVERLAP]


def test_two_who_replace_it_at_once_both_get_a_secret_that_signs(book: Book) -> None:
    made = listens(book).record
    commit = book.ports.store.commit
    secrets: list[str] = []

    def race(writes: object) -> None:
        book.ports.store.commit = commit  # type: ignore[method-assign]
        secrets.append(rotate_secret(book.ports, by_bea(), made.id).secret)
        commit(writes)  # type: ignore[arg-type]

    book.ports.store.commit = race  # type: ignore[method-assign]
    secrets.append(rotate_secret(book.ports, by_ana(), made.id).secret)

    refs = endpoint(book, made.id).secrets
    signing = {kept(book, made.id)[one.id]["secret"] for one in refs}
    assert set(secrets) < signing
    assert len(signing) == 3


def test_a_secret_that_is_replaced_all_the_time_is_a_mistake(book: Book) -> None:
    made = listens(book).record
    for _ in range(4):
        rotate_secret(book.ports, by_ana(), made.id)
    before = book.snapshot()

    with pytest.raises(StateConflict) as refused:
        rotate_secret(book.ports, by_ana(), made.id)

    assert refused.value.code == "rotated_often"
    assert book.snapshot() == before


def test_address_types_and_words_can_be_changed_and_switched(book: Book) -> None:
    made = listens(book, "invoice.paid").record
    changes = {"url": "https://new.example.com/", "types": None, "description": "Neu"}

    after = change_endpoint(book.ports, by_bea(), made.id, changes, expected_version=1)
    off = switch(book, made.id, on=False)
    still = switch(book, made.id, on=False)
    on = switch(book, made.id, on=True)

    assert (after.url, after.types, after.description) == (
        "https://new.example.com/", None, "Neu",
    )  # fmt: skip
    assert (off.state, off.why, off.disabled_at) == ("disabled", "by_staff", NOON)
    assert (still.why, on.state, on.why, on.disabled_at) == ("by_staff", "enabled", None, None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"url": "https://127.0.0.1/"}, "url_host"),
        ({"types": ("nothing",)}, "unknown_event_type"),
        ({"types": ()}, "no_event_types"),
    ],
)
def test_a_change_is_checked_like_a_new_one(
    book: Book, changes: dict[str, object], code: str
) -> None:
    made = listens(book).record
    before = book.snapshot()

    with pytest.raises(InvalidField) as refused:
        change_endpoint(book.ports, by_ana(), made.id, changes, expected_version=None)

    assert refused.value.field_code == code
    assert book.snapshot() == before


def test_who_saw_an_older_version_is_told_so(book: Book) -> None:
    made = listens(book).record
    switch(book, made.id, on=False)
    before = book.snapshot()

    with pytest.raises(Stale):
        change_endpoint(book.ports, by_ana(), made.id, {"enabled": True}, expected_version=1)

    assert book.snapshot() == before


def test_a_deleted_endpoint_takes_its_secrets_along(book: Book) -> None:
    made = listens(book)
    rotate_secret(book.ports, by_ana(), made.record.id)

    delete_endpoint(book.ports, by_ana(), made.record.id)

    assert list_endpoints(book.ports) == ()
    assert all("secret" not in one for one in kept(book, made.record.id).values())
    for act in (find_endpoint, lambda ports, name: rotate_secret(ports, by_ana(), name)):
        with pytest.raises(NotFound):
            act(book.ports, made.record.id)

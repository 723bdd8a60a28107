"""What Wompi's transactions mean for the books; each trap known of them is a test."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.port import Notification
from chalicelib.adapters.providers.wompi import PROVIDER
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable
from chalicelib.domain.provider import ProviderFact
from tests.adapters.provider_api import Api, Status, a_setup_with
from tests.adapters.wompi_api import (
    ID,
    SECRET,
    THEN,
    a_link,
    a_transaction,
    an_event,
    api_with,
    notified,
    sent,
)

KEYS = {"private_key": "prv_test_1", "public_key": "pub_test_1"}


def read(
    told: dict[str, Any], now: dict[str, Any] | None = None, at: datetime = THEN, **keys: str
) -> Sequence[ProviderFact]:
    [event] = PROVIDER.events(notified(told, at))
    return PROVIDER.facts(event.raw, a_setup_with(api_with(now or told), **(KEYS | keys)))


def test_an_approved_transaction_is_money_received() -> None:
    api = api_with(a_transaction())
    [event] = PROVIDER.events(notified(a_transaction()))

    assert PROVIDER.facts(event.raw, a_setup_with(api, **KEYS)) == [
        ProviderFact(
            what="paid",
            provider="wompi",
            event_id=f"{ID}:APPROVED",
            payment_key=ID,
            invoice_id=None,
            checkout_id="chk_1",
            amount_minor=10_000_000,
            currency="COP",
            occurred_at=THEN,
        )
    ]
    assert [call.path for call in api.made] == [
        f"/transactions/{ID}", "/payment_links/test_oX3kAb",
    ]  # fmt: skip
    assert {call.headers["Authorization"] for call in api.made} == {"Bearer prv_test_1"}


@pytest.mark.parametrize(
    ("status", "what", "detail"),
    [
        ("PENDING", "processing", None),
        ("APPROVED", "paid", None),
        ("DECLINED", "failed", "DECLINED: Fondos insuficientes"),
        ("ERROR", "failed", "ERROR: Fondos insuficientes"),
    ],
)
def test_the_status_says_what_has_become_of_it(status: str, what: str, detail: Any) -> None:
    [fact] = read(a_transaction(status=status, status_message="Fondos insuficientes"))

    assert (fact.what, fact.detail) == (what, detail)


def test_what_is_not_finished_is_dated_by_its_beginning() -> None:
    [fact] = read(a_transaction(status="PENDING", finalized_at=None))

    assert fact.occurred_at == datetime(2026, 3, 2, 14, 29, 50, tzinfo=UTC)


def test_a_voided_transaction_was_paid_and_went_back() -> None:
    at = THEN + timedelta(days=1)

    paid, back = read(a_transaction(status="VOIDED"), at=at)

    assert (paid.what, paid.occurred_at, paid.checkout_id) == ("paid", THEN, "chk_1")
    assert (back.what, back.amount_minor, back.occurred_at, back.checkout_id) == (
        "refunded_so_far", 10_000_000, at, None,
    )  # fmt: skip


def test_the_word_of_an_approval_that_is_voided_since_leaves_the_rest_to_its_own_event() -> None:
    [fact] = read(a_transaction(), a_transaction(status="VOIDED"))

    assert (fact.what, fact.occurred_at) == ("paid", THEN)


def test_the_state_of_the_transaction_decides_and_not_what_an_old_event_said() -> None:
    [fact] = read(a_transaction(status="PENDING"), a_transaction())

    assert fact.what == "paid"


@pytest.mark.parametrize(
    ("told", "shown"),
    [("APPROVED", "PENDING"), ("VOIDED", "APPROVED"), ("DECLINED", "PENDING")],
)
def test_an_api_that_lags_behind_its_event_is_asked_again(told: str, shown: str) -> None:
    with pytest.raises(ProviderUnavailable, match="does not show yet"):
        read(a_transaction(status=told), a_transaction(status=shown))


def test_an_event_of_another_amount_than_its_transaction_is_a_clear_error() -> None:
    with pytest.raises(EventMalformed, match="another amount"):
        read(a_transaction(amount_in_cents=1), a_transaction())


def test_what_is_not_signed_is_not_believed() -> None:
    forged = a_transaction(reference="chk_forged", payment_link_id=None, currency="USD")

    [fact] = read(forged, a_transaction())

    assert (fact.checkout_id, fact.currency) == ("chk_1", "COP")


@pytest.mark.parametrize(
    ("changes", "link", "expected"),
    [
        ({}, a_link(), (None, "chk_1")),
        ({}, a_link(sku="inv_1"), ("inv_1", None)),
        ({}, a_link(sku=None), ("test_oX3kAb_1772461790_pQ", None)),
        ({"reference": "chk_2"}, a_link(), (None, "chk_2")),
        ({"reference": "inv_2", "payment_link_id": None}, a_link(), ("inv_2", None)),
        ({"reference": None, "payment_link_id": None}, a_link(), (None, None)),
        ({"payment_link_id": "../x"}, a_link(), ("test_oX3kAb_1772461790_pQ", None)),
    ],
)
def test_the_link_of_a_transaction_names_what_it_is_for(
    changes: dict[str, Any], link: dict[str, Any], expected: tuple[str | None, str | None]
) -> None:
    transaction = a_transaction(**changes)
    api = api_with(transaction, **{"GET /payment_links/test_oX3kAb": {"data": link}})
    [event] = PROVIDER.events(notified(transaction))

    [fact] = PROVIDER.facts(event.raw, a_setup_with(api, **KEYS))

    assert (fact.invoice_id, fact.checkout_id) == expected


def test_a_link_that_is_gone_leaves_money_without_a_name() -> None:
    api = api_with(a_transaction(), **{"GET /payment_links/test_oX3kAb": Status(404)})
    [event] = PROVIDER.events(notified(a_transaction()))

    [fact] = PROVIDER.facts(event.raw, a_setup_with(api, **KEYS))

    assert (fact.what, fact.checkout_id) == ("paid", None)


def test_cents_are_the_minor_units_of_pesos() -> None:
    [fact] = read(a_transaction(amount_in_cents=4_490_000))

    assert (fact.amount_minor, fact.currency) == (4_490_000, "COP")


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "REFUNDED"},
        {"amount_in_cents": -1},
        {"amount_in_cents": 10**18},
        {"amount_in_cents": 10.5},
        {"amount_in_cents": True},
        {"currency": "XXQ"},
        {"finalized_at": "2026-03-02"},
        {"finalized_at": None, "created_at": None},
    ],
)
def test_a_transaction_in_another_shape_is_a_clear_error(changes: dict[str, Any]) -> None:
    with pytest.raises(EventMalformed):
        read(a_transaction(**changes))


def test_a_test_event_is_no_money_to_a_company_with_real_keys() -> None:
    assert read(a_transaction(), private_key="prv_prod_1") == []


def test_a_transaction_that_is_not_there_is_asked_for_again_by_the_queue() -> None:
    [event] = PROVIDER.events(notified(a_transaction()))

    with pytest.raises(ProviderRefused, match="does not know it"):
        PROVIDER.facts(event.raw, a_setup_with(Api(), **KEYS))


def test_an_id_is_put_into_no_address_that_it_does_not_fit() -> None:
    api = Api()
    [event] = PROVIDER.events(notified(a_transaction("../merchants")))

    with pytest.raises(ProviderRefused):
        PROVIDER.facts(event.raw, a_setup_with(api, **KEYS))

    assert api.made == []


def test_without_a_key_it_is_not_asked() -> None:
    api = Api()
    [event] = PROVIDER.events(notified(a_transaction()))

    with pytest.raises(ProviderRefused, match="no private key"):
        PROVIDER.facts(event.raw, a_setup_with(api))

    assert api.made == []


def test_each_status_of_a_transaction_is_one_event() -> None:
    [approved] = PROVIDER.events(notified(a_transaction()))
    [again] = PROVIDER.events(notified(a_transaction(), THEN + timedelta(minutes=30)))
    [voided] = PROVIDER.events(notified(a_transaction(status="VOIDED")))

    assert (approved.id, approved.type) == (f"{ID}:APPROVED", "transaction.updated")
    assert again.id == approved.id
    assert voided.id == f"{ID}:VOIDED"


def test_events_about_other_things_say_nothing() -> None:
    event = an_event(a_transaction(), event="nequi_token.updated")
    api = Api()

    [one] = PROVIDER.events(sent(event))

    assert one.id == f"nequi_token.updated:{event['signature']['checksum']}"
    assert PROVIDER.facts(one.raw, a_setup_with(api, **KEYS)) == []
    assert api.made == []


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{}", b'{"event": "transaction.updated"}', b'{"event": "x"}']
)
def test_a_body_that_is_no_event_is_a_clear_error(raw: bytes) -> None:
    with pytest.raises(EventMalformed):
        PROVIDER.events(Notification(raw, {}, {}))


def test_what_is_verified_is_understood() -> None:
    setup = a_setup_with(api_with(a_transaction()), SECRET, **KEYS)

    PROVIDER.verify(notified(a_transaction()), setup, THEN)
    [event] = PROVIDER.events(notified(a_transaction()))
    [fact] = PROVIDER.facts(event.raw, setup)

    assert fact.amount_minor == 10_000_000

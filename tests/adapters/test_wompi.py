"""What Wompi's transactions mean for the books; each trap known of them is a test."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.providers.calls import Calls
from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.port import Notification, Setup
from chalicelib.adapters.providers.wompi import PROVIDER
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.provider_ports import Order
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

ORDER = Order(
    id="chk_01KAMVHZ5T5X1T8H7G6F5E4D3C",
    invoice_id="inv_1",
    amount_minor=10_000_000,
    currency="COP",
    description="Talleres Ibáñez · A-1",
    customer_name="Peñarroya",
    email="pagos@penarroya.example",
    language="es",
    return_url="https://saldo.example/p/return?checkout=chk_1",
    webhook_url="https://saldo.example/webhooks/wompi",
    expires_at=datetime(2026, 3, 2, 12, 0, tzinfo=UTC),
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


def test_a_page_is_a_link_for_one_payment_of_a_fixed_amount_that_expires() -> None:
    api = Api(answers={"POST /payment_links": {"data": a_link()}})
    assert PROVIDER.open_page is not None

    page = PROVIDER.open_page(ORDER, a_setup_with(api, **KEYS))

    assert (page.url, page.reference) == ("http://localhost:1/l/test_oX3kAb", "test_oX3kAb")
    assert page.expires_at == ORDER.expires_at
    [call] = api.made
    assert call.body == {
        "name": "Talleres Ibáñez · A-1",
        "description": "Talleres Ibáñez · A-1",
        "single_use": True,
        "collect_shipping": False,
        "currency": "COP",
        "amount_in_cents": 10_000_000,
        "expires_at": "2026-03-02T12:00:00.000Z",
        "redirect_url": ORDER.return_url,
        "sku": ORDER.id,
    }
    assert len(ORDER.id) <= 36  # what a sku holds


def test_the_real_page_is_at_wompis_own_address() -> None:
    api = Api(answers={"POST /payment_links": {"data": a_link()}})
    setup = Setup((), KEYS, api)
    assert PROVIDER.open_page is not None

    assert PROVIDER.open_page(ORDER, setup).url == "https://checkout.wompi.co/l/test_oX3kAb"


def test_a_link_without_an_id_is_refused() -> None:
    answers: list[Any] = [[], {}, {"data": None}, {"data": {"id": 7}}, {"data": {"id": "a/b"}}]
    assert PROVIDER.open_page is not None
    for answer in answers:
        setup = a_setup_with(Api(answers={"POST /payment_links": answer}), **KEYS)
        with pytest.raises(ProviderRefused):
            PROVIDER.open_page(ORDER, setup)


def test_a_page_is_closed_by_making_its_link_inactive() -> None:
    api = Api(answers={"PATCH /payment_links/test_oX3kAb": {"data": a_link(active=False)}})
    setup = a_setup_with(api, **KEYS)
    assert PROVIDER.close_page is not None

    PROVIDER.close_page("test_oX3kAb", setup)

    assert [(call.method, call.body) for call in api.made] == [("PATCH", {"active": False})]
    with pytest.raises(ProviderRefused):
        PROVIDER.close_page("../transactions", setup)


def test_the_list_is_read_page_by_page_and_its_entries_say_the_same_as_the_transaction() -> None:
    entries = [a_transaction(f"1-{number}", status="VOIDED") for number in range(52)]
    assert PROVIDER.listed is not None
    assert PROVIDER.listed_facts is not None

    def page(query: dict[str, str]) -> Any:
        first = (int(query["page"]) - 1) * 50
        return {"data": entries[first : first + 50], "meta": {}}

    link = {"GET /payment_links/test_oX3kAb": {"data": a_link()}}
    api = Api(answers={"GET /transactions": page} | link)
    setup = a_setup_with(api, **KEYS)
    listed = list(PROVIDER.listed(THEN, THEN + timedelta(days=1), setup))

    assert [one.payment_key for one in listed] == [f"1-{number}" for number in range(52)]
    assert [call.query["page"] for call in api.made] == ["1", "2"]
    assert api.made[0].query["from_date"] == "2026-03-02T14:30:00"
    told = PROVIDER.listed_facts(listed[0].raw, setup)
    assert [(one.what, one.checkout_id, one.occurred_at) for one in told] == [
        ("paid", "chk_1", THEN), ("refunded_so_far", None, THEN),
    ]  # fmt: skip


def test_a_list_without_end_is_not_read_for_ever() -> None:
    page = {"data": [a_transaction()] * 50}
    setup = a_setup_with(Api(answers={"GET /transactions": page}), **KEYS)
    assert PROVIDER.listed is not None

    with pytest.raises(ProviderRefused, match="more than 10000"):
        list(PROVIDER.listed(THEN, THEN, setup))


@pytest.mark.parametrize("answer", [[], {}, {"data": 7}, {"data": [7]}, {"data": [{}]}])
def test_an_answer_in_another_shape_is_a_refusal(answer: Any) -> None:
    places = ("GET /transactions", f"GET /transactions/{ID}")
    setup = a_setup_with(Api("wompi", answers=dict.fromkeys(places, answer)), **KEYS)
    assert PROVIDER.listed is not None
    assert PROVIDER.find is not None

    with pytest.raises(ProviderRefused):
        list(PROVIDER.listed(THEN, THEN, setup))
    with pytest.raises(ProviderRefused):
        PROVIDER.find(ID, setup)


def test_a_transaction_can_be_looked_up_by_its_key() -> None:
    setup = a_setup_with(api_with(a_transaction()), **KEYS)
    assert PROVIDER.find is not None

    found = PROVIDER.find(ID, setup)

    assert found is not None
    assert found.payment_key == ID
    assert PROVIDER.find("1-1", setup) is None


def test_the_check_says_whose_account_it_is_and_tries_both_keys() -> None:
    answers = {
        "GET /merchants/pub_test_1": {"data": {"id": 11313, "name": "Talleres Ibáñez"}},
        "GET /transactions": {"data": []},
    }
    api = Api(answers=answers)
    assert PROVIDER.check is not None

    assert PROVIDER.check(a_setup_with(api, **KEYS)) == "Talleres Ibáñez"
    assert [call.path for call in api.made] == ["/transactions", "/merchants/pub_test_1"]


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ({"public_key": ""}, "no public key"),
        ({"public_key": "pub_prod_1"}, "one key is for tests"),
        ({"public_key": "a/b"}, "no public key"),
        ({"private_key": "prv_test_2"}, "401"),
    ],
)
def test_keys_that_open_nothing_are_refused(keys: dict[str, str], problem: str) -> None:
    api = Api(answers={"GET /transactions": Status(401, {"error": {"type": "INVALID"}})})
    assert PROVIDER.check is not None

    with pytest.raises(ProviderRefused, match=problem):
        PROVIDER.check(a_setup_with(api, **(KEYS | keys)))


def test_an_address_that_is_not_https_is_never_called() -> None:
    setup = Setup((), KEYS, Calls("wompi", "http://wompi.example"))
    assert PROVIDER.find is not None

    with pytest.raises(ProviderRefused, match="not https"):
        PROVIDER.find(ID, setup)

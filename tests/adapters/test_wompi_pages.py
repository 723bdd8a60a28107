"""Wompi's links and lists, as we ask for them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.providers.calls import Calls
from chalicelib.adapters.providers.port import Setup
from chalicelib.adapters.providers.wompi import PROVIDER
from chalicelib.domain.errors import ProviderRefused
from chalicelib.usecases.provider_ports import Order
from tests.adapters.provider_api import Api, Status, a_setup_with
from tests.adapters.wompi_api import ID, THEN, a_link, a_transaction, api_with

KEYS = {"private_key": "prv_test_1", "public_key": "pub_test_1"}

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

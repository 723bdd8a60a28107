"""Mercado Pago's pages and lists, as we ask for them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.providers.mercadopago import PROVIDER
from chalicelib.domain.errors import ProviderRefused
from chalicelib.usecases.provider_ports import Order
from tests.adapters.mercadopago_api import THEN, a_payment, api_with
from tests.adapters.provider_api import Api, Status, a_setup_with

ORDER = Order(
    id="chk_01",
    invoice_id="inv_1",
    amount_minor=100_050,
    currency="BRL",
    description="Talleres Ibáñez · A-1",
    customer_name="Peñarroya",
    email="pagos@penarroya.example",
    language="es",
    return_url="https://saldo.example/p/return?checkout=chk_01",
    webhook_url="https://saldo.example/webhooks/mercadopago",
    expires_at=datetime(2026, 3, 2, 12, 0, tzinfo=UTC),
)
PREFERENCE = {"id": "425728014-abc", "init_point": "https://mp.example/redirect?pref_id=1"}


def test_a_page_fixes_the_amount_carries_our_name_and_expires() -> None:
    api = Api(answers={"POST /checkout/preferences": PREFERENCE})
    assert PROVIDER.open_page is not None

    page = PROVIDER.open_page(ORDER, a_setup_with(api, access_token="TEST-1"))

    assert (page.url, page.reference) == (PREFERENCE["init_point"], PREFERENCE["id"])
    [call] = api.made
    assert call.headers["X-Idempotency-Key"] == "chk_01"
    assert call.body["items"] == [
        {
            "id": "chk_01",
            "title": "Talleres Ibáñez · A-1",
            "quantity": 1,
            "currency_id": "BRL",
            "unit_price": 1000.5,
        }
    ]
    assert call.body["external_reference"] == "chk_01"
    assert call.body["back_urls"]["success"] == ORDER.return_url
    assert (call.body["expires"], call.body["expiration_date_to"]) == (
        True, "2026-03-02T12:00:00.000+00:00",
    )  # fmt: skip
    assert "notification_url" not in call.body


@pytest.mark.parametrize(
    ("amount_minor", "currency", "written"),
    [
        (100_000, "BRL", "1000"),
        (1, "ARS", "0.01"),
        (1_999, "CLP", "1999"),
        (12_345_678_901_234, "MXN", "123456789012.34"),
    ],
)
def test_an_amount_is_written_with_its_own_digits(
    amount_minor: int, currency: str, written: str
) -> None:
    api = Api(answers={"POST /checkout/preferences": PREFERENCE})
    order = ORDER.but(amount_minor=amount_minor, currency=currency)
    assert PROVIDER.open_page is not None

    PROVIDER.open_page(order, a_setup_with(api, access_token="TEST-1"))

    assert json.dumps(api.made[0].body["items"][0]["unit_price"]) == written


def test_a_page_without_an_address_is_refused() -> None:
    assert PROVIDER.open_page is not None
    answers: list[Any] = [[], {}, {"id": "1"}, {"id": 7, "init_point": "x"}]
    for answer in answers:
        api = Api(answers={"POST /checkout/preferences": answer})
        with pytest.raises(ProviderRefused):
            PROVIDER.open_page(ORDER, a_setup_with(api, access_token="TEST-1"))


def test_a_page_is_closed_by_letting_it_expire_in_the_past() -> None:
    api = Api(answers={"PUT /checkout/preferences/425728014-abc": PREFERENCE})
    setup = a_setup_with(api, access_token="TEST-1")
    assert PROVIDER.close_page is not None

    PROVIDER.close_page("425728014-abc", setup)

    [call] = api.made
    assert call.body["expires"] is True
    assert call.body["expiration_date_to"] < "2021"
    with pytest.raises(ProviderRefused):
        PROVIDER.close_page("../users/me", setup)


def test_the_list_is_read_page_by_page_and_its_entries_say_the_same_as_the_payment() -> None:
    payments = [a_payment(number, transaction_amount=108.43) for number in range(1, 104)]
    pages = {0: payments[:100], 100: payments[100:]}
    assert PROVIDER.listed is not None
    assert PROVIDER.listed_facts is not None

    def page(query: dict[str, str]) -> Any:
        return {"results": pages[int(query["offset"])]}

    api = Api(answers={"GET /v1/payments/search": page})
    setup = a_setup_with(api, access_token="TEST-1")
    listed = list(PROVIDER.listed(THEN, THEN + timedelta(days=1), setup))

    assert [one.payment_key for one in listed] == [str(number) for number in range(1, 104)]
    assert [call.query["begin_date"] for call in api.made] == ["2026-03-02T13:30:00.000Z"] * 2
    assert api.made[0].query["range"] == "date_last_updated"
    [fact] = PROVIDER.listed_facts(listed[0].raw, setup)
    assert (fact.what, fact.amount_minor, fact.checkout_id) == ("paid", 10_843, "chk_1")


def test_a_list_without_end_is_not_read_for_ever() -> None:
    page = {"results": [a_payment(number) for number in range(100)]}
    setup = a_setup_with(Api(answers={"GET /v1/payments/search": page}), access_token="TEST-1")
    assert PROVIDER.listed is not None

    with pytest.raises(ProviderRefused, match="more than 10000"):
        list(PROVIDER.listed(THEN, THEN, setup))


@pytest.mark.parametrize("answer", [[], {}, {"results": 7}, {"results": [7]}, {"results": [{}]}])
def test_a_list_in_another_shape_is_a_refusal(answer: Any) -> None:
    api = Api("mercadopago", answers={"GET /v1/payments/search": answer})
    setup = a_setup_with(api, access_token="TEST-1")
    assert PROVIDER.listed is not None

    with pytest.raises(ProviderRefused):
        list(PROVIDER.listed(THEN, THEN, setup))


def test_a_payment_can_be_looked_up_by_its_key() -> None:
    setup = a_setup_with(api_with(a_payment()), access_token="TEST-1")
    assert PROVIDER.find is not None

    found = PROVIDER.find("1313131", setup)

    assert found is not None
    assert found.payment_key == "1313131"
    assert PROVIDER.find("4", setup) is None
    assert PROVIDER.find("../x", setup) is None


def test_the_check_says_whose_account_it_is() -> None:
    me = {"id": 425_728_014, "nickname": "TALLERESIBANEZ", "site_id": "MLB"}
    assert PROVIDER.check is not None

    said = PROVIDER.check(a_setup_with(Api(answers={"GET /users/me": me}), access_token="TEST-1"))

    assert said == "TALLERESIBANEZ (MLB)"
    refused = Api(answers={"GET /users/me": Status(401, {"message": "invalid token"})})
    with pytest.raises(ProviderRefused, match="401"):
        PROVIDER.check(a_setup_with(refused, access_token="TEST-2"))

"""What a customer sees in the portal, and how it pays there."""

import json
from typing import Any

import pytest

from chalicelib.domain.checkout import Checkout
from chalicelib.domain.errors import ProviderRefused
from chalicelib.usecases.checkout_listings import checkouts
from chalicelib.usecases.references import checkout_ref
from tests.api.conftest import Api
from tests.api.visitors import House, Visitor
from tests.builders import a_fact, found, provider_says


@pytest.fixture
def house(api: Api) -> House:
    house = House(api)
    house.takes("stripe", "redsys", "wompi")
    return house


@pytest.fixture
def visitor(house: House) -> Visitor:
    return house.visitor(contact_id="con_1")


def the_account(visitor: Visitor) -> Any:
    return visitor.get("/portal/home")[1]["accounts"][0]


def test_the_first_screen_says_who_owes_what_and_since_when(house: House, visitor: Visitor) -> None:
    status, home = visitor.get("/portal/home")

    assert status == 200
    assert (home["language"], home["scope"], home["read_only"]) == ("en", "customer", False)
    assert home["company"]["name"] == "Talleres Ibáñez, S.L."
    assert home["customer"]["contact"] == {
        "id": "con_1", "name": "Carmen Ruiz", "email": "carmen@penarroya.example", "phone": None,
        "language": "en", "requested_email": None,
    }  # fmt: skip
    account = home["accounts"][0]
    assert (account["currency"], account["open_minor"], account["overdue_minor"]) == (
        "EUR", 171_000, 121_000,
    )  # fmt: skip
    assert account["oldest_due_date"] == "2026-02-10"
    assert (account["credit_minor"], account["payable_minor"], account["to_pay_minor"]) == (
        0, 171_000, 171_000,
    )  # fmt: skip
    assert [(row["number"], row["days_overdue"]) for row in account["invoices"]] == [
        (house.late.number, 20), (house.due.number, 0),
    ]  # fmt: skip
    assert [row["number"] for row in account["paid"]] == [house.settled.number]
    assert [way["provider"] for way in account["ways"]] == ["stripe", "redsys"]


def test_how_to_pay_by_bank_transfer_names_reference_and_code(
    house: House, visitor: Visitor
) -> None:
    _, one = visitor.get(f"/portal/transfer?currency=EUR&invoices={house.due.id}")
    _, both = visitor.get("/portal/transfer?currency=EUR")
    status, _ = visitor.get(f"/portal/transfer?currency=EUR&invoices={house.foreign.id}")

    assert one["iban_grouped"] == "ES91 2100 0418 4502 0005 1332"
    assert one["amount_minor"] == 50_000
    assert one["reference"].startswith("RF")
    assert one["reference"] in one["epc_payload"]
    assert one["qr_svg"].startswith("<svg")
    assert (both["amount_minor"], both["reference"]) == (171_000, None)
    assert str(house.late.number) in both["text"]
    assert status == 404


def test_one_invoice_is_shown_with_its_document(house: House, visitor: Visitor) -> None:
    _, shown = visitor.get(f"/portal/invoices/{house.settled.id}")
    status, document = visitor.get(f"/portal/invoices/{house.settled.id}/pdf")

    assert (shown["state"], shown["open_minor"], shown["total_minor"]) == ("paid", 0, 30_000)
    assert shown["settlements"] == [{"kind": "payment", "amount_minor": 30_000, "on": "2026-03-02"}]
    assert (shown["ways"], shown["transfer"], shown["may_dispute_minor"]) == ([], None, 0)
    assert (status, document[:5]) == (200, b"%PDF ")


def test_the_statement_has_the_balance_after_each_movement(house: House, visitor: Visitor) -> None:
    period = "currency=EUR&from=2026-01-01&to=2026-03-02"
    status, shown = visitor.get(f"/portal/statement?{period}")
    drawn, document = visitor.get(f"/portal/statement/pdf?{period}")

    assert (status, shown["opening_minor"], shown["closing_minor"]) == (200, 0, 171_000)
    assert shown["movements"][0]["balance_minor"] == 121_000
    assert (drawn, document[:4]) == (200, b"%PDF")


def test_paying_begins_a_checkout_and_the_return_page_hears_what_became_of_it(
    house: House, visitor: Visitor
) -> None:
    wanted = {"currency": "EUR", "provider": "stripe", "invoice_ids": [house.late.id]}
    status, checkout = visitor.send("/portal/checkouts", wanted)
    path = f"/portal/checkouts/{checkout['id']}"
    before = visitor.get(path)[1]
    one: Checkout = found(house.ports, checkout_ref(checkout["id"]))
    fact = a_fact("paid", checkout_id=one.id, amount_minor=121_000)
    provider_says(house.ports, fact)
    after = visitor.get(path)[1]

    assert (status, one.amount_minor, one.link_id) == (201, 121_000, _link_id(visitor))
    assert checkout["url"].startswith("https://stripe.example/")
    order = house.api.fakes.gateway.orders[-1][1]
    assert (order.email, order.language) == ("carmen@penarroya.example", "en")
    assert (before["state"], before["title"], before["numbers"]) == (
        "open", "Stripe", [house.late.number],
    )  # fmt: skip
    assert (after["state"], after["url"]) == ("paid", None)
    assert the_account(visitor)["open_minor"] == 50_000


def _link_id(visitor: Visitor) -> str:
    return f"plk_{visitor.token.rpartition('.')[2]}"


def test_money_on_its_way_is_said_and_not_asked_for_twice(house: House, visitor: Visitor) -> None:
    wanted = {"currency": "EUR", "provider": "stripe", "invoice_ids": [house.late.id]}
    _, checkout = visitor.send("/portal/checkouts", wanted)
    fact = a_fact("processing", checkout_id=checkout["id"], amount_minor=121_000)
    provider_says(house.ports, fact)

    account = the_account(visitor)
    row = account["invoices"][0]
    assert visitor.get(f"/portal/checkouts/{checkout['id']}")[1]["state"] == "processing"
    assert (account["on_its_way_minor"], account["payable_minor"]) == (121_000, 50_000)
    assert (account["overdue_minor"], account["oldest_due_date"]) == (0, None)
    assert (row["payable_minor"], row["parts"][0]["kind"]) == (0, "on_its_way")
    status, problem = visitor.send("/portal/checkouts", wanted)
    assert (status, problem["type"]) == (409, "urn:saldo:problem:nothing_to_pay")


@pytest.mark.parametrize("provider", ["wompi", "paypal"])
def test_a_provider_that_is_not_offered_for_the_currency_is_refused(
    house: House, visitor: Visitor, provider: str
) -> None:
    before = house.api.snapshot()

    status, problem = visitor.send("/portal/checkouts", {"currency": "EUR", "provider": provider})

    assert (status, problem["errors"][0]["code"]) == (422, "way_not_offered")
    assert house.api.snapshot() == before


def test_what_a_provider_says_to_us_is_for_staff_and_not_for_customers(
    house: House, visitor: Visitor
) -> None:
    house.api.fakes.gateway.faults = [ProviderRefused("stripe", "401: Invalid API Key: sk_live_1")]

    status, problem = visitor.send("/portal/checkouts", {"currency": "EUR", "provider": "stripe"})

    assert (status, problem["type"]) == (502, "urn:saldo:problem:provider_refused")
    assert problem["detail"] == "stripe refused: its page could not be opened"
    (row,) = house.ports.store.rows(checkouts(house.late.customer_id), limit=10).items
    assert "sk_live_1" in row["outcome"]


def test_a_repeated_click_opens_no_second_page(house: House, visitor: Visitor) -> None:
    wanted = {"currency": "EUR", "provider": "stripe"}

    _, first = visitor.send("/portal/checkouts", wanted)
    _, second = visitor.send("/portal/checkouts", wanted)
    _, same = visitor.send("/portal/checkouts", wanted, Idempotency_Key="key-1")

    assert first == second == same
    assert len(house.api.fakes.gateway.orders) == 1


def test_what_redsys_puts_on_the_return_address_is_taken_in_only_if_it_is_signed(
    house: House, visitor: Visitor
) -> None:
    _, checkout = visitor.send("/portal/checkouts", {"currency": "EUR", "provider": "redsys"})
    query = {
        "Ds_SignatureVersion": "HMAC_SHA256_V1", "Ds_MerchantParameters": "eyJ4IjoxfQ==",
        "Ds_Signature": "c2lnbmVk",
    }  # fmt: skip
    before = house.api.snapshot()

    status, told = visitor.send(f"/portal/checkouts/{checkout['id']}/return", {"query": query})

    assert (status, told["state"]) == (200, "open")
    assert _without_answers(house.api.snapshot()) == _without_answers(before)


def _without_answers(snapshot: str) -> list[Any]:
    return [item for item in json.loads(snapshot) if item["kind"] != "idempotency"]

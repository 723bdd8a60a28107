"""The stand-in of Redsys and our adapter understand each other, and so does python-redsys."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from redsys.clients import RedirectClient

from chalicelib.adapters.providers.port import Setup
from chalicelib.adapters.providers.redsys import PROVIDER, from_return
from chalicelib.adapters.providers.redsys_signature import VERSIONS
from chalicelib.usecases.provider_ports import HostedPage, Order
from infra.local.providers.base import now
from infra.local.providers.keys import SECRETS
from infra.local.providers.redsys import STANDIN
from tests.local.standin_calls import Pair

BACK = "https://saldo.example/p/return?checkout=chk_1"


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(STANDIN, PROVIDER, tmp_path)


def opened(pair: Pair, version: str | None = None, **changes: Any) -> HostedPage:
    assert PROVIDER.open_page is not None
    order = Order(
        id="chk_1",
        invoice_id="inv_1",
        amount_minor=121_000,
        currency="EUR",
        description="Talleres <Ibáñez> · A-1",
        customer_name="Peñarroya",
        email=None,
        language="es",
        return_url=BACK,
        webhook_url="https://saldo.example/webhooks/redsys",
        expires_at=now() + timedelta(hours=1),
    )
    agreed = {"signature_version": version} if version else {}
    setup = Setup(
        secrets=[], keys={**pair.setup.keys, **agreed}, calls=pair.setup.calls, is_local=True
    )
    return PROVIDER.open_page(order.but(**changes), setup)


def shown(pair: Pair, page: HostedPage) -> str:
    """Post the form as a browser does, and return the address of the page that it leads to."""
    answer = pair.browse("POST", page.url, **(page.fields or {}))
    assert answer.status == 303, answer.body.decode()
    return dict(answer.headers)["Location"]


def chosen(pair: Pair, page: HostedPage, choice: str) -> str:
    shown(pair, page)
    url = page.url.replace("realizarPago", "pay")
    answer = pair.browse("POST", url, order=page.reference, choice=choice)
    assert answer.status == 303
    return dict(answer.headers)["Location"]


def test_the_form_leads_to_a_page_that_shows_what_is_to_be_paid(pair: Pair) -> None:
    html = pair.browse("GET", shown(pair, opened(pair))).body.decode()
    english = shown(pair, opened(pair, id="chk_2", language="en"))

    assert "Pagar 1.210,00 € con tarjeta" in html
    assert "Pagar con Bizum" in html
    assert "Talleres &lt;Ibáñez&gt;" in html
    assert "Pay 1,210.00 € by card" in pair.browse("GET", english).body.decode()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("choice", ["pay", "bizum"])
def test_what_was_paid_is_told_to_us_and_to_the_buyer(
    pair: Pair, version: str, choice: str
) -> None:
    page = opened(pair, version)

    back = chosen(pair, page, choice)

    [notification] = pair.notifications()
    returned = from_return(dict(parse_qsl(urlsplit(back).query)))
    assert back.startswith(f"{BACK}&Ds_SignatureVersion={version}")
    assert returned is not None
    for one in (notification, returned):
        PROVIDER.verify(one, pair.setup, now())
        [event] = PROVIDER.events(one)
        [fact] = PROVIDER.facts(event.raw, pair.setup)
        assert (fact.what, fact.amount_minor, fact.currency) == ("paid", 121_000, "EUR")
        assert (fact.checkout_id, fact.payment_key) == ("chk_1", f"999008881-1-{page.reference}")
        assert abs(fact.occurred_at - now()) < timedelta(minutes=2)
    assert PROVIDER.events(notification)[0].id == PROVIDER.events(returned)[0].id


def test_the_sdk_reads_what_the_stand_in_says(pair: Pair) -> None:
    page = opened(pair)
    chosen(pair, page, "pay")

    [notification] = pair.notifications()
    response = RedirectClient(SECRETS["redsys"]).parse_response(
        dict(parse_qsl(notification.raw.decode()))
    )

    assert response.is_paid()
    assert (response.order, response.amount) == (page.reference, Decimal(1210))


@pytest.mark.parametrize(
    ("choice", "detail"),
    [
        ("decline", "Denegada por el banco emisor sin decir el motivo (Redsys 190)"),
        ("expired", "Tarjeta caducada (Redsys 101)"),
    ],
)
def test_what_was_denied_says_why(pair: Pair, choice: str, detail: str) -> None:
    chosen(pair, opened(pair), choice)

    assert [(fact.what, fact.detail) for fact in pair.heard()] == [("failed", detail)]


def test_who_cancels_goes_back_and_nothing_has_happened(pair: Pair) -> None:
    back = chosen(pair, opened(pair), "cancel")

    assert back.startswith(BACK)
    assert pair.heard() == []


def test_an_order_number_is_good_for_one_try(pair: Pair) -> None:
    page = opened(pair)
    chosen(pair, page, "decline")

    again = pair.browse("POST", page.url, **(page.fields or {}))

    assert "SIS0051" in again.body.decode()
    shown(pair, opened(pair, id="chk_2"))


def test_the_form_may_be_opened_again_while_nothing_is_decided(pair: Pair) -> None:
    page = opened(pair)

    assert shown(pair, page) == shown(pair, page)


@pytest.mark.parametrize("change", ["Ds_Signature", "Ds_MerchantParameters", "Ds_SignatureVersion"])
def test_a_form_that_was_changed_on_its_way_is_refused(pair: Pair, change: str) -> None:
    page = opened(pair)
    fields = dict(page.fields or {})
    fields[change] = "AAAA"

    assert "SIS0042" in pair.browse("POST", page.url, **fields).body.decode()


def test_money_is_given_back_in_parts_and_never_more_than_there_is(pair: Pair) -> None:
    page = opened(pair)
    chosen(pair, page, "pay")
    pair.notifications()

    pair.act(page.reference, "refund", amount_minor=21_000)
    pair.act(page.reference, "refund_denied", amount_minor=10_000)
    too_much = pair.act(page.reference, "refund", amount_minor=100_001)
    pair.act(page.reference, "refund")

    assert too_much["http"] == 409
    assert [(fact.what, fact.amount_minor) for fact in pair.heard()] == [
        ("refund", 21_000), ("refund", 100_000),
    ]  # fmt: skip
    assert pair.act(page.reference, "refund")["http"] == 409


def test_a_tester_decides_in_the_place_of_the_buyer(pair: Pair) -> None:
    page = opened(pair)
    shown(pair, page)

    assert pair.act(page.reference, "pay")["state"] == "paid"

    assert [fact.what for fact in pair.heard()] == ["paid"]

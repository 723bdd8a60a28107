"""The stand-in of Wompi and our adapter understand each other."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.adapters.providers.wompi import PROVIDER
from chalicelib.domain.errors import ProviderRefused
from chalicelib.usecases.provider_ports import HostedPage, Order
from infra.local.providers.base import now
from infra.local.providers.wompi import STANDIN
from tests.local.standin_calls import Pair

AMOUNT = 10_000_000
OVER = "ya no está disponible".encode()


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(STANDIN, PROVIDER, tmp_path)


def opened(pair: Pair, **changes: Any) -> HostedPage:
    assert PROVIDER.open_page is not None
    order = Order(
        id="chk_1",
        invoice_id="inv_1",
        amount_minor=AMOUNT,
        currency="COP",
        description="Talleres <Ibáñez> · A-1",
        customer_name="Peñarroya",
        email=None,
        language="es",
        return_url="https://saldo.example/p/return?checkout=chk_1",
        webhook_url="https://saldo.example/webhooks/wompi",
        expires_at=now() + timedelta(hours=1),
    )
    return PROVIDER.open_page(order.but(**changes), pair.setup)


def paid(pair: Pair, choice: str = "pay", page: HostedPage | None = None) -> str:
    answer = pair.browse("POST", (page or opened(pair)).url, choice=choice)
    assert answer.status == 303
    return dict(answer.headers)["Location"]


def test_the_page_shows_what_is_to_be_paid_in_both_languages(pair: Pair) -> None:
    page = opened(pair)

    assert "Pagar 100.000,00 COP" in pair.browse("GET", page.url).body.decode()
    assert "Pay 100,000.00 COP" in pair.browse("GET", page.url + "?lang=en").body.decode()
    assert b"Talleres &lt;Ib" in pair.browse("GET", page.url).body


def test_who_pays_goes_back_and_the_money_is_told(pair: Pair) -> None:
    back = urlsplit(paid(pair))

    assert parse_qs(back.query) == {
        "checkout": ["chk_1"], "id": [pair.newest()], "env": ["test"],
    }  # fmt: skip
    [fact] = pair.heard()
    assert (fact.what, fact.amount_minor, fact.currency) == ("paid", AMOUNT, "COP")
    assert (fact.checkout_id, fact.payment_key) == ("chk_1", pair.newest())


def test_a_link_is_paid_once_but_may_be_tried_again(pair: Pair) -> None:
    page = opened(pair)

    paid(pair, "decline", page)
    assert [one.what for one in pair.heard()] == ["failed"]
    paid(pair, "pay", page)

    assert [one.what for one in pair.heard()] == ["paid"]
    assert OVER in pair.browse("GET", page.url).body
    assert OVER in pair.browse("POST", page.url, choice="pay").body
    assert pair.heard() == []


def test_who_cancels_goes_back_and_nothing_is_told(pair: Pair) -> None:
    assert paid(pair, "cancel") == "https://saldo.example/p/return?checkout=chk_1"
    assert pair.heard() == []


@pytest.mark.parametrize(
    ("action", "what"), [("approve", "paid"), ("decline", "failed"), ("error", "failed")]
)
def test_what_is_pending_is_told_when_it_ends(pair: Pair, action: str, what: str) -> None:
    paid(pair, "pay_later")
    assert pair.heard() == []

    pair.act(pair.newest(), action)

    assert [one.what for one in pair.heard()] == [what]


def test_a_void_is_told_as_money_that_went_back(pair: Pair) -> None:
    paid(pair)
    pair.act(pair.newest(), "void")

    assert [(one.what, one.amount_minor) for one in pair.heard()] == [
        ("paid", AMOUNT), ("paid", AMOUNT), ("refunded_so_far", AMOUNT),
    ]  # fmt: skip
    assert pair.act(pair.newest(), "void")["http"] == 409


def test_a_closed_or_expired_link_cannot_be_paid(pair: Pair) -> None:
    page = opened(pair)
    assert PROVIDER.close_page is not None

    PROVIDER.close_page(page.reference, pair.setup)

    assert OVER in pair.browse("GET", page.url).body
    assert OVER in pair.browse("POST", page.url, choice="pay").body
    late = opened(pair, expires_at=now() - timedelta(seconds=1))
    assert OVER in pair.browse("GET", late.url).body
    assert pair.heard() == []


def test_the_list_and_the_look_up_say_the_same_as_the_event(pair: Pair) -> None:
    paid(pair)
    told = pair.heard()
    assert PROVIDER.listed is not None
    assert PROVIDER.listed_facts is not None
    assert PROVIDER.find is not None

    [listed] = PROVIDER.listed(now() - timedelta(hours=1), now() + timedelta(hours=1), pair.setup)
    found = PROVIDER.find(pair.newest(), pair.setup)

    assert listed == found
    assert PROVIDER.listed_facts(listed.raw, pair.setup) == told
    assert list(PROVIDER.listed(now() + timedelta(hours=1), now(), pair.setup)) == []


def test_the_check_says_whose_account_it_is(pair: Pair) -> None:
    assert PROVIDER.check is not None
    assert PROVIDER.check(pair.setup) == "Comercio de pruebas"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"amount_minor": 149_999}, "150000"),
        ({"currency": "EUR"}, "COP"),
        ({"id": "chk_" + "1" * 33}, "sku"),
    ],
)
def test_what_wompi_does_not_take_is_refused(
    pair: Pair, changes: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ProviderRefused, match=problem):
        opened(pair, **changes)


def test_what_nobody_has_is_not_there(pair: Pair) -> None:
    assert PROVIDER.find is not None
    assert PROVIDER.find("7", pair.setup) is None
    assert pair.browse("GET", "/_local/wompi/nothing").status == 404
    assert pair.browse("GET", "/_local/wompi/transactions").status == 401

"""The stand-in of Mercado Pago and our adapter understand each other."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.adapters.providers.mercadopago import PROVIDER
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.provider_ports import HostedPage, Order
from infra.local.providers.base import now
from infra.local.providers.mercadopago import STANDIN
from tests.local.standin_calls import Pair


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(STANDIN, PROVIDER, tmp_path)


def opened(pair: Pair, **changes: Any) -> HostedPage:
    assert PROVIDER.open_page is not None
    order = Order(
        id="chk_1",
        invoice_id="inv_1",
        amount_minor=100_050,
        currency="BRL",
        description="Talleres <Ibáñez> · A-1",
        customer_name="Peñarroya",
        email=None,
        language="es",
        return_url="https://saldo.example/p/return?checkout=chk_1",
        webhook_url="https://saldo.example/webhooks/mercadopago",
        expires_at=now() + timedelta(hours=1),
    )
    return PROVIDER.open_page(order.but(**changes), pair.setup)


def paid(pair: Pair, choice: str = "pay") -> str:
    page = opened(pair)
    pay = page.url.replace("/redirect?", "/pay?")
    answer = pair.browse("POST", pay, choice=choice, pref_id=page.reference)
    assert answer.status == 303
    return dict(answer.headers)["Location"]


def said(facts: Sequence[ProviderFact]) -> list[tuple[Any, ...]]:
    return [(one.what, one.amount_minor, one.refund_status or one.dispute_status) for one in facts]


def test_the_page_shows_what_is_to_be_paid_in_both_languages(pair: Pair) -> None:
    page = opened(pair)

    spanish = pair.browse("GET", page.url).body.decode()
    english = pair.browse("GET", page.url + "&lang=en").body.decode()

    assert "Mercado Pago · simulador" in spanish
    assert "Pagar 1.000,50 BRL" in spanish
    assert "Talleres &lt;Ibáñez&gt;" in spanish
    assert "Pay 1,000.50 BRL" in english


def test_the_same_order_leads_to_the_same_page(pair: Pair) -> None:
    assert opened(pair).reference == opened(pair).reference
    assert opened(pair, id="chk_2").url != opened(pair).url


def test_who_pays_goes_back_and_the_money_is_told(pair: Pair) -> None:
    back = urlsplit(paid(pair))

    assert back.netloc == "saldo.example"
    assert parse_qs(back.query)["checkout"] == ["chk_1"]
    assert parse_qs(back.query)["status"] == ["approved"]
    [fact] = pair.heard()
    assert (fact.what, fact.amount_minor, fact.currency) == ("paid", 100_050, "BRL")
    assert (fact.checkout_id, fact.payment_key) == ("chk_1", pair.newest())


def test_a_decline_is_told_and_leaves_the_page_open(pair: Pair) -> None:
    paid(pair, "decline")
    [fact] = pair.heard()

    paid(pair)

    assert (fact.what, fact.detail) == ("failed", "rejected: cc_rejected_insufficient_amount")
    assert said(pair.heard()) == [("paid", 100_050, None)]


def test_who_cancels_goes_back_and_nothing_is_told(pair: Pair) -> None:
    assert paid(pair, "cancel") == "https://saldo.example/p/return?checkout=chk_1"
    assert pair.heard() == []


@pytest.mark.parametrize(("action", "what"), [("approve", "paid"), ("expire", "failed")])
def test_a_voucher_is_on_its_way_and_then_arrives_or_expires(
    pair: Pair, action: str, what: str
) -> None:
    paid(pair, "pay_later")
    [first] = pair.heard()

    pair.act(pair.newest(), action)

    assert (first.what, [one.what for one in pair.heard()]) == ("processing", [what])


def test_a_closed_or_expired_page_cannot_be_paid(pair: Pair) -> None:
    page = opened(pair)
    assert PROVIDER.close_page is not None

    PROVIDER.close_page(page.reference, pair.setup)
    PROVIDER.close_page(page.reference, pair.setup)

    over = "ya no está disponible".encode()
    pay = page.url.replace("/redirect?", "/pay?")
    assert over in pair.browse("GET", page.url).body
    assert over in pair.browse("POST", pay, choice="pay", pref_id=page.reference).body
    assert pair.heard() == []
    late = opened(pair, id="chk_2", expires_at=now() - timedelta(seconds=1))
    assert over in pair.browse("GET", late.url).body


def test_refunds_in_parts_and_one_that_fails(pair: Pair) -> None:
    paid(pair)
    number = pair.newest()

    pair.act(number, "refund", amount_minor=50)
    pair.act(number, "refund")
    all_back = pair.heard()
    pair.act(number, "refund_fails")

    both = [("refund", 50, "succeeded"), ("refund", 100_000, "succeeded")]
    assert said(all_back)[-4:] == [
        ("paid", 100_050, None), *both, ("refunded_so_far", 100_050, None),
    ]  # fmt: skip
    assert said(pair.heard()) == [
        ("paid", 100_050, None), both[0], ("refund", 100_000, "failed"),
        ("refunded_so_far", 50, None),
    ]  # fmt: skip
    assert pair.act(number, "refund", amount_minor=100_001)["http"] == 409


@pytest.mark.parametrize(("end", "status"), [("won", "won"), ("lost", "lost")])
def test_a_chargeback_is_told_twice_and_has_an_end(pair: Pair, end: str, status: str) -> None:
    paid(pair)
    pair.heard()

    pair.act(pair.newest(), "chargeback")
    opening = pair.heard()
    pair.act(pair.newest(), f"chargeback_{end}")

    assert said(opening)[-1] == ("dispute", 100_050, "contested")
    assert opening[-1].due_by is not None
    assert said(pair.heard())[-2:] == [
        ("dispute", 100_050, "contested"), ("dispute", 100_050, status),
    ]  # fmt: skip


def test_a_mediation_ends_as_it_was_or_as_a_refund(pair: Pair) -> None:
    paid(pair)
    pair.act(pair.newest(), "mediation")
    pair.heard()
    pair.act(pair.newest(), "mediation_won")
    won = pair.heard()
    pair.act(pair.newest(), "mediation")
    pair.heard()
    pair.act(pair.newest(), "mediation_lost")

    assert ("dispute", 100_050, "won") in said(won)
    lost = said(pair.heard())
    assert ("dispute", 100_050, "lost") in lost
    assert ("refunded_so_far", 100_050, None) in lost


def test_the_list_and_the_look_up_say_the_same_as_the_notification(pair: Pair) -> None:
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


def test_the_check_needs_a_key_of_the_right_kind(pair: Pair) -> None:
    assert PROVIDER.check is not None
    assert PROVIDER.check(pair.setup) == "TESTSALDO (MLB)"

    wrong = type(pair.setup)((), {"access_token": "x"}, pair.setup.calls)
    with pytest.raises(ProviderRefused, match="401"):
        PROVIDER.check(wrong)


def test_what_nobody_has_is_not_there_and_what_is_wrong_is_refused(pair: Pair) -> None:
    assert PROVIDER.find is not None
    assert PROVIDER.find("7", pair.setup) is None
    with pytest.raises(ProviderRefused, match="currency_id invalid"):
        opened(pair, currency="EUR")
    assert pair.browse("GET", "/_local/mercadopago/nothing").status == 404

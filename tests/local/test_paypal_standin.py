"""The stand-in of PayPal and our adapter understand each other."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.adapters.providers.errors import SignatureInvalid
from chalicelib.adapters.providers.paypal import PROVIDER
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.provider_ports import HostedPage, Order
from infra.local.providers.base import now
from infra.local.providers.paypal import STANDIN
from tests.local.standin_calls import Pair
from tests.local.standins import a_world

BACK = "https://saldo.example/p/return?checkout=chk_1"


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(STANDIN, PROVIDER, tmp_path)


def an_order(**changes: Any) -> Order:
    fields: dict[str, Any] = {
        "id": "chk_1",
        "invoice_id": "inv_1",
        "amount_minor": 121_000,
        "currency": "EUR",
        "description": "Talleres <Ibáñez> · A-1",
        "customer_name": "Peñarroya",
        "email": None,
        "language": "es",
        "return_url": BACK,
        "webhook_url": "https://saldo.example/webhooks/paypal",
        "expires_at": now() + timedelta(hours=1),
    }
    return Order(**(fields | changes))


def opened(pair: Pair, **changes: Any) -> HostedPage:
    assert PROVIDER.open_page is not None
    return PROVIDER.open_page(an_order(**changes), pair.setup)


def chosen(pair: Pair, page: HostedPage, choice: str) -> str:
    url = page.url.partition("?")[0]
    answer = pair.browse("POST", url, token=page.reference, choice=choice)
    assert answer.status == 303
    return dict(answer.headers)["Location"]


def heard(pair: Pair) -> list[ProviderFact]:
    """Hear everything, and what follows from hearing it: a capture is told of in its turn."""
    first = list(pair.heard())
    return [*first, *(heard(pair) if first else [])]


def whats(facts: list[ProviderFact]) -> list[tuple[str, int]]:
    return [(fact.what, fact.amount_minor) for fact in facts]


def test_the_page_shows_what_is_to_be_paid_in_both_languages(pair: Pair) -> None:
    english = opened(pair, id="chk_2", language="en")

    html = pair.browse("GET", opened(pair).url).body.decode()
    assert "Pagar 1.210,00 €" in html
    assert "Talleres &lt;Ibáñez&gt;" in html
    assert "Cancel and go back" in pair.browse("GET", english.url).body.decode()


def test_who_approves_has_paid_when_we_have_captured_it(pair: Pair) -> None:
    page = opened(pair)

    back = urlsplit(chosen(pair, page, "pay"))

    assert parse_qs(back.query) == {
        "checkout": ["chk_1"], "token": [page.reference], "PayerID": ["LOCALBUYER"],
    }  # fmt: skip
    facts = heard(pair)
    assert whats(facts) == [("paid", 121_000), ("paid", 121_000)]
    assert {fact.checkout_id for fact in facts} == {"chk_1"}
    assert len({fact.payment_key for fact in facts}) == 1


@pytest.mark.parametrize(("choice", "what"), [("pay_later", "processing"), ("decline", "failed")])
def test_what_is_not_paid_at_once_is_on_its_way_or_failed(
    pair: Pair, choice: str, what: str
) -> None:
    chosen(pair, opened(pair), choice)

    assert whats(heard(pair)) == [(what, 121_000)] * 2


@pytest.mark.parametrize(("action", "what"), [("complete", "paid"), ("deny", "failed")])
def test_what_was_on_its_way_comes_or_does_not(pair: Pair, action: str, what: str) -> None:
    page = opened(pair)
    chosen(pair, page, "pay_later")
    before = heard(pair)

    pair.act(page.reference, action)

    [fact] = heard(pair)
    assert (fact.what, fact.payment_key) == (what, before[0].payment_key)


def test_who_cancels_goes_back_and_nothing_has_happened(pair: Pair) -> None:
    page = opened(pair)

    back = chosen(pair, page, "cancel")

    assert back == f"{BACK}&token={page.reference}"
    assert pair.notifications() == []


def test_the_same_order_opens_one_page_only(pair: Pair) -> None:
    assert opened(pair) == opened(pair)
    assert opened(pair, id="chk_2") != opened(pair)


def test_an_approved_order_is_captured_once_however_often_we_hear_of_it(pair: Pair) -> None:
    chosen(pair, opened(pair), "pay")
    [approval] = pair.notifications()
    [event] = PROVIDER.events(approval)

    facts = [list(PROVIDER.facts(event.raw, pair.setup)) for _ in range(3)]

    assert facts[0] == facts[1] == facts[2]
    assert len(pair.notifications()) == 1


def test_a_second_order_of_the_same_checkout_cannot_be_captured(pair: Pair) -> None:
    first = opened(pair)
    second = pair.setup.calls.send(
        "POST",
        "/v2/checkout/orders",
        json_body=_as_sent(),
        headers={"Authorization": "Bearer A21AA-local", "PayPal-Request-Id": "other"},
    ).body["id"]
    chosen(pair, first, "pay")
    heard(pair)
    chosen(pair, replace_reference(first, second), "pay")

    [fact] = heard(pair)

    assert (fact.what, fact.detail) == (
        "failed", "Duplicate Invoice ID detected. (DUPLICATE_INVOICE_ID)",
    )  # fmt: skip


def replace_reference(page: HostedPage, reference: str) -> HostedPage:
    return page.but(reference=reference)


def _as_sent() -> dict[str, Any]:
    amount = {"currency_code": "EUR", "value": "1210.00"}
    context = {"return_url": BACK, "cancel_url": BACK}
    return {
        "intent": "CAPTURE",
        "purchase_units": [{"amount": amount, "custom_id": "chk_1", "invoice_id": "chk_1"}],
        "payment_source": {"paypal": {"experience_context": context}},
    }


def paid(pair: Pair) -> str:
    page = opened(pair)
    chosen(pair, page, "pay")
    heard(pair)
    return page.reference


def test_refunds_and_those_that_fail(pair: Pair) -> None:
    order = paid(pair)

    pair.act(order, "refund", amount_minor=21_000)
    pair.act(order, "refund_fails", amount_minor=10_000)
    too_much = pair.act(order, "refund", amount_minor=100_001)

    assert too_much["http"] == 409
    facts = heard(pair)
    assert [(fact.refund_status, fact.amount_minor) for fact in facts] == [
        ("succeeded", 21_000), ("pending", 10_000), ("failed", 10_000),
    ]  # fmt: skip
    assert facts[1].object_id == facts[2].object_id


@pytest.mark.parametrize(("verdict", "money"), [("dispute_won", "back"), ("dispute_lost", "out")])
def test_a_dispute_becomes_a_claim_and_is_decided(pair: Pair, verdict: str, money: str) -> None:
    order = paid(pair)

    for action in ("dispute_open", "dispute_claim", verdict):
        assert pair.act(order, action)["http"] == 200

    facts = heard(pair)
    assert [fact.money for fact in facts[:3]] == [None, "out", money]
    # What PayPal takes back for a lost dispute is told as that dispute once more.
    assert {fact.what for fact in facts} == {"dispute"}
    assert len({fact.object_id for fact in facts}) == 1


def test_what_paypal_takes_back_without_a_dispute_is_a_refund(pair: Pair) -> None:
    order = paid(pair)

    pair.act(order, "reverse", amount_minor=50_000)

    assert whats(heard(pair)) == [("refund", 50_000)]


def test_its_list_says_what_its_events_said(pair: Pair) -> None:
    order = paid(pair)
    opened(pair, id="chk_2")
    pair.act(order, "refund", amount_minor=21_000)
    [told] = heard(pair)
    assert PROVIDER.listed is not None
    assert PROVIDER.listed_facts is not None
    assert PROVIDER.find is not None

    [listed] = PROVIDER.listed(now() - timedelta(days=3), now() + timedelta(minutes=1), pair.setup)
    facts = PROVIDER.listed_facts(listed.raw, pair.setup)

    assert [(fact.what, fact.amount_minor) for fact in facts] == [
        ("paid", 121_000), ("refund", 21_000),
    ]  # fmt: skip
    assert (facts[0].checkout_id, facts[0].payment_key) == ("chk_1", told.payment_key)
    assert facts[1].object_id == told.object_id
    assert PROVIDER.find(told.payment_key, pair.setup) is not None
    assert PROVIDER.find("NOTHING", pair.setup) is None


def test_keys_are_tried_out(pair: Pair) -> None:
    assert PROVIDER.check is not None
    keys = dict(pair.setup.keys)
    wrong = replace(pair.setup, keys=keys | {"client_secret": "wrong"})
    other = replace(pair.setup, keys=keys | {"webhook_id": "WH-OTHER"})

    assert PROVIDER.check(pair.setup) == "APP-LOCAL"
    with pytest.raises(ProviderRefused, match="Client Authentication failed"):
        PROVIDER.check(wrong)
    with pytest.raises(ProviderRefused, match="no webhook of this app"):
        PROVIDER.check(other)


def test_a_webhook_over_http_is_verified_with_the_certificate_that_lies_there(
    tmp_path: Path,
) -> None:
    with a_world(tmp_path) as world:
        setup = world.setup("paypal")
        assert PROVIDER.open_page is not None
        back = f"{world.url}/p/return?checkout=chk_1"
        page = PROVIDER.open_page(an_order(return_url=back), setup)
        world.choose(page.url.partition("?")[0], "pay", token=page.reference)

        [notification] = world.webhooks()
        without_api = replace(setup, keys={"webhook_id": setup.keys["webhook_id"]})
        PROVIDER.verify(notification, without_api, now())
        changed = notification._replace(raw=notification.raw.replace(b"1210.00", b"9999.00"))

        with pytest.raises(SignatureInvalid, match="not of these bytes"):
            PROVIDER.verify(changed, without_api, now())

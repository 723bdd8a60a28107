"""The stand-in for Stripe: Stripe's own SDK understands it, and so do we."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import stripe as sdk

from chalicelib.adapters.providers.registry import provider_of
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.provider_ports import HostedPage, Order
from infra.local.providers.base import CLOCK
from infra.local.providers.keys import SECRETS
from tests.local.standins import World, a_world

STRIPE = provider_of("stripe")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as world:
        yield world


@pytest.fixture
def client(world: World) -> sdk.StripeClient:
    return sdk.StripeClient("sk_test_local", base_addresses={"api": f"{world.url}/_local/stripe"})


def an_order(world: World, **changes: Any) -> Order:
    fields: dict[str, Any] = {
        "id": "chk_1",
        "invoice_id": "inv_1",
        "amount_minor": 121_000,
        "currency": "EUR",
        "description": "Talleres Ibáñez · A-000001",
        "customer_name": "Peñarroya, S.A.",
        "email": "pagos@penarroya.example",
        "language": "es",
        "return_url": f"{world.url}/p/return?checkout=chk_1",
        "webhook_url": f"{world.url}/webhooks/stripe",
        "expires_at": datetime.now(UTC) + timedelta(hours=1),
    }
    return Order(**(fields | changes))


def opened(world: World, **changes: Any) -> HostedPage:
    assert STRIPE.open_page is not None
    return STRIPE.open_page(an_order(world, **changes), world.setup("stripe"))


def facts(world: World) -> list[ProviderFact]:
    """What we understand of all webhooks that arrive now."""
    setup = world.setup("stripe")
    told: list[ProviderFact] = []
    for notification in world.webhooks():
        STRIPE.verify(notification, setup, datetime.now(UTC))
        header = notification.headers["stripe-signature"]
        theirs = sdk.Webhook.construct_event(notification.raw, header, SECRETS["stripe"])
        (event,) = STRIPE.events(notification)
        assert event.id == theirs.id
        told += STRIPE.facts(event.raw, setup)
    return told


def said(told: list[ProviderFact]) -> set[tuple[str, str | None]]:
    return {
        (fact.what, fact.refund_status or fact.dispute_status or fact.checkout_id) for fact in told
    }


def the_payment(world: World) -> str:
    (payment,) = world.payments("stripe")
    return str(payment["id"])


def test_a_page_is_opened_shown_and_paid(world: World, client: sdk.StripeClient) -> None:
    page = opened(world)
    assert "Pagar 1.210,00 €" in world.page(page.url)
    assert "A-000001" in world.page(page.url)

    assert world.choose(page.url, "pay") == f"{world.url}/p/return?checkout=chk_1"

    told = facts(world)
    assert said(told) == {("paid", "chk_1")}
    assert {fact.payment_key for fact in told} == {the_payment(world)}
    assert {fact.amount_minor for fact in told} == {121_000}
    session = client.v1.checkout.sessions.retrieve(page.reference)
    assert (session.status, session.payment_status) == ("complete", "paid")
    assert (session.client_reference_id, session.customer_email) == (
        "chk_1", "pagos@penarroya.example",
    )  # fmt: skip
    assert page.expires_at == datetime.fromtimestamp(session.expires_at, UTC)
    intent = client.v1.payment_intents.retrieve(the_payment(world))
    assert (intent.status, intent.amount_received) == ("succeeded", 121_000)
    assert intent.metadata["checkout_id"] == "chk_1"
    assert intent.metadata["invoice_id"] == "inv_1"
    assert "no admite pagos" in world.page(page.url)


def test_the_same_order_gets_the_same_session_and_another_amount_is_refused(
    world: World,
) -> None:
    order = an_order(world)
    assert STRIPE.open_page is not None
    page = STRIPE.open_page(order, world.setup("stripe"))

    assert STRIPE.open_page(order, world.setup("stripe")) == page
    with pytest.raises(ProviderRefused, match="idempotency_error"):
        STRIPE.open_page(order.but(amount_minor=1_000), world.setup("stripe"))


def test_a_debit_is_on_its_way_and_arrives(world: World, client: sdk.StripeClient) -> None:
    page = opened(world)
    world.choose(page.url, "pay_later")
    assert said(facts(world)) == {("processing", "chk_1")}
    session = client.v1.checkout.sessions.retrieve(page.reference)
    assert (session.status, session.payment_status) == ("complete", "unpaid")

    assert world.act("stripe", the_payment(world), "arrive")["state"] == "succeeded"

    assert said(facts(world)) == {("paid", "chk_1")}


def test_a_debit_is_on_its_way_and_fails_late(world: World) -> None:
    world.choose(opened(world).url, "pay_later")
    facts(world)

    world.act("stripe", the_payment(world), "fail_late")

    told = facts(world)
    assert said(told) == {("failed", "chk_1")}
    assert "insufficient funds" in str(told[0].detail)


def test_a_declined_card_can_be_followed_by_another(world: World) -> None:
    page = opened(world)

    assert world.choose(page.url, "decline").endswith(page.reference)
    assert said(facts(world)) == {("failed", "chk_1")}
    world.choose(page.url, "pay")

    assert said(facts(world)) == {("paid", "chk_1")}
    assert len(world.payments("stripe")) == 1


def test_giving_up_tells_nothing_and_leaves_the_page_open(world: World) -> None:
    page = opened(world)

    assert world.choose(page.url, "cancel").endswith("checkout=chk_1")

    assert facts(world) == []
    assert "Pagar" in world.page(page.url)


def test_a_closed_page_takes_no_money(world: World, client: sdk.StripeClient) -> None:
    page, setup = opened(world), world.setup("stripe")
    assert STRIPE.close_page is not None

    STRIPE.close_page(page.reference, setup)
    STRIPE.close_page(page.reference, setup)

    assert client.v1.checkout.sessions.retrieve(page.reference).status == "expired"
    world.choose(page.url, "pay")
    assert world.payments("stripe") == []
    assert facts(world) == []  # checkout.session.expired says nothing about money
    with pytest.raises(sdk.InvalidRequestError, match="can be expired"):
        client.v1.checkout.sessions.expire(page.reference)


def test_closing_a_paid_page_changes_nothing(world: World) -> None:
    page = opened(world)
    world.choose(page.url, "pay")
    assert STRIPE.close_page is not None

    STRIPE.close_page(page.reference, world.setup("stripe"))

    assert world.payments("stripe")[0]["state"] == "succeeded"


def test_refunds_in_part_whole_and_failed(world: World, client: sdk.StripeClient) -> None:
    world.choose(opened(world).url, "pay")
    facts(world)
    payment = the_payment(world)

    world.act("stripe", payment, "refund", amount_minor=21_000)
    told = facts(world)
    assert said(told) == {("refund", "succeeded"), ("refunded_so_far", None)}
    assert {fact.amount_minor for fact in told} == {21_000}
    refused = world.act("stripe", payment, "refund", amount_minor=100_001)
    assert refused["status"] == 409
    world.act("stripe", payment, "refund")
    assert {fact.amount_minor for fact in facts(world)} == {100_000, 121_000}

    world.act("stripe", payment, "refund_fails")

    (first, *_) = told = facts(world)
    assert said(told) == {("refund", "failed")}
    assert first.amount_minor == 100_000
    refunds = client.v1.refunds.list({"payment_intent": payment}).data
    assert [(one.amount, one.status) for one in refunds] == [
        (100_000, "failed"), (21_000, "succeeded"),
    ]  # fmt: skip


@pytest.mark.parametrize("verdict", ["won", "lost"])
def test_a_dispute_takes_the_money_until_it_is_decided(
    world: World, client: sdk.StripeClient, verdict: str
) -> None:
    world.choose(opened(world).url, "pay")
    facts(world)

    world.act("stripe", the_payment(world), "dispute")
    told = facts(world)
    assert {(fact.dispute_status, fact.money) for fact in told} == {("contested", "out")}
    assert all(fact.due_by is not None for fact in told)
    world.act("stripe", the_payment(world), f"dispute_{verdict}")

    told = facts(world)
    money = "back" if verdict == "won" else "out"
    assert {(fact.dispute_status, fact.money) for fact in told} == {(verdict, money)}
    (dispute,) = client.v1.disputes.list({"payment_intent": the_payment(world)}).data
    assert (dispute.status, dispute.amount) == (verdict, 121_000)


def listed(world: World) -> list[tuple[str, list[ProviderFact]]]:
    assert STRIPE.listed is not None
    assert STRIPE.listed_facts is not None
    setup, now = world.setup("stripe"), datetime.now(UTC) + timedelta(seconds=2)
    found = STRIPE.listed(now - timedelta(days=1), now, setup)
    return [(one.payment_key, list(STRIPE.listed_facts(one.raw, setup))) for one in found]


def test_the_list_says_what_the_webhooks_said(world: World) -> None:
    for number in range(3):
        page = opened(world, id=f"chk_{number}")
        world.choose(page.url, "pay_later" if number == 2 else "pay")
    newest = {one["reference"]: one["id"] for one in world.payments("stripe")}
    world.act("stripe", newest["chk_0"], "refund", amount_minor=21_000)
    world.act("stripe", newest["chk_1"], "dispute")
    world.act("stripe", newest["chk_1"], "dispute_lost")

    on_the_list = dict(listed(world))

    assert set(on_the_list) == {newest["chk_0"], newest["chk_1"]}
    paid, refund = on_the_list[newest["chk_0"]]
    assert (paid.what, paid.checkout_id, paid.amount_minor) == ("paid", "chk_0", 121_000)
    assert (refund.what, refund.refund_status, refund.amount_minor) == (
        "refund", "succeeded", 21_000,
    )  # fmt: skip
    last = on_the_list[newest["chk_1"]][-1]
    assert (last.what, last.dispute_status, last.money) == ("dispute", "lost", "out")


def test_the_list_is_read_page_by_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.adapters.providers.stripe_api.PAGE", 2)
    for number in range(5):
        world.choose(opened(world, id=f"chk_{number}").url, "pay")

    names = [facts[0].checkout_id for _, facts in listed(world)]

    assert names == ["chk_4", "chk_3", "chk_2", "chk_1", "chk_0"]


def test_one_payment_is_found_by_its_key_or_is_not_there(world: World) -> None:
    world.choose(opened(world).url, "pay")
    assert STRIPE.find is not None

    found = STRIPE.find(the_payment(world), world.setup("stripe"))

    assert found is not None
    assert found.payment_key == the_payment(world)
    assert STRIPE.find("pi_unknown", world.setup("stripe")) is None


def test_the_check_names_the_account_and_another_key_opens_none(
    world: World, client: sdk.StripeClient
) -> None:
    assert STRIPE.check is not None
    setup = world.setup("stripe")

    assert STRIPE.check(setup) == "Stripe (simulador)"

    other = type(setup)(setup.secrets, {"api_key": "sk_live_x"}, setup.calls)
    with pytest.raises(ProviderRefused, match="Invalid API Key"):
        STRIPE.check(other)
    with pytest.raises(ProviderRefused, match="no API key"):
        STRIPE.check(type(setup)(setup.secrets, {}, setup.calls))
    stranger = sdk.StripeClient("pk_x", base_addresses={"api": f"{world.url}/_local/stripe"})
    with pytest.raises(sdk.AuthenticationError):
        stranger.v1.payment_intents.list()
    assert client.v1.events.list().data == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount_minor": 49}, "50 cents"),
        ({"expires_at": datetime.now(UTC) + timedelta(minutes=20)}, "30 minutes"),
        ({"expires_at": datetime.now(UTC) + timedelta(days=2)}, "24 hours"),
    ],
)
def test_what_stripe_would_refuse_the_stand_in_refuses(
    world: World, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(ProviderRefused, match=said):
        opened(world, **changes)


def test_a_page_whose_time_is_over_has_expired(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(world, language="en")
    monkeypatch.setattr(CLOCK, "at", datetime.now(UTC) + timedelta(seconds=3_700))

    assert "takes no payments any more" in world.page(page.url, "en")

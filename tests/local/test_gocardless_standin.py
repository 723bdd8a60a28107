"""The stand-in for GoCardless: its own SDK understands it, and so do we."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import gocardless_pro
import gocardless_pro.errors
import gocardless_pro.webhooks
import pytest

from chalicelib.adapters.providers.registry import provider_of
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.provider_ports import HostedPage, Order
from infra.local.providers.keys import SECRETS
from tests.local.standins import World, a_world

GOCARDLESS = provider_of("gocardless")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as world:
        yield world


@pytest.fixture
def client(world: World) -> Any:
    world.at_root = "gocardless"
    return gocardless_pro.Client(access_token="sandbox_local", base_url=world.url)


def opened(world: World, **changes: Any) -> HostedPage:
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
        "webhook_url": f"{world.url}/webhooks/gocardless",
        "expires_at": datetime.now(UTC) + timedelta(hours=1),
    }
    assert GOCARDLESS.open_page is not None
    return GOCARDLESS.open_page(Order(**(fields | changes)), world.setup("gocardless"))


def hear(world: World) -> list[tuple[str, str]]:
    """What we understand of all webhooks, and of those that follow from what we do then."""
    told: list[ProviderFact] = []
    setup = world.setup("gocardless")
    while heard := world.webhooks():
        for notification in heard:
            GOCARDLESS.verify(notification, setup, datetime.now(UTC))
            signature = notification.headers["webhook-signature"]
            theirs = gocardless_pro.webhooks.parse(
                notification.raw, SECRETS["gocardless"], signature
            )
            ours = GOCARDLESS.events(notification)
            assert [one.id for one in ours] == [one.id for one in theirs]
            for event in ours:
                told += GOCARDLESS.facts(event.raw, setup)
    return sorted({(fact.what, fact.refund_status or fact.dispute_status or "") for fact in told})


def paid(world: World, choice: str = "pay") -> str:
    """Pay at a page; the id of the payment."""
    world.choose(opened(world).url, choice)
    hear(world)
    return str(world.payments("gocardless")[0]["id"])


def test_a_page_is_opened_shown_and_agreed_to_and_the_debit_is_confirmed(
    world: World, client: Any
) -> None:
    page = opened(world)
    assert "Pagar 1.210,00 €" in world.page(page.url)
    assert "adeudo tarda unos días" in world.page(page.url, "en"), "the order is in Spanish"

    assert world.choose(page.url, "pay") == f"{world.url}/p/return?checkout=chk_1"

    assert hear(world) == [("paid", "")]
    (payment,) = world.payments("gocardless")
    assert (payment["state"], payment["amount_minor"], payment["reference"]) == (
        "confirmed", 121_000, "chk_1",
    )  # fmt: skip
    theirs = client.payments.get(payment["id"])
    assert (theirs.status, theirs.amount, theirs.currency) == ("confirmed", 121_000, "EUR")
    assert theirs.metadata == {"checkout_id": "chk_1", "invoice_id": "inv_1"}
    events = client.events.list(params={"payment": payment["id"]}).records
    assert [one.action for one in events] == ["confirmed", "submitted", "created"]
    assert "no admite pagos" in world.page(page.url)


def test_a_debit_takes_days_and_may_fail_and_be_tried_again(world: World) -> None:
    payment = paid(world, "pay_later")
    assert world.payments("gocardless")[0]["state"] == "submitted"

    world.act("gocardless", payment, "fail")
    assert hear(world) == [("failed", "")]
    world.act("gocardless", payment, "retry")
    assert hear(world) == [("processing", "")]
    world.act("gocardless", payment, "confirm")
    assert hear(world) == [("paid", "")]


@pytest.mark.parametrize("is_paid_out", [False, True])
def test_a_debit_fails_late(world: World, is_paid_out: bool) -> None:
    payment = paid(world)
    if is_paid_out:
        world.act("gocardless", payment, "pay_out")

    assert world.act("gocardless", payment, "fail_late")["state"] == "failed"

    assert hear(world) == [("dispute", "lost"), ("paid", "")]


def test_a_chargeback_is_called_off_or_settled(world: World) -> None:
    payment = paid(world)
    world.act("gocardless", payment, "charge_back")
    assert hear(world) == [("dispute", "lost"), ("paid", "")]
    world.act("gocardless", payment, "chargeback_settled")
    assert hear(world) == [("dispute", "lost"), ("paid", "")]

    world.act("gocardless", payment, "chargeback_cancelled")

    assert hear(world) == [("dispute", "won"), ("paid", "")]


def test_refunds_are_begun_and_arrive_or_fail(world: World, client: Any) -> None:
    payment = paid(world)

    world.act("gocardless", payment, "refund", amount_minor=21_000)
    assert hear(world) == [("refund", "pending")]
    world.act("gocardless", payment, "refund_paid")
    assert hear(world) == [("refund", "succeeded")]
    assert client.payments.get(payment).amount_refunded == 21_000
    assert world.act("gocardless", payment, "refund", amount_minor=100_001)["status"] == 409
    world.act("gocardless", payment, "refund_fails")

    assert hear(world) == [("refund", "failed")]
    assert client.payments.get(payment).amount_refunded == 0


def test_a_bank_account_that_takes_no_debits_leaves_the_page_open(world: World) -> None:
    page = opened(world)

    assert world.choose(page.url, "decline") == page.url
    assert world.choose(page.url, "cancel").endswith("checkout=chk_1")

    assert hear(world) == []
    assert "Pagar" in world.page(page.url)


def test_the_same_order_gets_the_same_billing_request(world: World) -> None:
    first, second = opened(world), opened(world)

    assert first.reference == second.reference
    world.choose(first.url, "pay")
    assert "no admite pagos" in world.page(second.url)
    hear(world)
    assert len(world.payments("gocardless")) == 1


def test_a_closed_page_takes_no_mandate_and_closing_twice_is_harmless(
    world: World, client: Any
) -> None:
    page, setup = opened(world), world.setup("gocardless")
    assert GOCARDLESS.close_page is not None

    GOCARDLESS.close_page(page.reference, setup)
    GOCARDLESS.close_page(page.reference, setup)

    assert client.billing_requests.get(page.reference).status == "cancelled"
    world.choose(page.url, "pay")
    assert hear(world) == []
    assert world.payments("gocardless") == []


def test_the_list_has_what_moved_with_its_refunds(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment = paid(world)
    world.act("gocardless", payment, "refund", amount_minor=21_000)
    world.act("gocardless", payment, "pay_out")
    monkeypatch.setattr("chalicelib.adapters.providers.gocardless._PAGE", 3)
    assert GOCARDLESS.listed is not None
    assert GOCARDLESS.listed_facts is not None
    setup, now = world.setup("gocardless"), datetime.now(UTC) + timedelta(seconds=2)

    (listed,) = GOCARDLESS.listed(now - timedelta(days=1), now, setup)

    assert listed.payment_key == payment
    facts = GOCARDLESS.listed_facts(listed.raw, setup)
    assert [(fact.what, fact.amount_minor) for fact in facts] == [
        ("paid", 121_000), ("refund", 21_000),
    ]  # fmt: skip
    assert GOCARDLESS.find is not None
    assert GOCARDLESS.find("PM404", setup) is None


def test_the_check_names_the_account_and_another_token_opens_none(
    world: World, client: Any
) -> None:
    setup = world.setup("gocardless")
    assert GOCARDLESS.check is not None

    assert GOCARDLESS.check(setup) == "GoCardless (simulador)"

    other = type(setup)(setup.secrets, {"access_token": "live_x"}, setup.calls)
    with pytest.raises(ProviderRefused, match="Unauthorized"):
        GOCARDLESS.check(other)
    with pytest.raises(gocardless_pro.errors.InvalidApiUsageError):
        client.payments.get("PM404")
    with pytest.raises(gocardless_pro.errors.ValidationFailedError, match="more than 3 keys"):
        client.billing_requests.create(
            params={
                "mandate_request": {"currency": "EUR"},
                "metadata": dict.fromkeys("abcd", "x"),
            }
        )

"""What providers say is taken in only if it can be kept, and used only if it makes sense."""

import hashlib
import hmac
import json
from dataclasses import replace

import pytest

from chalicelib.adapters.providers import gateway, stripe
from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.gateway import Providers
from chalicelib.adapters.providers.port import Notification
from chalicelib.domain.errors import ProviderRefused
from chalicelib.settings import Settings
from chalicelib.usecases.provider_ports import HostedPage, Order
from tests.builders import NOON
from tests.fake_providers import FakeVault

SECRET = "whsec_1"


def signed(body: str) -> Notification:
    """Return an event as Stripe signs it."""
    seconds = int(NOON.timestamp())
    text = f"{seconds}.{body}".encode()
    signature = hmac.new(SECRET.encode(), text, hashlib.sha256).hexdigest()
    headers = {"stripe-signature": f"t={seconds},v1={signature}"}
    return Notification(body.encode(), headers, {})


@pytest.fixture
def providers() -> Providers:
    vault = FakeVault()
    vault.write("providers/stripe", {"webhook_secret": SECRET})
    return Providers(Settings(), vault)


def test_an_event_is_taken_in_as_it_came(providers: Providers) -> None:
    body = json.dumps({"id": "evt_ñ", "type": "x"})

    [event] = providers.events("stripe", signed(body), NOON)

    assert event == ("evt_ñ", "x", body)


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"id": "x" * 301, "type": "x"}),
        json.dumps({"id": "x", "type": "x" * 301}),
        json.dumps({"id": "\ud800", "type": "x"}),
        json.dumps({"id": "x", "type": "\ud800"}),
    ],
)
def test_an_event_that_cannot_be_kept_is_a_clear_error(providers: Providers, body: str) -> None:
    with pytest.raises(EventMalformed, match="no proper name"):
        providers.events("stripe", signed(body), NOON)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://stripe.example/", "//x", "5"])
def test_nobody_is_sent_to_a_page_that_is_none(
    providers: Providers, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    odd = replace(stripe.PROVIDER, open_page=lambda _, __: HostedPage(url=url, reference="cs_1"))
    monkeypatch.setattr(gateway, "provider_of", lambda _: odd)
    order = Order(
        id="chk_1", invoice_id=None, amount_minor=100, currency="EUR", description="A-1",
        customer_name="Carmen", email=None, language="es", return_url="https://saldo.example/",
        webhook_url="https://saldo.example/", expires_at=NOON,
    )  # fmt: skip

    with pytest.raises(ProviderRefused, match="no address on the web"):
        providers.open_page("stripe", order)

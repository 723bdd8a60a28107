"""The signature of GoCardless's webhooks, held against its own SDK."""

import json
from datetime import UTC, datetime

import gocardless_pro.errors
import gocardless_pro.webhooks
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.providers.errors import EventMalformed, SignatureInvalid
from chalicelib.adapters.providers.port import Notification
from chalicelib.adapters.providers.registry import provider_of
from tests.adapters.gocardless_api import SECRET, a_webhook
from tests.adapters.setups import a_setup

GOCARDLESS = provider_of("gocardless")
NOW = datetime(2026, 3, 20, tzinfo=UTC)
EVENT = {
    "id": "EV123",
    "created_at": "2026-03-05T10:00:00.000Z",
    "resource_type": "payments",
    "action": "confirmed",
    "details": {"description": "Peñarroya €"},
    "links": {"payment": "PM123"},
}


def refused(notification: Notification, *secrets: str) -> str:
    with pytest.raises(SignatureInvalid) as refusal:
        GOCARDLESS.verify(notification, a_setup(*secrets), NOW)
    return str(refusal.value)


def test_what_the_sdk_accepts_we_accept_and_understand_alike() -> None:
    notification = a_webhook(EVENT, EVENT | {"id": "EV124", "action": "paid_out"})

    GOCARDLESS.verify(notification, a_setup(SECRET), NOW)

    header = notification.headers["webhook-signature"]
    theirs = gocardless_pro.webhooks.parse(notification.raw, SECRET, header)
    ours = GOCARDLESS.events(notification)
    assert [one.id for one in ours] == [one.id for one in theirs] == ["EV123", "EV124"]
    assert [one.type for one in ours] == ["payments.confirmed", "payments.paid_out"]
    assert [json.loads(one.raw)["links"]["payment"] for one in ours] == ["PM123", "PM123"]


def test_a_signature_made_by_neither_of_us_is_accepted() -> None:
    # printf '{"events":[]}' | openssl dgst -sha256 -hmac secret
    known = "a642b59553c93e227ec0f2f38910fbf71231a2197c00899833c00478cec86f34"
    notification = Notification(b'{"events":[]}', {"webhook-signature": known}, {})

    GOCARDLESS.verify(notification, a_setup("secret"), NOW)

    assert GOCARDLESS.events(notification) == []


@given(position=st.integers(min_value=0), noise=st.binary(max_size=20))
def test_one_changed_bit_is_refused_by_us_and_by_the_sdk(position: int, noise: bytes) -> None:
    whole = a_webhook(EVENT)
    changed = bytearray(whole.raw)
    changed[position % len(changed)] ^= 1 << (position % 8)

    for raw in (bytes(changed), whole.raw + b" " + noise):
        refused(whole._replace(raw=raw), SECRET)
        with pytest.raises(gocardless_pro.errors.InvalidSignatureError):
            gocardless_pro.webhooks.parse(raw, SECRET, whole.headers["webhook-signature"])


@pytest.mark.parametrize("secrets", [["old", SECRET], [SECRET, "new"], ["", SECRET]])
def test_during_a_rotation_either_secret_will_do(secrets: list[str]) -> None:
    GOCARDLESS.verify(a_webhook(EVENT), a_setup(*secrets), NOW)


@pytest.mark.parametrize("header", ["", "x", "ñ" * 64, "0" * 64])
def test_an_improper_signature_is_refused(header: str) -> None:
    refused(a_webhook(EVENT)._replace(headers={"webhook-signature": header}), SECRET)


def test_without_a_header_or_a_secret_nothing_is_accepted() -> None:
    assert "no Webhook-Signature" in refused(a_webhook(EVENT)._replace(headers={}), SECRET)
    assert "No webhook secret" in refused(a_webhook(EVENT, secret=""), "")
    assert "does not match" in refused(a_webhook(EVENT, secret="other"), SECRET)


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"{}", b'{"events": {}}', b'{"events": [7]}', b'{"events": [{"id": "EV1"}]}'],
)
def test_signed_bytes_that_are_no_events_are_a_clear_error(raw: bytes) -> None:
    with pytest.raises(EventMalformed):
        GOCARDLESS.events(Notification(raw, {}, {}))

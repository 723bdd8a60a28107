"""Our verifier against Mercado Pago's own SDK, and where it is stricter on purpose."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mercadopago.webhook import InvalidWebhookSignatureError, WebhookSignatureValidator

from chalicelib.adapters.providers.errors import SignatureInvalid
from chalicelib.adapters.providers.mercadopago import PROVIDER
from chalicelib.adapters.providers.port import Notification
from tests.adapters.setups import a_setup

SECRET = "mercadopago_local"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TS = str(int(NOW.timestamp()))
REQUEST_ID = "bb56a2f1-6aae-46ac-982e-9dcd3581d08e"
BODY = json.dumps({"type": "payment", "data": {"id": "123456789"}}).encode()


def signed(
    data_id: str | None = "123456789",
    request_id: str | None = REQUEST_ID,
    ts: str = TS,
    secret: str = SECRET,
) -> str:
    pairs = [("id", data_id), ("request-id", request_id), ("ts", ts)]
    text = "".join(f"{name}:{value};" for name, value in pairs if value)
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def notification(
    header: str | None = None,
    data_id: str | None = "123456789",
    request_id: str | None = REQUEST_ID,
) -> Notification:
    header = f"ts={TS},v1={signed(data_id, request_id)}" if header is None else header
    headers = {"x-signature": header} | ({"x-request-id": request_id} if request_id else {})
    return Notification(BODY, headers, {"data.id": data_id} if data_id else {})


def accepted(one: Notification, *secrets: str, now: datetime = NOW) -> None:
    PROVIDER.verify(one, a_setup(*(secrets or (SECRET,))), now)


def refused(one: Notification, *secrets: str, now: datetime = NOW) -> str:
    with pytest.raises(SignatureInvalid) as refusal:
        PROVIDER.verify(one, a_setup(*secrets), now)
    return str(refusal.value)


def sdk_accepts(one: Notification, secret: str = SECRET) -> bool:
    try:
        WebhookSignatureValidator.validate(
            one.headers.get("x-signature"),
            one.headers.get("x-request-id"),
            one.query.get("data.id"),
            secret,
        )
    except (InvalidWebhookSignatureError, TypeError):  # the SDK compares ASCII only
        return False
    return True


def test_what_we_accept_the_sdk_accepts() -> None:
    accepted(notification())

    assert sdk_accepts(notification())


def test_a_signature_made_by_neither_of_us_is_accepted() -> None:
    # openssl dgst -sha256 -hmac mercadopago_test_secret, over the documented text
    known = "cd1d30ba1a78901b83b77636d06c1a2697feed9bfa05b0e2ce342a8a329738a8"
    at = datetime.fromtimestamp(1_742_505_638.683, UTC)
    one = notification(f"ts=1742505638683,v1={known}", data_id="123456")

    accepted(one, "mercadopago_test_secret", now=at)

    assert sdk_accepts(one, "mercadopago_test_secret")


@given(st.sampled_from(["data_id", "request_id", "header"]), st.integers(0, 200), st.integers(0, 7))
def test_one_changed_bit_is_refused_by_both(what: str, position: int, bit: int) -> None:
    parts = {
        "data_id": "123456789",
        "request_id": REQUEST_ID,
        "header": f"ts={TS},v1={signed()}",
    }
    text = bytearray(parts[what].encode())
    text[position % len(text)] ^= 1 << bit
    changed = text.decode("latin-1")
    if changed.strip() == parts[what]:
        return
    one = notification(**(parts | {what: changed}))

    refused(one, SECRET)
    assert not sdk_accepts(one)


def test_without_a_request_id_its_pair_is_left_out() -> None:
    accepted(notification(request_id=None))

    assert sdk_accepts(notification(request_id=None))


def test_the_id_is_tried_as_it_came_and_then_in_lower_case() -> None:
    as_it_came = notification(data_id="ORD01JQ4S4KY8")
    lower = notification(f"ts={TS},v1={signed('ord01jq4s4ky8')}", data_id="ORD01JQ4S4KY8")

    accepted(as_it_came)
    accepted(lower)

    assert (sdk_accepts(as_it_came), sdk_accepts(lower)) == (True, False)
    refused(notification(f"ts={TS},v1={signed('ORD1')}", data_id="ord1"), SECRET)


@pytest.mark.parametrize("factor", [1, 1_000])
@pytest.mark.parametrize("days", [-7, 0, 7])
def test_the_time_is_in_seconds_or_milliseconds(factor: int, days: int) -> None:
    ts = str(int((NOW + timedelta(days=days)).timestamp()) * factor)

    accepted(notification(f"ts={ts},v1={signed(ts=ts)}"))


@pytest.mark.parametrize("factor", [1, 1_000])
@pytest.mark.parametrize("days", [-8, 8, -400, 4_000])
def test_an_older_or_a_future_signature_is_refused(factor: int, days: int) -> None:
    ts = str(int((NOW + timedelta(days=days)).timestamp()) * factor)

    told = refused(notification(f"ts={ts},v1={signed(ts=ts)}"), SECRET)

    assert "too old, or from the future" in told


def test_a_notification_of_a_qr_code_is_not_signed_and_refused() -> None:
    assert "no x-signature" in refused(notification(""), SECRET)
    assert not sdk_accepts(notification(""))


def test_the_older_notification_without_a_signed_id_is_refused() -> None:
    told = refused(notification(data_id=None), SECRET)

    assert "no data.id" in told
    assert sdk_accepts(notification(data_id=None))  # it signs nothing that could be looked at


def test_a_signature_cannot_be_read_in_another_way() -> None:
    glued = f"123456789;request-id:{REQUEST_ID}"
    one = notification(f"ts={TS},v1={signed()}", data_id=glued, request_id=None)

    refused(one, SECRET)
    assert sdk_accepts(one)


@pytest.mark.parametrize("secrets", [["old", SECRET], [SECRET, "new"], ["", SECRET]])
def test_during_a_rotation_either_secret_will_do(secrets: list[str]) -> None:
    accepted(notification(), *secrets)


@pytest.mark.parametrize("secrets", [(), ("",)])
def test_without_a_secret_everything_is_refused(secrets: tuple[str, ...]) -> None:
    empty = notification(f"ts={TS},v1={signed(secret='')}")

    assert "No webhook secret" in refused(empty, *secrets)


@pytest.mark.parametrize(
    "header",
    [
        "garbage",
        "ts=,v1=",
        "v1={good}",
        "ts={ts}",
        "ts={ts},v2={good}",
        "ts={ts},v0={good},v1=0",
        "ts={ts},ts={ts},v1={good}",
        "ts={ts},v1=0,v1={good}",
        "ts=-{ts},v1={good}",
        "ts={ts}.0,v1={good}",
        "ts=٣,v1={good}",
        "ts=" + "9" * 14 + ",v1={good}",
        "ts={ts},v1=ñ{good}",
        "ts={ts},v1={good}" + "," * 300,
    ],
)
def test_an_improper_header_is_refused(header: str) -> None:
    refused(notification(header.replace("{ts}", TS).replace("{good}", signed())), SECRET)

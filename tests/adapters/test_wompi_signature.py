"""Our verifier of Wompi's events against its documents; there is no official SDK with one."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.providers.errors import SignatureInvalid
from chalicelib.adapters.providers.port import Notification
from chalicelib.adapters.providers.wompi import PROVIDER
from tests.adapters.setups import a_setup
from tests.adapters.wompi_api import SECRET, THEN, a_transaction, an_event, notified, sent

OF_THE_DOCUMENTS = {
    "event": "transaction.updated",
    "data": {
        "transaction": {
            "id": "1234-1610641025-49201",
            "amount_in_cents": 4_490_000,
            "reference": "MZQ3X2DE2SMX",
            "customer_email": "juan.perez@gmail.com",
            "currency": "COP",
            "payment_method_type": "NEQUI",
            "redirect_url": "https://mitienda.com.co/pagos/redireccion",
            "status": "APPROVED",
            "shipping_address": None,
            "payment_link_id": None,
            "payment_source_id": None,
        }
    },
    "environment": "prod",
    "signature": {
        "properties": ["transaction.id", "transaction.status", "transaction.amount_in_cents"],
        "checksum": "5a18ec5e8fdb7df463e9f94774cba8f583ba21bd04a09ceff2ea68a4bc0aefbe",
    },
    "timestamp": 1_530_291_411,
    "sent_at": "2018-07-20T16:45:05.000Z",
}
SECRET_OF_THE_DOCUMENTS = "prod_events_OcHnIzeBl5socpwByQ4hA52Em3USQ93Z"
TIME_OF_THE_DOCUMENTS = datetime.fromtimestamp(1_530_291_411, UTC)


def accepted(one: Notification, *secrets: str, now: datetime = THEN) -> None:
    PROVIDER.verify(one, a_setup(*(secrets or (SECRET,))), now)


def refused(one: Notification, *secrets: str, now: datetime = THEN) -> str:
    with pytest.raises(SignatureInvalid) as refusal:
        PROVIDER.verify(one, a_setup(*secrets), now)
    return str(refusal.value)


def test_the_string_of_the_documents_has_this_checksum() -> None:
    accepted(sent(OF_THE_DOCUMENTS), SECRET_OF_THE_DOCUMENTS, now=TIME_OF_THE_DOCUMENTS)


def test_the_checksum_that_the_documents_print_is_not_that_of_their_string() -> None:
    printed = "3476DDA50F64CD7CBD160689640987FEBEA93239BC524FC0CC7EAD7B8E18BD0"[:64]
    event = OF_THE_DOCUMENTS | {
        "signature": {**OF_THE_DOCUMENTS["signature"], "checksum": printed}  # type: ignore[dict-item]
    }

    refused(sent(event), SECRET_OF_THE_DOCUMENTS, now=TIME_OF_THE_DOCUMENTS)


def test_header_and_body_may_be_in_capitals() -> None:
    event = an_event(a_transaction())
    checksum = event["signature"]["checksum"].upper()
    event["signature"]["checksum"] = checksum

    accepted(sent(event))
    accepted(sent(event, **{"x-event-checksum": checksum}))


def test_a_header_that_says_something_else_is_refused() -> None:
    refused(sent(an_event(a_transaction()), **{"x-event-checksum": "0" * 64}), SECRET)


@given(st.sampled_from(["id", "status", "amount_in_cents", "timestamp"]), st.integers(1, 9))
def test_a_changed_value_that_is_signed_is_refused(what: str, change: int) -> None:
    event = an_event(a_transaction())
    if what == "timestamp":
        event["timestamp"] += change
    else:
        value = event["data"]["transaction"][what]
        changed = value + change if isinstance(value, int) else f"{value}{change}"
        event["data"]["transaction"][what] = changed

    refused(sent(event), SECRET)


def test_digits_cannot_wander_from_the_amount_into_the_time_or_back() -> None:
    # The checksum is over id, status, amount and time with nothing between them.
    event = an_event(a_transaction())
    wandered = an_event(a_transaction())
    wandered["data"]["transaction"]["amount_in_cents"] = int(f"{10_000_000}1")
    wandered["timestamp"] = int(str(event["timestamp"])[1:])
    back = an_event(a_transaction())
    back["data"]["transaction"]["amount_in_cents"] = 1_000_000
    back["timestamp"] = f"0{event['timestamp']}"

    assert "no time" in refused(sent(wandered), SECRET)
    assert "no time" in refused(sent(back), SECRET)


@pytest.mark.parametrize("lacking", ["id", "status", "amount_in_cents"])
def test_an_event_that_does_not_sign_what_counts_is_refused(lacking: str) -> None:
    others = ["reference", "currency"]
    signed = [name for name in ("id", "status", "amount_in_cents", *others) if name != lacking]
    event = an_event(a_transaction(), properties=[f"transaction.{name}" for name in signed])

    assert "does not cover" in refused(sent(event), SECRET)


def test_more_may_be_signed_and_in_another_order() -> None:
    names = ["currency", "amount_in_cents", "reference", "status", "id"]

    accepted(sent(an_event(a_transaction(), properties=[f"transaction.{one}" for one in names])))


def test_events_about_other_things_are_verified_too() -> None:
    text = f"nt_1AVAILABLE{int(THEN.timestamp())}{SECRET}"
    event: dict[str, Any] = {
        "event": "nequi_token.updated",
        "data": {"nequi_token": {"id": "nt_1", "status": "AVAILABLE"}},
        "signature": {
            "properties": ["nequi_token.id", "nequi_token.status"],
            "checksum": hashlib.sha256(text.encode()).hexdigest(),
        },
        "timestamp": int(THEN.timestamp()),
    }

    accepted(sent(event))
    assert "does not cover" in refused(sent(event | {"event": "transaction.updated"}), SECRET)


@pytest.mark.parametrize("hours", [-48, 0, 48])
def test_the_last_repetition_after_a_day_is_still_accepted(hours: int) -> None:
    accepted(notified(a_transaction()), now=THEN + timedelta(hours=hours))


@pytest.mark.parametrize("hours", [-49, 49, -9_000, 90_000])
def test_an_older_or_a_future_event_is_refused(hours: int) -> None:
    told = refused(notified(a_transaction()), SECRET, now=THEN + timedelta(hours=hours))

    assert "too old, or from the future" in told


def test_a_time_in_milliseconds_is_understood() -> None:
    event = an_event(a_transaction())
    ts = int(THEN.timestamp()) * 1_000
    text = f"{event['data']['transaction']['id']}APPROVED10000000{ts}{SECRET}"
    event["timestamp"] = ts
    event["signature"]["checksum"] = hashlib.sha256(text.encode()).hexdigest()

    accepted(sent(event))


@pytest.mark.parametrize("secrets", [["old", SECRET], [SECRET, "new"], ["", SECRET]])
def test_during_a_rotation_either_secret_will_do(secrets: list[str]) -> None:
    accepted(notified(a_transaction()), *secrets)


@pytest.mark.parametrize("secrets", [(), ("",), ("prod_events_other",)])
def test_without_the_right_secret_everything_is_refused(secrets: tuple[str, ...]) -> None:
    refused(sent(an_event(a_transaction(), secret="")), *secrets)


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": None},
        {"signature": {}},
        {"signature": {"properties": [], "checksum": "x"}},
        {"signature": {"properties": "transaction.id", "checksum": "x"}},
        {"signature": {"properties": [1, 2], "checksum": "x"}},
        {"signature": {"properties": ["transaction.id"] * 21, "checksum": "x"}},
        {"timestamp": None},
        {"timestamp": "soon"},
        {"timestamp": 1.5},
        {"timestamp": True},
        {"timestamp": "٣" * 10},
        {"data": None},
        {"data": {"transaction": None}},
        {"data": {"transaction": {"id": True, "status": "APPROVED", "amount_in_cents": 1}}},
        {"data": {"transaction": {"id": ["1"], "status": "APPROVED", "amount_in_cents": 1}}},
    ],
)
def test_an_event_in_another_shape_is_refused(changes: dict[str, Any]) -> None:
    refused(sent(an_event(a_transaction()) | changes), SECRET)


@pytest.mark.parametrize("checksum", [None, 7, "", "ñ" * 64, "0" * 64])
def test_an_improper_checksum_is_refused(checksum: Any) -> None:
    event = an_event(a_transaction())
    event["signature"]["checksum"] = checksum

    refused(sent(event), SECRET)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff", b"[" * 100_000, b'"x"'])
def test_bytes_that_are_no_event_are_refused(raw: bytes) -> None:
    refused(Notification(raw, {}, {}), SECRET)


def test_a_number_is_signed_with_the_digits_that_it_came_with() -> None:
    event = an_event(a_transaction())
    raw = json.dumps(event).encode().replace(b"10000000", b"1e7")

    refused(Notification(raw, {}, {}), SECRET)

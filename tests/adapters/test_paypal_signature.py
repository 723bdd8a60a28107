"""PayPal's signature against pyca/cryptography and a certificate made here."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.adapters.providers.errors import SignatureInvalid
from chalicelib.adapters.providers.paypal_certificate import (
    NotJudged,
    is_its_place,
    judged,
    system_roots,
)
from chalicelib.adapters.providers.paypal_signature import Transmission, signed_text, verify
from chalicelib.adapters.providers.port import Setup
from chalicelib.domain.errors import ProviderUnavailable
from tests.adapters.paypal_bodies import (
    LIVE_NAME,
    WEBHOOK,
    a_capture,
    a_certificate,
    a_key,
    a_paypal,
    an_event,
    headers_for,
    pem,
    raw_of,
    served,
    told,
)
from tests.adapters.provider_api import Api, Status
from tests.builders import NOON

RAW = raw_of(an_event("PAYMENT.CAPTURE.COMPLETED", a_capture()))
CERTS = "/v1/notifications/certs"
VERIFY = "POST /v1/notifications/verify-webhook-signature"
LIVE = "https://api-m.paypal.com"


@pytest.fixture(scope="module")
def place() -> Iterator[str]:
    files = {
        f"{CERTS}/CERT-good": pem(a_certificate()),
        f"{CERTS}/CERT-other": pem(a_certificate(key=a_key("other"))),
        f"{CERTS}/CERT-old": pem(a_certificate(until=NOON - timedelta(seconds=1))),
        f"{CERTS}/CERT-early": pem(a_certificate(since=NOON + timedelta(seconds=1))),
        f"{CERTS}/CERT-junk": b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        f"{CERTS}/CERT-huge": b"A" * 70_000,
    }
    with served(files) as url:
        yield url


def a_setup(place: str, answers: dict[str, Any] | None = None, **keys: str) -> tuple[Setup, Api]:
    return a_paypal(answers, place, **keys)


def accepted(
    place: str, headers: dict[str, str], raw: bytes = RAW, setup: Setup | None = None
) -> bool:
    try:
        verify(told(raw, headers), setup or a_setup(place)[0], NOON)
    except SignatureInvalid:
        return False
    return True


def good(place: str, **changes: Any) -> dict[str, str]:
    return headers_for(RAW, f"{place}{CERTS}/CERT-good", **changes)


def test_what_the_key_of_the_certificate_has_signed_is_accepted(place: str) -> None:
    setup, api = a_setup(place)

    verify(told(RAW, good(place)), setup, NOON)

    assert api.made == []


def test_what_is_signed_is_the_id_the_time_our_webhook_and_the_crc_as_a_plain_number() -> None:
    sent = Transmission("id", "2026-03-02T11:00:00Z", "sig", "url", "algo")

    # 0xCBF43926 is the check value of CRC-32, over the digits from 1 to 9.
    assert signed_text(sent, "WH", b"123456789") == b"id|2026-03-02T11:00:00Z|WH|3421780262"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.integers(min_value=0))
def test_one_changed_bit_is_refused(place: str, position: int) -> None:
    changed = bytearray(RAW)
    changed[position % len(RAW)] ^= 1 << (position % 8)

    assert not accepted(place, good(place), bytes(changed))


@pytest.mark.parametrize(
    "changes",
    [
        {"paypal_transmission_id": "69cd13f0-d67a-11e5-baa3-778b53f4ae56"},
        {"paypal_transmission_time": "2026-03-02T11:00:01Z"},
        {"paypal_transmission_sig": "AAAA"},
        {"paypal_transmission_sig": "no base64 ñ"},
        {"paypal_transmission_sig": ""},
        {"paypal_auth_algo": "SHA1withRSA"},
        {"paypal_auth_algo": "none"},
        {"paypal_auth_algo": ""},
        {"paypal_transmission_id": "x" * 3_000},
        {"paypal_transmission_id": "a|b"},
    ],
)
def test_another_header_is_refused(place: str, changes: dict[str, str]) -> None:
    assert not accepted(place, good(place) | {
        name.replace("_", "-"): value for name, value in changes.items()
    })  # fmt: skip


@pytest.mark.parametrize("missing", sorted(headers_for(b"", "x")))
def test_without_one_of_the_headers_nothing_is_accepted(place: str, missing: str) -> None:
    headers = good(place)
    del headers[missing]

    assert not accepted(place, headers)


def test_another_webhook_of_the_same_account_is_refused(place: str) -> None:
    assert not accepted(place, good(place, webhook_id="8PT597110X687430LKGECATA"))


def test_while_a_webhook_replaces_another_either_will_do(place: str) -> None:
    setup, _ = a_setup(place)
    both = Setup(secrets=["OLD"], keys=setup.keys, calls=setup.calls, is_local=True)

    assert accepted(place, good(place, webhook_id="OLD"), setup=both)
    assert accepted(place, good(place), setup=both)


def test_without_the_id_of_a_webhook_everything_is_refused(place: str) -> None:
    assert not accepted(place, good(place, webhook_id=""), setup=a_setup(place, webhook_id="")[0])


@pytest.mark.parametrize("age", [timedelta(days=-4), timedelta(0), timedelta(minutes=10)])
def test_what_paypal_still_repeats_is_accepted(place: str, age: timedelta) -> None:
    assert accepted(place, good(place, at=NOON + age))


@pytest.mark.parametrize("age", [timedelta(days=-4, seconds=-1), timedelta(minutes=10, seconds=1)])
def test_what_is_older_or_from_the_future_is_refused(place: str, age: timedelta) -> None:
    assert not accepted(place, good(place, at=NOON + age))


@pytest.mark.parametrize(
    "url",
    [
        "https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77",
        "https://api-m.sandbox.paypal.com:443/v1/notifications/certs/CERT-1",
    ],
)
def test_certificates_lie_at_paypal(url: str) -> None:
    assert is_its_place(url, LIVE)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.paypal.com/v1/notifications/certs/CERT-1",
        "https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1",
        "https://evilpaypal.com/v1/notifications/certs/CERT-1",
        "https://paypal.com@evil.example/v1/notifications/certs/CERT-1",
        "https://api.paypal.com:8443/v1/notifications/certs/CERT-1",
        "https://api.paypal.com/v1/notifications/certs/CERT-1?x=1",
        "https://api.paypal.com/v1/notifications/certs/CERT-1#x",
        "https://api.paypal.com/v1/notifications/certs/../../x",
        "https://api.paypal.com/elsewhere/CERT-1",
        "https://169.254.169.254/v1/notifications/certs/CERT-1",
        "http://localhost:1/v1/notifications/certs/CERT-1",
        "file:///v1/notifications/certs/CERT-1",
        "//api.paypal.com/v1/notifications/certs/CERT-1",
        "https://[x.paypal.com/v1/notifications/certs/CERT-1",
        "https://a..paypal.com/v1/notifications/certs/CERT-1",
        "https://.paypal.com/v1/notifications/certs/CERT-1",
        f"https://{'a' * 64}.paypal.com/v1/notifications/certs/CERT-1",
        "https://a%00.paypal.com/v1/notifications/certs/CERT-1",
        "https://evil.example\\.paypal.com/v1/notifications/certs/CERT-1",
        "",
    ],
)
def test_nowhere_else(url: str) -> None:
    assert not is_its_place(url, LIVE)


def test_the_certificate_of_the_stand_in_lies_at_its_own_address() -> None:
    api = "http://localhost:8000/_local/paypal"

    assert is_its_place(f"{api}{CERTS}/CERT-1", api)
    assert not is_its_place(f"http://localhost:8001/_local/paypal{CERTS}/CERT-1", api)
    assert not is_its_place(f"http://localhost:8000/elsewhere{CERTS}/CERT-1", api)
    # A stand-in that is asked to verify may name the real place: it cannot be reached from here.
    assert is_its_place(f"{LIVE}{CERTS}/CERT-1", api)
    assert not is_its_place(f"{api}{CERTS}/CERT-1", LIVE)


def test_a_forgers_certificate_elsewhere_is_not_even_fetched(place: str) -> None:
    setup, api = a_paypal({VERIFY: {"verification_status": "SUCCESS"}}, LIVE)

    assert not accepted(place, good(place), setup=setup)
    assert api.made == []


def chain() -> tuple[Any, Any, Any]:
    root_key, middle_key = a_key("root"), a_key("middle")
    root = a_certificate("Root CA", root_key, is_authority=True)
    middle = a_certificate("Middle CA", middle_key, ("Root CA", root_key), is_authority=True)
    leaf = a_certificate(LIVE_NAME, a_key(), ("Middle CA", middle_key))
    return root, middle, leaf


def test_a_certificate_counts_when_a_known_authority_vouches_for_it() -> None:
    root, middle, leaf = chain()

    assert judged(pem(leaf, middle), NOON, [root]) == leaf
    assert judged(pem(leaf, middle, root), NOON, [root]) == leaf


def doubtful(name: str) -> bytes:
    by_root = ("Root CA", a_key("root"))
    _, middle, leaf = chain()
    past = NOON - timedelta(seconds=1)
    made: dict[str, Callable[[], bytes]] = {
        # What a forger makes: the right name, and nobody vouches for it.
        "self-signed": lambda: pem(a_certificate()),
        "a link is missing": lambda: pem(leaf),
        "the authority itself": lambda: pem(middle),
        "a shop's": lambda: pem(a_certificate("shop.example", a_key(), by_root)),
        "a like name": lambda: pem(
            a_certificate("messageverificationcerts.evil.example", a_key(), by_root)
        ),
        "another key of that name": lambda: pem(
            a_certificate(LIVE_NAME, a_key(), ("Root CA", a_key("other")))
        ),
        "expired": lambda: pem(a_certificate(LIVE_NAME, a_key(), by_root, until=past)),
        "nothing": lambda: b"",
        "junk": lambda: b"junk",
    }
    return made[name]()


DOUBTFUL = (
    "self-signed", "a link is missing", "the authority itself", "a shop's", "a like name",
    "another key of that name", "expired", "nothing", "junk",
)  # fmt: skip


@pytest.mark.parametrize("name", DOUBTFUL)
def test_every_other_certificate_cannot_be_judged(name: str) -> None:
    with pytest.raises(NotJudged):
        judged(doubtful(name), NOON, [chain()[0]])


def test_where_no_authority_is_known_none_vouches() -> None:
    _, middle, leaf = chain()

    with pytest.raises(NotJudged):
        judged(pem(leaf, middle), NOON, [])


def test_the_authorities_of_this_machine_vouch_for_no_forger() -> None:
    with pytest.raises(NotJudged):
        judged(pem(a_certificate()), NOON, system_roots())


def test_an_authority_that_has_expired_vouches_for_nobody() -> None:
    root = a_certificate(
        "Root CA", a_key("root"), is_authority=True, until=NOON - timedelta(seconds=1)
    )

    with pytest.raises(NotJudged):
        judged(pem(*chain()[2:0:-1]), NOON, [root])


@pytest.mark.parametrize("name", ["old", "early", "junk", "huge", "missing"])
@pytest.mark.parametrize(("said", "expected"), [("SUCCESS", True), ("FAILURE", False)])
def test_where_the_certificate_cannot_be_judged_paypal_is_asked(
    place: str, name: str, said: str, *, expected: bool
) -> None:
    headers = headers_for(RAW, f"{place}{CERTS}/CERT-{name}")
    setup, api = a_setup(place, {VERIFY: {"verification_status": said}})

    assert accepted(place, headers, setup=setup) is expected

    asked = api.made[-1].body
    assert asked.pop("webhook_event")["id"] == "WH-1"
    assert asked == {
        "transmission_id": headers["paypal-transmission-id"],
        "transmission_time": headers["paypal-transmission-time"],
        "transmission_sig": headers["paypal-transmission-sig"],
        "cert_url": headers["paypal-cert-url"],
        "auth_algo": "SHA256withRSA",
        "webhook_id": WEBHOOK,
    }


def test_where_the_certificate_is_sound_its_verdict_stands(place: str) -> None:
    setup, api = a_setup(place, {VERIFY: {"verification_status": "SUCCESS"}})
    headers = headers_for(RAW, f"{place}{CERTS}/CERT-good", key=a_key("forger"))

    assert not accepted(place, headers, setup=setup)
    assert api.made == []


@pytest.mark.parametrize(
    "answer", [Status(500), Status(403), Status(400), {"verification_status": None}, ["SUCCESS"],
               ProviderUnavailable("paypal", "no answer")]
)  # fmt: skip
def test_while_nobody_can_say_it_is_refused_and_paypal_repeats_it(place: str, answer: Any) -> None:
    setup, _ = a_setup(place, {VERIFY: answer})

    assert not accepted(place, headers_for(RAW, f"{place}{CERTS}/CERT-missing"), setup=setup)


def test_a_certificate_is_fetched_once_a_day() -> None:
    files = {f"{CERTS}/CERT-kept": pem(a_certificate(until=NOON + timedelta(days=9)))}
    with served(files) as place:
        setup, _ = a_setup(place)
        headers = headers_for(RAW, f"{place}{CERTS}/CERT-kept", at=NOON + timedelta(hours=12))
        verify(told(RAW, headers), setup, NOON + timedelta(hours=12))
        files.clear()

        verify(told(RAW, headers), setup, NOON + timedelta(hours=35))

        with pytest.raises(SignatureInvalid):
            verify(told(RAW, headers), setup, NOON + timedelta(hours=37))

"""The OpenID Connect client: what it asks for, and which tokens it believes."""

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from chalicelib.adapters.https_json import Unreachable
from chalicelib.adapters.oidc import KEYS_LAST
from chalicelib.usecases.identity_ports import Claims, IdentityRefused, SignInCode
from tests.adapters.tokens import (
    CLIENT,
    ISSUER,
    NONCE,
    NOW,
    PROVIDER,
    FakeHttp,
    a_client,
    claims,
    jwk,
    private_key,
    token,
    unsigned,
)

ANSWER = SignInCode("code-1", "verifier-1", NONCE, NOW)
GOOD = Claims(subject="sub-1", email="ana@saldo.example", name="Ana")
SECOND = int(NOW.timestamp())


def refusal(http: FakeHttp, answer: SignInCode = ANSWER) -> str:
    with pytest.raises(IdentityRefused) as caught:
        a_client(http).exchange(answer)
    return str(caught.value)


def test_a_good_token_tells_who_it_is() -> None:
    assert a_client(FakeHttp(token())).exchange(ANSWER) == GOOD


def test_the_reference_library_believes_the_same_token() -> None:
    options = {"verify_exp": False, "verify_iat": False}
    key = private_key("key-1").public_key()

    read = jwt.decode(
        token(), key, algorithms=["RS256"], audience=CLIENT, issuer=ISSUER, options=options
    )

    assert read == claims()


def test_the_browser_is_sent_with_code_state_nonce_and_challenge() -> None:
    url = a_client(FakeHttp(None)).authorize_url(state="s&1", nonce="n", challenge="c")

    assert url.startswith("https://id.example/oauth2/authorize?")
    assert dict(parse_qsl(urlsplit(url).query)) == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": "https://saldo.example/auth/callback",
        "scope": "openid email profile",
        "state": "s&1",
        "nonce": "n",
        "code_challenge": "c",
        "code_challenge_method": "S256",
        "prompt": "login",
    }


def test_signing_out_leads_back_to_our_first_page() -> None:
    query = parse_qs(urlsplit(a_client(FakeHttp(None)).logout_url()).query)

    assert query == {"client_id": [CLIENT], "logout_uri": ["https://saldo.example/"]}


def test_the_code_is_exchanged_with_our_secret_and_verifier() -> None:
    http = FakeHttp(token())

    a_client(http, lambda: "se:cret/").exchange(ANSWER)

    url, body, headers = http.asked[0]
    assert url == PROVIDER.token_url
    assert dict(parse_qsl((body or b"").decode())) == {
        "grant_type": "authorization_code",
        "code": "code-1",
        "redirect_uri": "https://saldo.example/auth/callback",
        "code_verifier": "verifier-1",
    }
    credentials = base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode()
    assert credentials == "client-1:se%3Acret%2F"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"iss": f"{ISSUER}x"}, "iss"),
        ({"iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other"}, "iss"),
        ({"iss": None}, "iss"),
        ({"aud": "another-client"}, "another client"),
        ({"aud": [CLIENT, "another-client"]}, "another client"),
        ({"aud": None}, "another client"),
        ({"aud": None, "client_id": CLIENT, "token_use": "access"}, "another client"),
        ({"token_use": "access"}, "another token"),
        ({"nonce": "of-another-sign-in"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"exp": SECOND}, "expired"),
        ({"exp": SECOND - 3600}, "expired"),
        ({"exp": None}, "no exp"),
        ({"exp": "9999999999"}, "no exp"),
        ({"exp": float("nan")}, "no exp"),
        ({"exp": True}, "no exp"),
        ({"iat": SECOND + 61}, "future"),
        ({"iat": None}, "no iat"),
        ({"nbf": SECOND + 61}, "future"),
        ({"email_verified": False}, "not verified"),
        ({"email_verified": "true"}, "not verified"),
        ({"email_verified": None}, "not verified"),
        ({"email": None}, "names no person"),
        ({"email": ""}, "names no person"),
        ({"email": ["ana@saldo.example"]}, "names no person"),
    ],
)
def test_a_token_with_one_wrong_claim_is_refused(change: dict[str, Any], reason: str) -> None:
    content = claims(**change)
    if change.get("exp") or change.get("iat") or change.get("nbf"):
        # PyJWT refuses to write such times; so the payload is signed as bytes.
        signed = jwt.api_jws.encode(
            jwt.PyJWT()._encode_payload(content, {}, None),
            private_key("key-1"),
            algorithm="RS256",
            headers={"kid": "key-1"},
        )
    else:
        signed = token(content)

    assert reason in refusal(FakeHttp(signed))


def test_a_clock_a_minute_ahead_of_ours_is_believed() -> None:
    ahead = claims(iat=SECOND + 60, nbf=SECOND + 60)

    assert a_client(FakeHttp(token(ahead))).exchange(ANSWER) == GOOD


@pytest.mark.parametrize("name", ["none", "None", "NONE", "", "RS384", "PS256", "ES256", 256])
def test_any_other_algorithm_is_refused(name: object) -> None:
    signed_input, _, signature = token().rpartition(".")
    del signed_input
    forged = unsigned({"alg": name, "kid": "key-1"}, claims(), signature.encode())

    assert "algorithm" in refusal(FakeHttp(forged))


def test_an_unsigned_token_is_refused() -> None:
    assert "algorithm" in refusal(FakeHttp(unsigned({"alg": "none"}, claims())))
    header, payload, _ = token().split(".")
    assert "signature" in refusal(FakeHttp(f"{header}.{payload}."))


def test_the_public_key_is_no_secret_for_hs256() -> None:
    header = {"alg": "HS256", "kid": "key-1", "typ": "JWT"}
    pem = private_key("key-1").public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    unfinished = unsigned(header, claims()).rpartition(".")[0]
    forged = unsigned(header, claims(), hmac.digest(pem, unfinished.encode(), hashlib.sha256))

    assert "algorithm" in refusal(FakeHttp(forged))


def test_a_key_that_the_token_brings_along_is_not_used() -> None:
    for header in (
        {"jwk": jwk("forger")},
        {"jku": "https://forger.example/jwks.json"},
        {"x5u": "https://forger.example/certificate"},
    ):
        http = FakeHttp(token(signed_by="forger", header=header | {"kid": "key-1"}))

        reason = refusal(http)

        assert "signature" in reason
        assert {url for url, _, _ in http.asked} == {PROVIDER.token_url, PROVIDER.jwks_url}


def test_a_header_that_must_be_understood_is_refused() -> None:
    assert "algorithm" in refusal(FakeHttp(token(header={"crit": ["exp"], "exp": 1})))


def test_a_token_of_another_pool_with_its_own_key_is_refused() -> None:
    http = FakeHttp(token(claims(), signed_by="key-of-another-pool"))

    assert "no key" in refusal(http)
    assert http.times(PROVIDER.jwks_url) == 1


def test_a_payload_changed_after_signing_is_refused() -> None:
    header, _, signature = token().split(".")
    payload = unsigned({}, claims(email="eva@saldo.example")).split(".")[1]

    assert "signature" in refusal(FakeHttp(f"{header}.{payload}.{signature}"))


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        "a.b",
        "a.b.c.d",
        "!!.!!.!!",
        "e30.e30.",
        "W10.W10.",
        "bm90IGpzb24.e30.",
        "A.A.A",
        "x" * 20_000,
        "[" * 9_000 + "..",
    ],
)
def test_what_is_no_token_at_all_is_refused(garbage: str) -> None:
    assert refusal(FakeHttp(garbage))


def test_keys_are_fetched_once_and_again_after_an_hour() -> None:
    http = FakeHttp(token(claims(exp=SECOND + 10_000)))
    client = a_client(http)

    for minutes in (0, 30, 59, 60, 90):
        at = NOW + timedelta(minutes=minutes)
        client.exchange(SignInCode("code-1", "verifier-1", NONCE, at))

    assert timedelta(minutes=60) == KEYS_LAST
    assert http.times(PROVIDER.jwks_url) == 2


def test_a_new_key_of_the_provider_is_found_by_one_more_fetch() -> None:
    http = FakeHttp(token())
    client = a_client(http)
    client.exchange(ANSWER)

    http.id_token, http.keys = token(signed_by="key-2"), [jwk("key-2")]
    renewed = client.exchange(ANSWER)
    http.id_token = token(signed_by="key-1")
    with pytest.raises(IdentityRefused):
        client.exchange(ANSWER)

    assert renewed == GOOD
    assert http.times(PROVIDER.jwks_url) == 3


@pytest.mark.parametrize(
    "listed",
    [
        jwk("key-1", use="enc"),
        jwk("key-1", alg="RS512"),
        jwk("key-1", kty="oct"),
        jwk("key-1", n="AQAB"),
        jwk("key-1", e="AQ"),
        {"kid": "key-1", "kty": "RSA"},
        "key-1",
        {"kid": None},
    ],
)
def test_a_listed_key_that_is_not_for_rs256_is_left_out(listed: object) -> None:
    assert "no key" in refusal(FakeHttp(token(), keys=[listed]))


def test_an_answer_without_token_is_refused() -> None:
    assert "no id token" in refusal(FakeHttp(None))


def test_a_provider_that_does_not_answer_vouches_for_nobody() -> None:
    assert refusal(FakeHttp(token(), fault=Unreachable("timed out"))) == "timed out"

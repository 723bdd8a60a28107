"""Sign-in at home asks and answers as Cognito does in the cloud."""

import base64
import hashlib
import json
import urllib.parse
import urllib.request

import pytest

from infra.local.sign_in import PASSWORD, PATH, PEOPLE, SignIn, create_people
from infra.local.stack import Stack, settings

pytestmark = pytest.mark.cloud
BASE_URL = "http://localhost:8000"
VERIFIER = "v" * 64


@pytest.fixture
def sign_in(stack: Stack) -> SignIn:
    create_people(stack.cloud, stack.outputs["StaffPoolId"])
    create_people(stack.cloud, stack.outputs["StaffPoolId"])
    return SignIn(stack.cloud.url)


def request(stack: Stack) -> dict[str, str]:
    digest = hashlib.sha256(VERIFIER.encode()).digest()
    return {
        "response_type": "code",
        "client_id": stack.outputs["StaffClientId"],
        "redirect_uri": f"{BASE_URL}/auth/callback",
        "scope": "openid email profile",
        "state": 'a "state" & more',
        "nonce": "n1",
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }


def log_in(sign_in: SignIn, asked: dict[str, str], password: str) -> tuple[int, str, str]:
    fields = asked | {"username": PEOPLE[0].email, "password": password}
    body = urllib.parse.urlencode(fields).encode()
    answer = sign_in.answer("POST", f"{PATH}/login", body)
    return answer.status, dict(answer.headers).get("Location", ""), answer.body.decode()


def test_the_page_names_the_people_to_try_and_carries_the_request(
    sign_in: SignIn, stack: Stack
) -> None:
    query = urllib.parse.urlencode(request(stack))

    answer = sign_in.answer("GET", f"{PATH}/authorize?{query}", b"")

    shown = answer.body.decode()
    assert answer.status == 200
    assert [person.email in shown for person in PEOPLE] == [True] * 4
    assert PASSWORD in shown
    assert 'name="state" value="a &#34;state&#34; &amp; more"' in shown
    assert "script" not in shown
    assert "default-src 'none'" in dict(answer.headers)["Content-Security-Policy"]


def test_a_foreign_callback_is_refused(sign_in: SignIn, stack: Stack) -> None:
    query = urllib.parse.urlencode(request(stack) | {"redirect_uri": "http://evil.example/"})

    answer = sign_in.answer("GET", f"{PATH}/authorize?{query}", b"")

    assert answer.status == 400


def test_a_wrong_password_is_asked_again(sign_in: SignIn, stack: Stack) -> None:
    status, _, shown = log_in(sign_in, request(stack), "wrong")

    assert status == 200
    assert 'role="alert"' in shown
    assert 'name="nonce" value="n1"' in shown
    assert "wrong" not in shown


def test_the_code_that_comes_back_is_worth_the_tokens_of_the_person(
    sign_in: SignIn, stack: Stack
) -> None:
    status, location, _ = log_in(sign_in, request(stack), PASSWORD)

    assert status == 302
    came_back = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))
    assert location.startswith(f"{BASE_URL}/auth/callback?")
    assert came_back["state"] == 'a "state" & more'
    claims = exchange(stack, came_back["code"])
    assert (claims["email"], claims["nonce"]) == (PEOPLE[0].email, "n1")
    assert claims["iss"] == settings(stack, BASE_URL)["SALDO_OIDC_ISSUER"]


def exchange(stack: Stack, code: str) -> dict[str, str]:
    told = settings(stack, BASE_URL)
    client = f"{told['SALDO_OIDC_CLIENT_ID']}:{told['SALDO_OIDC_CLIENT_SECRET']}"
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": f"{BASE_URL}/auth/callback",
        "code_verifier": VERIFIER,
    }
    exchange = urllib.request.Request(  # noqa: S310
        told["SALDO_OIDC_TOKEN_URL"],
        urllib.parse.urlencode(form).encode(),
        {"Authorization": f"Basic {base64.b64encode(client.encode()).decode()}"},
    )
    with urllib.request.urlopen(exchange) as response:  # noqa: S310
        payload = json.loads(response.read())["id_token"].split(".")[1]
    claims: dict[str, str] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return claims

"""The local gateway makes of a request the event that API Gateway would make."""

import json
from typing import Any

import pytest
from chalice.app import Chalice, Response

from infra.local.gateway import Gateway


@pytest.fixture
def seen() -> list[Any]:
    return []


@pytest.fixture
def gateway(seen: list[Any]) -> Gateway:
    app = Chalice(app_name="saldo")
    app.api.binary_types.append("application/pdf")
    kinds = ["application/json", "application/octet-stream"]

    def thing(name: str) -> Response:
        request = app.current_request
        seen.append((name, request.raw_body, request.context["requestId"]))
        cookies = {"Set-Cookie": ["a=1", "b=2"]}
        return Response({"name": name}, headers=cookies, status_code=201)

    def file() -> Response:
        return Response(b"%PDF\xff", headers={"Content-Type": "application/pdf"})

    def openapi() -> dict[str, str]:
        return {"openapi": "3.1.0"}

    app.route("/v1/things/{name}", methods=["GET", "POST"], content_types=kinds)(thing)
    app.route("/v1/file")(file)
    app.route("/openapi.json")(openapi)
    return Gateway(app)


def test_a_path_parameter_arrives_decoded(gateway: Gateway, seen: list[Any]) -> None:
    answer = gateway.answer("GET", "/v1/things/a%2Fb%20%C3%B1?x=1", {}, b"")

    assert answer.status == 201
    assert json.loads(answer.body) == {"name": "a/b ñ"}


@pytest.mark.parametrize("body", [b'{ "a":\t1 }\r\n', b"\xff\x00\xfe", "ñ €".encode()])
def test_a_body_arrives_byte_for_byte(gateway: Gateway, seen: list[Any], body: bytes) -> None:
    headers = {"content-type": "application/octet-stream"}

    gateway.answer("POST", "/v1/things/x", headers, body)

    assert seen[0][1] == body


def test_every_request_has_an_id_of_its_own(gateway: Gateway, seen: list[Any]) -> None:
    gateway.answer("GET", "/v1/things/x", {}, b"")
    gateway.answer("GET", "/v1/things/x", {}, b"")

    assert seen[0][2] != seen[1][2]


def test_a_header_may_occur_twice_in_an_answer(gateway: Gateway) -> None:
    answer = gateway.answer("GET", "/v1/things/x", {}, b"")

    assert [header for header in answer.headers if header[0] == "Set-Cookie"] == [
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
    ]
    assert ("Content-Type", "application/json") in answer.headers


def test_a_binary_answer_leaves_as_bytes(gateway: Gateway) -> None:
    answer = gateway.answer("GET", "/v1/file", {"accept": "application/pdf"}, b"")

    assert answer.body == b"%PDF\xff"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/v1/nothing"), ("PUT", "/v1/things/x"), ("OPTIONS", "/v1/file")]
)
def test_an_unknown_path_or_method_is_a_problem(gateway: Gateway, method: str, path: str) -> None:
    answer = gateway.answer(method, path, {"authorization": "Bearer x"}, b"")

    assert answer.status == 404
    assert ("Content-Type", "application/problem+json") in answer.headers


@pytest.mark.parametrize(
    ("path", "is_api"),
    [
        ("/v1/anything", True),
        ("/openapi.json?x=1", True),
        ("/", False),
        ("/v1", False),
        ("/invoices/v1", False),
        ("/openapi.json/x", False),
    ],
)
def test_only_the_paths_of_the_api_are_served(gateway: Gateway, path: str, is_api: bool) -> None:
    assert gateway.serves(path) is is_api

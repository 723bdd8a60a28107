"""What API Gateway does between an HTTP request and the app: event in, answer out.

chalice's own gateway code does most of it; this adds what that leaves out: decoded path parameters,
the request's id and time, bodies that are no text, and the answers to unknown paths.
"""

import base64
import json
import time
import uuid
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

from chalice.app import Chalice
from chalice.config import Config
from chalice.local import LambdaContext, LocalChalice, LocalGateway, LocalGatewayException

# API Gateway's own limits: a larger body is refused, a slower function is given up.
LARGEST_BODY_BYTES: Final = 10 * 1024 * 1024
_SERVER_NAME: Final = "api_handler"


@dataclass(frozen=True)
class Answer:
    """An HTTP answer; a header may occur several times."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def json_answer(status: int, content: object) -> Answer:
    """An answer in JSON."""
    body = json.dumps(content, ensure_ascii=False).encode()
    return Answer(status, (("Content-Type", "application/json"),), body)


def problem(status: int, title: str, detail: str) -> Answer:
    """An error as RFC 9457 wants it."""
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body = json.dumps(content, ensure_ascii=False).encode()
    return Answer(status, (("Content-Type", "application/problem+json"),), body)


class Gateway(LocalGateway):  # type: ignore[misc] # chalice is untyped
    """The entrance of the API for one app; safe to use from several threads."""

    def __init__(self, app: Chalice) -> None:
        # chalice keeps the current request on the app object; its local variant keeps one a thread.
        app.__class__ = type("LocalApp", (LocalChalice, app.__class__), {})
        super().__init__(app, Config(chalice_stage="local", config_from_disk={"app_name": "saldo"}))
        self._heads = {_head(path) for path in app.routes}

    def serves(self, path: str) -> bool:
        """Tell whether CloudFront would send this path to the API rather than to the site."""
        return _head(path) in self._heads

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """The app's answer to one request. `path` includes the query string."""
        if len(body) > LARGEST_BODY_BYTES:
            return problem(413, "Content Too Large", "A request may have 10 MB.")
        try:
            return _from_lambda(self.handle_request(method, path, headers, body or None))
        except LocalGatewayException:
            return problem(404, "Not Found", f"Nothing is at {path.partition('?')[0]}.")

    def _generate_lambda_context(self) -> LambdaContext:
        return context(_SERVER_NAME)

    def _generate_lambda_event(
        self, method: str, path: str, headers: dict[str, str], body: bytes | None
    ) -> dict[str, Any]:
        event: dict[str, Any] = super()._generate_lambda_event(method, path, headers, body)
        route = event["requestContext"]["resourcePath"]
        if method not in self._app_object.routes[route]:
            raise ValueError(method)  # API Gateway knows no such method; handled like a wrong path
        parameters = event["pathParameters"].items()
        event["pathParameters"] = {name: unquote(value) for name, value in parameters}
        event["httpMethod"] = method
        event["path"] = event["requestContext"]["path"]
        event["requestContext"] |= {
            "requestId": str(uuid.uuid4()),
            "requestTimeEpoch": int(time.time() * 1000),
            "stage": "local",
        }
        if not event.get("isBase64Encoded"):
            event |= _text_or_base64(body)
        return event


def context(function_name: str) -> LambdaContext:
    """The context object that Lambda hands to a function beside its event."""
    return LambdaContext(function_name=function_name, memory_size=512, max_runtime_ms=60_000)


def _text_or_base64(body: bytes | None) -> dict[str, Any]:
    if body is None:
        return {"body": None, "isBase64Encoded": False}
    try:
        return {"body": body.decode(), "isBase64Encoded": False}
    except UnicodeDecodeError:
        return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}


def _from_lambda(response: dict[str, Any]) -> Answer:
    headers = [(name, str(value)) for name, value in (response.get("headers") or {}).items()]
    for name, values in (response.get("multiValueHeaders") or {}).items():
        headers += [(name, str(value)) for value in values]
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", "application/json"))  # what API Gateway says by itself
    body = response.get("body") or ""
    if response.get("isBase64Encoded"):
        content = base64.b64decode(body)
    else:
        content = body if isinstance(body, bytes) else body.encode()
    return Answer(response["statusCode"], tuple(headers), content)


def _head(path: str) -> str:
    """`/v1/` of `/v1/invoices?x`, `/openapi.json` of itself."""
    head, slash, _ = path.partition("?")[0].lstrip("/").partition("/")
    return f"/{head}{slash}"

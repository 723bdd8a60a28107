"""One HTTP request in the API Lambda: chalice, credentials, the procedure, the answer."""

import hashlib
import hmac
import json
from dataclasses import replace
from typing import Any

from app import app
from chalicelib import bootstrap
from chalicelib.adapters.dynamodb.table import DynamoTable
from chalicelib.settings import Settings
from chalicelib.usecases.api_keys import NewApiKey, create_api_key
from chalicelib.usecases.context import system_context
from infra.bench.book import Book
from infra.bench.meter import Meter, Spent, typical
from infra.bench.operations import RUNS
from infra.bench.specimen import NOW

_SECRET = "whsec_bench"  # noqa: S105 - signs what this program sends to itself


def measure(book: Book) -> dict[str, Spent]:
    """Return the medians of each kind of request, all through the Lambda's own handler."""
    wired = bootstrap.build(
        Settings(table=book.table, stripe_webhook_secret=_SECRET),
        DynamoTable(book.client, book.table),
    )
    wired = replace(wired, ports=book.ports)
    bootstrap.app, bootstrap.now = (lambda: wired), (lambda: NOW)  # type: ignore[assignment]
    api = _Api(book)
    for run in range(RUNS + 1):  # the first warms up and does not count
        api.run(run)
    return {name: typical(runs[1:]) for name, runs in api.spent.items()}


class _Api:
    def __init__(self, book: Book) -> None:
        self.spent: dict[str, list[Spent]] = {}
        self._book = book
        self._meter = Meter(book.client)
        new = NewApiKey(name="bench", role="admin")
        key = create_api_key(book.ports, system_context(NOW), new).text
        self._headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}

    def run(self, run: int) -> None:
        """Write, issue and read an invoice, pay it, and look at the home screen."""
        customer_id = self._book.customers[run % len(self._book.customers)]
        draft = self._call("POST /v1/invoices", "/v1/invoices", body=_draft(customer_id))
        path = f"/v1/invoices/{draft['id']}"
        issued = self._call("POST .../issue", "/v1/invoices/{invoice_id}/issue", path, body={})
        self._call("GET /v1/invoices/...", "/v1/invoices/{invoice_id}", path)
        self._call("GET /v1/invoices (50 open)", "/v1/invoices", query={"tab": "open"})
        self._webhook(issued)
        self._call("GET /v1/home", "/v1/home")

    def _call(
        self,
        name: str,
        route: str,
        path: str = "",
        *,
        body: object = None,
        query: dict[str, str] | None = None,
    ) -> Any:
        text = None if body is None else json.dumps(body)
        identity = path.split("/")[3] if path else ""
        parts = {"invoice_id": identity} if identity else None
        method = name.split(maxsplit=1)[0]
        event = _event(method, route, self._headers, text) | {
            "pathParameters": parts,
            "multiValueQueryStringParameters": {k: [v] for k, v in (query or {}).items()} or None,
        }
        return self._answer(name, event)

    def _answer(self, name: str, event: dict[str, Any]) -> Any:
        answers: list[Any] = []
        spent = self._meter.measure(lambda: answers.append(app(event, None)))
        self.spent.setdefault(name, []).append(spent)
        (answer,) = answers
        if answer["statusCode"] not in (200, 201):
            raise AssertionError(answer["body"])
        is_json = answer["body"].startswith("{")
        return json.loads(answer["body"]) if is_json else None

    def _webhook(self, invoice: dict[str, Any]) -> None:
        text = json.dumps(_stripe_event(invoice))
        time = int(NOW.timestamp())
        signed = hmac.new(_SECRET.encode(), f"{time}.{text}".encode(), hashlib.sha256).hexdigest()
        headers = {"stripe-signature": f"t={time},v1={signed}", "content-type": "application/json"}
        event = _event("POST", "/webhooks/{provider}", headers, text)
        self._answer("POST /webhooks/stripe", event | {"pathParameters": {"provider": "stripe"}})


def _draft(customer_id: str) -> dict[str, Any]:
    line = {
        "description": "Catálogo A4, 32 páginas, cosido",
        "quantity": "3",
        "unit_price_minor": 12_500,
        "tax_rate": "0.21",
    }
    return {"customer_id": customer_id, "lines": [line, line]}


def _stripe_event(invoice: dict[str, Any]) -> dict[str, Any]:
    intent = {
        "id": f"pi_{invoice['id']}",
        "object": "payment_intent",
        "amount_received": invoice["total_minor"],
        "currency": "eur",
        "created": int(NOW.timestamp()),
        "metadata": {"invoice_id": invoice["id"]},
        "description": "x" * 2_000,  # as long as Stripe's
    }
    return {
        "id": f"evt_{invoice['id']}",
        "object": "event",
        "type": "payment_intent.succeeded",
        "created": int(NOW.timestamp()),
        "data": {"object": intent},
    }


def _event(method: str, route: str, headers: dict[str, str], body: str | None) -> dict[str, Any]:
    return {
        "resource": route,
        "path": route,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "pathParameters": None,
        "multiValueQueryStringParameters": None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": route,
            "httpMethod": method,
            "requestId": "bench",
            "identity": {},
        },
        "body": body,
        "isBase64Encoded": False,
    }

"""Payments, refunds and chargebacks as Mercado Pago's API shows them, and its notifications."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from chalicelib.adapters.providers.port import Notification
from tests.adapters.provider_api import Api

SECRET = "mercadopago_local"
APPROVED = "2026-03-02T09:30:00.000-04:00"
THEN = datetime(2026, 3, 2, 13, 30, tzinfo=UTC)


def a_payment(number: int = 1_313_131, **changes: Any) -> dict[str, Any]:
    """Return an approved card payment over 1,000.00 reais."""
    payment = {
        "id": number,
        "date_created": "2026-03-02T09:29:58.000-04:00",
        "date_approved": APPROVED,
        "date_last_updated": APPROVED,
        "status": "approved",
        "status_detail": "accredited",
        "currency_id": "BRL",
        "live_mode": False,
        "collector_id": 425_728_014,
        "payer": {"id": "300444925", "email": "pagos@penarroya.example"},
        "metadata": {},
        "external_reference": "chk_1",
        "transaction_amount": 1000,
        "transaction_amount_refunded": 0,
        "captured": True,
        "refunds": [],
    }
    return payment | changes


def waiting(number: int = 1_313_131, **changes: Any) -> dict[str, Any]:
    """Return a payment by a voucher that is not paid yet."""
    fields = {
        "status": "pending",
        "status_detail": "pending_waiting_payment",
        "date_approved": None,
    }
    return a_payment(number, **(fields | changes))


def refunded(*refunds: dict[str, Any], changed_at: str, **changes: Any) -> dict[str, Any]:
    """Return a payment of which these refunds went back."""
    total = sum(one["amount"] for one in refunds if one["status"] == "approved")
    is_all = total == 1000
    fields = {
        "status": "refunded" if is_all else "approved",
        "status_detail": "refunded" if is_all else "partially_refunded",
        "transaction_amount_refunded": total,
        "refunds": list(refunds),
        "date_last_updated": changed_at,
    }
    return a_payment(**(fields | changes))


def a_refund(number: int, amount: float, at: str, status: str = "approved") -> dict[str, Any]:
    """Return a refund of a payment."""
    return {
        "id": number,
        "payment_id": 1_313_131,
        "amount": amount,
        "date_created": at,
        "status": status,
        "source": {"id": "425728014", "type": "collector"},
    }


def charged_back(detail: str, changed_at: str, **changes: Any) -> dict[str, Any]:
    """Return a payment that the cardholder does not know of."""
    fields = {"status": "charged_back", "status_detail": detail, "date_last_updated": changed_at}
    return a_payment(**(fields | changes))


def a_case(**changes: Any) -> dict[str, Any]:
    """Return the chargeback of the payment."""
    case = {
        "id": "234000062890459000",
        "payments": [1_313_131],
        "currency": "BRL",
        "amount": 1000,
        "coverage_applied": None,
        "documentation_status": "pending",
        "date_documentation_deadline": "2026-03-20T23:59:59.000-04:00",
        "date_created": "2026-03-04T10:00:00.000-04:00",
        "date_last_updated": "2026-03-04T10:00:00.000-04:00",
        "live_mode": False,
    }
    return case | changes


def a_claim(status: str, **changes: Any) -> dict[str, Any]:
    """Return a complaint of the buyer."""
    claim = {
        "id": 5_012_391_221,
        "resource": "payment",
        "resource_id": 1_313_131,
        "status": status,
        "type": "mediations",
        "resolution": None,
        "date_created": "2026-03-04T10:00:00.000-04:00",
        "last_updated": "2026-03-09T10:00:00.000-04:00",
    }
    return claim | changes


def api_with(payment: dict[str, Any], *cases: dict[str, Any], **more: Any) -> Api:
    """Return an API that knows a payment and its chargebacks."""
    listed = {"paging": {"total": len(cases)}, "results": list(cases)}
    answers = {
        f"GET /v1/payments/{payment['id']}": payment,
        f"GET /v1/chargebacks/search?payment_id={payment['id']}": listed,
        **{f"GET /v1/chargebacks/{case['id']}": case for case in cases},
    }
    return Api("mercadopago", answers=answers | more)


def notified(
    about: str = "1313131",
    number: int = 1,
    topic: str = "payment",
    at: datetime = THEN,
    **body: Any,
) -> Notification:
    """Return a signed notification."""
    content = {
        "action": "payment.updated",
        "api_version": "v1",
        "data": {"id": about},
        "date_created": APPROVED,
        "id": 112_233_445_000 + number,
        "live_mode": False,
        "type": topic,
        "user_id": 425_728_014,
    }
    ts = str(int(at.timestamp()))
    text = f"id:{about};request-id:request-{number};ts:{ts};"
    mac = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    headers = {"x-signature": f"ts={ts},v1={mac}", "x-request-id": f"request-{number}"}
    query = {"data.id": about, "type": topic}
    return Notification(json.dumps(content | body).encode(), headers, query)

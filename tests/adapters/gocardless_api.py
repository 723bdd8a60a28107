"""A payment at GoCardless as its API shows it, day by day."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from chalicelib.adapters.providers.port import Notification, Setup
from chalicelib.adapters.providers.registry import provider_of
from chalicelib.domain.provider import ProviderFact
from tests.adapters.provider_api import Api, a_setup_with

SECRET = "gocardless_secret"
CAUSES = {
    "failed": ("insufficient_funds", "The customer's account had insufficient funds."),
    "charged_back": ("refund_requested", "The customer asked the bank for the money."),
}


class Debit:
    """A direct debit of 1,000.00 EUR for a checkout, with what has happened to it until now."""

    def __init__(self, name: str = "PM123", **changes: Any) -> None:
        self.api = Api(provider="gocardless")
        self.events: list[dict[str, Any]] = []
        self.refunds: list[dict[str, Any]] = []
        self.payment: dict[str, Any] = {
            "id": name,
            "created_at": "2026-03-02T10:00:00.000Z",
            "charge_date": "2026-03-05",
            "amount": 100_000,
            "description": "Talleres · A-1",
            "currency": "EUR",
            "status": "pending_submission",
            "amount_refunded": 0,
            "metadata": {"checkout_id": "chk_1"},
            "links": {"creditor": "CR123", "mandate": "MD123"},
        } | changes
        self._show()

    @property
    def setup(self) -> Setup:
        return a_setup_with(self.api, SECRET, access_token="live_x")

    def happens(self, action: str, when: str, status: str | None = None) -> dict[str, Any]:
        """Let something happen at ``2026-03-05`` (10:00 UTC); the event that tells it."""
        if status is not None or action in STATUSES:
            self.payment["status"] = status or STATUSES[action]
        name, id_ = ("payment", self.payment["id"])
        return self._told(name, id_, action, when)

    def refunded(self, amount: int, action: str, when: str, name: str = "RF1") -> dict[str, Any]:
        """Let a refund be created, paid or fail."""
        refund = next((one for one in self.refunds if one["id"] == name), None)
        if refund is None:
            refund = {
                "id": name,
                "created_at": instant(when),
                "amount": amount,
                "currency": "EUR",
                "reference": "WINEBOX",
                "metadata": {},
                "links": {"payment": self.payment["id"], "mandate": "MD123"},
            }
            self.refunds.append(refund)
            self.payment["amount_refunded"] += amount
        refund["status"] = {"created": "created", "paid": "paid", "failed": "bounced"}[action]
        return self._told("refund", name, action, when)

    def _told(self, kind: str, name: str, action: str, when: str) -> dict[str, Any]:
        cause, description = CAUSES.get(action, (f"{kind}_{action}", "It happened."))
        event = {
            "id": f"EV{len(self.events) + 1:03d}{name}",
            "created_at": instant(when),
            "resource_type": f"{kind}s",
            "action": action,
            "details": {"origin": "bank", "cause": cause, "description": description},
            "metadata": {},
            "resource_metadata": self.payment["metadata"],
            "links": {kind: name},
        }
        self.events.append(event)
        self._show()
        return event

    def _show(self) -> None:
        answers: dict[str, Any] = {f"GET /payments/{self.payment['id']}": {
            "payments": self.payment
        }}  # fmt: skip
        for kind, name in [("payment", self.payment["id"]), *(
            ("refund", one["id"]) for one in self.refunds
        )]:  # fmt: skip
            about = [one for one in self.events if one["links"].get(kind) == name]
            asked = f"GET /events?{kind}={name}&resource_type={kind}s&limit=500"
            answers[asked] = {"events": about[::-1], "meta": {"cursors": {"after": None}}}
        for refund in self.refunds:
            answers[f"GET /refunds/{refund['id']}"] = {"refunds": refund}
        answers["GET /refunds"] = {"refunds": self.refunds}
        self.api.answers.update(answers)


STATUSES = {
    "created": "pending_submission",
    "submitted": "submitted",
    "confirmed": "confirmed",
    "paid_out": "paid_out",
    "failed": "failed",
    "cancelled": "cancelled",
    "customer_approval_denied": "customer_approval_denied",
    "charged_back": "charged_back",
    "chargeback_cancelled": "paid_out",
    "resubmission_requested": "pending_submission",
}


def instant(when: str) -> str:
    """Noon or so of a day, as GoCardless writes it."""
    return f"{when}T10:00:00.000Z" if "T" not in when else when


def a_webhook(*events: Mapping[str, Any], secret: str = SECRET) -> Notification:
    """What GoCardless posts."""
    body = json.dumps({"events": list(events), "meta": {"webhook_id": "WB123"}}).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return Notification(body, {"webhook-signature": signature}, {})


def facts_of(debit: Debit, event: dict[str, Any]) -> list[ProviderFact]:
    """What we understand of an event, the debit being as it is by now."""
    return list(provider_of("gocardless").facts(json.dumps(event), debit.setup))

"""What happens to debits at GoCardless, and the events that tell of it.

Written from developer.gocardless.com/api-reference. A customer agrees to a billing request, which
makes a mandate; a payment against it is submitted, confirmed and paid out after days, may fail even
then, and may be charged back by the customer's bank.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

from infra.local.providers.base import Refused, now
from infra.local.providers.things import Shelf, Thing

Tell = Callable[[Sequence[Thing], str], None]


class Why(NamedTuple):
    """The details of an event: who began it, its cause, and words for people."""

    origin: str
    cause: str
    description: str


_WHYS: Final = {
    "created": Why("api", "payment_created", "Payment created via the API."),
    "submitted": Why("gocardless", "payment_submitted", "Payment submitted to the banks."),
    "confirmed": Why("gocardless", "payment_confirmed", "Enough time has passed: it is confirmed."),
    "paid_out": Why("gocardless", "payment_paid_out", "The payment has been paid out."),
    "failed": Why("bank", "insufficient_funds", "The customer's account had insufficient funds."),
    "late_failure_settled": Why(
        "gocardless", "late_failure_settled", "This late failure was debited from a payout."
    ),
    "charged_back": Why(
        "bank", "refund_requested", "The customer asked the bank to return the payment."
    ),
    "chargeback_cancelled": Why("bank", "payment_confirmed", "The bank called it off."),
    "chargeback_settled": Why(
        "gocardless", "chargeback_settled", "This chargeback was debited from a payout."
    ),
    "resubmission_requested": Why("api", "payment_retried", "Tried again on request."),
}
_STATUSES: Final = {
    "created": "pending_submission",
    "submitted": "submitted",
    "confirmed": "confirmed",
    "paid_out": "paid_out",
    "failed": "failed",
    "charged_back": "charged_back",
    "chargeback_cancelled": "confirmed",
    "resubmission_requested": "pending_submission",
}
_NOT_COLLECTED: Final = ("pending_submission", "submitted", "failed", "charged_back")


class Debits:
    """Billing requests, mandates, payments and refunds; ``tell`` sends events in one webhook."""

    def __init__(self, shelf: Shelf, tell: Tell) -> None:
        self._shelf = shelf
        self._tell = tell

    def name(self, prefix: str) -> str:
        """The next name of a kind, of the length that GoCardless gives."""
        return f"{prefix}{self._shelf.number(prefix):011d}"

    def request(self, asked: Thing) -> Thing:
        """A billing request that waits for the customer."""
        wanted = asked["mandate_request"]
        request = {
            "id": self.name("BRQ"),
            "created_at": self.instant(),
            "status": "pending",
            "mandate_request": wanted | {"scheme": "sepa_core", "links": {}},
            "payment_request": None,
            "metadata": asked.get("metadata", {}),
            "links": {"customer": self.name("CU"), "creditor": "CR_LOCAL"},
            "actions": [],
        }
        return self._put("billing_requests", request)

    def agree(self, request: Thing, ends: str) -> None:
        """The customer gives the mandate. ``ends``: how far a payment against it gets by itself."""
        mandate = {
            "id": self.name("MD"),
            "created_at": self.instant(),
            "status": "active",
            "scheme": "sepa_core",
            "ends": ends,
        }
        self._put("mandates", mandate)
        links = request["links"] | {"mandate_request_mandate": mandate["id"]}
        request = self._put("billing_requests", request | {"status": "fulfilled", "links": links})
        named = {
            "billing_request": request["id"],
            "mandate_request_mandate": mandate["id"],
            "customer": request["links"]["customer"],
        }
        why = Why("gocardless", "billing_request_fulfilled", "The billing request is fulfilled.")
        given = Why("customer", "mandate_created", "The mandate was created.")
        told = [
            self._event("mandates", "created", {"mandate": mandate["id"]}, {}, given),
            self._event("billing_requests", "fulfilled", named, request["metadata"], why),
        ]
        self._tell(told, request["id"])

    def call_off(self, request: Thing) -> Thing:
        """Nobody can agree to the billing request any more."""
        request = self._put("billing_requests", request | {"status": "cancelled"})
        links = {"billing_request": request["id"]}
        why = Why("api", "billing_request_cancelled", "The billing request was cancelled.")
        event = self._event("billing_requests", "cancelled", links, request["metadata"], why)
        self._tell([event], request["id"])
        return request

    def debit(self, asked: Thing, mandate: Thing) -> Thing:
        """A payment against a mandate, which gets as far as was chosen on the page."""
        payment = {
            "id": self.name("PM"),
            "created_at": self.instant(),
            "charge_date": f"{now().date() + timedelta(days=2)}",
            "amount": asked["amount"],
            "amount_refunded": 0,
            "currency": asked["currency"],
            "description": asked.get("description"),
            "metadata": asked.get("metadata", {}),
            "reference": asked.get("reference"),
            "status": "pending_submission",
            "links": {"mandate": mandate["id"], "creditor": "CR_LOCAL"},
        }
        steps = ["created", "submitted", "confirmed"]
        self.go(payment, *steps[: steps.index(mandate["ends"]) + 1])
        return payment

    def go(self, payment: Thing, *actions: str) -> Thing:
        """These things happen to a payment, and one webhook tells them all."""
        told = []
        for action in actions:
            payment = payment | {"status": _STATUSES.get(action, payment["status"])}
            links = {"payment": payment["id"]}
            why = _WHYS[action]
            told.append(self._event("payments", action, links, payment["metadata"], why))
        self._put("payments", payment)
        self._tell(told, payment["id"])
        return payment

    def refund(self, payment: Thing, amount: int | None) -> Thing:
        """Money of a payment goes back; Refused for more than is left of it."""
        left = payment["amount"] - payment["amount_refunded"]
        amount = left if amount is None else amount
        if payment["status"] in _NOT_COLLECTED or not 0 < amount <= left:
            raise Refused(f"{amount} cannot be refunded of a payment of which {left} is left.")
        refund = {
            "id": self.name("RF"),
            "created_at": self.instant(),
            "amount": amount,
            "currency": payment["currency"],
            "metadata": {},
            "reference": None,
            "status": "created",
            "links": {"payment": payment["id"], "mandate": payment["links"]["mandate"]},
        }
        refunded = payment["amount_refunded"] + amount
        self._put("payments", payment | {"amount_refunded": refunded})
        self._told_refund(refund, "created", "created")
        return refund

    def end_refund(self, payment: Thing, action: str) -> None:
        """The last refund that is under way (or arrived) is paid, or comes back."""
        open_states = ("created",) if action == "paid" else ("created", "paid")
        refund = next(one for one in self.refunds(payment) if one["status"] in open_states)
        if action == "failed":
            refunded = payment["amount_refunded"] - refund["amount"]
            self._put("payments", payment | {"amount_refunded": refunded})
        self._told_refund(refund, action, {"paid": "paid", "failed": "bounced"}[action])

    def refunds(self, payment: Thing) -> list[Thing]:
        """The refunds of a payment, the newest first."""
        found = self._shelf.all("refunds")
        return [one for one in found if one["links"]["payment"] == payment["id"]]

    def instant(self) -> str:
        """The present time; no two things happen in the same millisecond."""
        at = int(now().timestamp() * 1000)
        last = (self._shelf.get("clock", "last") or {"at": 0})["at"]
        at = max(at, last + 1)
        self._shelf.put("clock", "last", {"at": at})
        seconds, milliseconds = divmod(at, 1000)
        day = now().replace(microsecond=0) + timedelta(seconds=seconds - int(now().timestamp()))
        return f"{day:%Y-%m-%dT%H:%M:%S}.{milliseconds:03d}Z"

    def _told_refund(self, refund: Thing, action: str, status: str) -> None:
        self._put("refunds", refund | {"status": status})
        links = {"refund": refund["id"]}
        why = Why("gocardless", f"refund_{action}", "")
        event = self._event("refunds", action, links, refund["metadata"], why)
        self._tell([event], refund["links"]["payment"])

    def _put(self, kind: str, thing: Thing) -> Thing:
        return self._shelf.put(kind, thing["id"], thing)

    def _event(
        self, kind: str, action: str, links: Thing, metadata: dict[str, Any], why: Why
    ) -> Thing:
        event = {
            "id": self.name("EV"),
            "created_at": self.instant(),
            "resource_type": kind,
            "action": action,
            "details": why._asdict(),
            "metadata": {},
            "resource_metadata": metadata,
            "links": links,
        }
        return self._put("events", event)

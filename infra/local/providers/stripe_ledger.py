"""What happens to money at Stripe: the objects of its API, and the events that tell of them.

Written from docs.stripe.com/api and docs.stripe.com/payments/checkout/fulfillment. Everything that
changes an object tells an event with the object as it is then.
"""

from collections.abc import Callable
from typing import Any, Final

from infra.local.providers.base import Refused, new_id, now
from infra.local.providers.things import Shelf, Thing

API_VERSION: Final = "2025-10-29.clover"
ANSWER_WITHIN: Final = 7 * 86_400  # seconds that a merchant has to answer a dispute
Tell = Callable[[Thing, str], None]


class Ledger:
    """Sessions, PaymentIntents, charges, refunds and disputes; ``tell`` sends an event."""

    def __init__(self, shelf: Shelf, tell: Tell) -> None:
        self._shelf = shelf
        self._tell = tell

    def open_session(self, asked: Thing, root: str) -> Thing:
        """A Checkout Session over what was asked for."""
        name = new_id("cs_test_", 30)
        item = asked["line_items"]["0"]
        price = item["price_data"]
        amount = int(price["unit_amount"]) * int(item.get("quantity", 1))
        intent_data = asked.get("payment_intent_data", {})
        session = {
            "id": name,
            "object": "checkout.session",
            "amount_subtotal": amount,
            "amount_total": amount,
            "cancel_url": asked.get("cancel_url"),
            "client_reference_id": asked.get("client_reference_id"),
            "created": _seconds(),
            "currency": price["currency"],
            "customer": None,
            "customer_details": None,
            "customer_email": asked.get("customer_email"),
            "expires_at": int(asked.get("expires_at", _seconds() + 86_400)),
            "livemode": False,
            "locale": asked.get("locale"),
            "metadata": asked.get("metadata", {}),
            "mode": asked["mode"],
            "payment_intent": None,
            "payment_method_types": ["card", "sepa_debit"],
            "payment_status": "unpaid",
            "status": "open",
            "success_url": asked.get("success_url"),
            "url": f"{root}/c/pay/{name}",
        }
        # Not part of the object: what its PaymentIntent will be made of.
        self._shelf.put("session_intent", name, {
            "description": intent_data.get("description"),
            "metadata": intent_data.get("metadata", {}),
            "name": price.get("product_data", {}).get("name", ""),
        })  # fmt: skip
        return self._shelf.put("session", name, session)

    def expire(self, session: Thing) -> Thing:
        """The session can no longer be paid."""
        session = self._put("session", session | {"status": "expired", "url": None})
        self._event("checkout.session.expired", session, about=session["id"])
        return session

    def pay(self, session: Thing) -> None:
        """A card is charged, and the session is complete."""
        intent = self._intent_of(session)
        charge = self._charge(intent, "succeeded")
        self._succeeded(intent, charge)
        self._complete(session, intent, "paid", "checkout.session.completed")

    def pay_later(self, session: Thing) -> None:
        """A debit is begun, which takes days; the session is complete and not paid."""
        intent = self._intent_of(session)
        charge = self._charge(intent, "pending")
        intent = self._put(
            "intent", intent | {"status": "processing", "latest_charge": charge["id"]}
        )
        self._event("payment_intent.processing", intent, about=intent["id"])
        self._complete(session, intent, "unpaid", "checkout.session.completed")

    def decline(self, session: Thing, message: str) -> None:
        """The card is refused; the customer may try another."""
        intent = self._intent_of(session)
        self._put("session", session | {"payment_intent": intent["id"]})
        self._refused(intent, self._charge(intent, "failed"), "card_declined", message)

    def arrive(self, intent: Thing) -> None:
        """The debit that was begun has arrived."""
        charge = self._charge_of(intent) | {"status": "succeeded", "paid": True, "captured": True}
        charge |= {"amount_captured": charge["amount"]}
        self._succeeded(intent, self._balanced(charge))
        self._async(intent, "checkout.session.async_payment_succeeded", "paid")

    def fail_late(self, intent: Thing) -> None:
        """The debit that was begun is sent back by the bank."""
        message = "The customer's account has insufficient funds."
        charge = self._put("charge", self._charge_of(intent) | {"status": "failed"})
        self._refused(intent, charge, "debit_not_authorized", message)
        self._async(intent, "checkout.session.async_payment_failed", "unpaid")

    def refund(self, charge: Thing, amount: int | None, **more: Any) -> Thing:
        """Money of a charge goes back; Refused for more than is left of it."""
        left = charge["amount_captured"] - charge["amount_refunded"]
        amount = left if amount is None else amount
        if charge["status"] != "succeeded" or not 0 < amount <= left:
            raise Refused(f"Refund amount ({amount}) is greater than unrefunded amount ({left}).")
        name = new_id("re_")
        refund = {
            "id": name,
            "object": "refund",
            "amount": amount,
            "balance_transaction": new_id("txn_"),
            "charge": charge["id"],
            "created": _seconds(),
            "currency": charge["currency"],
            "metadata": more.get("metadata", {}),
            "payment_intent": charge["payment_intent"],
            "reason": more.get("reason"),
            "status": "succeeded",
        }
        self._shelf.put("refund", name, refund)
        charge = self._refunded(charge, amount)
        about = charge["payment_intent"]
        self._event("refund.created", refund, about=about)
        self._event("charge.refunded", charge, about=about)
        return refund

    def fail_refund(self, charge: Thing) -> None:
        """The last refund that arrived comes back from the customer's bank."""
        refund = next(one for one in self.refunds(charge["id"]) if one["status"] == "succeeded")
        changes = {"status": "failed", "failure_reason": "lost_or_stolen_card"}
        refund = self._put("refund", refund | changes)
        self._refunded(charge, -refund["amount"])
        for kind in ("refund.updated", "refund.failed", "charge.refund.updated"):
            self._event(kind, refund, about=charge["payment_intent"])

    def dispute(self, charge: Thing) -> None:
        """The cardholder asks the bank for the money, which is withdrawn at once."""
        name = new_id("du_")
        amount = charge["amount_captured"]
        dispute = {
            "id": name,
            "object": "dispute",
            "amount": amount,
            "balance_transactions": [self._moved(-amount, charge["currency"])],
            "charge": charge["id"],
            "created": _seconds(),
            "currency": charge["currency"],
            "evidence_details": {"due_by": _seconds() + ANSWER_WITHIN, "has_evidence": False},
            "livemode": False,
            "metadata": {},
            "payment_intent": charge["payment_intent"],
            "reason": "fraudulent",
            "status": "needs_response",
        }
        self._put("charge", charge | {"disputed": True})
        self._shelf.put("dispute", name, dispute)
        for kind in ("charge.dispute.created", "charge.dispute.funds_withdrawn"):
            self._event(kind, dispute, about=charge["payment_intent"])

    def decide(self, charge: Thing, verdict: str) -> None:
        """The bank decides a dispute: ``won`` gives the money back, ``lost`` keeps it."""
        dispute = next(one for one in self.disputes(charge["id"]) if one["status"] not in _DECIDED)
        dispute |= {"status": verdict}
        if verdict == "won":
            dispute["balance_transactions"].append(
                self._moved(dispute["amount"], dispute["currency"])
            )
        self._put("dispute", dispute)
        about = charge["payment_intent"]
        self._event("charge.dispute.closed", dispute, about=about)
        if verdict == "won":
            self._event("charge.dispute.funds_reinstated", dispute, about=about)

    def refunds(self, charge_id: str) -> list[Thing]:
        """The refunds of a charge, the newest first."""
        return [one for one in self._shelf.all("refund") if one["charge"] == charge_id]

    def disputes(self, charge_id: str) -> list[Thing]:
        """The disputes of a charge, the newest first."""
        return [one for one in self._shelf.all("dispute") if one["charge"] == charge_id]

    def _intent_of(self, session: Thing) -> Thing:
        if session["payment_intent"] is not None:
            intent = self._shelf.get("intent", session["payment_intent"])
            if intent is not None:
                return intent
        name = new_id("pi_")
        made_of = self._shelf.get("session_intent", session["id"]) or {}
        intent = {
            "id": name,
            "object": "payment_intent",
            "amount": session["amount_total"],
            "amount_received": 0,
            "created": _seconds(),
            "currency": session["currency"],
            "description": made_of.get("description"),
            "last_payment_error": None,
            "latest_charge": None,
            "livemode": False,
            "metadata": made_of.get("metadata", {}),
            "status": "requires_payment_method",
        }
        self._shelf.put("intent", name, intent)
        self._event("payment_intent.created", intent, about=name)
        return intent

    def _charge(self, intent: Thing, status: str) -> Thing:
        is_paid = status == "succeeded"
        charge = {
            "id": new_id("py_" if status == "pending" else "ch_"),
            "object": "charge",
            "amount": intent["amount"],
            "amount_captured": intent["amount"] if is_paid else 0,
            "amount_refunded": 0,
            "balance_transaction": None,
            "captured": is_paid,
            "created": _seconds(),
            "currency": intent["currency"],
            "description": intent["description"],
            "disputed": False,
            "livemode": False,
            "metadata": intent["metadata"],
            "paid": is_paid,
            "payment_intent": intent["id"],
            "refunded": False,
            "status": status,
        }
        if is_paid:
            return self._balanced(charge)
        return self._put("charge", charge)

    def _balanced(self, charge: Thing) -> Thing:
        moved = self._moved(charge["amount"], charge["currency"])
        self._shelf.put("balance_transaction", moved["id"], moved)
        return self._put("charge", charge | {"balance_transaction": moved["id"]})

    def _moved(self, amount: int, currency: str) -> Thing:
        return {
            "id": new_id("txn_"),
            "object": "balance_transaction",
            "amount": amount,
            "created": _seconds(),
            "currency": currency,
            "fee": 0,
            "net": amount,
            "type": "charge" if amount > 0 else "adjustment",
        }

    def _charge_of(self, intent: Thing) -> Thing:
        charge = self._shelf.get("charge", str(intent["latest_charge"]))
        if charge is None:
            raise Refused(f"{intent['id']} has no charge.")
        return charge

    def _succeeded(self, intent: Thing, charge: Thing) -> None:
        changes = {
            "status": "succeeded",
            "amount_received": intent["amount"],
            "latest_charge": charge["id"],
            "last_payment_error": None,
        }
        intent = self._put("intent", intent | changes)
        self._event("charge.succeeded", charge, about=intent["id"])
        self._event("payment_intent.succeeded", intent, about=intent["id"])

    def _refused(self, intent: Thing, charge: Thing, code: str, message: str) -> None:
        error = {"type": "card_error", "code": code, "message": message}
        changes = {
            "status": "requires_payment_method",
            "latest_charge": charge["id"],
            "last_payment_error": error,
        }
        intent = self._put("intent", intent | changes)
        self._event("charge.failed", charge, about=intent["id"])
        self._event("payment_intent.payment_failed", intent, about=intent["id"])

    def _complete(self, session: Thing, intent: Thing, paid: str, kind: str) -> None:
        changes = {"status": "complete", "payment_status": paid, "payment_intent": intent["id"]}
        session = self._put("session", session | changes | {"url": None})
        self._event(kind, session, about=intent["id"])

    def _async(self, intent: Thing, kind: str, paid: str) -> None:
        for session in self._shelf.all("session"):
            if session["payment_intent"] == intent["id"]:
                self._complete(session, intent, paid, kind)

    def _refunded(self, charge: Thing, amount: int) -> Thing:
        refunded = charge["amount_refunded"] + amount
        changes = {
            "amount_refunded": refunded,
            "refunded": refunded == charge["amount_captured"],
        }
        return self._put("charge", charge | changes)

    def _put(self, kind: str, thing: Thing) -> Thing:
        return self._shelf.put(kind, thing["id"], thing)

    def _event(self, kind: str, thing: Thing, *, about: str) -> None:
        event = {
            "id": new_id("evt_"),
            "object": "event",
            "api_version": API_VERSION,
            "created": _seconds(),
            "data": {"object": thing},
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        }
        self._tell(self._put("event", event), about)


_DECIDED: Final = ("won", "lost")


def _seconds() -> int:
    return int(now().timestamp())

"""Stripe's objects about money that goes back, as its API of 2025 sends them in events."""

from typing import Any

CREATED = 1_763_719_200  # 2025-11-21T10:00:00Z


def an_event(kind: str, thing: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An event about a thing."""
    event = {
        "id": "evt_3SVwQ2",
        "object": "event",
        "api_version": "2025-10-29.clover",
        "created": CREATED,
        "data": {"object": thing},
        "livemode": True,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }
    return event | changes


def a_charge(**changes: Any) -> dict[str, Any]:
    """A charge of 1,210.00 EUR of which 210.00 have been refunded."""
    charge = {
        "id": "ch_3SVwQ2",
        "object": "charge",
        "amount": 121_000,
        "amount_captured": 121_000,
        "amount_refunded": 21_000,
        "balance_transaction": "txn_3SVwQ2",
        "captured": True,
        "created": CREATED - 86_400,
        "currency": "eur",
        "disputed": False,
        "metadata": {},
        "paid": True,
        "payment_intent": "pi_1",
        "payment_method_details": {"type": "card", "card": {"brand": "visa", "last4": "4242"}},
        "receipt_email": None,
        "refunded": False,
        "status": "succeeded",
    }
    return charge | changes


def a_refund(**changes: Any) -> dict[str, Any]:
    """A refund of 210.00 EUR."""
    refund = {
        "id": "re_3SVwQ2",
        "object": "refund",
        "amount": 21_000,
        "balance_transaction": "txn_3SVwQ3",
        "charge": "ch_3SVwQ2",
        "created": CREATED - 5,
        "currency": "eur",
        "destination_details": {"card": {"type": "refund", "reference_status": "pending"}},
        "metadata": {},
        "payment_intent": "pi_1",
        "reason": "requested_by_customer",
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }
    return refund | changes


def a_dispute(**changes: Any) -> dict[str, Any]:
    """A dispute over a whole charge of 1,210.00 EUR, which waits for an answer."""
    dispute = {
        "id": "du_1SW0Q2",
        "object": "dispute",
        "amount": 121_000,
        "balance_transactions": [
            {"id": "txn_1SW0Q2", "amount": -121_000, "currency": "eur", "fee": 2_000,
             "net": -123_000, "reporting_category": "dispute", "type": "adjustment"}
        ],
        "charge": "ch_3SVwQ2",
        "created": CREATED,
        "currency": "eur",
        "enhanced_eligibility_types": [],
        "evidence": {"customer_name": None, "receipt": None, "uncategorized_text": None},
        "evidence_details": {
            "due_by": CREATED + 7 * 86_400, "enhanced_eligibility": {}, "has_evidence": False,
            "past_due": False, "submission_count": 0, "submission_method": "not_submitted",
        },
        "is_charge_refundable": False,
        "livemode": True,
        "metadata": {},
        "payment_intent": "pi_1",
        "payment_method_details": {
            "type": "card",
            "card": {"brand": "visa", "case_type": "chargeback", "network_reason_code": "10.4"},
        },
        "reason": "fraudulent",
        "status": "needs_response",
    }  # fmt: skip
    return dispute | changes

"""PayPal's orders, captures, refunds, disputes and transactions in the shape of its API."""

import random
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from chalicelib.domain.money import exponent_of
from infra.local.providers.base import now
from infra.local.providers.things import Thing

WHOLE_ONLY: Final = ("JPY", "HUF", "TWD")
_LETTERS: Final = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def name() -> str:
    """An id of 17 characters, as PayPal's are."""
    return "".join(random.choices(_LETTERS, k=17))  # noqa: S311 - it protects nothing


def stamp() -> str:
    """The present time."""
    return f"{now():%Y-%m-%dT%H:%M:%SZ}"


def minor_of(amount: Any) -> int | None:
    """An amount of the API in minor units; None when PayPal would not take it."""
    try:
        currency, value = str(amount["currency_code"]), str(amount["value"])
        number = Decimal(value)
    except (KeyError, TypeError, InvalidOperation):
        return None
    decimals = 0 if currency in WHOLE_ONLY else 2
    scaled = number.scaleb(decimals)
    if not scaled.is_finite() or scaled != scaled.to_integral_value() or number <= 0:
        return None
    return int(number.scaleb(exponent_of(currency)))


def amount_of(minor: int, currency: str) -> Thing:
    """Minor units as the API writes them."""
    number = Decimal(minor).scaleb(-exponent_of(currency))
    decimals = 0 if currency in WHOLE_ONLY else exponent_of(currency)
    return {"currency_code": currency, "value": f"{number:.{decimals}f}"}


def order_of(order: Thing, root: str) -> Thing:
    """An order as the API shows it."""
    unit = order["unit"] | {"reference_id": "default"}
    if order.get("capture"):
        refunds = [refund_of(order, one, root) for one in order["refunds"]]
        payments = {"captures": [capture_of(order, root)]}
        unit |= {"payments": payments | ({"refunds": refunds} if refunds else {})}
    own = f"{root}/v2/checkout/orders/{order['id']}"
    return {
        "id": order["id"],
        "intent": "CAPTURE",
        "status": order["status"],
        "create_time": order["created"],
        "update_time": order["updated"],
        "purchase_units": [unit],
        "links": [
            {"href": own, "rel": "self", "method": "GET"},
            {"href": f"{root}/checkoutnow?token={order['id']}", "rel": "payer-action",
             "method": "GET"},
            {"href": f"{own}/capture", "rel": "capture", "method": "POST"},
        ],
    }  # fmt: skip


def capture_of(order: Thing, root: str) -> Thing:
    """The capture of an order."""
    capture = order["capture"]
    return {
        "id": capture["id"],
        "status": capture["status"],
        "amount": order["unit"]["amount"],
        "final_capture": True,
        **{key: order["unit"][key] for key in ("custom_id", "invoice_id") if key in order["unit"]},
        "create_time": capture["created"],
        "update_time": capture["updated"],
        "supplementary_data": {"related_ids": {"order_id": order["id"]}},
        "links": [{"href": f"{root}/v2/payments/captures/{capture['id']}", "rel": "self"}],
    }


def refund_of(order: Thing, refund: Thing, root: str) -> Thing:
    """A refund of an order's capture."""
    currency = order["unit"]["amount"]["currency_code"]
    captured = f"{root}/v2/payments/captures/{order['capture']['id']}"
    return {
        "id": refund["id"],
        "amount": amount_of(refund["amount"], currency),
        "status": refund["status"],
        "custom_id": order["unit"].get("custom_id", ""),
        "create_time": refund["created"],
        "update_time": refund["updated"],
        "links": [
            {"href": f"{root}/v2/payments/refunds/{refund['id']}", "rel": "self"},
            {"href": captured, "rel": "up", "method": "GET"},
        ],
    }


def dispute_of(order: Thing) -> Thing:
    """The dispute of an order."""
    dispute = order["dispute"]
    currency = order["unit"]["amount"]["currency_code"]
    shown = {
        "dispute_id": dispute["id"],
        "create_time": dispute["created"],
        "update_time": dispute["updated"],
        "disputed_transactions": [
            {"seller_transaction_id": order["capture"]["id"],
             "custom": order["unit"].get("custom_id", "")},
        ],
        "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        "status": dispute["status"],
        "dispute_amount": amount_of(dispute["amount"], currency),
        "dispute_life_cycle_stage": dispute["stage"],
        "seller_response_due_date": dispute["due"],
    }  # fmt: skip
    if dispute.get("outcome"):
        shown["dispute_outcome"] = {"outcome_code": dispute["outcome"]}
    return shown


def transactions_of(order: Thing) -> list[Thing]:
    """What the list of transactions has of an order."""
    capture = order.get("capture")
    if not capture:
        return []
    statuses = {"COMPLETED": "S", "PARTIALLY_REFUNDED": "S", "REFUNDED": "S", "PENDING": "P"}
    paid = _entry(order, capture["id"], "T0006", order["unit"]["amount"], capture["created"],
                  statuses.get(capture["status"], "D"))  # fmt: skip
    currency = order["unit"]["amount"]["currency_code"]
    codes = {"COMPLETED": "S", "PENDING": "P"}
    back = [
        _entry(order, one["id"], one["code"], _negative(amount_of(one["amount"], currency)),
               one["created"], codes.get(one["status"], "D"))
        | {"paypal_reference_id": capture["id"], "paypal_reference_id_type": "TXN"}
        for one in order["refunds"]
    ]  # fmt: skip
    return [paid, *back]


def _negative(amount: Thing) -> Thing:
    return amount | {"value": f"-{amount['value']}"}


def _entry(order: Thing, key: str, code: str, amount: Thing, at: str, status: str) -> Thing:
    return {
        "transaction_id": key,
        "transaction_event_code": code,
        "transaction_initiation_date": at.replace("Z", "+0000"),
        "transaction_updated_date": at.replace("Z", "+0000"),
        "transaction_amount": amount,
        "transaction_status": status,
        "custom_field": order["unit"].get("custom_id", ""),
        "invoice_id": order["unit"].get("invoice_id", ""),
    }

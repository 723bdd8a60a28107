"""What a buyer may choose on PayPal's page, and what can be done to an order afterwards."""

from collections.abc import Sequence
from typing import Any, Final

from infra.local.providers import paypal_things as things
from infra.local.providers.base import Action, Shown, Text
from infra.local.providers.pages import CANCEL, PAY, PAY_LATER, Choice
from infra.local.providers.things import Thing

CHOICES: Final = (
    Choice("pay", PAY, is_main=True),
    Choice("pay_later", PAY_LATER),
    Choice("decline", Text("Aprobar; el cobro se deniega", "Approve; the capture is denied")),
    Choice("cancel", CANCEL),
)
PLANS: Final = {"pay": "COMPLETED", "pay_later": "PENDING", "decline": "DECLINED"}


def left_of(order: Thing) -> int:
    """What was not given back yet, in minor units."""
    back = [one["amount"] for one in order["refunds"] if one["status"] != "FAILED"]
    return (things.minor_of(order["unit"]["amount"]) or 0) - sum(back)


def _actions(order: Thing) -> Sequence[Action]:
    capture = order.get("capture")
    if order["status"] == "PAYER_ACTION_REQUIRED":
        return [Action(name, Text(*(text.replace("{amount}", "") for text in one.label)))
                for one in CHOICES if (name := one.name) in PLANS]  # fmt: skip
    if not capture or capture["status"] == "DECLINED":
        return []
    if capture["status"] == "PENDING":
        return [
            Action("complete", Text("Confirmar", "Complete")),
            Action("deny", Text("Denegar", "Deny")),
        ]
    return [*_refunds(left_of(order)), *_disputes(order.get("dispute"), left_of(order))]


def _refunds(left: int) -> Sequence[Action]:
    if not left:
        return []
    return [
        Action("refund", Text("Devolver", "Refund"), left),
        Action("refund_fails", Text("Devolución que falla", "Refund that fails"), left),
        Action("reverse", Text("Reversión de PayPal", "Reversal by PayPal"), left),
    ]


def _disputes(dispute: Any, left: int) -> Sequence[Action]:
    if dispute is None:
        opened = Action("dispute_open", Text("Abrir disputa", "Open a dispute"), left)
        return [opened] if left else []
    if dispute.get("outcome"):
        return []
    verdicts = [
        Action("dispute_won", Text("Disputa ganada", "Dispute won")),
        Action("dispute_lost", Text("Disputa perdida", "Dispute lost")),
    ]
    claim = Action("dispute_claim", Text("Pasa a reclamación", "It becomes a claim"))
    return [claim, *verdicts] if dispute["stage"] == "INQUIRY" else verdicts


def shown_of(order: Thing) -> Shown:
    """An order on the control pages."""
    capture = order.get("capture") or {}
    dispute = order.get("dispute") or {}
    facts = {"Capture": capture.get("id", ""), "Dispute": dispute.get("id", "")}
    return Shown(
        id=order["id"],
        state=str(capture.get("status") or order["status"]).lower(),
        amount_minor=things.minor_of(order["unit"]["amount"]) or 0,
        currency=order["unit"]["amount"]["currency_code"],
        reference=order["unit"].get("custom_id", ""),
        facts={name: value for name, value in facts.items() if value},
        actions=_actions(order),
    )

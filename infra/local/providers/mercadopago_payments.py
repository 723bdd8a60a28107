"""The payments of the stand-in of Mercado Pago: what can be done to one, and how it is shown."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from chalicelib.domain.money import exponent_of, major
from infra.local.providers.base import Action, Refused, Text, now
from infra.local.providers.things import Thing

COLLECTOR: Final = 425_728_014
CURRENCIES: Final = ("ARS", "BRL", "CLP", "COP", "MXN", "PEN", "UYU")
_REFUND: Final = Text("Devolver", "Refund")
_ACTIONS: Final = {
    "approve": Text("El dinero llega", "The money arrives"),
    "expire": Text("Falla tarde: caduca sin pagarse", "Fails late: expires unpaid"),
    "refund_fails": Text("La última devolución falla", "The last refund fails"),
    "mediation": Text("El comprador reclama (mediación)", "The buyer complains (mediation)"),
    "mediation_won": Text("Mediación a nuestro favor", "Mediation in our favour"),
    "mediation_lost": Text("Mediación a favor del comprador", "Mediation in the buyer's favour"),
    "chargeback": Text("Contracargo", "Chargeback"),
    "chargeback_won": Text("Contracargo ganado", "Chargeback won"),
    "chargeback_lost": Text("Contracargo perdido", "Chargeback lost"),
}


def actions_of(payment: Thing) -> Sequence[Action]:
    names: list[str] = []
    actions: list[Action] = []
    match payment["status"], payment["status_detail"]:
        case "pending", _:
            names = ["approve", "expire"]
        case "approved", _:
            actions = [Action("refund", _REFUND, left_of(payment))]
            names = ["mediation", "chargeback"]
        case "in_mediation", _:
            names = ["mediation_won", "mediation_lost"]
        case "charged_back", "in_process":
            names = ["chargeback_won", "chargeback_lost"]
    if payment["refunds"] and payment["refunds"][-1]["status"] == "approved":
        names.append("refund_fails")
    return [*actions, *(Action(name, _ACTIONS[name]) for name in names)]


def refund(payment: Thing, amount_minor: int, number: int) -> None:
    if amount_minor > left_of(payment):
        raise Refused("More than is left of it.")
    refund = {
        "id": 1_000_000 + number,
        "payment_id": payment["id"],
        "amount": major_of(amount_minor, payment["currency_id"]),
        "amount_minor": amount_minor,
        "date_created": stamp(now()),
        "status": "approved",
    }
    payment["refunds"].append(refund)
    after_refunds(payment)


def after_refunds(payment: Thing) -> None:
    is_all, is_some = left_of(payment) == 0, left_of(payment) < payment["amount_minor"]
    payment["status"] = "refunded" if is_all else "approved"
    part = "partially_refunded" if is_some else "accredited"
    payment["status_detail"] = "refunded" if is_all else part


def left_of(payment: Thing) -> int:
    done = [one["amount_minor"] for one in payment["refunds"] if one["status"] == "approved"]
    return int(payment["amount_minor"]) - sum(done)


def refunded(payment: Thing) -> int | float:
    return major_of(payment["amount_minor"] - left_of(payment), payment["currency_id"])


def as_payment(payment: Thing) -> Thing:
    """The payment as the API shows it: amounts in major units, as numbers."""
    hidden = ("amount_minor", "case", "claim", "refunds")
    shown = {name: value for name, value in payment.items() if name not in hidden}
    refunds = [dict(one) for one in payment["refunds"]]
    for one in refunds:
        one.pop("amount_minor")
    return shown | {
        "transaction_amount": major_of(payment["amount_minor"], payment["currency_id"]),
        "transaction_amount_refunded": refunded(payment),
        "refunds": refunds,
        "captured": True,
        "collector_id": COLLECTOR,
        "live_mode": False,
        "operation_type": "regular_payment",
        "payment_method_id": "visa",
        "payment_type_id": "credit_card",
        "installments": 1,
    }


def minor_of(item: Thing) -> int:
    amount = Decimal(str(item["unit_price"])) * item.get("quantity", 1)
    return int(amount.scaleb(exponent_of(item["currency_id"])))


def major_of(amount_minor: int, currency: str) -> int | float:
    amount = major(amount_minor, currency)
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def stamp(at: datetime, days: int = 0) -> str:
    later = datetime.fromtimestamp(at.timestamp() + days * 86_400, at.tzinfo)
    return later.isoformat(timespec="milliseconds")

"""What PayPal's captures, refunds and disputes say about money.

A capture is the payment; its id is the payment's key. An order that its buyer approved is no money
yet. The state of the thing decides, whichever event brought it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal
from urllib.parse import quote

from chalicelib.adapters.providers import paypal_api
from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.fields import Fields, Ours, ours
from chalicelib.adapters.providers.paypal_api import NAME
from chalicelib.adapters.providers.paypal_fields import capture_of, last_change_of, money_in
from chalicelib.adapters.providers.port import Setup
from chalicelib.domain.provider import DisputeStatus, FactKind, ProviderFact, RefundStatus

_CAPTURES: Final[Mapping[str, FactKind]] = {
    "COMPLETED": "paid",
    "PARTIALLY_REFUNDED": "paid",
    "REFUNDED": "paid",
    "PENDING": "processing",
    "DECLINED": "failed",
    "FAILED": "failed",
}
_REFUNDS: Final[Mapping[str, RefundStatus]] = {
    "COMPLETED": "succeeded",
    "PENDING": "pending",
    "CANCELLED": "canceled",
    "FAILED": "failed",
}
_LOST: Final = frozenset({"RESOLVED_BUYER_FAVOUR", "ACCEPTED"})
_WON: Final = frozenset(
    {"RESOLVED_SELLER_FAVOUR", "RESOLVED_WITH_PAYOUT", "CANCELED_BY_BUYER", "DENIED", "NONE"}
)
_MOST_DISPUTES: Final = 50  # of one payment


def _ours(capture: Fields) -> Ours:
    # The account may sell elsewhere too, with numbers like ours: of those only our ids count.
    if custom := capture.maybe_text("custom_id"):
        return ours(custom)
    number = capture.maybe_text("invoice_id") or ""
    return ours(number) if number.startswith(("inv_", "chk_")) else Ours()


def of_capture(event_id: str, capture: Fields) -> ProviderFact:
    """Return what a capture says: paid, on its way, or failed."""
    status = capture.text("status")
    if status not in _CAPTURES:
        raise EventMalformed(NAME, f"{status} is no status of a capture")
    amount_minor, currency = money_in(capture, "amount")
    # What changes a payment after it was completed does not change the day on which it came.
    is_as_it_came = status in ("COMPLETED", "PENDING", "DECLINED", "FAILED")
    what = _CAPTURES[status]
    return ProviderFact(
        what=what,
        provider=NAME,
        event_id=event_id,
        payment_key=capture.text("id"),
        **_ours(capture)._asdict(),
        amount_minor=amount_minor,
        currency=currency,
        occurred_at=last_change_of(capture) if is_as_it_came else capture.instant("create_time"),
        detail=_reason(capture) if what == "failed" else None,
    )


def _reason(capture: Fields) -> str | None:
    details = capture.maybe_inside("status_details")
    response = capture.maybe_inside("processor_response")
    said = details.maybe_text("reason") if details else None
    code = response.maybe_text("response_code") if response else None
    return said or (f"response code {code}" if code else None)


def of_refund(event_id: str, refund: Fields, payment_key: str | None = None) -> ProviderFact:
    """Return what a refund says. ``payment_key`` is the capture, where it is known already."""
    status = refund.text("status")
    if status not in _REFUNDS:
        raise EventMalformed(NAME, f"{status} is no status of a refund")
    amount_minor, currency = money_in(refund, "amount")
    return ProviderFact(
        what="refund",
        provider=NAME,
        event_id=event_id,
        payment_key=payment_key or capture_of(refund),
        invoice_id=None,
        amount_minor=amount_minor,
        currency=currency,
        occurred_at=last_change_of(refund),
        object_id=refund.text("id"),
        refund_status=_REFUNDS[status],
        began_at=refund.instant("create_time"),
    )


def of_reversal(
    event_id: str, refund: Fields, payment_key: str, setup: Setup
) -> list[ProviderFact]:
    """Return what it means that PayPal took a payment back.

    Where there is a dispute, that is what took it, and it is not counted twice; otherwise it is as
    good as a refund.
    """
    disputes = disputes_of(payment_key, setup)
    if disputes:
        return [of_dispute(event_id, one) for one in disputes]
    return [of_refund(event_id, refund, payment_key)]


def disputes_of(payment_key: str, setup: Setup) -> Sequence[Fields]:
    """Return the disputes of a payment as PayPal has them now."""
    path = f"/v1/customer/disputes?disputed_transaction_id={quote(payment_key, safe='')}"
    listed = paypal_api.ask(setup, "GET", f"{path}&page_size={_MOST_DISPUTES}").body
    items = Fields(NAME, listed).thing.get("items") or []
    names = [Fields(NAME, item).text("dispute_id") for item in items]
    paths = [f"/v1/customer/disputes/{quote(name, safe='')}" for name in names]
    return [Fields(NAME, paypal_api.ask(setup, "GET", one).body) for one in paths]


def of_dispute(event_id: str, dispute: Fields) -> ProviderFact:
    """Return what a dispute says: while it is not an inquiry PayPal holds its money back."""
    status, money = _verdict(dispute)
    amount_minor, currency = _disputed(dispute, status)
    due_by = dispute.thing.get("seller_response_due_date")
    return ProviderFact(
        what="dispute",
        provider=NAME,
        event_id=event_id,
        payment_key=_disputed_payment(dispute),
        invoice_id=None,
        amount_minor=amount_minor,
        currency=currency,
        occurred_at=last_change_of(dispute),
        object_id=dispute.text("dispute_id"),
        dispute_status=status,
        money=money,
        began_at=dispute.instant("create_time"),
        due_by=dispute.instant("seller_response_due_date") if due_by else None,
        detail=dispute.maybe_text("reason"),
    )


def _verdict(dispute: Fields) -> tuple[DisputeStatus, Literal["out", "back"] | None]:
    if dispute.text("status") != "RESOLVED":
        is_inquiry = dispute.text("dispute_life_cycle_stage") == "INQUIRY"
        return ("inquiry", None) if is_inquiry else ("contested", "out")
    outcome = dispute.inside("dispute_outcome").text("outcome_code")
    if outcome in _LOST:
        return "lost", "out"
    if outcome in _WON:
        return "won", "back"
    raise EventMalformed(NAME, f"{outcome} is no outcome of a dispute")


def _disputed(dispute: Fields, status: DisputeStatus) -> tuple[int, str]:
    outcome = dispute.maybe_inside("dispute_outcome")
    if status == "lost" and outcome is not None and outcome.maybe_inside("amount_refunded"):
        return money_in(outcome, "amount_refunded")
    return money_in(dispute, "dispute_amount")


def _disputed_payment(dispute: Fields) -> str:
    payments: Any = dispute.thing.get("disputed_transactions")
    if not isinstance(payments, list) or len(payments) != 1:
        raise EventMalformed(NAME, "a dispute is not about exactly one payment")
    return Fields(NAME, payments[0], "disputed_transactions").text("seller_transaction_id")

"""What a payment of Mercado Pago, as it stands now, says about money.

A payment carries its refunds, and its status tells of chargebacks and mediations
(https://www.mercadopago.com/developers/en/docs/checkout-api/response-handling/query-results).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.fields import Fields, ours
from chalicelib.adapters.providers.port import Setup
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.provider import DisputeStatus, FactKind, ProviderFact, RefundStatus

NAME: Final = "mercadopago"

_KINDS: Final[Mapping[str, FactKind]] = {
    "approved": "paid",
    "in_mediation": "paid",
    "refunded": "paid",
    "charged_back": "paid",
    "authorized": "processing",  # reserved on a card, not captured
    "in_process": "processing",
    "pending": "processing",
    "rejected": "failed",
    "cancelled": "failed",
    "canceled": "failed",
}
_REFUNDS: Final[Mapping[str, RefundStatus]] = {
    "approved": "succeeded",
    "in_process": "pending",
    "pending": "pending",
    "authorized": "pending",
    "rejected": "failed",
    "cancelled": "canceled",
}
_VERDICTS: Final[Mapping[str, DisputeStatus]] = {"settled": "lost", "reimbursed": "won"}
_NOT_FOUND: Final = 404
_OF_THE_DASHBOARD: Final = "123456"  # what its button «simulate a notification» names
_IS_TEST: Final = "TEST-"
_NUMBER: Final = re.compile(r"[0-9]{1,30}", re.ASCII)


def is_number(text: str) -> bool:
    """Tell whether this is an id of a payment, a chargeback or a claim; it goes into an address."""
    return _NUMBER.fullmatch(text) is not None


def asked(setup: Setup, method: str, path: str, **what: Any) -> Any:
    """Return what the API answers with the company's token. ProviderRefused, ProviderUnavailable.

    ``what`` may hold a query beside what ``Calls.send`` takes; a 404 that is accepted is None.
    """
    token = setup.keys.get("access_token")
    if not token:
        raise ProviderRefused(NAME, "there is no access token")
    headers = {"Authorization": f"Bearer {token}", **what.pop("headers", {})}
    if "query" in what:
        return setup.calls.get(path, query=what["query"], headers=headers)
    reply = setup.calls.send(method, path, headers=headers, **what)
    return None if reply.status == _NOT_FOUND else reply.body


def found(payment_id: str, setup: Setup) -> Any:
    """Return a payment as it stands now; None when the account has none of that id."""
    if not is_number(payment_id):
        return None
    return asked(setup, "GET", f"/v1/payments/{payment_id}", accepts=(_NOT_FOUND,))


def of_payment(payment_id: str, setup: Setup) -> Sequence[ProviderFact]:
    """Read a payment that was notified. ProviderRefused for one that is not there (yet)."""
    payment = found(payment_id, setup)
    if payment is None and payment_id == _OF_THE_DASHBOARD:
        return []
    if payment is None:
        raise ProviderRefused(NAME, f"it notified payment {payment_id}, and does not know it")
    return facts_of(Fields(NAME, payment, "payment"), setup)


def of_chargeback(case_id: str, setup: Setup) -> Sequence[ProviderFact]:
    """Read all payments of a chargeback that was notified."""
    case = Fields(NAME, asked(setup, "GET", f"/v1/chargebacks/{case_id}"), "chargeback")
    numbers = case.thing.get("payments")
    if not isinstance(numbers, list):
        raise case.wrong("payments")
    return [fact for one in numbers for fact in of_payment(str(one), setup)]


def of_claim(claim_id: str, setup: Setup) -> Sequence[ProviderFact]:
    """Read the payment that a buyer complains of, and how the mediation ended if it did."""
    path = f"/post-purchase/v1/claims/{claim_id}"
    claim = Fields(NAME, asked(setup, "GET", path), "claim")
    if claim.text("resource") != "payment":
        return []
    payment_id = claim.text("resource_id")
    facts = list(of_payment(payment_id, setup))
    paid = next((fact for fact in facts if fact.what == "paid"), None)
    if paid is None or claim.text("status") != "closed":
        return facts
    resolution = claim.maybe_inside("resolution")
    benefited = resolution.thing.get("benefited") if resolution else None
    status: DisputeStatus = "won" if benefited == ["respondent"] else "lost"
    at = claim.instant("last_updated")
    # The money that a lost mediation costs is told as a refund of the payment.
    ended = {"object_id": f"mediation-{payment_id}", "dispute_status": status}
    about = {"invoice_id": None, "checkout_id": None, "occurred_at": at}
    return [*facts, paid.but(what="dispute", **ended, **about)]


def facts_of(payment: Fields, setup: Setup) -> Sequence[ProviderFact]:
    """Return everything that a payment says; the payment first, what went back of it later.

    A payment with test money says nothing to a company whose keys are for real money.
    """
    token = setup.keys.get("access_token", "")
    if payment.thing.get("live_mode") is False and not token.startswith(_IS_TEST):
        return []
    status = payment.text("status")
    if status not in _KINDS:
        raise EventMalformed(NAME, f"{status} is no status of a payment")
    what = _KINDS[status]
    currency = payment.currency("currency_id")
    amount_minor = _amount(payment, "transaction_amount", currency)
    if amount_minor == 0:
        return []
    changed_at = payment.instant("date_last_updated")
    first = ProviderFact(
        what=what,
        provider=NAME,
        event_id=f"{payment.text('id')}:{changed_at.isoformat()}",
        payment_key=payment.text("id"),
        **_ours(payment)._asdict(),
        amount_minor=amount_minor,
        currency=currency,
        occurred_at=payment.instant("date_approved") if what == "paid" else changed_at,
        detail=f"{status}: {payment.maybe_text('status_detail')}" if what == "failed" else None,
    )
    if what != "paid":
        return [first]
    back = first.but(invoice_id=None, checkout_id=None, occurred_at=changed_at)
    refunds = list(_refunds(payment, back))
    return [first, *refunds, *_so_far(payment, back), *_disputed(payment, back, setup)]


def _amount(thing: Fields, name: str, currency: str) -> int:
    amount_minor = thing.minor_of_major(name, currency)
    if amount_minor < 0:
        raise thing.wrong(name)
    return amount_minor


def _ours(payment: Fields) -> Any:
    metadata = payment.maybe_inside("metadata")
    told = payment.maybe_text("external_reference")
    if told is None and metadata is not None:
        told = metadata.maybe_text("checkout_id") or metadata.maybe_text("invoice_id")
    return ours(told)


def _refunds(payment: Fields, back: ProviderFact) -> Iterator[ProviderFact]:
    refunds = payment.thing.get("refunds") or []
    if not isinstance(refunds, list):
        raise payment.wrong("refunds")
    for one in refunds:
        refund = Fields(NAME, one, "refund")
        amount_minor = _amount(refund, "amount", back.currency)
        status = refund.maybe_text("status") or "approved"  # older ones have none
        if status not in _REFUNDS:
            raise EventMalformed(NAME, f"{status} is no status of a refund")
        began_at = refund.instant("date_created")
        gave_up = _REFUNDS[status] in ("failed", "canceled")
        if amount_minor:
            yield back.but(
                what="refund",
                object_id=refund.text("id"),
                refund_status=_REFUNDS[status],
                amount_minor=amount_minor,
                began_at=began_at,
                occurred_at=back.occurred_at if gave_up else began_at,
            )


def _so_far(payment: Fields, back: ProviderFact) -> Iterator[ProviderFact]:
    if payment.thing.get("transaction_amount_refunded") is None:
        return
    amount_minor = _amount(payment, "transaction_amount_refunded", back.currency)
    if amount_minor:
        yield back.but(what="refunded_so_far", amount_minor=amount_minor)


def _disputed(payment: Fields, back: ProviderFact, setup: Setup) -> Iterator[ProviderFact]:
    status = payment.text("status")
    if status == "in_mediation":
        # Mercado Pago holds the money back, but it has not left: it ends as a refund or not at all.
        mediation = f"mediation-{back.payment_key}"
        yield back.but(what="dispute", object_id=mediation, dispute_status="inquiry")
    if status == "charged_back":
        yield from _charged_back(payment, back, setup)


def _charged_back(payment: Fields, back: ProviderFact, setup: Setup) -> Iterator[ProviderFact]:
    """Tell that the money went out, and the verdict if there is one. A payment has one case."""
    case = _case(payment, setup)
    began_at, due_by, amount_minor = back.occurred_at, None, back.amount_minor
    if case is not None:
        began_at = _maybe_instant(case, "date_created") or began_at
        due_by = _maybe_instant(case, "date_documentation_deadline")
        if case.maybe_text("currency") == back.currency:
            amount_minor = _amount(case, "amount", back.currency) or amount_minor
    out = back.but(
        what="dispute",
        object_id=f"chargeback-{back.payment_key}",
        dispute_status="contested",
        money="out",
        amount_minor=amount_minor,
        due_by=due_by,
        detail=case.text("id") if case else None,
    )
    verdict = _VERDICTS.get(payment.maybe_text("status_detail") or "")
    if verdict is None:
        yield out
        return
    yield out.but(occurred_at=min(began_at, back.occurred_at))
    yield out.but(dispute_status=verdict, money="back" if verdict == "won" else "out")


def _case(payment: Fields, setup: Setup) -> Fields | None:
    query = {"payment_id": payment.text("id")}
    collector = payment.thing.get("collector_id")
    headers = {"X-Caller-Id": str(collector)} if collector else {}
    answer = asked(setup, "GET", "/v1/chargebacks/search", query=query, headers=headers)
    cases = [Fields(NAME, one, "chargeback") for one in results(answer)]
    return max(cases, key=_last_change, default=None)


def results(answer: Any) -> Sequence[Any]:
    """Return the entries of a page of a list. EventMalformed when it is none."""
    listed = Fields(NAME, answer, "the list").thing.get("results")
    if not isinstance(listed, list):
        raise EventMalformed(NAME, "the list has no results")
    return listed


def _last_change(case: Fields) -> tuple[str, str]:
    return case.maybe_text("date_last_updated") or "", case.text("id")


def _maybe_instant(thing: Fields, name: str) -> datetime | None:
    return thing.instant(name) if thing.maybe_text(name) else None

"""PayPal's list of transactions (https://developer.paypal.com/docs/api/transaction-search/v1/).

It lags some hours behind, lists a refund as a transaction of its own, and 31 days at once at most.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlencode

from chalicelib.adapters.providers import paypal_api
from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.fields import Fields, answer_understood, json_object, ours
from chalicelib.adapters.providers.paypal_api import NAME
from chalicelib.adapters.providers.paypal_facts import disputes_of, of_capture, of_dispute
from chalicelib.adapters.providers.paypal_fields import money_in
from chalicelib.adapters.providers.port import Setup
from chalicelib.domain.provider import ProviderFact, RefundStatus
from chalicelib.usecases.provider_ports import Listed

_PAGE: Final = 500
_MOST_PAGES: Final = 40  # twenty thousand transactions: as many as a comparison looks through
_AT_ONCE: Final = timedelta(days=30)
_NOT_FOUND: Final = 404
_IN: Final = "T00"  # payments of all kinds
_REFUND: Final = "T1107"
_TAKEN_BACK: Final = ("T1106", "T1201")  # a reversal, a chargeback
_STATUSES: Final[Mapping[str, RefundStatus]] = {
    "S": "succeeded",
    "V": "canceled",
    "P": "pending",
    "D": "failed",
    "F": "failed",
}


def listed(since: datetime, until: datetime, setup: Setup) -> Iterator[Listed]:
    """Yield the payments on the list of that time, each with what was given back of it."""
    paid: dict[str, Mapping[str, Any]] = {}
    back: dict[str, list[Mapping[str, Any]]] = {}
    with answer_understood(NAME):
        for entry in _entries(since, until, setup):
            said = Fields(NAME, entry)
            code = said.maybe_text("transaction_event_code") or ""
            if code.startswith(_IN) and not _is_negative(said):
                paid[said.text("transaction_id")] = entry
            elif code in (_REFUND, *_TAKEN_BACK) and said.maybe_text("paypal_reference_id"):
                back.setdefault(said.text("paypal_reference_id"), []).append(entry)
    for key in dict.fromkeys([*paid, *back]):
        yield Listed(payment_key=key, raw=_raw(key, paid.get(key), back.get(key, [])))


def find(payment_key: str, setup: Setup) -> Listed | None:
    """Return a capture; None when PayPal knows none of this id."""
    if _capture(payment_key, setup) is None:
        return None
    return Listed(payment_key=payment_key, raw=_raw(payment_key, None, []))


def listed_facts(raw: str, setup: Setup) -> Sequence[ProviderFact]:
    """Return what is said of one payment on the list; where money went back, PayPal is asked."""
    said = json_object(NAME, raw)
    key, event_id = said.text("capture"), f"list-{said.text('capture')}"
    paid, back = said.maybe_inside("paid"), said.thing.get("back") or []
    facts: list[ProviderFact] = []
    if paid is not None:
        facts += _paid(event_id, paid)
    else:
        capture = _capture(key, setup)
        facts += [of_capture(event_id, capture)] if capture else []
    entries = [Fields(NAME, one, "back") for one in back]
    is_disputed = any(one.text("transaction_event_code") in _TAKEN_BACK for one in entries)
    disputes = disputes_of(key, setup) if is_disputed else ()
    facts += [of_dispute(event_id, one) for one in disputes]
    for one in entries:
        if one.text("transaction_event_code") == _REFUND or not disputes:
            facts.append(_refunded(event_id, one, key))
    return facts


def _raw(key: str, paid: Any, back: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps({"capture": key, "paid": paid, "back": back}, default=str, sort_keys=True)


def _is_negative(said: Fields) -> bool:
    value = said.inside("transaction_amount").thing.get("value")
    return str(value).startswith("-")


def _entries(since: datetime, until: datetime, setup: Setup) -> Iterator[Mapping[str, Any]]:
    while since < until:
        end = min(since + _AT_ONCE, until)
        page, pages = 1, 1
        while page <= pages:
            answer = Fields(NAME, _page(since, end, page, setup))
            pages = answer.whole("total_pages")
            if pages > _MOST_PAGES:
                raise EventMalformed(NAME, f"its list has {pages} pages")
            for detail in answer.thing.get("transaction_details") or []:
                yield Fields(NAME, detail).inside("transaction_info").thing
            page += 1
        since = end


def _page(since: datetime, until: datetime, page: int, setup: Setup) -> Any:
    asked = {
        "start_date": f"{since:%Y-%m-%dT%H:%M:%SZ}",
        "end_date": f"{until:%Y-%m-%dT%H:%M:%SZ}",
        "fields": "transaction_info",
        "page_size": _PAGE,
        "page": page,
    }
    path = f"/v1/reporting/transactions?{urlencode(asked)}"
    return paypal_api.ask(setup, "GET", path).body


def _capture(key: str, setup: Setup) -> Fields | None:
    path = f"/v2/payments/captures/{quote(key, safe='')}"
    reply = paypal_api.ask(setup, "GET", path, accepts=(_NOT_FOUND,))
    return None if reply.status == _NOT_FOUND else Fields(NAME, reply.body)


def _paid(event_id: str, entry: Fields) -> list[ProviderFact]:
    status = entry.text("transaction_status")
    if status not in ("S", "V", "P"):
        return []  # denied: no money came, and who tried has been told
    amount_minor, currency = money_in(entry, "transaction_amount")
    fact = ProviderFact(
        what="processing" if status == "P" else "paid",
        provider=NAME,
        event_id=event_id,
        payment_key=entry.text("transaction_id"),
        **ours(entry.maybe_text("custom_field"))._asdict(),
        amount_minor=amount_minor,
        currency=currency,
        occurred_at=entry.instant("transaction_initiation_date"),
    )
    return [fact]


def _refunded(event_id: str, entry: Fields, key: str) -> ProviderFact:
    amount_minor, currency = money_in(entry, "transaction_amount")
    at = entry.instant("transaction_initiation_date")
    is_newer = bool(entry.thing.get("transaction_updated_date"))
    return ProviderFact(
        what="refund",
        provider=NAME,
        event_id=event_id,
        payment_key=key,
        invoice_id=None,
        amount_minor=amount_minor,
        currency=currency,
        occurred_at=entry.instant("transaction_updated_date") if is_newer else at,
        object_id=entry.text("transaction_id"),
        refund_status=_STATUSES.get(entry.text("transaction_status"), "pending"),
        began_at=at,
    )

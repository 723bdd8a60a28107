"""Direct debits and bank payments by GoCardless (https://developer.gocardless.com/api-reference).

A webhook names what changed and no amount: the payment and its history are fetched and decide.
So an event that comes late or twice says the same as the last one.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from chalicelib.adapters.providers import gocardless_history
from chalicelib.adapters.providers.errors import EventMalformed, SignatureInvalid
from chalicelib.adapters.providers.fields import Fields, answer_understood, json_object, ours
from chalicelib.adapters.providers.gocardless_history import Change
from chalicelib.adapters.providers.port import Event, Field, Notification, Provider, Setup
from chalicelib.adapters.system_clock import now
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.provider_ports import HostedPage, Listed, Order

NAME: Final = "gocardless"
API_VERSION: Final = "2015-07-06"  # the only one that there is; newer ones must not come unasked
_HEADER: Final = "webhook-signature"
_PAGE: Final = 500  # the most that GoCardless gives at once
_MOST_PAGES: Final = 40
_LATEST_DEBIT: Final = timedelta(days=2)  # GoCardless repeats a webhook for some hours
_CONFLICT: Final = 409
_UNPROCESSABLE: Final = 422
_NOT_FOUND: Final = 404


def _verify(notification: Notification, setup: Setup, at: datetime) -> None:
    """GoCardless signs the body and no time: a repetition is known by the ids of its events."""
    del at
    usable = [secret.encode() for secret in setup.secrets if secret]
    if not usable:
        raise SignatureInvalid("No webhook secret is configured.")
    signature = notification.headers.get(_HEADER, "")
    if not signature or not signature.isascii():
        raise SignatureInvalid("There is no Webhook-Signature header, or no proper one.")
    expected = [hmac.new(one, notification.raw, hashlib.sha256).hexdigest() for one in usable]
    matches = [hmac.compare_digest(one, signature) for one in expected]
    if not any(matches):
        raise SignatureInvalid("The signature does not match the body.")


def _events(notification: Notification) -> Sequence[Event]:
    try:
        told = json.loads(notification.raw)["events"]
    except (ValueError, KeyError, TypeError, RecursionError) as exc:
        raise EventMalformed(NAME, "the body has no events") from exc
    if not isinstance(told, list):
        raise EventMalformed(NAME, "events is no list")
    return [_event(one) for one in told]


def _event(thing: Any) -> Event:
    event = Fields(NAME, thing, "an event")
    kind = f"{event.text('resource_type')}.{event.text('action')}"
    return Event(event.text("id"), kind, json.dumps(thing, ensure_ascii=False))


def _facts(raw: str, setup: Setup) -> Sequence[ProviderFact]:
    event = json_object(NAME, raw)
    links = event.inside("links")
    match event.text("resource_type"), event.text("action"):
        case "payments", _:
            return _of_payment(setup, event.text("id"), links.text("payment"), event)
        case "refunds", _:
            return _of_refund(setup, event.text("id"), links.text("refund"), event)
        case "billing_requests", "fulfilled":
            return _collected(setup, event, links.text("billing_request"))
    return []


def _of_payment(
    setup: Setup, event_id: str, payment_id: str, event: Fields | None = None
) -> Sequence[ProviderFact]:
    payment = _one(setup, "payments", payment_id)
    changes = _changes(setup, "payment", payment_id, event)
    return gocardless_history.payment_facts(payment, changes, event_id)


def _of_refund(
    setup: Setup, event_id: str, refund_id: str, event: Fields | None = None
) -> Sequence[ProviderFact]:
    refund = _one(setup, "refunds", refund_id)
    changes = _changes(setup, "refund", refund_id, event)
    return gocardless_history.refund_facts(refund, changes, event_id)


def _changes(setup: Setup, kind: str, name: str, event: Fields | None) -> list[Change]:
    """Return all that happened to a thing in the order of time, this event among it."""
    query = {kind: name, "resource_type": f"{kind}s", "limit": _PAGE}
    told = _get(setup, "/events", query).get("events") or []
    known = {one.id: one for one in (_change(Fields(NAME, thing)) for thing in told)}
    if event is not None:
        known.setdefault(event.text("id"), _change(event))
    return sorted(known.values())


def _change(event: Fields) -> Change:
    details = event.maybe_inside("details")
    why = details.maybe_text("description") if details else None
    return Change(event.instant("created_at"), event.text("id"), event.text("action"), why or "")


def _collected(setup: Setup, event: Fields, request_id: str) -> Sequence[ProviderFact]:
    """The customer has agreed to be debited: ask for the money, once, and tell that it will come.

    What was agreed lies in the metadata of the billing request. One that took an instant payment
    has no mandate; that payment has events of its own. ProviderRefused when it was agreed so long
    ago that the invoice may have been paid in another way since: a person decides then.
    """
    request = _one(setup, "billing_requests", request_id)
    links, metadata = request.inside("links"), request.maybe_inside("metadata")
    mandate = links.maybe_text("mandate_request_mandate")
    checkout_id = metadata.maybe_text("checkout_id") if metadata else None
    if mandate is None or metadata is None or ours(checkout_id).checkout_id is None:
        return []
    known = _debited(setup, mandate, str(checkout_id))
    if known is None and now() - event.instant("created_at") > _LATEST_DEBIT:
        raise ProviderRefused(NAME, f"{request_id} was agreed to too long ago to be debited now")
    payment_id = known or _debit(setup, metadata, mandate, str(checkout_id))
    return _of_payment(setup, event.text("id"), payment_id)


def _look(reference: str, setup: Setup) -> Sequence[Event]:
    """Return that a page was agreed to, if it was: without that event nobody is ever debited."""
    request = _one(setup, "billing_requests", reference)
    if request.text("status") != "fulfilled":
        return []
    told = {
        "id": f"look-{reference}",
        "resource_type": "billing_requests",
        "action": "fulfilled",
        "created_at": request.text("created_at"),
        "links": {"billing_request": reference},
    }
    return [_event(told)]


def _debited(setup: Setup, mandate: str, checkout_id: str) -> str | None:
    # GoCardless forgets idempotency keys one day; an event may be worked on again after that.
    payments = _get(setup, "/payments", {"mandate": mandate, "limit": _PAGE}).get("payments") or []
    for payment in (Fields(NAME, one) for one in payments):
        metadata = payment.maybe_inside("metadata")
        if metadata is not None and metadata.maybe_text("checkout_id") == checkout_id:
            return payment.text("id")
    return None


def _debit(setup: Setup, metadata: Fields, mandate: str, checkout_id: str) -> str:
    amount, _, currency = metadata.text("amount").partition(" ")
    if not amount.isdecimal() or currency not in _CURRENCIES:
        raise metadata.wrong("amount")
    kept = {name: str(value) for name, value in metadata.thing.items() if name != "amount"}
    payment = {
        "amount": int(amount),
        "currency": currency,
        "metadata": kept,
        "links": {"mandate": mandate},
    }
    return _created(setup, "payments", payment, checkout_id)


def _open_page(order: Order, setup: Setup) -> HostedPage:
    metadata = {"checkout_id": order.id, "amount": f"{order.amount_minor} {order.currency}"}
    if order.invoice_id:
        metadata["invoice_id"] = order.invoice_id  # GoCardless keeps three keys, no more
    request = {
        "mandate_request": {"currency": order.currency, "description": order.description[:140]},
        "metadata": metadata,
    }
    with answer_understood(NAME):
        request_id = _created(setup, "billing_requests", request, order.id)
        url = _flow(order, request_id, setup)
    return HostedPage(url=url, reference=request_id)


def _flow(order: Order, request_id: str, setup: Setup) -> str:
    payer = {"email": order.email, "company_name": order.customer_name[:100]}
    flow = {
        "redirect_uri": order.return_url,
        "exit_uri": order.return_url,
        "language": order.language,
        "prefilled_customer": {name: value for name, value in payer.items() if value},
        "links": {"billing_request": request_id},
    }
    sent = _send(setup, "/billing_request_flows", {"billing_request_flows": flow})
    return Fields(NAME, sent).inside("billing_request_flows").text("authorisation_url")


def _close_page(reference: str, setup: Setup) -> None:
    # Refused for one that is fulfilled or cancelled already, which is as good.
    path = f"/billing_requests/{reference}/actions/cancel"
    reply = setup.calls.send(
        "POST", path, json_body={}, headers=_headers(setup), accepts=(_CONFLICT, _UNPROCESSABLE)
    )
    error = reply.body.get("error") if isinstance(reply.body, Mapping) else None
    if isinstance(error, Mapping) and error.get("type") != "invalid_state":
        raise ProviderRefused(NAME, str(error.get("message", "it cannot be cancelled")))


def _listed(since: datetime, until: datetime, setup: Setup) -> Iterator[Listed]:
    """Yield each payment to which, or to whose refunds, something happened in that time."""
    with answer_understood(NAME):
        yield from _moved(since, until, setup)


def _moved(since: datetime, until: datetime, setup: Setup) -> Iterator[Listed]:
    seen: set[str] = set()
    for kind in ("payments", "refunds"):
        for event in _events_between(setup, kind, since, until):
            links = event.inside("links")
            if kind == "payments":
                payment_id: str | None = links.text("payment")
            else:
                refund = _one(setup, "refunds", links.text("refund"))
                payment_id = refund.inside("links").maybe_text("payment")
            if payment_id is None or payment_id in seen:
                continue
            seen.add(payment_id)
            yield _listed_as(_one(setup, "payments", payment_id), event.text("id"))


def _events_between(setup: Setup, kind: str, since: datetime, until: datetime) -> Iterator[Fields]:
    query: dict[str, Any] = {
        "resource_type": kind,
        "created_at[gte]": _text(since),
        "created_at[lt]": _text(until),
        "limit": _PAGE,
    }
    for _ in range(_MOST_PAGES):
        page = _get(setup, "/events", query)
        yield from (Fields(NAME, one) for one in page.get("events") or [])
        after = page.get("meta", {}).get("cursors", {}).get("after")
        if not after:
            return
        query["after"] = after
    raise ProviderRefused(NAME, f"more than {_MOST_PAGES} pages of events")


def _listed_as(payment: Fields, last_event: str) -> Listed:
    told = {"payment": dict(payment.thing), "last_event": last_event}
    raw = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return Listed(payment_key=payment.text("id"), raw=raw)


def _listed_facts(raw: str, setup: Setup) -> Sequence[ProviderFact]:
    told = json_object(NAME, raw)
    payment, event_id = told.inside("payment"), told.text("last_event")
    payment_id = payment.text("id")
    changes = _changes(setup, "payment", payment_id, None)
    facts = list(gocardless_history.payment_facts(payment, changes, event_id))
    if payment.thing.get("amount_refunded"):
        query = {"payment": payment_id, "limit": _PAGE}
        for refund in _get(setup, "/refunds", query).get("refunds") or []:
            facts += _of_refund(setup, event_id, Fields(NAME, refund).text("id"))
    return facts


def _find(payment_key: str, setup: Setup) -> Listed | None:
    reply = setup.calls.send(
        "GET", f"/payments/{payment_key}", headers=_headers(setup), accepts=(_NOT_FOUND,)
    )
    if reply.status == _NOT_FOUND:
        return None
    with answer_understood(NAME):
        payment = Fields(NAME, reply.body).inside("payments")
        return _listed_as(payment, f"find-{payment_key}")


def _check(setup: Setup) -> str:
    creditors = _get(setup, "/creditors", {"limit": 1}).get("creditors")
    if not isinstance(creditors, list) or not creditors:
        raise ProviderRefused(NAME, "this token opens no account")
    with answer_understood(NAME):
        return Fields(NAME, creditors[0]).text("name")


def _one(setup: Setup, kind: str, name: str) -> Fields:
    return Fields(NAME, _get(setup, f"/{kind}/{name}")).inside(kind)


def _created(setup: Setup, kind: str, thing: Mapping[str, Any], key: str) -> str:
    """Create a thing under an idempotency key; return its id, also when it was there already."""
    sent = _send(setup, f"/{kind}", {kind: thing}, key=key)
    if not isinstance(sent, Mapping) or "error" not in sent:
        return Fields(NAME, sent).inside(kind).text("id")
    for one in sent["error"].get("errors") or []:
        links = one.get("links") or {}
        if one.get("reason") == "idempotent_creation_conflict":
            return Fields(NAME, links).text("conflicting_resource_id")
    raise ProviderRefused(NAME, str(sent["error"].get("message", "it was not created")))


def _send(setup: Setup, path: str, body: Mapping[str, Any], key: str | None = None) -> Any:
    headers = _headers(setup) | ({"Idempotency-Key": key} if key else {})
    accepts = (_CONFLICT,) if key else ()
    return setup.calls.send("POST", path, json_body=body, headers=headers, accepts=accepts).body


def _get(setup: Setup, path: str, query: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    return Fields(NAME, setup.calls.get(path, query=query, headers=_headers(setup))).thing


def _headers(setup: Setup) -> dict[str, str]:
    token = setup.keys.get("access_token")
    if not token:
        raise ProviderRefused(NAME, "there is no access token")
    return {"Authorization": f"Bearer {token}", "GoCardless-Version": API_VERSION}


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_CURRENCIES: Final = frozenset(["AUD", "CAD", "DKK", "EUR", "GBP", "NZD", "SEK", "USD"])

PROVIDER: Final = Provider(
    name=NAME,
    title="GoCardless",
    fields=(
        Field("webhook_secret", is_secret=True, needed_for="webhooks"),
        Field("access_token", is_secret=True, needed_for="api"),
    ),
    verify=_verify,
    events=_events,
    facts=_facts,
    open_page=_open_page,
    close_page=_close_page,
    listed=_listed,
    listed_facts=_listed_facts,
    find=_find,
    look=_look,
    check=_check,
    currencies=_CURRENCIES,
    sandbox_url="https://api-sandbox.gocardless.com",
)

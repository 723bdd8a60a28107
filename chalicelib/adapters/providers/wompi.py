"""Wompi (Colombia): single-use payment links, transactions, events (https://docs.wompi.co).

A link fixes the amount, ends when it is paid or expired, and can be closed; that is why it is used
and not the web checkout. It does not carry our reference to its transaction: the transaction names
the link, and the link's ``sku`` is ours.

An event's checksum covers three fields of the transaction, written one after another without a
sign between them. So an event only says where to look; the transaction is read from the API.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from chalicelib.adapters.providers.errors import EventMalformed, SignatureInvalid
from chalicelib.adapters.providers.fields import Fields, answer_understood, json_object, ours
from chalicelib.adapters.providers.port import Event, Field, Notification, Provider, Setup
from chalicelib.domain.checkout import PREFIX
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable
from chalicelib.domain.money import MAX_MINOR, exponent_of
from chalicelib.domain.provider import FactKind, ProviderFact
from chalicelib.usecases.provider_ports import HostedPage, Listed, Order

NAME: Final = "wompi"
TOLERANCE_SECONDS: Final = 2 * 86_400
"""The third and last repetition comes some 28 hours after the first try, with its timestamp."""

_MILLISECONDS_FROM: Final = 10**11
_SIGNED: Final = frozenset(["transaction.id", "transaction.status", "transaction.amount_in_cents"])
_MOST_PROPERTIES: Final = 20
_TIME: Final = re.compile(r"[1-9][0-9]{9,12}", re.ASCII)
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)
_KINDS: Final[Mapping[str, FactKind]] = {
    "PENDING": "processing",
    "APPROVED": "paid",
    "VOIDED": "paid",  # a card payment that was given back afterwards
    "DECLINED": "failed",
    "ERROR": "failed",
}
_RANKS: Final = {"PENDING": 0, "APPROVED": 1, "DECLINED": 1, "ERROR": 1, "VOIDED": 2}
_CENTS: Final = 2  # of all its amounts
_PAGES_OF_LINKS: Final = "https://checkout.wompi.co/l"
_PAGE: Final = 50
_MOST_PAGES: Final = 200
_LONGEST_TEXT: Final = 250
_NOT_FOUND: Final = 404


def _verify(notification: Notification, setup: Setup, now: datetime) -> None:
    """Return if a secret of events made the checksum. SignatureInvalid otherwise.

    An event that does not sign which transaction it is, its status and its amount is refused.
    """
    secrets = [secret for secret in setup.secrets if secret]
    if not secrets:
        raise SignatureInvalid("No secret of events is configured.")
    event = _literal(notification.raw)
    signature = event.get("signature")
    if not isinstance(signature, Mapping):
        raise SignatureInvalid("The event has no signature.")
    names = _properties(signature, str(event.get("event")))
    timestamp = event.get("timestamp")
    if not isinstance(timestamp, str) or not _TIME.fullmatch(timestamp):
        raise SignatureInvalid("The event has no time.")
    signed = "".join(_at(event.get("data"), name) for name in names) + timestamp
    told = [signature.get("checksum")]
    if "x-event-checksum" in notification.headers:
        told.append(notification.headers["x-event-checksum"])
    if not all(_is_made_by(secrets, signed, one) for one in told):
        raise SignatureInvalid("The checksum does not match.")
    if abs(now.timestamp() - _seconds(timestamp)) > TOLERANCE_SECONDS:
        raise SignatureInvalid("The event is too old, or from the future.")


def _literal(raw: bytes) -> Mapping[str, Any]:
    # Numbers stay the digits that were signed.
    try:
        event = json.loads(raw.decode(), parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as exc:
        raise SignatureInvalid("The body is no JSON, so nothing in it is signed.") from exc
    if not isinstance(event, dict):
        raise SignatureInvalid("The body is no object, so nothing in it is signed.")
    return event


def _properties(signature: Mapping[str, Any], event_name: str) -> Sequence[str]:
    names = signature.get("properties")
    if not isinstance(names, list) or not 0 < len(names) <= _MOST_PROPERTIES:
        raise SignatureInvalid("The event does not say what is signed.")
    if not all(isinstance(name, str) for name in names):
        raise SignatureInvalid("What is signed are no names.")
    if event_name.startswith("transaction.") and not set(names) >= _SIGNED:
        raise SignatureInvalid("The signature does not cover id, status and amount.")
    return names


def _at(thing: Any, path: str) -> str:
    for name in path.split("."):
        thing = thing.get(name) if isinstance(thing, Mapping) else None
    if not isinstance(thing, str):
        raise SignatureInvalid(f"{path} is signed, but is no text or number.")
    return thing


def _is_made_by(secrets: Sequence[str], signed: str, told: Any) -> bool:
    if not isinstance(told, str) or not told.isascii():
        return False
    expected = [hashlib.sha256(f"{signed}{secret}".encode()).hexdigest() for secret in secrets]
    return any([hmac.compare_digest(ours, told.strip().lower()) for ours in expected])  # noqa: C419 - all of them


def _seconds(timestamp: str) -> float:
    number = int(timestamp)
    return number / 1000 if number >= _MILLISECONDS_FROM else number


def _events(notification: Notification) -> Sequence[Event]:
    """Return the one event; a transaction has one of each status that it comes to."""
    event = json_object(NAME, notification.raw)
    name = event.text("event")
    if name.startswith("transaction."):
        transaction = event.inside("data").inside("transaction")
        number = f"{transaction.text('id')}:{transaction.text('status')}"
    else:
        number = f"{name}:{event.inside('signature').text('checksum').lower()}"
    return [Event(number, name, notification.raw.decode())]


def _facts(raw: str, setup: Setup) -> Sequence[ProviderFact]:
    event = json_object(NAME, raw)
    if not event.text("event").startswith("transaction."):
        return []
    told = event.inside("data").inside("transaction")
    if event.maybe_text("environment") == "test" and _is_real(setup):
        return []
    number = told.text("id")
    stored = _found(number, setup)
    if stored is None:
        raise ProviderRefused(NAME, f"it told of transaction {number}, and does not know it")
    now = Fields(NAME, stored, "transaction")
    if now.whole("amount_in_cents") != told.whole("amount_in_cents"):
        raise EventMalformed(NAME, f"transaction {number} is of another amount than its event")
    status = told.text("status")
    if _RANKS.get(now.text("status"), 0) < _RANKS.get(status, 0):
        raise ProviderUnavailable(NAME, f"transaction {number} does not show yet as {status}")
    told_at = datetime.fromtimestamp(_seconds(event.text("timestamp")), UTC)
    facts = _facts_of(now, setup, voided_at=told_at)
    # What is voided since is told by its own event, with its own time.
    return facts if status == "VOIDED" else facts[:1]


def _is_real(setup: Setup) -> bool:
    return setup.keys.get("private_key", "").startswith("prv_prod_")


def _facts_of(
    transaction: Fields, setup: Setup, *, voided_at: datetime | None
) -> Sequence[ProviderFact]:
    status = transaction.text("status")
    if status not in _KINDS:
        raise EventMalformed(NAME, f"{status} is no status of a transaction")
    currency = transaction.currency("currency")
    amount_minor = _minor(transaction.whole("amount_in_cents"), currency)
    if amount_minor == 0:
        return []
    what = _KINDS[status]
    is_final = bool(transaction.maybe_text("finalized_at"))
    at = transaction.instant("finalized_at" if is_final else "created_at")
    first = ProviderFact(
        what=what,
        provider=NAME,
        event_id=f"{transaction.text('id')}:{status}",
        payment_key=transaction.text("id"),
        **ours(_reference(transaction, setup))._asdict(),
        amount_minor=amount_minor,
        currency=currency,
        occurred_at=at,
        detail=_why(transaction) if what == "failed" else None,
    )
    if status != "VOIDED":
        return [first]
    given_back = {"occurred_at": voided_at or at, "invoice_id": None, "checkout_id": None}
    return [first, first.but(what="refunded_so_far", **given_back)]


def _minor(amount_in_cents: int, currency: str) -> int:
    minor, rest = divmod(amount_in_cents * 10 ** exponent_of(currency), 10**_CENTS)
    if rest or not 0 <= minor <= MAX_MINOR:
        raise EventMalformed(NAME, f"{amount_in_cents} cents are no amount of {currency}")
    return minor


def _reference(transaction: Fields, setup: Setup) -> str | None:
    told = transaction.maybe_text("reference")
    link = transaction.maybe_text("payment_link_id")
    if link is None or not _ID.fullmatch(link) or (told or "").startswith(PREFIX):
        return told
    # The reference of a payment that came by a link is Wompi's own.
    path = f"/payment_links/{link}"
    answer = setup.calls.send("GET", path, headers=_private(setup), accepts=(_NOT_FOUND,))
    if answer.status == _NOT_FOUND:
        return told
    return _data(answer.body, "payment link").maybe_text("sku") or told


def _why(transaction: Fields) -> str:
    reason = transaction.maybe_text("status_message")
    return f"{transaction.text('status')}: {reason}" if reason else transaction.text("status")


def _data(answer: Any, place: str) -> Fields:
    return Fields(NAME, Fields(NAME, answer, "the answer").thing.get("data"), place)


def _private(setup: Setup) -> Mapping[str, str]:
    key = setup.keys.get("private_key")
    if not key:
        raise ProviderRefused(NAME, "there is no private key")
    return {"Authorization": f"Bearer {key}"}


def _found(number: str, setup: Setup) -> Any:
    if not _ID.fullmatch(number):
        return None
    path = f"/transactions/{number}"
    answer = setup.calls.send("GET", path, headers=_private(setup), accepts=(_NOT_FOUND,))
    return None if answer.status == _NOT_FOUND else _data(answer.body, "transaction").thing


def _open_page(order: Order, setup: Setup) -> HostedPage:
    """Open a payment link for one payment; nobody has seen one whose answer was lost."""
    body = {
        "name": order.description[:_LONGEST_TEXT],
        "description": order.description[:_LONGEST_TEXT],
        "single_use": True,
        "collect_shipping": False,
        "currency": order.currency,
        "amount_in_cents": _cents(order.amount_minor, order.currency),
        "expires_at": order.expires_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "redirect_url": order.return_url,
        "sku": order.id,
    }
    reply = setup.calls.send("POST", "/payment_links", json_body=body, headers=_private(setup))
    link = reply.body.get("data") if isinstance(reply.body, Mapping) else None
    number = link.get("id") if isinstance(link, Mapping) else None
    if not isinstance(number, str) or not _ID.fullmatch(number):
        raise ProviderRefused(NAME, "its payment link has no id")
    pages = f"{setup.calls.base_url}/l" if setup.is_local else _PAGES_OF_LINKS
    return HostedPage(url=f"{pages}/{number}", reference=number, expires_at=order.expires_at)


def _cents(amount_minor: int, currency: str) -> int:
    cents, rest = divmod(amount_minor * 10**_CENTS, 10 ** exponent_of(currency))
    if rest:
        raise ProviderRefused(NAME, f"{amount_minor} minor units of {currency} are no cents")
    return cents


def _close_page(reference: str, setup: Setup) -> None:
    if not _ID.fullmatch(reference):
        raise ProviderRefused(NAME, f"{reference} is no payment link")
    path = f"/payment_links/{reference}"
    setup.calls.send("PATCH", path, json_body={"active": False}, headers=_private(setup))


def _listed(since: datetime, until: datetime, setup: Setup) -> Iterator[Listed]:
    """Yield the transactions that were begun in that time; Wompi lists by no other."""
    for page in range(1, _MOST_PAGES + 1):
        entries = _entries(setup, since, until, page)
        yield from (_entry(one) for one in entries)
        if len(entries) < _PAGE:
            return
    raise ProviderRefused(NAME, f"its list has more than {_MOST_PAGES * _PAGE} transactions")


def _entries(setup: Setup, since: datetime, until: datetime, page: int) -> Sequence[Any]:
    query = {
        "from_date": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "until_date": until.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "page": page,
        "page_size": _PAGE,
        "order_by": "created_at",
        "order": "ASC",
    }
    answer = setup.calls.get("/transactions", query=query, headers=_private(setup))
    entries = answer.get("data") if isinstance(answer, Mapping) else None
    if not isinstance(entries, list):
        raise ProviderRefused(NAME, "its list has no data")
    return entries


def _entry(transaction: Any) -> Listed:
    with answer_understood(NAME):
        key = Fields(NAME, transaction, "transaction").text("id")
    return Listed(payment_key=key, raw=json.dumps(transaction, default=str, sort_keys=True))


def _listed_facts(raw: str, setup: Setup) -> Sequence[ProviderFact]:
    return _facts_of(json_object(NAME, raw), setup, voided_at=None)


def _find(payment_key: str, setup: Setup) -> Listed | None:
    with answer_understood(NAME):
        transaction = _found(payment_key, setup)
    return None if transaction is None else _entry(transaction)


def _check(setup: Setup) -> str:
    """Return whose account it is by the public key, after the private one has opened the list."""
    public = setup.keys.get("public_key") or ""
    if not _ID.fullmatch(public):
        raise ProviderRefused(NAME, "there is no public key")
    if (public.split("_")[1:2]) != (setup.keys.get("private_key") or "").split("_")[1:2]:
        raise ProviderRefused(NAME, "one key is for tests and the other for real money")
    day = datetime(2020, 1, 1, tzinfo=UTC)
    _entries(setup, day, day, 1)
    with answer_understood(NAME):
        merchant = _data(setup.calls.get(f"/merchants/{public}"), "merchant")
        return merchant.maybe_text("name") or merchant.text("id")


PROVIDER: Final = Provider(
    name=NAME,
    title="Wompi",
    fields=(
        Field("webhook_secret", is_secret=True, needed_for="webhooks"),
        Field("public_key", is_secret=False, needed_for="api"),
        Field("private_key", is_secret=True, needed_for="api"),
    ),
    verify=_verify,
    events=_events,
    facts=_facts,
    open_page=_open_page,
    close_page=_close_page,
    listed=_listed,
    listed_facts=_listed_facts,
    find=_find,
    check=_check,
    currencies=frozenset(["COP"]),
    minimum_minor=150_000,  # 1,500 pesos
    sandbox_url="https://sandbox.wompi.co/v1",
)

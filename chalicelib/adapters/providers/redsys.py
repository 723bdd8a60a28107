"""Redsys: the card terminals and Bizum of Spanish banks (https://pagosonline.redsys.es).

The page is opened by posting a signed form. The result comes as a signed form too, to our webhook
address, and once more on the return URL, because the bank repeats a lost notification rarely. It
has no list to ask for: what neither way told is found in the bank's own panel only.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qs, unquote_plus, urlencode
from zoneinfo import ZoneInfo

from chalicelib.adapters.providers.errors import EventMalformed, SignatureInvalid
from chalicelib.adapters.providers.fields import Fields, ours
from chalicelib.adapters.providers.port import Event, Field, Notification, Provider, Setup
from chalicelib.adapters.providers.redsys_codes import (
    CANCELLED_BY_PAYER,
    CURRENCIES,
    EUROS,
    reason,
)
from chalicelib.adapters.providers.redsys_signature import VERSIONS, decoded, digest, signed
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.provider_ports import HostedPage, Order

NAME: Final = "redsys"
FORM: Final = ("Ds_SignatureVersion", "Ds_MerchantParameters", "Ds_Signature")
_MOST_FIELDS: Final = 20  # the three, and what the portal's own address has
_PLACE: Final = ZoneInfo("Europe/Madrid")
_FORM_LASTS: Final = timedelta(minutes=30)

_PAYMENT: Final = "0"
_MONEY_IN: Final = frozenset({_PAYMENT, "2", "38", "48"})  # confirmations and PayGold too
_REFUNDS: Final = frozenset({"3", "45"})
_CORRECTIONS: Final = frozenset({"34", "46", "47"})
_LAST_OF_PAID: Final = 99
_REFUNDED: Final = (900, 400)


def _verify(notification: Notification, setup: Setup, now: datetime) -> None:
    """Return if the bank signed this with one of our keys. It carries no time that expires."""
    del now
    version, parameters, signature = _form(notification.raw)
    agreed = setup.keys.get("signature_version")
    if version not in ((agreed,) if agreed else VERSIONS):
        raise SignatureInvalid(f"Signed with {version[:40]!r}, which is not agreed on.")
    try:
        theirs = decoded(signature)
        said = _parameters(parameters)
    except (ValueError, EventMalformed) as exc:
        raise SignatureInvalid("The signature or the parameters are no proper Base64.") from exc
    order = said.maybe_text("ds_order") or ""
    expected = _expected(version, _secrets(setup), order, parameters)
    # Each is compared, so that the time taken tells nothing about which came close.
    matches = [hmac.compare_digest(one, theirs) for one in expected]
    if not any(matches):
        raise SignatureInvalid("No secret key made this signature.")
    merchant = setup.keys.get("merchant_code")
    if merchant and said.maybe_text("ds_merchantcode") != merchant:
        raise SignatureInvalid("It is about another merchant.")


def _secrets(setup: Setup) -> list[str]:
    known = [*setup.secrets, setup.keys.get("secret_key", "")]
    return [secret for secret in dict.fromkeys(known) if secret]


def _expected(version: str, secrets: Iterable[str], order: str, parameters: str) -> list[bytes]:
    made: list[bytes] = []
    for secret in secrets:
        try:
            made.append(digest(version, secret, order, parameters))
        except ValueError:  # no key for this version: it has signed nothing
            continue
    if not made:
        raise SignatureInvalid("No usable secret key is configured.")
    return made


def _form(raw: bytes) -> tuple[str, str, str]:
    try:
        form = parse_qs(raw.decode("ascii"), max_num_fields=_MOST_FIELDS)
    except ValueError as exc:
        raise SignatureInvalid("It is no form.") from exc
    found = [form.get(name, []) for name in FORM]
    if any(len(values) != 1 for values in found):
        raise SignatureInvalid("It lacks one of the three fields, or has one twice.")
    version, parameters, signature = (values[0] for values in found)
    return version, parameters, signature


def _parameters(text: str) -> Fields:
    """Return what the message says: names in lower case, values without their URL encoding."""
    try:
        thing = json.loads(decoded(text))
    except (ValueError, RecursionError) as exc:
        raise EventMalformed(NAME, "the parameters are not JSON in Base64") from exc
    if not isinstance(thing, Mapping):
        raise EventMalformed(NAME, "the parameters are not an object")
    named = {
        str(name).lower(): unquote_plus(value) if isinstance(value, str) else value
        for name, value in thing.items()
    }
    return Fields(NAME, named)


def _events(notification: Notification) -> Sequence[Event]:
    said = _parameters(_form(notification.raw)[1])
    kind, response = said.text("ds_transactiontype"), _response(said)
    event_type = f"type_{kind}.response_{response:04}"
    return [Event(_event_id(said), event_type, urlencode(_three(notification.raw)))]


def _three(raw: bytes) -> dict[str, str]:
    return dict(zip(FORM, _form(raw), strict=True))


def _event_id(said: Fields) -> str:
    """Return a name of the result; the bank gives none. A refund has no order of its own."""
    parts = [
        _payment_key(said),
        said.text("ds_transactiontype"),
        said.maybe_text("ds_authorisationcode") or "",
        f"{_response(said):04}",
    ]
    if parts[1] in _REFUNDS:
        parts += [said.text("ds_amount"), _instant(said).strftime("%Y%m%d%H%M")]
    return "-".join(parts)


def _payment_key(said: Fields) -> str:
    merchant, terminal = said.text("ds_merchantcode"), said.text("ds_terminal")
    return f"{merchant}-{terminal.lstrip('0')}-{said.text('ds_order')}"


def _facts(raw: str, setup: Setup) -> Sequence[ProviderFact]:
    del setup  # the message says everything
    said = _parameters(_form(raw.encode())[1])
    kind, response = said.text("ds_transactiontype"), _response(said)
    if kind in _CORRECTIONS:
        raise EventMalformed(NAME, f"an operation of type {kind} has to be looked at by a person")
    if kind in _REFUNDS:
        return [_refund(said)] if response in _REFUNDED else []
    if kind not in _MONEY_IN or response == CANCELLED_BY_PAYER:
        return []
    is_confirmed = kind != _PAYMENT and response in _REFUNDED[:1]
    if response <= _LAST_OF_PAID or is_confirmed:
        return [_fact(said, what="paid")]
    # A payment that failed on one try may be paid on the next, under the same order.
    return [_fact(said, what="failed", detail=reason(response))]


def _refund(said: Fields) -> ProviderFact:
    event_id = _event_id(said)
    return _fact(said, what="refund", object_id=event_id, refund_status="succeeded")


def _fact(said: Fields, **fields: object) -> ProviderFact:
    number = said.text("ds_currency").lstrip("0")
    if number not in CURRENCIES:
        raise EventMalformed(NAME, f"{number} is no currency that is known")
    known = {
        "provider": NAME,
        "event_id": _event_id(said),
        "payment_key": _payment_key(said),
        **ours(said.maybe_text("ds_merchantdata"))._asdict(),
        "amount_minor": _whole(said, "ds_amount"),
        "currency": CURRENCIES[number],
        "occurred_at": _instant(said),
    }
    return ProviderFact.model_validate(known | fields)


def _response(said: Fields) -> int:
    return _whole(said, "ds_response")


def _whole(said: Fields, name: str) -> int:
    text = said.text(name)
    if not (text.isascii() and text.isdecimal()):
        raise said.wrong(name)
    return int(text)


def _instant(said: Fields) -> datetime:
    """Return when it was; the bank writes the time of Madrid, without its offset."""
    text = f"{said.text('ds_date')} {said.text('ds_hour')}"
    try:
        local = datetime.strptime(text, "%d/%m/%Y %H:%M")  # noqa: DTZ007 - the zone follows
    except ValueError as exc:
        raise said.wrong("ds_date") from exc
    return local.replace(tzinfo=_PLACE).astimezone(UTC)


def from_return(query: Mapping[str, str]) -> Notification | None:
    """Return the result that the bank has put on the return URL, to be taken in as any other.

    None where there is none. It is as little trusted as what comes to the webhook address.
    """
    if not all(query.get(name) for name in FORM):
        return None
    return Notification(urlencode({name: query[name] for name in FORM}).encode(), {}, {})


def order_number(order_id: str) -> str:
    """Return the bank's number of an order: 4 digits, then 8 of 36 characters, from our id of it.

    The same for every repetition. Should two ever meet (one in 10^16), the bank refuses the second
    as a repeated order, its checkout ends unpaid, and the next try has another id.
    """
    number = int.from_bytes(hashlib.sha256(order_id.encode()).digest(), "big")
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rest, four = divmod(number, 10_000)
    tail = ""
    for _ in range(8):
        rest, place = divmod(rest, len(digits))
        tail += digits[place]
    return f"{four:04}{tail}"


def _open_page(order: Order, setup: Setup) -> HostedPage:
    """Return the signed form for the bank's page, with all ways to pay that the terminal has.

    An order number is good for one try. So the page lasts half as long as the checkout, and whoever
    tries again is given a new checkout with a new number.
    """
    number = order_number(order.id)
    asked = {
        "DS_MERCHANT_AMOUNT": str(order.amount_minor),
        "DS_MERCHANT_CURRENCY": EUROS,
        "DS_MERCHANT_ORDER": number,
        "DS_MERCHANT_MERCHANTCODE": setup.keys["merchant_code"],
        "DS_MERCHANT_TERMINAL": setup.keys["terminal"],
        "DS_MERCHANT_TRANSACTIONTYPE": _PAYMENT,
        "DS_MERCHANT_MERCHANTURL": order.webhook_url,
        "DS_MERCHANT_URLOK": order.return_url,
        "DS_MERCHANT_URLKO": order.return_url,
        "DS_MERCHANT_MERCHANTDATA": order.id,
        "DS_MERCHANT_PRODUCTDESCRIPTION": order.description[:125],
        "DS_MERCHANT_TITULAR": order.customer_name[:60],
        "DS_MERCHANT_CONSUMERLANGUAGE": "2" if order.language == "en" else "1",
    }
    return HostedPage(
        url=f"{setup.calls.base_url.rstrip('/')}/sis/realizarPago",
        reference=number,
        fields=_signed(setup, number, json.dumps(asked).encode()),
        expires_at=order.expires_at - _FORM_LASTS,
    )


def _signed(setup: Setup, number: str, content: bytes) -> dict[str, str]:
    try:
        return signed(_version(setup), setup.keys["secret_key"], number, content)
    except ValueError as exc:
        raise ProviderRefused(NAME, str(exc)) from exc


def _version(setup: Setup) -> str:
    version = setup.keys.get("signature_version") or VERSIONS[0]
    if version not in VERSIONS:
        raise ProviderRefused(NAME, f"the signature version is one of {', '.join(VERSIONS)}")
    return version


def _check(setup: Setup) -> str:
    """Return whose terminal it is, as far as can be told: the bank can be asked by paying only."""
    merchant, terminal = setup.keys.get("merchant_code", ""), setup.keys.get("terminal", "")
    if not (merchant.isdecimal() and len(merchant) <= 9):  # noqa: PLR2004 - the bank's limit
        raise ProviderRefused(NAME, "the merchant code (FUC) has up to nine digits")
    if not (terminal.isdecimal() and 1 <= int(terminal) <= 999):  # noqa: PLR2004 - as above
        raise ProviderRefused(NAME, "the terminal is a number from 1 to 999")
    _version(setup)
    for version in VERSIONS:  # whichever is agreed on: a key of the bank's is good for all
        try:
            digest(version, setup.keys.get("secret_key", ""), "0000", "")
        except ValueError as exc:
            raise ProviderRefused(NAME, str(exc)) from exc
    return f"{merchant}-{int(terminal)}"


PROVIDER: Final = Provider(
    name=NAME,
    title="Redsys",
    fields=(
        Field("merchant_code", is_secret=False, needed_for="api"),
        Field("terminal", is_secret=False, needed_for="api"),
        Field("secret_key", is_secret=True, needed_for="api"),
        Field("signature_version", is_secret=False, needed_for="nothing"),
    ),
    verify=_verify,
    events=_events,
    facts=_facts,
    open_page=_open_page,
    close_page=None,  # a form that is out cannot be called back
    listed=None,  # the bank has no list of payments to ask for
    check=_check,
    verifies_with="secret_key",
    # A terminal of a bank has one currency, and who needs another has another terminal.
    currencies=frozenset({"EUR"}),
    sandbox_url="https://sis-t.redsys.es:25443",
    from_return=from_return,
)

"""The payments on Stripe's own lists, and what they say, for the nightly comparison.

A charge is what was paid; its refunds come with it, its disputes are fetched. Listed are charges of
the time, and older ones that an event of the time is about: a debit that arrived, a refund.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from chalicelib.adapters.providers import stripe_api, stripe_money_back
from chalicelib.adapters.providers.fields import answer_understood
from chalicelib.adapters.providers.port import Setup
from chalicelib.adapters.providers.stripe_fields import (
    NAME,
    currency_of,
    field,
    id_in,
    instant,
    minor,
    reference_in,
)
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.provider_ports import Listed

_MOVED: Final = (
    "payment_intent.succeeded",
    "charge.refunded",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "charge.dispute.closed",
)
_NOT_FOUND: Final = 404
_WHOLE: Final = ["refunds", "balance_transaction"]


def listed(since: datetime, until: datetime, setup: Setup) -> Iterator[Listed]:
    """Yield each paid charge that was made, or to which something happened, in that time."""
    within = {
        "created[gte]": int(since.timestamp()),
        "created[lt]": int(until.timestamp()),
    }
    with answer_understood(NAME):
        yield from _listed(setup, within, until)


def _listed(setup: Setup, within: Mapping[str, int], until: datetime) -> Iterator[Listed]:
    seen: set[str] = set()
    query = {**within, "expand[]": [f"data.{name}" for name in _WHOLE]}
    for charge in stripe_api.pages(setup, "/v1/charges", query):
        seen.add(field(charge, "id", str))
        if charge.get("status") == "succeeded":
            yield _listed_as(setup, charge, until)
    for event in stripe_api.pages(setup, "/v1/events", {**within, "types[]": list(_MOVED)}):
        charge_id = _charge_of(event)
        if charge_id is None or charge_id in seen:
            continue
        seen.add(charge_id)
        charge = stripe_api.get(setup, f"/v1/charges/{charge_id}", {"expand[]": _WHOLE})
        if charge.get("status") == "succeeded":
            yield _listed_as(setup, charge, until)


def find(payment_key: str, setup: Setup) -> Listed | None:
    """Return one payment, by its PaymentIntent or its charge; None where there is none."""
    with answer_understood(NAME):
        return _found(payment_key, setup)


def _found(payment_key: str, setup: Setup) -> Listed | None:
    kind = "charges" if payment_key.startswith(("ch_", "py_")) else "payment_intents"
    path = f"/v1/{kind}/{payment_key}"
    reply = stripe_api.send(setup, "GET", path, accepts=(_NOT_FOUND,))
    if reply.status == _NOT_FOUND or not isinstance(reply.body, Mapping):
        return None
    charge_id = payment_key
    if kind == "payment_intents":
        if reply.body.get("latest_charge") is None:
            return None  # begun, and never paid
        charge_id = id_in(reply.body, "latest_charge")
    charge = stripe_api.get(setup, f"/v1/charges/{charge_id}", {"expand[]": _WHOLE})
    return _listed_as(setup, charge, instant(charge))


def listed_facts(raw: str, setup: Setup) -> Sequence[ProviderFact]:
    """Return what a listed payment says, in the words of the webhooks that told it or should."""
    del setup  # all was fetched with the list
    told = json.loads(raw)
    charge, as_of = field(told, "charge", Mapping), instant(told, "as_of")
    if charge.get("status") != "succeeded" or charge.get("captured") is False:
        return []
    paid = _paid(charge)
    facts = [paid] if paid else []
    for refund in field(field(charge, "refunds", Mapping), "data", list):
        facts += stripe_money_back.refund_as_listed(refund, as_of)
    for dispute in told.get("disputes") or []:
        facts += stripe_money_back.dispute_as_listed(dispute, as_of)
    return facts


def _paid(charge: Mapping[str, Any]) -> ProviderFact | None:
    currency = currency_of(charge)
    amount = charge.get("amount_captured")
    amount_minor = minor(field(charge, "amount", int) if amount is None else amount, currency)
    if amount_minor == 0:
        return None
    settled = charge.get("balance_transaction")
    return ProviderFact(
        what="paid",
        provider=NAME,
        event_id=field(charge, "id", str),
        payment_key=_payment_key(charge),
        **reference_in(charge)._asdict(),
        amount_minor=amount_minor,
        currency=currency,
        # A debit is charged days before it arrives; what moved the balance has its day.
        occurred_at=instant(settled if isinstance(settled, Mapping) else charge),
    )


def _listed_as(setup: Setup, charge: Mapping[str, Any], as_of: datetime) -> Listed:
    # What is only paid is told in the same words each night; what failed has no date of its own.
    refunds = field(field(charge, "refunds", Mapping), "data", list)
    is_plain = all(one.get("status") == "succeeded" for one in refunds)
    if is_plain and not charge.get("disputed"):
        as_of = instant(charge)
    told: dict[str, Any] = {"charge": charge, "as_of": int(as_of.timestamp())}
    if charge.get("disputed"):
        query = {"charge": field(charge, "id", str)}
        told["disputes"] = list(stripe_api.pages(setup, "/v1/disputes", query))
    raw = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return Listed(payment_key=_payment_key(charge), raw=raw)


def _payment_key(charge: Mapping[str, Any]) -> str:
    return id_in(charge, "id" if charge.get("payment_intent") is None else "payment_intent")


def _charge_of(event: Mapping[str, Any]) -> str | None:
    thing = field(field(event, "data", Mapping), "object", Mapping)
    if thing.get("object") == "charge":
        return id_in(thing, "id")
    name = "latest_charge" if thing.get("object") == "payment_intent" else "charge"
    return None if thing.get(name) is None else id_in(thing, name)

"""A stand-in for Stripe: Checkout Sessions and what becomes of them, by its API and its pages."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from infra.local.gateway import Answer, json_answer
from infra.local.providers import pages
from infra.local.providers.base import (
    Action,
    Refused,
    Request,
    Shown,
    Standin,
    Text,
    now,
    see_other,
    spoken,
)
from infra.local.providers.delivery import Letter, Post
from infra.local.providers.stripe_forms import StripeError, in_iso, in_list, nested, of_iso
from infra.local.providers.stripe_ledger import Ledger
from infra.local.providers.things import Shelf, Thing

_TEST_KEY: Final = "sk_test_"
_SOONEST_END_SECONDS: Final = 1_790  # half an hour, less the way of the request
_LATEST_END_SECONDS: Final = 86_410
_LEAST: Final = 50  # cents; other currencies have limits of the same size
_DECLINED: Final = Text(
    "La tarjeta ha sido rechazada. Pruebe con otra.", "Your card was declined. Try another one."
)
_OVER: Final = Text("Esta página ya no admite pagos", "This page takes no payments any more")
_PAID: Final = Text("Ya está pagado o ha caducado.", "It is paid already, or has expired.")
_KINDS: Final = {
    "payment_intents": "intent",
    "charges": "charge",
    "refunds": "refund",
    "disputes": "dispute",
    "events": "event",
}


class Stripe(Standin):
    """Stripe as far as Saldo knows it."""

    name: ClassVar[str] = "stripe"
    title: ClassVar[str] = "Stripe"

    def __init__(self, shelf: Shelf, post: Post, base_url: str) -> None:
        super().__init__(shelf, post, base_url)
        self.ledger = Ledger(shelf, self._tell)

    def api(self, request: Request) -> Answer:
        """Answers the API below /v1 and the page below /c/pay."""
        if request.parts[:2] == ("c", "pay") and len(request.parts) == 3:  # noqa: PLR2004
            return self._page(request, request.parts[2])
        try:
            _insist_on_key(request)
            return self._once(request)
        except StripeError as error:
            return error.answer()

    def payments(self) -> Sequence[Shown]:
        """The PaymentIntents."""
        return [self._shown(intent) for intent in self.shelf.all("intent")]

    def act(self, payment_id: str, action: str, amount_minor: int | None) -> None:
        """What the control page offers."""
        intent = self.shelf.get("intent", payment_id) or {}
        charge = self.shelf.get("charge", str(intent.get("latest_charge"))) or {}
        amount = None if amount_minor is None else of_iso(amount_minor, intent["currency"])
        does: dict[str, Callable[[], object]] = {
            "arrive": lambda: self.ledger.arrive(intent),
            "fail_late": lambda: self.ledger.fail_late(intent),
            "refund": lambda: self.ledger.refund(charge, amount),
            "refund_fails": lambda: self.ledger.fail_refund(charge),
            "dispute": lambda: self.ledger.dispute(charge),
            "dispute_won": lambda: self.ledger.decide(charge, "won"),
            "dispute_lost": lambda: self.ledger.decide(charge, "lost"),
        }
        does[action]()

    def sign(self, letter: Letter) -> Mapping[str, str]:
        """The header Stripe-Signature (docs.stripe.com/webhooks/signature)."""
        at = str(int(time.time()))
        signed = at.encode() + b"." + letter.body
        mac = hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()
        return {"Stripe-Signature": f"t={at},v1={mac}"}

    def _tell(self, event: Thing, about: str) -> None:
        self.send(event["type"], json.dumps(event, ensure_ascii=False).encode(), about=about)

    def _once(self, request: Request) -> Answer:
        """A POST under a key that was used before is answered as it was then."""
        key = request.headers.get("idempotency-key")
        if request.method != "POST" or not key:
            return self._answer(request)
        asked = hashlib.sha256("/".join(request.parts).encode() + request.body).hexdigest()
        known = self.shelf.get("idempotency", key)
        if known is not None and known["asked"] != asked:
            said = "Keys for idempotent requests can only be used with the same parameters."
            raise StripeError(400, said, kind="idempotency_error")
        if known is not None:
            answer = json_answer(200, known["body"])
            return Answer(200, (*answer.headers, ("Idempotent-Replayed", "true")), answer.body)
        answer = self._answer(request)
        self.shelf.put("idempotency", key, {"asked": asked, "body": json.loads(answer.body)})
        return answer

    def _answer(self, request: Request) -> Answer:
        if request.method == "GET":
            return self._read(request)
        match request.parts:
            case ("v1", "checkout", "sessions"):
                asked = _sensible(nested(request.body.decode()))
                return json_answer(200, self.ledger.open_session(asked, request.root))
            case ("v1", "checkout", "sessions", name, "expire"):
                return json_answer(200, self._expired(self._session(name)))
            case ("v1", "refunds"):
                return json_answer(200, self._refund(nested(request.body.decode())))
        raise _unknown(request)

    def _read(self, request: Request) -> Answer:
        query = nested(urlencode(request.pairs))
        match request.parts:
            case ("v1", "account"):
                return json_answer(200, _ACCOUNT)
            case ("v1", "checkout", "sessions", name):
                return json_answer(200, self._session(name))
            case ("v1", plural) if plural in _KINDS:
                return in_list(self._found(plural, query), query, f"/v1/{plural}")
            case ("v1", plural, name) if plural in _KINDS:
                return json_answer(200, self._expanded(self._one(plural, name), query))
        raise _unknown(request)

    def _found(self, plural: str, query: Thing) -> list[Thing]:
        found = self.shelf.all(_KINDS[plural])
        types = query.get("types") or ({"0": query["type"]} if "type" in query else {})
        if types:
            found = [one for one in found if one["type"] in types.values()]
        for name in ("charge", "payment_intent"):
            if name in query:
                found = [one for one in found if one.get(name) == query[name]]
        wanted = [str(one).removeprefix("data.") for one in query.get("expand", {}).values()]
        return [self._with(one, wanted) for one in found]

    def _one(self, plural: str, name: str) -> Thing:
        found = self.shelf.get(_KINDS[plural], name)
        if found is None:
            kind = _KINDS[plural].replace("intent", "payment_intent")
            raise StripeError(404, f"No such {kind}: '{name}'", code="resource_missing", param="id")
        return found

    def _expanded(self, thing: Thing, query: Thing) -> Thing:
        return self._with(thing, [str(one) for one in query.get("expand", {}).values()])

    def _with(self, thing: Thing, wanted: Sequence[str]) -> Thing:
        if "refunds" in wanted and thing["object"] == "charge":
            refunds = self.ledger.refunds(thing["id"])
            listed = {"object": "list", "has_more": False, "url": "/v1/refunds", "data": refunds}
            thing = thing | {"refunds": listed}
        for name in ("balance_transaction", "latest_charge"):
            kind = name.replace("latest_", "")
            if name in wanted and isinstance(thing.get(name), str):
                thing = thing | {name: self.shelf.get(kind, thing[name])}
        return thing

    def _session(self, name: str) -> Thing:
        session = self.shelf.get("session", name)
        if session is None:
            raise StripeError(404, f"No such checkout.session: {name}", code="resource_missing")
        if session["status"] == "open" and session["expires_at"] <= now().timestamp():
            return self.ledger.expire(session)
        return session

    def _expired(self, session: Thing) -> Thing:
        if session["status"] != "open":
            said = 'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout'
            raise StripeError(400, f"{said} Session has a status of `{session['status']}`.")
        return self.ledger.expire(session)

    def _refund(self, asked: Thing) -> Thing:
        charge = None
        if "payment_intent" in asked:
            intent = self._one("payment_intents", asked["payment_intent"])
            charge = self.shelf.get("charge", str(intent["latest_charge"]))
        elif "charge" in asked:
            charge = self._one("charges", asked["charge"])
        if charge is None:
            raise StripeError(400, "One of the following params should be provided: charge.")
        amount = int(asked["amount"]) if "amount" in asked else None
        try:
            return self.ledger.refund(charge, amount, metadata=asked.get("metadata", {}))
        except Refused as refused:
            raise StripeError(400, str(refused), param="amount") from refused

    def _page(self, request: Request, name: str) -> Answer:
        session = self.shelf.get("session", name) and self._session(name)
        language = spoken(session and session["locale"], request)
        if not session or session["status"] != "open":
            return pages.message_page(self.title, _OVER, _PAID, language)
        if request.method == "POST":
            return self._chosen(request, session)
        return self._asks(session, request)

    def _chosen(self, request: Request, session: Thing) -> Answer:
        choice = request.form().get("choice")
        if choice == "pay":
            self.ledger.pay(session)
        elif choice == "pay_later":
            self.ledger.pay_later(session)
        elif choice == "decline":
            self.ledger.decline(session, "Your card was declined.")
            return self._asks(session, request, _DECLINED)
        back = session["cancel_url" if choice == "cancel" else "success_url"]
        return see_other(str(back).replace("{CHECKOUT_SESSION_ID}", session["id"]))

    def _asks(self, session: Thing, request: Request, error: Text | None = None) -> Answer:
        made_of = self.shelf.get("session_intent", session["id"]) or {}
        currency = session["currency"]
        merchant, _, description = str(made_of.get("name", "")).partition(" · ")
        return pages.checkout_page(
            pages.Checkout(
                provider=self.title,
                merchant=merchant,
                description=description,
                amount_minor=in_iso(session["amount_total"], currency),
                currency=currency.upper(),
                language=spoken(session["locale"], request),
                action=f"{request.root}/c/pay/{session['id']}",
                error=error,
            )
        )

    def _shown(self, intent: Thing) -> Shown:
        charge = self.shelf.get("charge", str(intent["latest_charge"])) or {}
        disputes = self.ledger.disputes(charge["id"]) if charge else []
        currency = intent["currency"]
        facts = {
            "charge": str(charge.get("id", "—")),
            "refunded": pages.plain_amount(
                in_iso(charge.get("amount_refunded", 0), currency), currency.upper()
            ),
            **{dispute["id"]: dispute["status"] for dispute in disputes},
        }
        return Shown(
            id=intent["id"],
            state=intent["status"],
            amount_minor=in_iso(intent["amount"], currency),
            currency=currency.upper(),
            reference=str(intent["metadata"].get("checkout_id", "")),
            facts=facts,
            actions=self._actions(intent, charge, disputes),
        )

    def _actions(self, intent: Thing, charge: Thing, disputes: list[Thing]) -> list[Action]:
        if intent["status"] == "processing":
            return [_ARRIVE, _FAIL_LATE]
        if intent["status"] != "succeeded":
            return []
        if any(one["status"] == "needs_response" for one in disputes):
            return [_WON, _LOST]
        left = charge["amount_captured"] - charge["amount_refunded"]
        refund = _REFUND._replace(amount_minor=in_iso(left, intent["currency"]))
        is_refunded = any(one["status"] == "succeeded" for one in self.ledger.refunds(charge["id"]))
        return [
            *([refund] if left > 0 else []),
            *([_REFUND_FAILS] if is_refunded else []),
            *([] if disputes else [_DISPUTE]),
        ]


_ARRIVE: Final = Action("arrive", Text("El adeudo llega", "The debit arrives"))
_FAIL_LATE: Final = Action("fail_late", Text("El adeudo es devuelto", "The debit fails"))
_REFUND: Final = Action("refund", Text("Devolver", "Refund"))
_REFUND_FAILS: Final = Action("refund_fails", Text("La devolución no llega", "The refund fails"))
_DISPUTE: Final = Action("dispute", Text("El cliente reclama al banco", "The customer disputes it"))
_WON: Final = Action("dispute_won", Text("Reclamación ganada", "The dispute is won"))
_LOST: Final = Action("dispute_lost", Text("Reclamación perdida", "The dispute is lost"))

_ACCOUNT: Final = {
    "id": "acct_local",
    "object": "account",
    "business_profile": {"name": "Saldo local"},
    "country": "ES",
    "default_currency": "eur",
    "email": "admin@saldo.local",
    "settings": {"dashboard": {"display_name": "Stripe (simulador)", "timezone": "Europe/Madrid"}},
}


def _insist_on_key(request: Request) -> None:
    kind, _, key = request.headers.get("authorization", "").partition(" ")
    if kind != "Bearer" or not key.startswith(_TEST_KEY):
        raise StripeError(401, f"Invalid API Key provided: {key[:8]}****")


def _unknown(request: Request) -> StripeError:
    url = "/" + "/".join(request.parts)
    return StripeError(404, f"Unrecognized request URL ({request.method}: {url}).")


def _sensible(asked: Thing) -> Thing:
    """The parameters of a session that Stripe would open."""
    if asked.get("mode") != "payment":
        raise StripeError(400, "Invalid mode: must be payment here.", param="mode")
    price: dict[str, Any] = asked.get("line_items", {}).get("0", {}).get("price_data", {})
    for name in ("currency", "unit_amount", "product_data"):
        if name not in price:
            place = f"line_items[0][price_data][{name}]"
            raise StripeError(400, f"Missing required param: {place}.", param=place)
    if not str(price["unit_amount"]).isdecimal():
        raise StripeError(400, f"Invalid integer: {price['unit_amount']}", param="unit_amount")
    if int(price["unit_amount"]) < _LEAST:
        said = "The Checkout Session's total amount must convert to at least 50 cents."
        raise StripeError(400, said, code="amount_too_small")
    present = now().timestamp()
    lasts = int(asked.get("expires_at", present + 86_400)) - present
    if not _SOONEST_END_SECONDS <= lasts <= _LATEST_END_SECONDS:
        said = "The `expires_at` timestamp must be between 30 minutes and 24 hours from creation."
        raise StripeError(400, said, param="expires_at")
    return asked


STANDIN: Final = Stripe

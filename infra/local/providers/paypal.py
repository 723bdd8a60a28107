"""The stand-in of PayPal: orders that a buyer approves and the shop captures, refunds, disputes.

Written from its documentation (https://developer.paypal.com/api/rest). Webhooks are signed with a
key whose certificate lies at this API, as PayPal's do.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode, urlsplit

from infra.local.gateway import Answer, json_answer
from infra.local.providers import pages
from infra.local.providers import paypal_things as things
from infra.local.providers.base import (
    Refused,
    Request,
    Shown,
    Standin,
    Text,
    now,
    see_other,
)
from infra.local.providers.delivery import Letter
from infra.local.providers.keys import KEYS
from infra.local.providers.paypal_actions import CHOICES, PLANS, left_of, shown_of
from infra.local.providers.paypal_signing import Signer
from infra.local.providers.things import Thing

_TOKEN: Final = "A21AA-local"  # noqa: S105 - it protects nothing
_GONE: Final = Text("Este pago ya no está disponible", "This payment is no longer available")
_DONE: Final = Text("Ya se ha aprobado o se ha cancelado.", "It was approved or cancelled before.")
_EVENTS: Final = {
    "COMPLETED": "PAYMENT.CAPTURE.COMPLETED",
    "PENDING": "PAYMENT.CAPTURE.PENDING",
    "DECLINED": "PAYMENT.CAPTURE.DENIED",
}
_VERDICTS: Final = {
    "dispute_won": "RESOLVED_SELLER_FAVOUR",
    "dispute_lost": "RESOLVED_BUYER_FAVOUR",
}


class PayPal(Standin):
    """Everybody's account."""

    name = "paypal"
    title = "PayPal"

    def api(self, request: Request) -> Answer:
        """The API, the certificate, the page."""
        match request.method, request.parts:
            case "POST", ("v1", "oauth2", "token"):
                return _token(request)
            case "GET", ("v1", "notifications", "certs", name):
                return self._certificate(name)
            case "GET", ("checkoutnow",):
                return self._page(request)
            case "POST", ("checkoutnow",):
                return self._chosen(request)
        if request.headers.get("authorization") != f"Bearer {_TOKEN}":
            return json_answer(401, {"error": "invalid_token"})
        return self._asked(request)

    def _asked(self, request: Request) -> Answer:
        match request.method, request.parts:
            case _, ("v2", "checkout", "orders", *rest):
                return self._orders(request, rest)
            case "GET", ("v2", "payments", "captures", name):
                order = self._of_capture(name)
                return json_answer(200, things.capture_of(order, self.root)) if order else _none()
            case "GET", ("v1", "customer", "disputes", *rest):
                return self._disputes(request, rest)
            case "GET", ("v1", "reporting", "transactions"):
                return self._transactions(request)
            case _, ("v1", "notifications", *rest):
                return self._notifications(request, rest)
        return _none()

    def _orders(self, request: Request, rest: Sequence[str]) -> Answer:
        match request.method, rest:
            case "POST", ():
                return self._created(request)
            case "GET", (name,):
                return self._found(name)
            case "POST", (name, "capture"):
                return self._capture(request, name)
        return _none()

    def _notifications(self, request: Request, rest: Sequence[str]) -> Answer:
        match request.method, rest:
            case "POST", ("verify-webhook-signature",):
                return self._verified(request)
            case "GET", ("webhooks", name) if name == self.secret:
                return json_answer(200, {"id": name, "url": f"{self.base_url}/webhooks/paypal"})
        return _none()

    def _created(self, request: Request) -> Answer:
        key = request.headers.get("paypal-request-id", "")
        before = self.shelf.get("request", key) if key else None
        if before is not None:
            return self._found(before["order"])
        asked = request.json()
        units = asked.get("purchase_units") if isinstance(asked, dict) else None
        if not units or things.minor_of(units[0].get("amount")) is None:
            return _problem("INVALID_PARAMETER_VALUE", "The amount is no amount of this currency.")
        context = asked["payment_source"]["paypal"]["experience_context"]
        order = {
            "id": things.name(),
            "status": "PAYER_ACTION_REQUIRED",
            "unit": units[0],
            "context": context,
            "created": things.stamp(),
            "updated": things.stamp(),
            "refunds": [],
        }
        self.shelf.put("order", order["id"], order)
        self.shelf.put("request", key, {"order": order["id"]})
        return json_answer(201, things.order_of(order, self.root))

    def _found(self, name: str) -> Answer:
        order = self.shelf.get("order", name)
        return json_answer(200, things.order_of(order, self.root)) if order else _none()

    def _capture(self, request: Request, name: str) -> Answer:
        order = self.shelf.get("order", name)
        if order is None:
            return _none()
        key = f"capture {request.headers.get('paypal-request-id', '')}"
        if order.get("capture") and self.shelf.get("request", key) is None:
            return _problem("ORDER_ALREADY_CAPTURED", "Order already captured.")
        if order["status"] == "PAYER_ACTION_REQUIRED":
            return _problem("ORDER_NOT_APPROVED", "Payer has not yet approved the Order.")
        if not order.get("capture"):
            if self._is_paid_twice(order):
                return _problem("DUPLICATE_INVOICE_ID", "Duplicate Invoice ID detected.")
            at = things.stamp()
            status = order["plan"]
            order["capture"] = {"id": things.name(), "status": status, "created": at, "updated": at}
            self._keep(order | {"status": "COMPLETED"}, _EVENTS[status])
            self.shelf.put("request", key, {"order": name})
        return self._found(name)

    def _is_paid_twice(self, order: Thing) -> bool:
        invoice = order["unit"].get("invoice_id")
        others = [one for one in self.shelf.all("order") if one["id"] != order["id"]]
        return any(
            invoice and one["unit"].get("invoice_id") == invoice and one.get("capture")
            for one in others
        )

    def _keep(self, order: Thing, event: str, resource: Thing | None = None) -> None:
        """Keeps an order, and tells of the event that brought it there."""
        order["updated"] = things.stamp()
        self.shelf.put("order", order["id"], order)
        self._tell(order, event, resource or things.capture_of(order, self.root))

    def _tell(self, order: Thing, event: str, resource: Thing) -> None:
        body = {
            "id": f"WH-{things.name()}-{things.name()}",
            "event_version": "1.0",
            "create_time": things.stamp(),
            "resource_type": event.split(".")[1].lower(),
            "resource_version": "2.0",
            "event_type": event,
            "summary": event.replace(".", " ").capitalize(),
            "resource": resource,
            "links": [],
        }
        self.send(event, json.dumps(body).encode(), about=order["id"])

    def _page(self, request: Request) -> Answer:
        order = self.shelf.get("order", request.query.get("token", ""))
        if order is None or order["status"] != "PAYER_ACTION_REQUIRED":
            return pages.message_page(self.title, _GONE, _DONE, request.language)
        amount = order["unit"]["amount"]
        return pages.checkout_page(
            pages.Checkout(
                provider=self.title,
                merchant="PayPal",
                description=order["unit"].get("description", ""),
                amount_minor=things.minor_of(amount) or 0,
                currency=amount["currency_code"],
                language="en" if order["context"].get("locale", "").startswith("en") else "es",
                action=f"{request.root}/checkoutnow",
                choices=CHOICES,
                fields={"token": order["id"]},
            )
        )

    def _chosen(self, request: Request) -> Answer:
        form = request.form()
        order = self.shelf.get("order", form.get("token", ""))
        if order is None or order["status"] != "PAYER_ACTION_REQUIRED":
            return pages.message_page(self.title, _GONE, _DONE, request.language)
        if form.get("choice") not in PLANS:
            return see_other(_with(order["context"]["cancel_url"], token=order["id"]))
        self._approve(order, form["choice"])
        back = order["context"]["return_url"]
        return see_other(_with(back, token=order["id"], PayerID="LOCALBUYER"))

    def _approve(self, order: Thing, choice: str) -> None:
        approved = order | {"status": "APPROVED", "plan": PLANS[choice]}
        self._keep(approved, "CHECKOUT.ORDER.APPROVED", things.order_of(approved, self.root))

    def _certificate(self, name: str) -> Answer:
        text = Signer(self.shelf).certificate(name)
        if text is None:
            return _none()
        return Answer(200, (("Content-Type", "application/x-pem-file"),), text)

    def _verified(self, request: Request) -> Answer:
        asked = request.json()
        # What was sent is known by its bytes; here it is asked about by its content.
        letters = self.post.letters(self.name, limit=10_000)
        bodies = [one.body for one in letters if json.loads(one.body) == asked["webhook_event"]]
        is_ours = any(Signer(self.shelf).is_signed(asked, body) for body in bodies)
        return json_answer(200, {"verification_status": "SUCCESS" if is_ours else "FAILURE"})

    def _of_capture(self, name: str) -> Thing | None:
        orders = self.shelf.all("order")
        return next((one for one in orders if (one.get("capture") or {}).get("id") == name), None)

    def _disputes(self, request: Request, rest: Sequence[str]) -> Answer:
        disputes = [things.dispute_of(one) for one in self.shelf.all("order") if one.get("dispute")]
        if rest:
            found = [one for one in disputes if one["dispute_id"] == rest[0]]
            return json_answer(200, found[0]) if found else _none()
        payment = request.query.get("disputed_transaction_id")
        items = [
            one for one in disputes
            if payment in (None, one["disputed_transactions"][0]["seller_transaction_id"])
        ]  # fmt: skip
        return json_answer(200, {"items": items, "links": []})

    def _transactions(self, request: Request) -> Answer:
        since, until = (
            datetime.fromisoformat(request.query[name]) for name in ("start_date", "end_date")
        )
        if until - since > timedelta(days=31):
            return _problem("INVALID_REQUEST", "Date range is greater than 31 days")
        entries = [
            {"transaction_info": one}
            for order in self.shelf.all("order")
            for one in things.transactions_of(order)
            if since <= datetime.fromisoformat(one["transaction_initiation_date"]) <= until
        ]
        size, page = int(request.query["page_size"]), int(request.query["page"])
        shown = entries[(page - 1) * size : page * size]
        pages_in_all = -(-len(entries) // size)
        return json_answer(200, {"transaction_details": shown, "total_pages": pages_in_all})

    def payments(self) -> Sequence[Shown]:
        """Its orders."""
        return [shown_of(one) for one in self.shelf.all("order")]

    def act(self, payment_id: str, action: str, amount_minor: int | None) -> None:
        """Does to an order what its buyer, the shop or PayPal may do."""
        order = self.shelf.get("order", payment_id)
        if order is None:
            raise Refused("There is no such order.")
        if action in PLANS:
            self._approve(order, action)
        elif action in ("complete", "deny"):
            status = "COMPLETED" if action == "complete" else "DECLINED"
            order["capture"] |= {"status": status, "updated": things.stamp()}
            self._keep(order, _EVENTS[status])
        elif action.startswith("dispute"):
            self._dispute(order, action, amount_minor)
        else:
            self._refund(order, action, amount_minor)

    def _refund(self, order: Thing, action: str, amount_minor: int | None) -> None:
        left = left_of(order)
        amount = amount_minor or left
        if amount > left:
            raise Refused(f"Only {left} are left.")
        at = things.stamp()
        is_failing = action == "refund_fails"
        refund = {
            "id": things.name(),
            "amount": amount,
            "status": "PENDING" if is_failing else "COMPLETED",
            "created": at,
            "updated": at,
            "code": "T1106" if action == "reverse" else "T1107",
        }
        order["refunds"].append(refund)
        if is_failing:
            self._keep(order, "PAYMENT.REFUND.PENDING", things.refund_of(order, refund, self.root))
            later = f"{datetime.fromisoformat(at) + timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}"
            refund |= {"status": "FAILED", "updated": later}
            self._keep(order, "PAYMENT.REFUND.FAILED", things.refund_of(order, refund, self.root))
            return
        status = "PARTIALLY_REFUNDED" if left_of(order) else "REFUNDED"
        order["capture"] |= {"status": status, "updated": at}
        event = "REVERSED" if action == "reverse" else "REFUNDED"
        shown = things.refund_of(order, refund, self.root)
        self._keep(order, f"PAYMENT.CAPTURE.{event}", shown)

    def _dispute(self, order: Thing, action: str, amount_minor: int | None) -> None:
        at = things.stamp()
        if action == "dispute_open":
            order["dispute"] = {
                "id": f"PP-D-{self.shelf.number('dispute') + 10_000}",
                "created": at,
                "amount": amount_minor or left_of(order),
                "due": f"{now() + timedelta(days=10):%Y-%m-%dT%H:%M:%SZ}",
                "status": "OPEN",
                "stage": "INQUIRY",
            }
        elif action == "dispute_claim":
            changes = {"stage": "CHARGEBACK", "status": "WAITING_FOR_SELLER_RESPONSE"}
            order["dispute"] |= changes
        else:
            order["dispute"] |= {"status": "RESOLVED", "outcome": _VERDICTS[action]}
        order["dispute"]["updated"] = at
        kinds = {"dispute_open": "CREATED", "dispute_claim": "UPDATED"}
        event = f"CUSTOMER.DISPUTE.{kinds.get(action, 'RESOLVED')}"
        self._keep(order, event, things.dispute_of(order))
        if action == "dispute_lost" and left_of(order):
            self._refund(order, "reverse", min(order["dispute"]["amount"], left_of(order)))

    def sign(self, letter: Letter) -> Mapping[str, str]:
        """Over the bytes of the webhook, for this transmission."""
        return Signer(self.shelf).headers(self.root, self.secret, letter.body)


def _token(request: Request) -> Answer:
    pair = f"{KEYS['paypal']['client_id']}:{KEYS['paypal']['client_secret']}".encode()
    if request.headers.get("authorization") != f"Basic {base64.b64encode(pair).decode()}":
        said = {"error": "invalid_client", "error_description": "Client Authentication failed"}
        return json_answer(401, said)
    token = {"access_token": _TOKEN, "token_type": "Bearer", "expires_in": 32_400}
    return json_answer(200, token | {"app_id": "APP-LOCAL"})


def _none() -> Answer:
    said = {"name": "RESOURCE_NOT_FOUND", "message": "The specified resource does not exist."}
    return json_answer(404, said)


def _problem(issue: str, description: str) -> Answer:
    details = [{"issue": issue, "description": description}]
    return json_answer(422, {"name": "UNPROCESSABLE_ENTITY", "details": details})


def _with(url: str, **query: str) -> str:
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(query)}"


STANDIN: Final = PayPal

"""A stand-in for GoCardless: billing requests, debits and refunds, by its API and its pages."""

import hashlib
import hmac
import json
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final

from infra.local.gateway import Answer, json_answer
from infra.local.providers import pages
from infra.local.providers.base import (
    Action,
    Language,
    Request,
    Shown,
    Standin,
    Text,
    see_other,
    spoken,
)
from infra.local.providers.delivery import Letter, Post
from infra.local.providers.gocardless_debits import Debits
from infra.local.providers.things import Shelf, Thing

_TOKEN: Final = "sandbox_"  # noqa: S105 - how every token of the sandbox begins
_MOST_KEYS: Final = 3
_MOST: Final = 500
_USUAL: Final = 50
_LISTED: Final = ("payments", "refunds", "events", "creditors")
_CREDITOR: Final = {"id": "CR_LOCAL", "name": "GoCardless (simulador)", "country_code": "ES"}
_BOUNDS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}
_METHOD: Final = Text(
    "Se domiciliará en su cuenta: un adeudo tarda unos días.",
    "It will be debited from your account: a direct debit takes some days.",
)
_REFUSED: Final = Text(
    "El banco no acepta adeudos en esta cuenta. Pruebe con otra.",
    "The bank takes no debits from this account. Try another one.",
)
_OVER: Final = Text("Esta página ya no admite pagos", "This page takes no payments any more")
_DONE: Final = Text(
    "Ya está autorizado o se ha anulado.", "It is authorised already, or cancelled."
)


class ApiError(Exception):
    """A request that GoCardless refuses."""

    def __init__(self, status: int, kind: str, message: str, **error: Any) -> None:
        super().__init__(message)
        self.status = status
        errors = [{"message": message, "request_pointer": "/", **error}] if error else []
        self.body = {"error": {
            "code": status, "type": kind, "message": message, "errors": errors,
            "request_id": "local", "documentation_url": "https://developer.gocardless.com",
        }}  # fmt: skip


class GoCardless(Standin):
    """GoCardless as far as Saldo knows it."""

    name: ClassVar[str] = "gocardless"
    title: ClassVar[str] = "GoCardless"
    pauses: ClassVar[Sequence[float]] = (1, 2, 5, 10, 20, 30, 45, 60)  # eight retries

    def __init__(self, shelf: Shelf, post: Post, base_url: str) -> None:
        super().__init__(shelf, post, base_url)
        self.debits = Debits(shelf, self._tell)

    def api(self, request: Request) -> Answer:
        """Answers the API, and the page below /flow."""
        match request.parts:
            case ("flow", name):
                return self._page(request, name)
        try:
            _insist_on_headers(request)
            return self._answer(request)
        except ApiError as error:
            return json_answer(error.status, error.body)

    def payments(self) -> Sequence[Shown]:
        """The payments; before there is one, the billing requests that were agreed to."""
        return [self._shown(payment) for payment in self.shelf.all("payments")]

    def act(self, payment_id: str, action: str, amount_minor: int | None) -> None:
        """What the control page offers."""
        payment = self.shelf.get("payments", payment_id) or {}
        go = self.debits.go
        does: dict[str, Callable[[], object]] = {
            "confirm": lambda: go(payment, "confirmed"),
            "fail": lambda: go(payment, "failed"),
            "retry": lambda: go(payment, "resubmission_requested", "submitted"),
            "pay_out": lambda: go(payment, "paid_out"),
            "fail_late": lambda: go(payment, *_late_failure(payment)),
            "charge_back": lambda: go(payment, "charged_back"),
            "chargeback_cancelled": lambda: go(payment, "chargeback_cancelled"),
            "chargeback_settled": lambda: go(payment, "chargeback_settled"),
            "refund": lambda: self.debits.refund(payment, amount_minor),
            "refund_paid": lambda: self.debits.end_refund(payment, "paid"),
            "refund_fails": lambda: self.debits.end_refund(payment, "failed"),
        }
        does[action]()

    def sign(self, letter: Letter) -> Mapping[str, str]:
        """The header Webhook-Signature: a HMAC of the body."""
        mac = hmac.new(self.secret.encode(), letter.body, hashlib.sha256).hexdigest()
        return {"Webhook-Signature": mac, "Origin": "https://api.gocardless.com"}

    def _tell(self, events: Sequence[Thing], about: str) -> None:
        label = ", ".join(f"{one['resource_type']}.{one['action']}" for one in events)
        body = {"events": events, "meta": {"webhook_id": self.debits.name("WB")}}
        self.send(label, json.dumps(body, ensure_ascii=False).encode(), about=about)

    def _answer(self, request: Request) -> Answer:
        if request.method == "GET":
            return self._read(request)
        match request.parts:
            case ("billing_requests",):
                return self._created(request, "billing_requests", self._new_request)
            case ("billing_request_flows",):
                return self._new_flow(request)
            case ("payments",):
                return self._created(request, "payments", self._new_payment)
            case ("billing_requests", name, "actions", "cancel"):
                return self._called_off(self._one("billing_requests", name))
        raise ApiError(404, "invalid_api_usage", "path not found", reason="path_not_found")

    def _read(self, request: Request) -> Answer:
        match request.parts:
            case (kind,) if kind in _LISTED:
                return self._listed(kind, request.query)
            case (("billing_requests" | "payments" | "refunds" | "events") as kind, name):
                return json_answer(200, {kind: self._one(kind, name)})
        raise ApiError(404, "invalid_api_usage", "path not found", reason="path_not_found")

    def _created(self, request: Request, kind: str, make: Callable[[Thing], Thing]) -> Answer:
        key = request.headers.get("idempotency-key")
        known = self.shelf.get("idempotency", f"{kind} {key}") if key else None
        if known is not None:
            raise ApiError(
                409,
                "invalid_state",
                "A resource has already been created with this idempotency key",
                reason="idempotent_creation_conflict",
                links={"conflicting_resource_id": known["id"]},
            )
        asked = request.json().get(kind)
        if not isinstance(asked, dict):
            raise ApiError(400, "invalid_api_usage", "missing envelope", reason="missing_envelope")
        if len(asked.get("metadata", {})) > _MOST_KEYS:
            raise _invalid("metadata", "cannot have more than 3 keys")
        made = make(asked)
        if key:
            self.shelf.put("idempotency", f"{kind} {key}", {"id": made["id"]})
        return json_answer(201, {kind: made})

    def _new_request(self, asked: Thing) -> Thing:
        if not asked.get("mandate_request", {}).get("currency"):
            raise _invalid("mandate_request", "is required")
        return self.debits.request(asked)

    def _new_payment(self, asked: Thing) -> Thing:
        mandate = self.shelf.get("mandates", str(asked.get("links", {}).get("mandate")))
        if mandate is None:
            raise _invalid("links", "mandate not found")
        if not isinstance(asked.get("amount"), int) or asked["amount"] < 1:
            raise _invalid("amount", "must be greater than 0")
        return self.debits.debit(asked, mandate)

    def _new_flow(self, request: Request) -> Answer:
        asked = request.json().get("billing_request_flows") or {}
        links = asked.get("links", {})
        self._one("billing_requests", str(links.get("billing_request")))
        name = self.debits.name("BRF")
        flow = {
            "id": name,
            "created_at": self.debits.instant(),
            "authorisation_url": f"{request.root}/flow/{name}",
            "redirect_uri": asked.get("redirect_uri"),
            "exit_uri": asked.get("exit_uri"),
            "language": asked.get("language"),
            "links": links,
        }
        return json_answer(201, {"billing_request_flows": self.shelf.put("flows", name, flow)})

    def _called_off(self, request: Thing) -> Answer:
        if request["status"] != "pending":
            raise ApiError(422, "invalid_state", f"The request is {request['status']}")
        return json_answer(200, {"billing_requests": self.debits.call_off(request)})

    def _one(self, kind: str, name: str) -> Thing:
        found = self.shelf.get(kind, name)
        if found is None:
            raise ApiError(404, "invalid_api_usage", "Resource not found",
                           reason="resource_not_found")  # fmt: skip
        return found

    def _listed(self, kind: str, query: Mapping[str, str]) -> Answer:
        found = [_CREDITOR] if kind == "creditors" else self.shelf.all(kind)
        found = [one for one in found if _is_wanted(one, query)]
        names = [one["id"] for one in found]
        if "after" in query and query["after"] in names:
            found = found[names.index(query["after"]) + 1 :]
        limit = min(int(query.get("limit", _USUAL)), _MOST)
        page, rest = found[:limit], found[limit:]
        cursors = {"before": None, "after": page[-1]["id"] if rest else None}
        return json_answer(200, {kind: page, "meta": {"cursors": cursors, "limit": limit}})

    def _page(self, request: Request, name: str) -> Answer:
        flow = self.shelf.get("flows", name)
        asked = flow and self.shelf.get("billing_requests", flow["links"]["billing_request"])
        language = spoken(flow and flow["language"], request)
        if not flow or not asked or asked["status"] != "pending":
            return pages.message_page(self.title, _OVER, _DONE, language)
        choice = request.form().get("choice") if request.method == "POST" else None
        if choice in ("pay", "pay_later"):
            self.debits.agree(asked, "confirmed" if choice == "pay" else "submitted")
        if choice in ("pay", "pay_later", "cancel"):
            return see_other(flow["exit_uri" if choice == "cancel" else "redirect_uri"])
        error = _REFUSED if choice == "decline" else None
        return self._asks(f"{request.root}/flow/{name}", asked, language, error)

    def _asks(self, action: str, asked: Thing, language: Language, error: Text | None) -> Answer:
        amount, _, currency = str(asked["metadata"].get("amount", "0 EUR")).partition(" ")
        described = str(asked["mandate_request"].get("description", ""))
        merchant, _, description = described.partition(" · ")
        return pages.checkout_page(
            pages.Checkout(
                provider=self.title,
                merchant=merchant,
                description=description,
                amount_minor=int(amount),
                currency=currency,
                language=language,
                action=action,
                error=error,
                method=_METHOD,
            )
        )

    def _shown(self, payment: Thing) -> Shown:
        refunds = self.debits.refunds(payment)
        facts = {"mandate": payment["links"]["mandate"]}
        for one in refunds:
            amount = pages.plain_amount(one["amount"], one["currency"])
            facts[one["id"]] = f"{one['status']} {amount}"
        return Shown(
            id=payment["id"],
            state=payment["status"],
            amount_minor=payment["amount"],
            currency=payment["currency"],
            reference=str(payment["metadata"].get("checkout_id", "")),
            facts=facts,
            actions=_actions(payment, [one["status"] for one in refunds]),
        )


_OF_STATUS: Final = {
    "submitted": (
        Action("confirm", Text("El adeudo se confirma", "The debit is confirmed")),
        Action("fail", Text("El adeudo falla", "The debit fails")),
    ),
    "failed": (Action("retry", Text("Intentar otra vez", "Try again")),),
    "confirmed": (Action("pay_out", Text("Abonar en cuenta", "Pay out")),),
    "charged_back": (
        Action("chargeback_cancelled", Text("El banco lo anula", "The bank calls it off")),
        Action("chargeback_settled", Text("La devolución se liquida", "The chargeback settles")),
    ),
}
_COLLECTED: Final = (
    Action("fail_late", Text("Falla tarde", "It fails late")),
    Action("charge_back", Text("El cliente lo devuelve", "The customer charges it back")),
)
_REFUND: Final = Action("refund", Text("Devolver", "Refund"))
_REFUND_PAID: Final = Action("refund_paid", Text("La devolución llega", "The refund arrives"))
_REFUND_FAILS: Final = Action("refund_fails", Text("La devolución falla", "The refund fails"))


def _actions(payment: Thing, refunds: Sequence[str]) -> list[Action]:
    actions = list(_OF_STATUS.get(payment["status"], ()))
    if payment["status"] in ("confirmed", "paid_out"):
        actions += _COLLECTED
        left = payment["amount"] - payment["amount_refunded"]
        actions += [_REFUND._replace(amount_minor=left)] if left else []
    if "created" in refunds:
        actions.append(_REFUND_PAID)
    if {"created", "paid"} & set(refunds):
        actions.append(_REFUND_FAILS)
    return actions


def _late_failure(payment: Thing) -> tuple[str, ...]:
    # Only what was paid out already is debited from a later payout.
    return ("failed", "late_failure_settled") if payment["status"] == "paid_out" else ("failed",)


def _is_wanted(thing: Thing, query: Mapping[str, str]) -> bool:
    links = thing.get("links", {})
    if "resource_type" in query and thing.get("resource_type") != query["resource_type"]:
        return False
    for name in ("payment", "refund", "billing_request", "mandate"):
        if name in query and links.get(name) != query[name]:
            return False
    return all(
        is_within(thing["created_at"], query[f"created_at[{name}]"])
        for name, is_within in _BOUNDS.items()
        if f"created_at[{name}]" in query
    )


def _invalid(field: str, problem: str) -> ApiError:
    return ApiError(422, "validation_failed", f"{field} {problem}", field=field)


def _insist_on_headers(request: Request) -> None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind != "Bearer" or not token.startswith(_TOKEN):
        raise ApiError(401, "invalid_api_usage", "Unauthorized", reason="access_token_not_found")
    if not request.headers.get("gocardless-version"):
        raise ApiError(400, "invalid_api_usage", "Missing version header",
                       reason="missing_version_header")  # fmt: skip


STANDIN: Final = GoCardless

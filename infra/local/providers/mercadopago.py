"""The stand-in of Mercado Pago: Checkout Pro, payments, refunds, chargebacks, claims, webhooks.

Written from its documentation (https://www.mercadopago.com/developers/en/reference). A preference
can be paid again and again until it expires, as the real one can.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast
from urllib.parse import quote, urlencode

from infra.local.gateway import Answer, json_answer
from infra.local.providers import pages
from infra.local.providers.base import (
    Refused,
    Request,
    Shown,
    Standin,
    Text,
    new_id,
    now,
    see_other,
)
from infra.local.providers.delivery import Letter
from infra.local.providers.mercadopago_payments import (
    COLLECTOR,
    CURRENCIES,
    actions_of,
    after_refunds,
    as_payment,
    left_of,
    major_of,
    minor_of,
    refund,
    refunded,
    stamp,
)
from infra.local.providers.things import Thing

_ROUTES: Final = {
    "GET checkout/v1/redirect": "_page",
    "POST checkout/v1/pay": "_pay",
    "POST checkout/preferences": "_open",
    "PUT checkout/preferences/*": "_change",
    "GET v1/payments/search": "_search",
    "GET v1/payments/*": "_payment",
    "GET v1/chargebacks/search": "_cases",
    "GET v1/chargebacks/*": "_case",
    "GET post-purchase/v1/claims/*": "_claim",
    "GET users/me": "_me",
}
_FIRST_PAYMENT: Final = 1_300_000_000
_FIRST_NOTIFICATION: Final = 112_000_000_000
_FIRST_CASE: Final = 234_000_062_890_000_000
_FIRST_CLAIM: Final = 5_012_391_000
_CHOSEN: Final = {
    "pay": ("approved", "accredited"),
    "pay_later": ("pending", "pending_waiting_payment"),
    "decline": ("rejected", "cc_rejected_insufficient_amount"),
}
_OVER: Final = Text("Esta página ya no está disponible", "This page is no longer available")
_EXPIRED: Final = Text("El plazo para pagar ha terminado.", "The time to pay has ended.")


class MercadoPago(Standin):
    """Everybody's account in its sandbox; the currency decides the country."""

    name = "mercadopago"
    title = "Mercado Pago"

    def api(self, request: Request) -> Answer:
        """The API and the checkout page."""
        found = [name for pattern, name in _ROUTES.items() if _fits(pattern, request)]
        if not found:
            return _error(404, "not_found", "resource not found")
        is_page = request.parts[:2] == ("checkout", "v1")
        if not is_page and not request.headers.get("authorization", "").startswith("Bearer TEST-"):
            return _error(401, "unauthorized", "invalid access token")
        return cast("Answer", getattr(self, found[0])(request))

    def _me(self, request: Request) -> Answer:
        del request  # one account for everybody
        me = {"id": COLLECTOR, "nickname": "TESTSALDO", "site_id": "MLB"}
        return json_answer(200, me | {"email": "test_user_1@testuser.com"})

    def _payment(self, request: Request) -> Answer:
        return self._told("payment", request, as_payment)

    def _case(self, request: Request) -> Answer:
        return self._told("case", request, dict)

    def _claim(self, request: Request) -> Answer:
        return self._told("claim", request, dict)

    def _told(self, kind: str, request: Request, show: Callable[[Thing], Thing]) -> Answer:
        thing = self.shelf.get(kind, request.parts[-1])
        if thing is None:
            return _error(404, "not_found", f"{kind} not found")
        return json_answer(200, show(thing))

    def _open(self, request: Request) -> Answer:
        key = request.headers.get("x-idempotency-key")
        before = self.shelf.get("key", key) if key else None
        if before is not None:
            return json_answer(201, self.shelf.get("preference", before["preference"]))
        wanted = request.json()
        problem = _problem_of(wanted)
        if problem:
            return _error(400, "bad_request", problem)
        number = f"{COLLECTOR}-{new_id('', 32)}"
        page = f"{request.root}/checkout/v1/redirect?pref_id={number}"
        preference = wanted | {
            "id": number,
            "collector_id": COLLECTOR,
            "date_created": stamp(now()),
            "init_point": page,
            "sandbox_init_point": page,
        }
        self.shelf.put("preference", number, preference)
        if key:
            self.shelf.put("key", key, {"preference": number})
        return json_answer(201, preference)

    def _change(self, request: Request) -> Answer:
        number = request.parts[-1]
        preference = self.shelf.get("preference", number)
        if preference is None:
            return _error(404, "not_found", "preference not found")
        return json_answer(200, self.shelf.put("preference", number, preference | request.json()))

    def _search(self, request: Request) -> Answer:
        query = request.query
        field = query.get("range", "date_created")
        if field not in ("date_created", "date_last_updated", "date_approved"):
            return _error(400, "bad_request", "invalid range")
        begin, end = query.get("begin_date"), query.get("end_date")
        found = sorted(
            (one for one in self.shelf.all("payment") if _is_between(one.get(field), begin, end)),
            key=lambda one: (str(one.get(query.get("sort", field))), one["id"]),
            reverse=query.get("criteria", "asc") == "desc",
        )
        limit, offset = int(query.get("limit", "30")), int(query.get("offset", "0"))
        shown = [as_payment(one) for one in found[offset : offset + limit]]
        paging = {"total": len(found), "limit": limit, "offset": offset}
        return json_answer(200, {"paging": paging, "results": shown})

    def _cases(self, request: Request) -> Answer:
        payment_id = request.query.get("payment_id", "")
        cases = [one for one in self.shelf.all("case") if str(one["payments"][0]) == payment_id]
        return json_answer(200, {"paging": {"total": len(cases)}, "results": cases})

    def _page(self, request: Request) -> Answer:
        preference = self.shelf.get("preference", request.query.get("pref_id", ""))
        if preference is None or not _is_open(preference):
            return pages.message_page(self.title, _OVER, _EXPIRED, request.language)
        item = preference["items"][0]
        return pages.checkout_page(
            pages.Checkout(
                provider=self.title,
                merchant=item["title"].partition(" · ")[0],
                description=item["title"],
                amount_minor=minor_of(item),
                currency=item["currency_id"],
                language=request.language,
                action=f"{request.root}/checkout/v1/pay?lang={request.language}",
                fields={"pref_id": preference["id"]},
            )
        )

    def _pay(self, request: Request) -> Answer:
        form = request.form()
        preference = self.shelf.get("preference", form.get("pref_id", ""))
        if preference is None or not _is_open(preference):
            return pages.message_page(self.title, _OVER, _EXPIRED, request.language)
        ways = preference.get("back_urls") or {}
        if form.get("choice") not in _CHOSEN:
            return see_other(ways.get("failure", request.root))
        payment = self._begun(preference, *_CHOSEN[form["choice"]])
        way = {"approved": "success", "pending": "pending"}.get(payment["status"], "failure")
        told = {
            "collection_id": payment["id"],
            "payment_id": payment["id"],
            "status": payment["status"],
            "external_reference": preference.get("external_reference") or "",
            "preference_id": preference["id"],
        }
        url = ways.get(way, request.root)
        return see_other(f"{url}{'&' if '?' in url else '?'}{urlencode(told)}")

    def _begun(self, preference: Thing, status: str, detail: str) -> Thing:
        item = preference["items"][0]
        at = stamp(now())
        payment = {
            "id": _FIRST_PAYMENT + self.shelf.number("payment"),
            "status": status,
            "status_detail": detail,
            "amount_minor": minor_of(item),
            "currency_id": item["currency_id"],
            "external_reference": preference.get("external_reference"),
            "metadata": preference.get("metadata") or {},
            "date_created": at,
            "date_approved": at if status == "approved" else None,
            "date_last_updated": at,
            "refunds": [],
        }
        return self._kept(payment, "payment.created")

    def _kept(self, payment: Thing, action: str = "payment.updated") -> Thing:
        payment["date_last_updated"] = stamp(now())
        self.shelf.put("payment", str(payment["id"]), payment)
        self._notify("payment", payment["id"], payment, {"action": action})
        return payment

    def _notify(self, topic: str, about: int | str, payment: Thing, more: Thing) -> None:
        data = {"id": str(about)} if topic == "payment" else {"id": int(about)}
        body = {
            "api_version": "v1",
            "application_id": 9_007_201_037_432_480,
            "data": data | more.pop("data", {}),
            "date_created": stamp(now()),
            "id": _FIRST_NOTIFICATION + self.shelf.number("notification"),
            "live_mode": False,
            "type": topic,
            "user_id": COLLECTOR,
        }
        self.send(
            f"{topic} {payment['status']} {payment['status_detail']}",
            json.dumps(body | more).encode(),
            about=str(payment["id"]),
            path=f"/webhooks/{self.name}?data.id={quote(str(about))}&type={topic}",
            marks={"data_id": str(about)},
        )

    def sign(self, letter: Letter) -> Mapping[str, str]:
        """The time is in milliseconds, as the documentation says."""
        request_id, ts = new_id(""), int(time.time() * 1000)
        text = f"id:{letter.marks['data_id']};request-id:{request_id};ts:{ts};"
        digest = hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        return {"x-request-id": request_id, "x-signature": f"ts={ts},v1={digest}"}

    def payments(self) -> Sequence[Shown]:
        """Its payments, the newest first."""
        return [
            Shown(
                id=str(one["id"]),
                state=f"{one['status']} · {one['status_detail']}",
                amount_minor=one["amount_minor"],
                currency=one["currency_id"],
                reference=one["external_reference"] or "",
                facts={"refunded": str(refunded(one))},
                actions=actions_of(one),
            )
            for one in self.shelf.all("payment")
        ]

    def act(self, payment_id: str, action: str, amount_minor: int | None) -> None:
        """Does what a button of the control page says."""
        payment = self.shelf.get("payment", payment_id)
        if payment is None:
            raise Refused("There is no such payment.")
        if action == "refund":
            refund(payment, amount_minor or left_of(payment), self.shelf.number("refund"))
        elif action == "refund_fails":
            payment["refunds"][-1]["status"] = "rejected"
            after_refunds(payment)
        elif action in ("approve", "expire"):
            is_paid = action == "approve"
            payment["status"] = "approved" if is_paid else "cancelled"
            payment["status_detail"] = "accredited" if is_paid else "expired"
            payment["date_approved"] = stamp(now()) if is_paid else None
        elif action.startswith("mediation"):
            self._mediate(payment, action)
        else:
            self._charge_back(payment, action)
        self._kept(payment)

    def _mediate(self, payment: Thing, action: str) -> None:
        at = stamp(now())
        if action == "mediation":
            payment |= {"status": "in_mediation", "status_detail": "pending"}
            payment["claim"] = _FIRST_CLAIM + self.shelf.number("claim")
            claim: Thing = {"id": payment["claim"], "resource": "payment", "type": "mediations"}
            claim |= {"resource_id": payment["id"], "date_created": at, "resolution": None}
        else:
            claim = self.shelf.get("claim", str(payment["claim"])) or {}
            is_won = action == "mediation_won"
            claim["resolution"] = {"benefited": ["respondent" if is_won else "complainant"]}
            after_refunds(payment)
            if not is_won:
                refund(payment, left_of(payment), self.shelf.number("refund"))
        claim |= {"status": "opened" if action == "mediation" else "closed", "last_updated": at}
        self.shelf.put("claim", str(claim["id"]), claim)
        self._notify("topic_claims_integration_wh", claim["id"], payment, {"action": "updated"})

    def _charge_back(self, payment: Thing, action: str) -> None:
        at = now()
        details = {"chargeback_won": "reimbursed", "chargeback_lost": "settled"}
        payment |= {"status": "charged_back", "status_detail": details.get(action, "in_process")}
        if action == "chargeback":
            number = str(_FIRST_CASE + self.shelf.number("case"))
            payment["case"] = number
            case: Thing = {
                "id": number,
                "payments": [payment["id"]],
                "currency": payment["currency_id"],
                "amount": major_of(left_of(payment), payment["currency_id"]),
                "coverage_elegible": True,
                "documentation_required": True,
                "documentation_status": "pending",
                "date_documentation_deadline": stamp(at, days=10),
                "date_created": stamp(at),
                "live_mode": False,
            }
        else:
            case = self.shelf.get("case", payment["case"]) or {}
        covered = {"chargeback_won": True, "chargeback_lost": False}.get(action)
        case |= {"coverage_applied": covered, "date_last_updated": stamp(at)}
        self.shelf.put("case", case["id"], case)
        more = {"actions": ["changed_case_status"], "data": {"payment_id": payment["id"]}}
        self._notify("topic_chargebacks_wh", case["id"], payment, more)


def _fits(pattern: str, request: Request) -> bool:
    method, _, path = pattern.partition(" ")
    parts = path.split("/")
    return (
        method == request.method
        and len(parts) == len(request.parts)
        and all(one in ("*", part) for one, part in zip(parts, request.parts, strict=True))
    )


def _problem_of(wanted: Any) -> str | None:
    items = wanted.get("items") if isinstance(wanted, dict) else None
    if not isinstance(items, list) or not items or not isinstance(items[0], dict):
        return "items needed"
    if items[0].get("currency_id") not in CURRENCIES:
        return "currency_id invalid"
    price = items[0].get("unit_price")
    if isinstance(price, bool) or not isinstance(price, int | float) or price <= 0:
        return "unit_price invalid"
    if wanted.get("auto_return") and not (wanted.get("back_urls") or {}).get("success"):
        return "auto_return invalid. back_url.success must be defined"
    return None


def _is_open(preference: Thing) -> bool:
    ends = preference.get("expiration_date_to")
    return not preference.get("expires") or not ends or datetime.fromisoformat(ends) > now()


def _is_between(at: str | None, begin: str | None, end: str | None) -> bool:
    if at is None:
        return False
    instant = datetime.fromisoformat(at)
    return (begin is None or datetime.fromisoformat(begin) <= instant) and (
        end is None or instant <= datetime.fromisoformat(end)
    )


def _error(status: int, name: str, message: str) -> Answer:
    content = {"message": message, "error": name, "status": status, "cause": []}
    return json_answer(status, content)


STANDIN = MercadoPago

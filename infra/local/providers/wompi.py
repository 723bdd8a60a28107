"""The stand-in of Wompi: payment links, their checkout, transactions, events, voids.

Written from its documentation (https://docs.wompi.co). An event is sent when a transaction comes
to an end, never while it is pending.
"""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, cast
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
    new_id,
    now,
    see_other,
)
from infra.local.providers.delivery import Letter
from infra.local.providers.things import Thing

_ROUTES: Final = {
    ("GET", "l", 2): "_page",
    ("POST", "l", 2): "_pay",
    ("POST", "payment_links", 1): "_open",
    ("GET", "payment_links", 2): "_link",
    ("PATCH", "payment_links", 2): "_change",
    ("GET", "transactions", 1): "_list",
    ("GET", "transactions", 2): "_transaction",
    ("GET", "merchants", 2): "_merchant",
}
_PUBLIC: Final = ("_page", "_pay", "_merchant", "_link", "_transaction")
_LEAST: Final = 150_000
_LONGEST_SKU: Final = 36
_SIGNED: Final = ("id", "status", "amount_in_cents")
_CHOSEN: Final = {"pay": "APPROVED", "pay_later": "PENDING", "decline": "DECLINED"}
_WHY: Final = {"DECLINED": "Fondos insuficientes", "ERROR": "El banco no respondió"}
_OVER: Final = Text("Este link ya no está disponible", "This link is no longer available")
_WHY_OVER: Final = Text(
    "Ha caducado, se ha desactivado o ya se pagó.", "It has expired, was disabled or is paid."
)
_ACTIONS: Final = {
    "PENDING": (
        Action("approve", Text("El dinero llega", "The money arrives")),
        Action("decline", Text("Falla tarde: rechazada", "Fails late: declined")),
        Action("error", Text("Falla tarde: error del banco", "Fails late: error of the bank")),
    ),
    "APPROVED": (Action("void", Text("Anular (devolver todo)", "Void (give all back)")),),
}
_BECOMES: Final = {
    "approve": "APPROVED", "decline": "DECLINED", "error": "ERROR", "void": "VOIDED",
}  # fmt: skip


class Wompi(Standin):
    """One merchant in the sandbox."""

    name = "wompi"
    title = "Wompi"

    def api(self, request: Request) -> Answer:
        """The API and the page of a link."""
        first = request.parts[0] if request.parts else ""
        name = _ROUTES.get((request.method, first, len(request.parts)))
        if name is None:
            return _error(404, "NOT_FOUND_ERROR", "La entidad solicitada no existe")
        key = request.headers.get("authorization", "")
        if name not in _PUBLIC and not key.startswith("Bearer prv_test_"):
            return _error(401, "INVALID_ACCESS_TOKEN", "La llave proporcionada no es válida")
        return cast("Answer", getattr(self, name)(request))

    def _merchant(self, request: Request) -> Answer:
        public = request.parts[-1]
        if not public.startswith("pub_test_"):
            return _error(422, "INPUT_VALIDATION_ERROR", "Formato inválido")
        return _data({"id": 11_313, "name": "Comercio de pruebas", "public_key": public})

    def _open(self, request: Request) -> Answer:
        wanted = request.json()
        problem = _problem_of(wanted)
        if problem:
            return _error(422, "INPUT_VALIDATION_ERROR", problem)
        number = new_id("test_", 6)
        link = {"sku": None, "expires_at": None, "redirect_url": None} | wanted
        link |= {"id": number, "active": True, "created_at": _stamp()}
        return _data(self.shelf.put("link", number, link), 201)

    def _link(self, request: Request) -> Answer:
        return _found(self.shelf.get("link", request.parts[-1]))

    def _change(self, request: Request) -> Answer:
        link = self.shelf.get("link", request.parts[-1])
        if link is None:
            return _found(link)
        return _data(self.shelf.put("link", link["id"], link | request.json()))

    def _transaction(self, request: Request) -> Answer:
        return _found(self.shelf.get("transaction", request.parts[-1]))

    def _list(self, request: Request) -> Answer:
        """By the day on which they were begun, as the real list."""
        query = request.query
        since, until = query.get("from_date", ""), query.get("until_date", "9999")
        size, page = int(query.get("page_size", "20")), int(query.get("page", "1"))
        all_of_them = sorted(self.shelf.all("transaction"), key=lambda one: one["created_at"])
        found = [one for one in all_of_them if since <= one["created_at"][:19] <= until]
        shown = found[(page - 1) * size : page * size]
        meta = {"page": page, "page_size": size, "total_results": len(found)}
        return json_answer(200, {"data": shown, "meta": meta})

    def _page(self, request: Request) -> Answer:
        link = self.shelf.get("link", request.parts[-1])
        if link is None or not self._is_open(link):
            return pages.message_page(self.title, _OVER, _WHY_OVER, request.language)
        return pages.checkout_page(
            pages.Checkout(
                provider=self.title,
                merchant=link["name"].partition(" · ")[0],
                description=link["description"],
                amount_minor=link["amount_in_cents"],
                currency=link["currency"],
                language=request.language,
                action=f"{request.root}/l/{link['id']}?lang={request.language}",
            )
        )

    def _pay(self, request: Request) -> Answer:
        link = self.shelf.get("link", request.parts[-1])
        if link is None or not self._is_open(link):
            return pages.message_page(self.title, _OVER, _WHY_OVER, request.language)
        back = link["redirect_url"] or request.root
        status = _CHOSEN.get(request.form().get("choice", ""))
        if status is None:
            return see_other(back)
        transaction = self._begun(link, status)
        told = urlencode({"id": transaction["id"], "env": "test"})
        return see_other(f"{back}{'&' if '?' in back else '?'}{told}")

    def _is_open(self, link: Thing) -> bool:
        if not link["active"]:
            return False
        if link["expires_at"] and datetime.fromisoformat(link["expires_at"]) <= now():
            return False
        return not link["single_use"] or not any(
            one["payment_link_id"] == link["id"] and one["status"] in ("APPROVED", "VOIDED")
            for one in self.shelf.all("transaction")
        )

    def _begun(self, link: Thing, status: str) -> Thing:
        number = self.shelf.number("transaction")
        transaction: Thing = {
            "id": f"11313-{int(time.time())}-{number:05d}",
            "created_at": _stamp(),
            "finalized_at": None,
            "amount_in_cents": link["amount_in_cents"],
            "reference": f"{link['id']}_{int(time.time())}_{new_id('', 6)}",
            "currency": link["currency"],
            "payment_method_type": "PSE" if status == "PENDING" else "CARD",
            "payment_link_id": link["id"],
            "redirect_url": link["redirect_url"],
            "status": "PENDING",
            "status_message": None,
            "merchant": {"id": 11_313, "name": "Comercio de pruebas"},
        }
        if status == "PENDING":
            return self.shelf.put("transaction", transaction["id"], transaction)
        return self._ended(transaction, status)

    def _ended(self, transaction: Thing, status: str) -> Thing:
        transaction |= {"status": status, "status_message": _WHY.get(status)}
        transaction["finalized_at"] = transaction["finalized_at"] or _stamp()
        self.shelf.put("transaction", transaction["id"], transaction)
        timestamp = int(time.time())
        values = [str(transaction[name]) for name in _SIGNED]
        text = "".join([*values, str(timestamp), self.secret])
        checksum = hashlib.sha256(text.encode()).hexdigest()
        properties = [f"transaction.{name}" for name in _SIGNED]
        event = {
            "event": "transaction.updated",
            "data": {"transaction": transaction},
            "environment": "test",
            "signature": {"properties": properties, "checksum": checksum},
            "timestamp": timestamp,
            "sent_at": _stamp(),
        }
        self.send(
            f"transaction.updated {status}",
            json.dumps(event).encode(),
            about=transaction["id"],
            marks={"checksum": checksum},
        )
        return transaction

    def sign(self, letter: Letter) -> Mapping[str, str]:
        """What proves an event lies in its body; the header says the same."""
        return {"X-Event-Checksum": letter.marks["checksum"].upper()}

    def payments(self) -> Sequence[Shown]:
        """Its transactions, the newest first."""
        return [
            Shown(
                id=one["id"],
                state=one["status"],
                amount_minor=one["amount_in_cents"],
                currency=one["currency"],
                reference=str((self.shelf.get("link", one["payment_link_id"]) or {}).get("sku")),
                facts={"link": one["payment_link_id"], "method": one["payment_method_type"]},
                actions=_ACTIONS.get(one["status"], ()),
            )
            for one in self.shelf.all("transaction")
        ]

    def act(self, payment_id: str, action: str, amount_minor: int | None) -> None:
        """Brings a transaction to an end, or voids it as a whole."""
        del amount_minor
        transaction = self.shelf.get("transaction", payment_id)
        if transaction is None:
            raise Refused("There is no such transaction.")
        self._ended(transaction, _BECOMES[action])


def _problem_of(wanted: Any) -> str | None:
    lacking = [
        name
        for name in ("name", "description", "single_use", "collect_shipping", "currency")
        if not isinstance(wanted, dict) or name not in wanted
    ]
    if lacking:
        return f"{lacking[0]}: es requerido"
    if wanted["currency"] != "COP":
        return "currency: debe ser COP"
    amount = wanted.get("amount_in_cents")
    if isinstance(amount, bool) or not isinstance(amount, int) or amount < _LEAST:
        return "amount_in_cents: debe ser mayor o igual a 150000"
    if len(wanted.get("sku") or "") > _LONGEST_SKU:
        return "sku: máximo 36 caracteres"
    return None


def _found(thing: Thing | None) -> Answer:
    if thing is None:
        return _error(404, "NOT_FOUND_ERROR", "La entidad solicitada no existe")
    return _data(thing)


def _data(thing: Thing, status: int = 200) -> Answer:
    return json_answer(status, {"data": thing, "meta": {}})


def _error(status: int, name: str, reason: str) -> Answer:
    return json_answer(status, {"error": {"type": name, "reason": reason}})


def _stamp() -> str:
    at = now().astimezone(UTC).isoformat(timespec="milliseconds")
    return at.replace("+00:00", "Z")


STANDIN = Wompi

"""The stand-in of Redsys: the page of a Spanish bank for cards and Bizum, and its results.

Written from its redirection manual (https://pagosonline.redsys.es). There is no API to ask: a
signed form comes in, and the result goes out twice, to the notification address and with the buyer.
An order number is good for one try, as there.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from infra.local.gateway import Answer, problem
from infra.local.providers import pages, redsys_signing
from infra.local.providers.base import (
    Action,
    Refused,
    Request,
    Shown,
    Standin,
    Text,
    now,
    see_other,
)
from infra.local.providers.delivery import Letter
from infra.local.providers.pages import CANCEL, Choice
from infra.local.providers.things import Thing

_CURRENCIES: Final = {"978": "EUR", "840": "USD", "826": "GBP", "392": "JPY", "484": "MXN"}
_ORDER: Final = re.compile(r"[0-9]{4}[0-9A-Za-z]{0,8}")
_PLACE: Final = ZoneInfo("Europe/Madrid")
_CARD: Final = "78"
_BIZUM: Final = "68"
_CHOICES: Final = (
    Choice("pay", Text("Pagar {amount} con tarjeta", "Pay {amount} by card"), is_main=True),
    Choice("bizum", Text("Pagar con Bizum", "Pay with Bizum")),
    Choice("decline", Text("Probar una tarjeta denegada", "Try a card that is denied")),
    Choice("expired", Text("Probar una tarjeta caducada", "Try a card that has expired")),
    Choice("cancel", CANCEL),
)
_RESPONSES: Final = {"pay": "0000", "bizum": "0000", "decline": "0190", "expired": "0101",
                     "cancel": "9915"}  # fmt: skip
_STATES: Final = {"0000": "paid", "9915": "cancelled"}
_WRONG: Final = Text("La operación no es correcta", "The operation is not correct")
_SIGNATURE: Final = Text("SIS0042: error en el cálculo de la firma", "SIS0042: wrong signature")
_FORMAT: Final = Text("SIS0075: pedido o importe incorrectos", "SIS0075: wrong order or amount")
_REPEATED: Final = Text("SIS0051: número de pedido repetido", "SIS0051: repeated order number")


class Redsys(Standin):
    """Everybody's terminal."""

    name = "redsys"
    title = "Redsys"

    def api(self, request: Request) -> Answer:
        """The page and its buttons."""
        match request.method, request.parts:
            case "POST", ("sis", "realizarPago"):
                return self._asked(request)
            case "GET", ("sis", "page"):
                return self._page(request, request.query.get("order", ""))
            case "POST", ("sis", "pay"):
                return self._chosen(request)
        return problem(404, "Not Found", "Redsys has no such address.")

    def _asked(self, request: Request) -> Answer:
        fields = request.form()
        try:
            is_signed = redsys_signing.is_signed(fields, self.secret)
            asked = redsys_signing.read(fields.get("Ds_MerchantParameters", ""))
        except ValueError:
            return self._says(_SIGNATURE, request)
        if not is_signed:
            return self._says(_SIGNATURE, request)
        order, amount = asked.get("DS_MERCHANT_ORDER", ""), asked.get("DS_MERCHANT_AMOUNT", "")
        is_known = asked.get("DS_MERCHANT_CURRENCY") in _CURRENCIES
        if not _ORDER.fullmatch(order) or not amount.isdecimal() or not is_known:
            return self._says(_FORMAT, request)
        before = self.shelf.get("operation", order)
        if before is not None and (before["state"] != "open" or before["asked"] != asked):
            return self._says(_REPEATED, request)
        operation = {
            "order": order,
            "asked": asked,
            "version": fields["Ds_SignatureVersion"],
            "state": "open",
            "amount": int(amount),
            "refunded": 0,
        }
        self.shelf.put("operation", order, operation)
        return see_other(f"{request.root}/sis/page?order={order}")

    def _page(self, request: Request, order: str) -> Answer:
        operation = self.shelf.get("operation", order)
        if operation is None or operation["state"] != "open":
            return self._says(_REPEATED, request)
        asked = operation["asked"]
        is_english = asked.get("DS_MERCHANT_CONSUMERLANGUAGE", "").lstrip("0") == "2"
        return pages.checkout_page(
            pages.Checkout(
                provider=self.title,
                merchant=f"Comercio {asked.get('DS_MERCHANT_MERCHANTCODE', '')}",
                description=asked.get("DS_MERCHANT_PRODUCTDESCRIPTION", ""),
                amount_minor=operation["amount"],
                currency=_currency(operation),
                language="en" if is_english else "es",
                action=f"{request.root}/sis/pay",
                choices=_CHOICES,
                fields={"order": order},
            )
        )

    def _chosen(self, request: Request) -> Answer:
        form = request.form()
        operation = self.shelf.get("operation", form.get("order", ""))
        response = _RESPONSES.get(form.get("choice", ""))
        if operation is None or operation["state"] != "open" or response is None:
            return self._says(_REPEATED, request)
        method = _BIZUM if form["choice"] == "bizum" else _CARD
        result = self._decide(operation, response, method)
        kind = "DS_MERCHANT_URLOK" if response == "0000" else "DS_MERCHANT_URLKO"
        back = operation["asked"].get(kind, request.root)
        return see_other(f"{back}{'&' if urlsplit(back).query else '?'}{urlencode(result)}")

    def _says(self, text: Text, request: Request) -> Answer:
        return pages.message_page(self.title, _WRONG, text, request.language)

    def _decide(self, operation: Thing, response: str, method: str = _CARD) -> dict[str, str]:
        at = now().isoformat()
        code = self._code() if response == "0000" else "++++++"
        state = _STATES.get(response, "denied")
        decided = operation | {
            "state": state, "response": response, "code": code, "method": method, "at": at,
        }  # fmt: skip
        self.shelf.put("operation", operation["order"], decided)
        return self._tell(decided, "0", response, code, operation["amount"], at)

    def _tell(
        self, operation: Thing, kind: str, response: str, code: str, amount: int, at: str
    ) -> dict[str, str]:
        """Signs a result and sends it to the notification address; returns its three fields."""
        asked = operation["asked"]
        local = datetime.fromisoformat(at).astimezone(_PLACE)
        said = {
            "Ds_Date": f"{local:%d/%m/%Y}",
            "Ds_Hour": f"{local:%H:%M}",
            "Ds_SecurePayment": "1",
            "Ds_Amount": str(amount),
            "Ds_Currency": asked["DS_MERCHANT_CURRENCY"],
            "Ds_Order": operation["order"],
            "Ds_MerchantCode": asked.get("DS_MERCHANT_MERCHANTCODE", ""),
            "Ds_Terminal": asked.get("DS_MERCHANT_TERMINAL", "").zfill(3),
            "Ds_Response": response,
            "Ds_TransactionType": kind,
            "Ds_MerchantData": asked.get("DS_MERCHANT_MERCHANTDATA", ""),
            "Ds_AuthorisationCode": code,
            "Ds_ConsumerLanguage": asked.get("DS_MERCHANT_CONSUMERLANGUAGE", "1"),
            "Ds_Card_Country": "724",
            "Ds_ProcessedPayMethod": operation.get("method", _CARD),
        }
        fields = redsys_signing.answer(operation["version"], self.secret, said)
        self.send(
            f"{'pago' if kind == '0' else 'devolución'} {response}",
            urlencode(fields).encode(),
            about=operation["order"],
            content_type="application/x-www-form-urlencoded",
        )
        return fields

    def _code(self) -> str:
        return f"{self.shelf.number('code') % 1_000_000:06}"

    def payments(self) -> Sequence[Shown]:
        """Its operations."""
        return [_shown(one) for one in self.shelf.all("operation")]

    def act(self, payment_id: str, action: str, amount_minor: int | None) -> None:
        """Decides an open operation as the buyer might, or gives money back as the shop does."""
        operation = self.shelf.get("operation", payment_id)
        if operation is None:
            raise Refused("There is no such operation.")
        if action in _RESPONSES:
            self._decide(operation, _RESPONSES[action], _BIZUM if action == "bizum" else _CARD)
            return
        left = operation["amount"] - operation["refunded"]
        amount = amount_minor or left
        if amount > left:
            raise Refused(f"Only {left} are left.")
        is_made = action == "refund"
        if is_made:
            operation |= {"refunded": operation["refunded"] + amount}
            self.shelf.put("operation", payment_id, operation)
        response = "0900" if is_made else "0950"
        self._tell(operation, "3", response, self._code(), amount, now().isoformat())

    def sign(self, letter: Letter) -> Mapping[str, str]:
        """No header: the form is signed within."""
        del letter
        return {}


def _currency(operation: Thing) -> str:
    return _CURRENCIES[operation["asked"]["DS_MERCHANT_CURRENCY"]]


def _shown(operation: Thing) -> Shown:
    left = operation["amount"] - operation["refunded"]
    actions: list[Action] = []
    if operation["state"] == "open":
        named = {one.name: one.label for one in _CHOICES}
        bare = {name: Text(*(text.replace("{amount}", "") for text in label))
                for name, label in named.items()}  # fmt: skip
        actions = [Action(name, label) for name, label in bare.items()]
    elif operation["state"] == "paid" and left:
        actions = [
            Action("refund", Text("Devolver", "Refund"), left),
            Action("refund_denied", Text("Devolución denegada", "Refund that is denied"), left),
        ]
    facts: dict[str, Any] = {"Ds_SignatureVersion": operation["version"]}
    if operation.get("response"):
        facts |= {"Ds_Response": operation["response"], "Devuelto": str(operation["refunded"])}
    return Shown(
        id=operation["order"],
        state=operation["state"],
        amount_minor=operation["amount"],
        currency=_currency(operation),
        reference=operation["asked"].get("DS_MERCHANT_MERCHANTDATA", ""),
        facts=facts,
        actions=actions,
    )


STANDIN: Final = Redsys

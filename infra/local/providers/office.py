"""Leads requests below /_local/ to the stand-ins, and answers their control pages and API.

`/_local/providers` lists them; `/_local/<name>/control` a stand-in's payments and webhooks;
`/_local/<name>/control/payments/<id>` one payment, `.../<action>` does something to it. Programs
get and send JSON there, browsers pages and forms.
"""

import importlib
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from decimal import Decimal, InvalidOperation
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from chalicelib.domain.money import exponent_of
from infra.local.gateway import Answer, json_answer, problem
from infra.local.providers import pages
from infra.local.providers.base import CONTROL, Refused, Request, Shown, Standin, see_other
from infra.local.providers.delivery import Control, Letter, Post
from infra.local.providers.keys import SECRETS
from infra.local.providers.things import Shelf, Things

INDEX: Final = "providers"
_FILE: Final = "providers.sqlite"
_MOST_COPIES: Final = 5
_LONGEST_DELAY_SECONDS: Final = 60.0


class Office:
    """All stand-ins of one local cloud."""

    def __init__(
        self, folder: Path, base_url: str, kinds: Sequence[type[Standin]] | None = None
    ) -> None:
        self._things = Things(folder / _FILE)
        self.base_url = base_url
        self.post = Post(self._things, base_url)
        self._standins = {
            kind.name: kind(Shelf(self._things, kind.name), self.post, base_url)
            for kind in kinds or _kinds()
        }

    def at_once(self) -> AbstractContextManager[None]:
        """While it lasts nobody else asks; it is kept as a whole or not at all."""
        return self._things.changing()

    def standin(self, name: str) -> Standin:
        """One of them. KeyError for a name that is none."""
        return self._standins[name]

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer | None:
        """The answer of a stand-in; None when the address belongs to none."""
        url = urlsplit(path)
        _, _, name, *parts = [unquote(part) for part in url.path.split("/")]
        pairs = tuple(parse_qsl(url.query, keep_blank_values=True))
        root = f"{self.base_url}/_local/{name}"
        request = Request(method, tuple(parts), dict(pairs), headers, body, root, pairs)
        if name == INDEX and not parts and method == "GET":
            return self._index(request)
        if name not in self._standins:
            return None
        standin = self._standins[name]
        with self._things.changing():
            if parts[:1] == [CONTROL]:
                return self._controlled(standin, request)
            return standin.api(request)

    def close(self) -> None:
        """Nothing is asked for any more."""
        self._things.close()

    def _index(self, request: Request) -> Answer:
        known = [(one.name, one.title, len(one.payments())) for one in self._standins.values()]
        if request.wants_page:
            return pages.providers_page(known, request.language)
        fields = ("name", "title", "payments")
        return json_answer(200, [dict(zip(fields, one, strict=True)) for one in known])

    def _controlled(self, standin: Standin, request: Request) -> Answer:
        match request.method, request.parts[1:]:
            case "GET", ():
                return self._payments(standin, request)
            case "GET", ("payments", payment_id):
                return self._payment(standin, request, payment_id)
            case "POST", ("payments", payment_id, action):
                return self._act(standin, request, payment_id, action)
            case "POST", ("webhooks", what):
                return self._treat(standin, request, what)
            case "POST", ("letters", number, what) if number.isdecimal():
                return self._letter(standin, request, int(number), what)
        return problem(404, "Not Found", "Nothing is there.")

    def _payments(self, standin: Standin, request: Request) -> Answer:
        payments, letters = standin.payments(), self.post.letters(standin.name)
        control = self.post.control(standin.name)
        if request.wants_page:
            named = (standin.name, standin.title)
            return pages.payments_page(named, payments, letters[:50], control, request.language)
        content = {
            "payments": [_shown(one) for one in payments],
            "webhooks": control._asdict(),
            "letters": [_told(one) for one in letters],
        }
        return json_answer(200, content)

    def _payment(
        self, standin: Standin, request: Request, payment_id: str, refusal: str | None = None
    ) -> Answer:
        payment = standin.payment(payment_id)
        if payment is None:
            return problem(404, "Not Found", f"{standin.title} has no payment {payment_id}.")
        letters = self.post.letters(standin.name, payment_id)
        if request.wants_page:
            named = (standin.name, standin.title)
            return pages.payment_page(named, payment, letters, request.language, refusal)
        return json_answer(200, _shown(payment) | {"letters": [_told(one) for one in letters]})

    def _act(self, standin: Standin, request: Request, payment_id: str, action: str) -> Answer:
        payment = standin.payment(payment_id)
        if payment is None:
            return problem(404, "Not Found", f"{standin.title} has no payment {payment_id}.")
        try:
            _insist_on_offered(payment, action)
            standin.act(payment_id, action, _chosen(request, payment))
        except Refused as refused:
            if request.wants_page:
                return self._payment(standin, request, payment_id, str(refused))
            return problem(409, "Conflict", str(refused))
        if request.wants_page:
            return see_other(f"{request.root}/{CONTROL}/payments/{quote(payment_id, safe='')}")
        return self._payment(standin, request, payment_id)

    def _treat(self, standin: Standin, request: Request, what: str) -> Answer:
        control, name = self.post.control(standin.name), standin.name
        if what == "settings":
            self.post.set_control(name, _control(request, control))
        elif what == "let_go":
            self.post.let_go(name)
        elif what == "let_go_reversed":
            self.post.let_go(name, newest_first=True)
        else:
            return problem(404, "Not Found", f"Webhooks cannot be treated as {what}.")
        if request.wants_page:
            return see_other(f"{request.root}/{CONTROL}")
        return json_answer(200, self.post.control(name)._asdict())

    def _letter(self, standin: Standin, request: Request, number: int, what: str) -> Answer:
        does = {"again": self.post.again, "lose": self.post.lose}.get(what)
        if does is None or not does(standin.name, number):
            return problem(404, "Not Found", "There is no such webhook.")
        if request.wants_page:
            return see_other(_back(request))
        return json_answer(200, {"number": number})


def _insist_on_offered(payment: Shown, action: str) -> None:
    if action not in [one.name for one in payment.actions]:
        raise Refused(f"{action} cannot be done to a payment that is {payment.state}.")


def _kinds() -> Sequence[type[Standin]]:
    modules = [f"infra.local.providers.{name}" for name in SECRETS]
    return [importlib.import_module(name).STANDIN for name in modules if find_spec(name)]


def _shown(payment: Shown) -> dict[str, Any]:
    actions = [{"name": one.name, "amount_minor": one.amount_minor} for one in payment.actions]
    return payment._asdict() | {"facts": dict(payment.facts), "actions": actions}


def _told(letter: Letter) -> dict[str, Any]:
    fields = ("number", "about", "state", "label", "attempts", "said")
    return {name: getattr(letter, name) for name in fields}


def _chosen(request: Request, payment: Shown) -> int | None:
    sent = _sent(request)
    if isinstance(sent.get("amount_minor"), int):
        return int(sent["amount_minor"])
    text = str(sent.get("amount") or "").replace(",", ".")
    if not text:
        return None
    try:
        minor = Decimal(text).scaleb(exponent_of(payment.currency))
    except InvalidOperation:
        raise Refused(f"{text} is no amount.") from None
    if not minor.is_finite() or minor != minor.to_integral_value() or minor <= 0:
        raise Refused(f"{text} is no amount of {payment.currency}.")
    return int(minor)


def _control(request: Request, before: Control) -> Control:
    sent = _sent(request)
    hold = sent.get("hold", False if request.wants_page else before.hold)
    return Control(
        hold=hold in (True, "on", "true", "1"),
        delay_seconds=min(_number(sent, "delay_seconds", before), _LONGEST_DELAY_SECONDS),
        copies=int(min(max(_number(sent, "copies", before), 1), _MOST_COPIES)),
        lose_next=int(_number(sent, "lose_next", before)),
    )


def _number(sent: Mapping[str, Any], name: str, before: Control) -> float:
    try:
        return max(float(sent.get(name, getattr(before, name))), 0.0)
    except (TypeError, ValueError):
        return float(getattr(before, name))


def _sent(request: Request) -> dict[str, Any]:
    if "json" in request.headers.get("content-type", ""):
        sent = request.json()
        return sent if isinstance(sent, dict) else {}
    return dict(request.form())


def _back(request: Request) -> str:
    came_from = request.headers.get("referer", "")
    here = f"{request.root}/{CONTROL}"
    return came_from if came_from.startswith(here) else here

"""The payment providers in the example's past: our adapters, their stand-ins, and who pays there.

What a customer does at a provider's page, and what the provider then tells, is what would happen
by HTTP; only the signatures are not asked for.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final
from unittest.mock import patch
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from chalicelib.adapters.providers import gocardless
from chalicelib.adapters.providers.gateway import Providers
from chalicelib.adapters.providers.port import Event, Notification, Setup
from chalicelib.adapters.providers.registry import provider_of
from chalicelib.domain.checkout import Checkout
from chalicelib.domain.errors import known
from infra.local.gateway import Answer
from infra.local.providers.base import CLOCK, now
from infra.local.providers.direct import OfficeCalls
from infra.local.providers.keys import KEYS, SECRETS
from infra.local.providers.office import Office

_PROBLEM: Final = 400


class Till(Providers):
    """The Gateway port over an office of stand-ins, and its pages as a customer uses them."""

    def __init__(self, office: Office, base_url: str) -> None:
        self._office = office
        self.base_url = base_url

    def setup(self, name: str) -> Setup:
        """Return what the local company has agreed with a stand-in."""
        calls = OfficeCalls(name, f"{self.base_url}/_local/{name}", self._office)
        return Setup([SECRETS[name]], KEYS[name], calls, is_local=True)

    @contextmanager
    def in_the_past(self) -> Iterator[None]:
        """While it lasts, the stand-ins live at the instant of ``live_at``.

        So does the adapter that looks at the clock itself, to debit nobody too late.
        """
        try:
            with patch.object(gocardless, "now", now), self._office.at_once():
                yield
        finally:
            CLOCK.at = None

    def live_at(self, at: datetime) -> None:
        """From now on it is this instant at the stand-ins."""
        CLOCK.at = at

    def told(self) -> list[tuple[str, Event]]:
        """Return what the providers have to tell, in order: each event once."""
        told: list[tuple[str, Event]] = []
        for letter in self._office.post.handed_over():
            query = dict(parse_qsl(urlsplit(letter.path).query))
            notification = Notification(letter.body, {}, query)
            told += [(letter.owner, one) for one in provider_of(letter.owner).events(notification)]
        return told

    def choose(self, checkout: Checkout, choice: str = "pay") -> None:
        """Press a button of the page to which a checkout leads."""
        url, form = known(checkout.url), {"choice": choice}
        if checkout.fields:
            page = dict(self._browse(url, checkout.fields).headers)["Location"]
            url = f"{self.base_url}/_local/{checkout.provider}/sis/pay"
            form["order"] = parse_qs(urlsplit(page).query)["order"][0]
        if checkout.provider == "paypal":
            form["token"] = known(checkout.reference)
        self._browse(url, form)

    def act(self, checkout: Checkout, action: str, amount_minor: int | None = None) -> None:
        """Let happen to the payment of a checkout what the provider's control page offers."""
        control = f"/_local/{checkout.provider}/control"
        shown = json.loads(self._answer("GET", control, {}, b"").body)["payments"]
        (name,) = [one["id"] for one in shown if one["reference"] == checkout.id]
        sent = json.dumps({"amount_minor": amount_minor} if amount_minor else {}).encode()
        headers = {"content-type": "application/json"}
        self._answer("POST", f"{control}/payments/{name}/{action}", headers, sent)

    def capture_less(self, checkout: Checkout, less_minor: int) -> None:
        """See to it that Stripe has taken less than it told us."""
        shelf = self._office.standin("stripe").shelf
        for charge in shelf.all("charge"):
            if charge["metadata"].get("checkout_id") == checkout.id:
                changes = {"amount_captured": charge["amount_captured"] - less_minor}
                shelf.put("charge", charge["id"], charge | changes)

    def pay_at_stripe(self, amount_minor: int, description: str) -> None:
        """Pay by a link that somebody made in Stripe's own dashboard: it names nothing of ours."""
        form = {
            "mode": "payment",
            "success_url": self.base_url,
            "line_items[0][quantity]": 1,
            "line_items[0][price_data][currency]": "eur",
            "line_items[0][price_data][unit_amount]": amount_minor,
            "line_items[0][price_data][product_data][name]": description,
        }
        headers = {"Authorization": f"Bearer {KEYS['stripe']['api_key']}"}
        calls = self.setup("stripe").calls
        page = calls.send("POST", "/v1/checkout/sessions", form=form, headers=headers).body
        self._browse(page["url"], {"choice": "pay"})

    def _browse(self, url: str, form: dict[str, str]) -> Answer:
        headers = {"accept": "text/html", "content-type": "application/x-www-form-urlencoded"}
        path = url.removeprefix(self.base_url)
        return self._answer("POST", path, headers, urlencode(form).encode())

    def _answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        answer = self._office.answer(method, path, headers, body)
        if answer is None or answer.status >= _PROBLEM:
            raise ValueError(f"{method} {path} was refused: {answer}")
        return answer

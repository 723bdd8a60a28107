"""Our adapters of payment providers against their stand-ins, without a socket between them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from chalicelib.adapters.providers.port import Notification, Provider, Setup
from chalicelib.domain.provider import ProviderFact
from infra.local.gateway import Answer
from infra.local.providers.base import Standin, now
from infra.local.providers.direct import OfficeCalls
from infra.local.providers.keys import KEYS, SECRETS
from infra.local.providers.office import Office

ROOT = "http://localhost:1"


class Pair:
    """One stand-in, and our adapter of the real thing with the keys of the local company."""

    def __init__(self, kind: type[Standin], provider: Provider, folder: Path) -> None:
        name = provider.name
        self.office = Office(folder, ROOT, [kind])
        self.provider = provider
        calls = OfficeCalls(name, f"{ROOT}/_local/{name}", self.office)
        self.setup = Setup([SECRETS[name]], KEYS[name], calls, is_local=True)
        self._heard = 0

    def browse(self, method: str, url: str, **form: str) -> Answer:
        """Ask for a page as a browser does."""
        path = url.removeprefix(ROOT)
        headers = {"accept": "text/html", "content-type": "application/x-www-form-urlencoded"}
        answer = self.office.answer(method, path, headers, urlencode(form).encode())
        assert answer is not None
        return answer

    def act(self, payment_id: str, action: str, **wanted: Any) -> Mapping[str, Any]:
        """Do what the control page offers."""
        path = f"/_local/{self.provider.name}/control/payments/{payment_id}/{action}"
        headers = {"content-type": "application/json"}
        answer = self.office.answer("POST", path, headers, json.dumps(wanted).encode())
        assert answer is not None
        told: dict[str, Any] = json.loads(answer.body)
        return told | {"http": answer.status}

    def newest(self) -> str:
        """The id of the newest payment."""
        path = f"/_local/{self.provider.name}/control"
        answer = self.office.answer("GET", path, {}, b"")
        assert answer is not None
        return str(json.loads(answer.body)["payments"][0]["id"])

    def notifications(self) -> Sequence[Notification]:
        """What the stand-in has sent since the last call, signed."""
        name = self.provider.name
        letters = self.office.post.letters(name)[::-1][self._heard :]
        self._heard += len(letters)
        signs = self.office.post._signs[name]
        return [
            Notification(
                letter.body,
                {header.lower(): value for header, value in signs(letter).items()},
                dict(parse_qsl(urlsplit(letter.path).query)),
            )
            for letter in letters
        ]

    def heard(self) -> Sequence[ProviderFact]:
        """What our adapter makes of everything that was sent since the last call."""
        facts: list[ProviderFact] = []
        for one in self.notifications():
            self.provider.verify(one, self.setup, now())
            for event in self.provider.events(one):
                facts += self.provider.facts(event.raw, self.setup)
        return facts

"""The API as callers see it: the real app behind chalice's own gateway, over stand-ins."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

import pytest
from chalice.test import Client, HTTPResponse

from app import app as chalice_app
from chalicelib import bootstrap
from chalicelib.adapters.providers.gateway import Providers
from chalicelib.domain.access import Role
from chalicelib.settings import Settings
from chalicelib.usecases.api_keys import NewApiKey, create_api_key
from chalicelib.usecases.context import system_context
from chalicelib.usecases.who_is_it import KeyText, who_is_it
from tests.builders import NOON
from tests.fakes import Fakes
from tests.identity import FakeDirectory, FakeProvider, a_person, signed_in

BASE_URL = "https://saldo.example"
OWN_PAGE = {
    "Content-Type": "application/json",
    "X-Saldo-Request": "1",
    "Origin": BASE_URL,
}
Way = Literal["session", "key"]


@dataclass
class Api:
    """The app with a book of its own; ``now`` is the time that it believes."""

    http: Any
    fakes: Fakes = field(default_factory=Fakes)
    provider: FakeProvider = field(default_factory=FakeProvider)
    directory: FakeDirectory = field(default_factory=FakeDirectory)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.ports = self.fakes.ports()

    def wiring(self) -> bootstrap.App:
        settings = Settings(base_url=BASE_URL, stripe_webhook_secret="whsec_test")
        wired = bootstrap.build(settings, self.fakes.table)
        return replace(
            wired,
            ports=self.ports,
            identity=self.provider,
            directory=self.directory,
            providers=Providers(settings, self.fakes.vault),
        )

    def credentials(self, role: Role, way: Way = "session") -> dict[str, str]:
        """Return the headers by which a new caller with this role shows who they are."""
        if way == "key":
            new = NewApiKey(name=f"{role}'s program", role=role)
            text = create_api_key(self.ports, system_context(NOON), new).text
            who_is_it(self.ports.store, KeyText(text), self.now)  # the hour's use is noted
            return {"Authorization": f"Bearer {text}"}
        email = f"{role}@saldo.example"
        a_person(self.ports, email, role)
        session_id = signed_in(self.ports, email, self.now)
        return {"Cookie": f"theme=dark; __Host-sid={session_id}"}

    def call(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: object = None
    ) -> HTTPResponse:
        """Send a request; a body is sent as JSON."""
        content = b"" if body is None else json.dumps(body).encode()
        return self.http.request(method, path, headers=dict(headers or {}), body=content)

    def snapshot(self) -> str:
        """Everything stored, as text that two states can be compared by."""
        return json.dumps(self.fakes.table.items(), sort_keys=True)


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """The app, wired to stand-ins for one test."""
    with Client(chalice_app) as client:
        wired = Api(client.http)
        app = wired.wiring()
        monkeypatch.setattr(bootstrap, "app", lambda: app)
        monkeypatch.setattr(bootstrap, "now", lambda: wired.now)
        yield wired

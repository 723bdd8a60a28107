"""The stand-ins on a server of their own; what they tell us is kept as it arrives."""

import json
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from chalicelib.adapters.providers.calls import Calls
from chalicelib.adapters.providers.port import Notification, Setup
from infra.local.gateway import Answer
from infra.local.providers.keys import KEYS, SECRETS
from infra.local.providers.office import Office
from tests.local.serving import serving


class World:
    """One office of stand-ins, and the app's entrance for webhooks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.url = ""
        self.at_root = ""  # a stand-in whose SDK knows no address with a path
        self.heard: list[tuple[str, Notification]] = []

    def open(self, url: str) -> None:
        self.url = url
        self.office = Office(self._folder, url)

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        headers = {name.lower(): value for name, value in headers.items()}
        if path.startswith("/webhooks/"):
            url = urllib.parse.urlsplit(path)
            query = dict(urllib.parse.parse_qsl(url.query))
            name = url.path.rpartition("/")[2]
            self.heard.append((name, Notification(body, headers, query)))
            return Answer(200)
        if self.at_root and "text/html" not in headers.get("accept", ""):
            path = f"/_local/{self.at_root}{path}" if not path.startswith("/_local/") else path
        if path.startswith("/_local/"):
            return self.office.answer(method, path, headers, body) or Answer(404)
        return Answer(200, (("Content-Type", "text/html"),), b"back at the shop")

    def setup(self, name: str) -> Setup:
        """What the local company has agreed with a stand-in."""
        calls = Calls(name, f"{self.url}/_local/{name}")
        return Setup(secrets=(SECRETS[name],), keys=KEYS[name], calls=calls, is_local=True)

    def choose(self, url: str, choice: str, **fields: str) -> str:
        """Press a button of a checkout page; where the browser stands afterwards."""
        form = urllib.parse.urlencode({"choice": choice, **fields}).encode()
        return ask(url, form, Accept="text/html")[0]

    def page(self, url: str, language: str = "es") -> str:
        """The text of a page as a browser in this language gets it."""
        return ask(url, None, Accept="text/html", **{"Accept-Language": language})[1]

    def act(self, name: str, payment_id: str, action: str, **fields: Any) -> dict[str, Any]:
        """Do something to a payment on its control page."""
        url = f"{self.url}/_local/{name}/control/payments/{payment_id}/{action}"
        sent = {"Content-Type": "application/json"}
        return dict(json.loads(ask(url, json.dumps(fields).encode(), **sent)[1]))

    def payments(self, name: str) -> list[dict[str, Any]]:
        """The payments of a stand-in."""
        return list(json.loads(ask(f"{self.url}/_local/{name}/control", None)[1])["payments"])

    def webhooks(self) -> list[Notification]:
        """Let all webhooks arrive; those that have come since the last time."""
        while self.office.post.deliver() or self.office.post.release():
            pass
        heard, self.heard = [one for _, one in self.heard], []
        return heard


def ask(url: str, body: bytes | None, **headers: str) -> tuple[str, str]:
    """Where a request ends after its redirects, and what is said there, errors too."""
    request = urllib.request.Request(url, body, headers)  # noqa: S310 - a server of the test
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 - as above
            return response.url, response.read().decode()
    except HTTPError as error:
        with error:
            return url, error.read().decode()


@contextmanager
def a_world(folder: Path) -> Iterator[World]:
    """Stand-ins that can be called until the block ends."""
    world = World(folder)
    with serving(world.answer) as url:
        world.open(url)
        yield world
    world.office.close()

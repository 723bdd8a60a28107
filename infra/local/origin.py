"""The one origin that a browser sees: what CloudFront does, and the local cloud's own addresses."""

import traceback
import uuid
from dataclasses import replace
from typing import Final

from infra.local.gateway import Answer, Gateway, problem
from infra.local.local_api import LocalApi
from infra.local.pump import Pump
from infra.local.sign_in import PATH as SIGN_IN
from infra.local.sign_in import SignIn
from infra.local.site import Site, security_headers, yielding_headers

_LOCAL: Final = "/_local/"
_READING: Final = ("GET", "HEAD")


class Origin:
    """Leads each request to whom it is for."""

    def __init__(
        self, base_url: str, *, gateway: Gateway, pump: Pump, local_api: LocalApi, sign_in: SignIn
    ) -> None:
        self._base_url = base_url
        self._gateway = gateway
        self._pump = pump
        self._local_api = local_api
        self._sign_in = sign_in
        self._site = Site()
        self._security_headers = security_headers()
        self._yielding = yielding_headers()

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """The answer to any request; a failure of the local cloud itself is a 500 that says so."""
        headers = {name.lower(): value for name, value in headers.items()}
        try:
            return self._answer(method, path, headers, body)
        except Exception:  # noqa: BLE001 - the last resort: a browser waits for an answer
            incident = uuid.uuid4()
            traceback.print_exc()
            return problem(500, "Internal Server Error", f"See the log, incident {incident}.")

    def _answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        if self._is_elsewhere(method, headers):
            return Answer(307, (("Location", self._base_url + path),))
        if path.startswith(_LOCAL):
            return self._local(method, path, headers, body)
        if self._gateway.serves(path):
            answer = self._gateway.answer(method, path, headers, body)
            if method not in _READING:
                self._pump.wake()
            return self._secured(answer)
        if method not in _READING:
            return problem(405, "Method Not Allowed", "The web app can only be read.")
        return self._secured(self._site.answer(path))

    def _local(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        if method not in _READING and headers.get("origin", self._base_url) != self._base_url:
            return problem(403, "Forbidden", "Another site may not use the local cloud.")
        if path.startswith(f"{SIGN_IN}/"):
            return self._sign_in.answer(method, path, body)
        return self._local_api.answer(method, path, headers, body)

    def _is_elsewhere(self, method: str, headers: dict[str, str]) -> bool:
        """A person who typed 127.0.0.1: cookies and sign-in belong to localhost."""
        wants_page = method == "GET" and "text/html" in headers.get("accept", "")
        return wants_page and headers.get("host", "").startswith("127.0.0.1:")

    def _secured(self, answer: Answer) -> Answer:
        said = {name for name, _ in answer.headers} & self._yielding
        ours = {name: value for name, value in self._security_headers.items() if name not in said}
        own = [(name, value) for name, value in answer.headers if name not in ours]
        return replace(answer, headers=(*own, *ours.items()))

"""Calls to the API of a stand-in without a socket between: from tests, and from the example."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from chalicelib.adapters.providers.calls import Calls, Reply
from infra.local.providers.office import Office

_REFUSED: Final = 400


@dataclass(frozen=True)
class OfficeCalls(Calls):
    """Calls that an office of stand-ins answers."""

    office: Office

    def send(
        self,
        method: str,
        path: str,
        *,
        json_body: Any = None,
        form: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        accepts: tuple[int, ...] = (),
    ) -> Reply:
        """Send a request; what is refused is refused as over HTTP."""
        body = b"" if json_body is None else json.dumps(json_body).encode()
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        where = f"/_local/{self.provider}{path}"
        content = urlencode(form or {}, doseq=True).encode() or body
        answer = self.office.answer(method, where, sent, content)
        if answer is None:
            raise ValueError(f"There is no stand-in for {self.provider}.")
        if answer.status >= _REFUSED:
            return self._not_ok(answer.status, answer.body, accepts)
        return Reply(answer.status, self._json(answer.body))

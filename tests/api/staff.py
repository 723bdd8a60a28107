"""People of every role who are signed in, for a test to act as."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.api.conftest import OWN_PAGE, Api


@dataclass
class Staff:
    """The staff of the company; whoever acts first signs in."""

    api: Api
    shown: dict[str, dict[str, str]] = field(default_factory=dict)

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        role: Any = "accountant",
        **headers: str,
    ) -> tuple[int, Any]:
        """Return status and JSON of a request."""
        if role not in self.shown:
            self.shown[role] = self.api.credentials(role) | OWN_PAGE
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.api.call(method, path, self.shown[role] | named, body)
        return answer.status_code, json.loads(answer.body)

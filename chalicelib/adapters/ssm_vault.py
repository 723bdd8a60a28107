"""The Vault port over the Parameter Store: encrypted, and free of a monthly price."""

import json
from collections.abc import Mapping
from typing import Any, Final

from chalicelib.adapters.system_clock import elapsed_seconds

KEEP_SECONDS: Final = 60
"""A changed secret counts from then on everywhere; a flood of webhooks asks once a minute."""


class SsmVault:
    """Secure strings below one path, each a JSON object of texts, behind a cache."""

    def __init__(self, client: Any, path: str) -> None:
        self._client = client
        self._path = path.rstrip("/")
        self._known: dict[str, tuple[float, dict[str, str]]] = {}

    def read(self, name: str) -> dict[str, str]:
        """Return what is kept under a name; empty when nothing is."""
        expires_at, known = self._known.get(name, (0.0, {}))
        if elapsed_seconds() < expires_at:
            return dict(known)
        found = self._fetch(name)
        self._known[name] = (elapsed_seconds() + KEEP_SECONDS, found)
        return dict(found)

    def _fetch(self, name: str) -> dict[str, str]:
        try:
            answer = self._client.get_parameter(Name=self._place(name), WithDecryption=True)
        except self._client.exceptions.ParameterNotFound:
            return {}
        found: dict[str, str] = json.loads(answer["Parameter"]["Value"])
        return found

    def write(self, name: str, secrets: Mapping[str, str]) -> None:
        """Keep this under a name, instead of what was kept there."""
        self._client.put_parameter(
            Name=self._place(name),
            Value=json.dumps(dict(secrets)),
            Type="SecureString",
            Overwrite=True,
        )
        self._known.pop(name, None)

    def _place(self, name: str) -> str:
        return f"{self._path}/{name}"

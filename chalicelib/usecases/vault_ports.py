"""Where secrets of others are kept: keys of payment providers, secrets of webhook endpoints."""

from collections.abc import Mapping
from typing import Final, Protocol

SECRET: Final = "webhook_secret"  # noqa: S105 - the name of a field
BEFORE: Final = "webhook_secret_before"
BEFORE_UNTIL: Final = "webhook_secret_before_until"
"""Of what is kept of a provider: what verifies, and what did until it was replaced, for a while."""


class Vault(Protocol):
    """Small sets of secret texts by name, outside the table and its backups."""

    def read(self, name: str) -> dict[str, str]:
        """Return what is kept under a name; empty when nothing is."""
        ...

    def write(self, name: str, secrets: Mapping[str, str]) -> None:
        """Keep this under a name, instead of what was kept there. Other processes see it soon."""
        ...

"""Secrets by ARN, cached for a few minutes so that a rotation is picked up."""

from typing import Any, Final

from chalicelib.adapters.system_clock import elapsed_seconds

KEEP_SECONDS: Final = 300


class Secrets:
    """Secrets Manager behind a cache."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._known: dict[str, tuple[float, str]] = {}

    def read(self, arn: str) -> str:
        """Return the present value of a secret."""
        expires_at, value = self._known.get(arn, (0.0, ""))
        if elapsed_seconds() < expires_at:
            return value
        answer = self._client.get_secret_value(SecretId=arn)
        value = str(answer["SecretString"])
        self._known[arn] = (elapsed_seconds() + KEEP_SECONDS, value)
        return value

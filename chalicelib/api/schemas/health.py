"""The body that says the service lives. It stands alone, so that asking costs no other models."""

from typing import Literal

from chalicelib.api.schemas.base import Answer


class Health(Answer):
    """That it lives, and which version."""

    status: Literal["ok"]
    version: str

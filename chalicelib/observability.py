"""The logger, and what every invocation logs: ids and counts, never bodies or addresses."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from chalice.app import Chalice

logger = Logger(service="saldo-ar")  # another name than the app's, or every line appears twice


def install(app: Chalice) -> None:
    """Log each invocation of any Lambda with its type and request id."""

    @app.middleware("all")
    def log_invocation(event: Any, get_response: Callable[[Any], Any]) -> Any:
        with logger.append_context_keys(event_type=type(event).__name__):
            return get_response(event)

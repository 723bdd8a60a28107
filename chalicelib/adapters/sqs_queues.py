"""The Queues port over SQS."""

from collections.abc import Mapping
from typing import Any


class SqsQueues:
    """Queues by the names that the use cases know."""

    def __init__(self, client: Any, urls: Mapping[str, str]) -> None:
        self._client = client
        self._urls = urls

    def put(self, queue: str, body: str, *, delay_seconds: int = 0) -> None:
        """Hand one message to a queue, from which it comes after the delay."""
        self._client.send_message(
            QueueUrl=self._urls[queue], MessageBody=body, DelaySeconds=delay_seconds
        )

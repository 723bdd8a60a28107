"""Where the emulator is mended: mails are kept whole, and queues behave as in AWS.

Runs in the local cloud's own environment.
"""

import json
import time
from pathlib import Path
from typing import Any

from ministack.services import ses_v2, sqs

Headers = dict[str, str]


def keep_mails(file: Path) -> None:
    """Every accepted mail becomes a line of the file before its sender gets the answer."""
    answer_request = ses_v2.handle_request

    async def answer_and_keep(
        method: str, path: str, headers: Headers, body: bytes, query: dict[str, Any]
    ) -> Any:
        answer = await answer_request(method, path, headers, body, query)
        if path.endswith("/outbound-emails") and answer[0] == 200:  # noqa: PLR2004
            mail = {"id": json.loads(answer[2])["MessageId"], "at": time.time()}
            with file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(mail | {"request": json.loads(body)}) + "\n")
        return answer

    ses_v2.handle_request = answer_and_keep


def count_from_zero_in_the_next_queue() -> None:
    """A message that moves to a dead-letter queue has not been received there yet.

    The emulator takes the old count along; the next queue's own limit would move it on at once.
    """
    sweep = sqs._dlq_sweep  # noqa: SLF001

    def sweep_and_reset(queue: dict[str, Any]) -> None:
        before = len(queue["messages"])
        sweep(queue)
        if len(queue["messages"]) < before:
            for message in _all_messages():
                if message["receipt_handle"] is None:
                    message["receive_count"] = 0

    sqs._dlq_sweep = sweep_and_reset  # noqa: SLF001


def free_messages() -> None:
    """Nobody holds a message of an earlier run any more: it need not wait for its time-out."""
    for message in _all_messages():
        if message["receive_count"]:
            message["visible_at"] = 0


def _all_messages() -> list[dict[str, Any]]:
    queues = sqs._queues.all_values()  # noqa: SLF001
    return [message for queue in queues for message in queue["messages"]]

"""Queue batches: each message on its own, failed ones reported one by one."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from chalicelib import bootstrap
from chalicelib.observability import logger

Failures = dict[str, list[dict[str, str]]]


def each_message(event: Mapping[str, Any], handle: Callable[[dict[str, Any]], None]) -> Failures:
    """Handle every message of an SQS event; return those to deliver again.

    A failed message is logged and retried by the queue, at most five times; then it goes to the
    failed-work queue and so onto the work list.
    """
    failures = []
    for record in event["Records"]:
        try:
            handle(json.loads(record["body"]))
        except Exception:  # noqa: BLE001 - one bad message must not hold up the others
            logger.exception("message failed", message_id=record["messageId"])
            failures.append({"itemIdentifier": record["messageId"]})
    _announce()
    return {"batchItemFailures": failures}


def _announce() -> None:
    try:
        bootstrap.app().announce_changes()
    except Exception:  # noqa: BLE001 - the work is done, and must not be done again; sweep tells it
        logger.exception("announcing failed")

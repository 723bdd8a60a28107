"""The queue of messages that failed five times: each becomes a work item that staff can replay."""

from collections.abc import Mapping
from typing import Any

from chalicelib import bootstrap
from chalicelib.events.batches import Failures
from chalicelib.observability import logger
from chalicelib.usecases.context import system_context
from chalicelib.usecases.work import failed_key, list_again, work_item

_QUEUES = ("provider-events", "mail", "reminders", "chores", "mail-events", "webhooks")


def handle(event: Mapping[str, Any]) -> Failures:
    """Put every failed message on the work list, whatever it contains.

    What waits in the table is queued again by each sweep: as long as it fails, it is one item.
    """
    ports = bootstrap.app().ports
    for record in event["Records"]:
        context = system_context(bootstrap.now())
        item = work_item(
            context,
            failed_key(_queue(record), record["body"]),
            "failed_work",
            _detail(record),
            priority=1,
            queue=_queue(record),
            body=record["body"][:100_000],
        )
        list_again(ports, item)
        logger.error("work failed for good", message_id=record["messageId"])
    return {"batchItemFailures": []}


def _detail(record: Mapping[str, Any]) -> str:
    return f"{_queue(record) or 'unknown queue'}: {record['body'][:300]}"


def _queue(record: Mapping[str, Any]) -> str | None:
    # SQS says in an attribute where a dead letter came from.
    source = str(record.get("attributes", {}).get("DeadLetterQueueSourceArn", ""))
    for name in _QUEUES:
        if source.endswith(name):
            return name.replace("-", "_")
    return None

"""Brings queue messages to the app's functions as Lambda does: in batches, again if they fail."""

import traceback
from contextlib import suppress
from typing import Any

from botocore.exceptions import ClientError

from infra.local.cloud import REGION
from infra.local.functions import ACCOUNT, Event, QueueConsumer

_COUNTS = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)
Message = dict[str, Any]


class Queue:
    """One queue and the function that consumes it.

    A message that fails stays invisible for the queue's own time-out and comes back; after the
    queue's `maxReceiveCount` the queue itself moves it to the queue of failed work.
    """

    def __init__(self, sqs: Any, url: str, consumer: QueueConsumer) -> None:
        self._sqs = sqs
        self._url = url
        self._consumer = consumer
        self._failed: list[str] = []

    def deliver(self) -> bool:
        """Hands one batch to the function; False when no message is visible."""
        messages: list[Message] = self._sqs.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=min(self._consumer.batch_size, 10),  # what SQS gives at once
            WaitTimeSeconds=0,
            AttributeNames=["All"],
            MessageAttributeNames=["All"],
        ).get("Messages", [])
        if not messages:
            return False
        failed = self._call(messages)
        for message in messages:
            handle = message["ReceiptHandle"]
            if message["MessageId"] in failed:
                self._failed.append(handle)
            else:
                self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=handle)
        return True

    def release(self) -> bool:
        """Makes what has failed visible at once, so that nobody waits for the time-out."""
        failed, self._failed = self._failed, []
        for handle in failed:
            with suppress(ClientError):  # its time-out is over, so it is visible already
                self._sqs.change_message_visibility(
                    QueueUrl=self._url, ReceiptHandle=handle, VisibilityTimeout=0
                )
        return bool(failed)

    def is_empty(self) -> bool:
        """True when no message is visible, in flight or delayed."""
        answer = self._sqs.get_queue_attributes(QueueUrl=self._url, AttributeNames=list(_COUNTS))
        return all(int(answer["Attributes"][name]) == 0 for name in _COUNTS)

    def _call(self, messages: list[Message]) -> set[str]:
        """Ids of the messages that failed: those the function names, or all if it raises."""
        name = self._consumer.queue
        arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"
        event: Event = {"Records": [_record(message, arn) for message in messages]}
        try:
            answer = self._consumer.call(event)
        except Exception:  # noqa: BLE001 - Lambda too goes on after any failure of a function
            traceback.print_exc()
            return {message["MessageId"] for message in messages}
        failures = (answer or {}).get("batchItemFailures", [])
        return {failure["itemIdentifier"] for failure in failures}


def _record(message: Message, queue_arn: str) -> Event:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": message.get("MessageAttributes", {}),
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": REGION,
    }

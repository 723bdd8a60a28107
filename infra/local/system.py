"""The app in this process, connected with the local cloud. Import it after setting variables."""

import json
import threading
from pathlib import Path
from typing import Final

from app import app
from infra.local.functions import Event, queue_consumers, schedules
from infra.local.gateway import Answer, Gateway
from infra.local.local_api import LocalApi
from infra.local.mail_feedback import MailFeedback
from infra.local.mailbox import Mailbox
from infra.local.origin import Origin
from infra.local.providers.office import Office
from infra.local.pump import Pump, Waiting
from infra.local.queues import Queue
from infra.local.sign_in import SignIn
from infra.local.stack import Stack

# app.py names its queues as in a stack of this name.
_NAMED_FOR: Final = "saldo-"


class System:
    """Everything between the HTTP server and the local cloud."""

    def __init__(self, stack: Stack, folder: Path, base_url: str) -> None:
        self._stack = stack
        self._sqs = stack.cloud.client("sqs")
        mailbox = Mailbox(folder / "mailbox.jsonl")
        feedback = MailFeedback(mailbox, self._put_on_the_bus, folder / "mail-feedback")
        self._office = Office(folder, base_url)
        work: list[Waiting] = [*self._queues(), self._office.post]
        self.pump = Pump(work, feedback, schedules(app), folder / "last-runs.json")
        self._origin = Origin(
            base_url,
            gateway=Gateway(app),
            pump=self.pump,
            local_api=LocalApi(mailbox, feedback, self.pump, self._office),
            sign_in=SignIn(stack.cloud.url),
        )
        self._background = threading.Thread(target=self.pump.run, daemon=True)

    def start(self) -> None:
        """From now on background work is done."""
        self._background.start()

    def end(self) -> None:
        """Returns when the work at hand is done."""
        self.pump.end()
        self._office.close()

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """The answer to any HTTP request."""
        return self._origin.answer(method, path, headers, body)

    def _queues(self) -> list[Queue]:
        return [
            Queue(self._sqs, self._url(consumer.queue), consumer)
            for consumer in queue_consumers(app)
        ]

    def _put_on_the_bus(self, event: Event) -> None:
        """The rule on SES leads to this queue; only AWS itself may put such an event on a bus."""
        url = self._url(f"{_NAMED_FOR}mail-events")
        self._sqs.send_message(QueueUrl=url, MessageBody=json.dumps(event))

    def _url(self, queue: str) -> str:
        return self._stack.queue_url(f"{self._stack.name}-{queue.removeprefix(_NAMED_FOR)}")

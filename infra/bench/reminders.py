"""Reminders per second, end to end: tick, queue, claim, render, MIME, provider, outcome."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from chalicelib.adapters.ses_mailer import SesMailer
from chalicelib.adapters.sqs_queues import SqsQueues
from chalicelib.bootstrap import Clients
from chalicelib.events.batches import each_message
from chalicelib.usecases.context import system_context
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.send_reminder import send_reminder
from chalicelib.usecases.tick import queue_due_reminders
from infra.bench.book import fill
from infra.bench.emulator import Emulator
from infra.bench.outside import NullMailer
from infra.bench.specimen import INVOICES, NOW

ACCOUNTS: Final = 200
_SENDER: Final = "cobros@saldo.local"
_RECEIVED: Final = 1  # messages a call, as the reminder Lambda takes them: ten accounts each


def measure(emulator: Emulator) -> dict[str, float]:
    """Return reminders a second through the emulator's SES, and with a mailer that does nothing."""
    return {
        "through the emulated SES": _rate(emulator, 0, _ses(emulator)),
        "null mailer": _rate(emulator, 1, NullMailer()),
    }


def _ses(emulator: Emulator) -> SesMailer:
    emulator.client("sesv2").create_email_identity(EmailIdentity=_SENDER)
    return SesMailer(Clients().ses(), _SENDER, None)


def _rate(emulator: Emulator, run: int, mailer: Any) -> float:
    # The books differ by one customer, so that each has a table of its own.
    book = fill(emulator, (ACCOUNTS + 1 + run) * INVOICES, due=ACCOUNTS)
    sqs = Clients().make("sqs")
    url = sqs.create_queue(QueueName=f"reminders-{run}")["QueueUrl"]
    ports = replace(book.ports, mailer=mailer, queues=SqsQueues(sqs, {"reminders": url}))
    began = time.perf_counter()
    queued = queue_due_reminders(ports, system_context(NOW))
    _work_off(ports, sqs, url)
    seconds = time.perf_counter() - began
    if queued != ACCOUNTS:
        raise AssertionError(f"{queued} accounts were due, not {ACCOUNTS}")
    return ACCOUNTS / seconds


def _work_off(ports: Ports, sqs: Any, url: str) -> None:
    remind = _reminder_of(ports)
    while True:
        answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=_RECEIVED)
        messages = answer.get("Messages", [])
        if not messages:
            return
        records = [{"messageId": one["MessageId"], "body": one["Body"]} for one in messages]
        failed = each_message({"Records": records}, remind)["batchItemFailures"]
        if failed:
            raise AssertionError(f"reminders failed: {failed}")
        for one in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])


def _reminder_of(ports: Ports) -> Callable[[dict[str, Any]], None]:
    def remind(body: dict[str, Any]) -> None:
        for customer_id, currency in body["accounts"]:
            send_reminder(ports, system_context(NOW), customer_id, currency)

    return remind

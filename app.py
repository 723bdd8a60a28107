"""The map of Saldo: every Lambda and what triggers it. No logic lives here.

HTTP routes are in chalicelib/api, one module a resource. Every other handler is declared in this
file: for those of a blueprint Lambda imports the blueprint's own module, and so would skip app.py.
Each function imports its own work, so that no cold start pays for that of the others.
"""

import gc

gc.disable()  # what is imported stays: looking for garbage in it takes a tenth of a cold start

from typing import Any

from chalice.app import (
    Chalice,
    CloudWatchEvent,
    Cron,
    Rate,
    SQSEvent,
)

from chalicelib import observability
from chalicelib.api import resources

app = Chalice(app_name="saldo", configure_logs=False)
observability.install(app)
resources.register(app)


@app.schedule(Rate(15, unit=Rate.MINUTES), description="Queues the reminders that have fallen due.")
def reminder_tick(event: CloudWatchEvent) -> None:
    from chalicelib.events import schedules

    schedules.reminder_tick(event.to_dict())


@app.schedule(Rate(5, unit=Rate.MINUTES), description="Finishes work that a crash left undone.")
def sweep(event: CloudWatchEvent) -> None:
    from chalicelib.events import schedules

    schedules.sweep(event.to_dict())


@app.schedule(Rate(1, unit=Rate.HOURS), description="Queues what has fallen due by the calendar.")
def hourly(event: CloudWatchEvent) -> None:
    from chalicelib.events import schedules

    schedules.hourly(event.to_dict())


@app.schedule(Cron(0, 2, "*", "*", "?", "*"), description="Queues the work of every night.")
def nightly(event: CloudWatchEvent) -> None:
    from chalicelib.events import schedules

    schedules.nightly(event.to_dict())


@app.on_sqs_message(queue="saldo-provider-events", batch_size=10)
def on_provider_event(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    from chalicelib.events import provider_events

    return provider_events.handle(event.to_dict())


@app.on_sqs_message(queue="saldo-mail", batch_size=1, maximum_concurrency=5)
def on_mail(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    from chalicelib.events import mail

    return mail.handle(event.to_dict())


@app.on_sqs_message(queue="saldo-reminders", batch_size=1, maximum_concurrency=5)
def on_reminders(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    from chalicelib.events import mail

    return mail.handle_reminders(event.to_dict())


@app.on_sqs_message(queue="saldo-chores", batch_size=1, maximum_concurrency=5)
def on_chore(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    from chalicelib.events import chores

    return chores.handle(event.to_dict())


@app.on_sqs_message(queue="saldo-failed-work", batch_size=10)
def on_failed_work(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    from chalicelib.events import failed_work

    return failed_work.handle(event.to_dict())


@app.on_sqs_message(queue="saldo-webhooks", batch_size=1, maximum_concurrency=5)
def on_webhook(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    from chalicelib.events import webhooks

    return webhooks.handle(event.to_dict())


@app.lambda_function(name="egress")
def egress(event: dict[str, Any], _context: object) -> dict[str, Any]:
    from chalicelib.bootstrap import call_outside

    return call_outside(event)


@app.on_sqs_message(queue="saldo-mail-events", batch_size=10, maximum_concurrency=5)
def on_mail_event(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    from chalicelib.events import mail_feedback

    return mail_feedback.handle(event.to_dict())


gc.freeze()
gc.enable()

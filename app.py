"""The map of Saldo: every Lambda and what triggers it. No logic lives here.

HTTP routes are in chalicelib/api, one blueprint a resource. Every other handler is declared in this
file: for those of a blueprint Lambda imports the blueprint's own module, and so would skip app.py.
"""

from chalice.app import (
    Chalice,
    CloudWatchEvent,
    Rate,
    SQSEvent,
)

from chalicelib import observability
from chalicelib.api import routes
from chalicelib.events import failed_work, mail, mail_feedback, provider_events, schedules

app = Chalice(app_name="saldo", configure_logs=False)
observability.install(app)
routes.register(app)


@app.schedule(Rate(15, unit=Rate.MINUTES), description="Queues the reminders that have fallen due.")
def reminder_tick(event: CloudWatchEvent) -> None:
    schedules.reminder_tick(event.to_dict())


@app.schedule(Rate(5, unit=Rate.MINUTES), description="Finishes work that a crash left undone.")
def sweep(event: CloudWatchEvent) -> None:
    schedules.sweep(event.to_dict())


@app.on_sqs_message(queue="saldo-provider-events", batch_size=10)
def on_provider_event(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    return provider_events.handle(event.to_dict())


@app.on_sqs_message(queue="saldo-mail", batch_size=1, maximum_concurrency=5)
def on_mail(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    return mail.handle(event.to_dict())


@app.on_sqs_message(queue="saldo-reminders", batch_size=1, maximum_concurrency=5)
def on_reminders(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    return mail.handle_reminders(event.to_dict())


@app.on_sqs_message(queue="saldo-failed-work", batch_size=10)
def on_failed_work(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    return failed_work.handle(event.to_dict())


@app.on_cw_event({"source": ["aws.ses"]})
def on_mail_event(event: CloudWatchEvent) -> None:
    mail_feedback.handle(event.to_dict())

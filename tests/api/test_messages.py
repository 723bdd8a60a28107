"""Messages and how they arrive, over HTTP."""

import json

import pytest

from chalicelib import bootstrap
from chalicelib.events import failed_work, mail_feedback
from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.work import failed_key
from tests.api.conftest import Api
from tests.api.staff import Staff
from tests.builders import NOON, a_customer, an_issued_invoice, by_ana
from tests.ses_events import an_event

VIEWER = "viewer"


class Mailed:
    """An invoice that went out by mail, and what SES reports of it."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.customer = a_customer(api.ports)
        self.invoice = an_issued_invoice(api.ports, self.customer.id)
        self.id = f"{self.invoice.id}-1"
        send_invoice(api.ports, by_ana(), self.invoice.id, again=False)
        deliver_document(api.ports, system_context(NOON), self.customer.id, self.id)

    def event(self, kind: str) -> dict[str, object]:
        return an_event(kind, customer_id=self.customer.id, message_id=self.id)

    def told(self, *kinds: str) -> None:
        records = [
            {"messageId": kind, "body": json.dumps(self.event(kind)), "attributes": {}}
            for kind in kinds
        ]
        assert mail_feedback.handle({"Records": records}) == {"batchItemFailures": []}


@pytest.fixture
def staff(api: Api) -> Staff:
    return Staff(api)


@pytest.fixture
def mailed(api: Api) -> Mailed:
    return Mailed(api)


def test_a_message_is_shown_with_every_report_in_the_order_of_time(
    staff: Staff, mailed: Mailed
) -> None:
    mailed.told("Open", "Send", "Bounce", "Delivery", "Open")

    status, shown = staff.send("GET", f"/v1/messages/{mailed.customer.id}/{mailed.id}", role=VIEWER)

    assert status == 200
    assert (shown["state"], shown["state_since"], shown["reason"]) == (
        "bounced", "2026-03-02T11:00:07Z", "smtp; 550 5.1.1 user unknown",
    )  # fmt: skip
    assert [(one["what"], one["at"], one["address"]) for one in shown["fates"]] == [
        ("sent", "2026-03-02T11:00:05Z", None),
        ("delivered", "2026-03-02T11:00:06Z", None),
        ("bounced", "2026-03-02T11:00:07Z", None),
        ("opened", "2026-03-02T11:40:00Z", None),
    ]
    assert shown["invoices"] == [{"id": mailed.invoice.id, "number": "A-000001"}]
    assert (shown["suppressed"], shown["can_decide"]) == ("bounced", False)


def test_a_message_that_does_not_exist_is_not_found(staff: Staff, mailed: Mailed) -> None:
    path = f"/v1/messages/{mailed.customer.id}/none"

    assert staff.send("GET", path, role=VIEWER)[0] == 404


def test_messages_are_listed_by_what_became_of_them(staff: Staff, mailed: Mailed) -> None:
    mailed.told("DeliveryDelay")

    status, page = staff.send("GET", "/v1/messages?group=delayed", role=VIEWER)

    (row,) = page["items"]
    assert (status, page["next_cursor"]) == (200, None)
    assert (row["id"], row["channel"], row["state"], row["state_since"]) == (
        mailed.id, "email", "delayed", "2026-03-02T11:25:00Z",
    )  # fmt: skip
    for path in ("/v1/messages", "/v1/messages?state=delayed"):
        assert [one["id"] for one in staff.send("GET", path, role=VIEWER)[1]["items"]] == [
            mailed.id
        ]
    assert staff.send("GET", "/v1/messages?group=sent", role=VIEWER)[1]["items"] == []


@pytest.mark.parametrize(
    ("query", "pointer"),
    [("group=lost", "/group"), ("state=lost", "/state"), ("group=sent&cursor=x", "/cursor")],
)
def test_a_list_that_does_not_exist_says_what_there_is(
    staff: Staff, query: str, pointer: str
) -> None:
    status, problem = staff.send("GET", f"/v1/messages?{query}", role=VIEWER)

    assert (status, [one["pointer"] for one in problem["errors"]]) == (422, [pointer])


def test_the_figures_say_how_many_of_how_many(staff: Staff, mailed: Mailed) -> None:
    mailed.told("Bounce", "Delivery")

    status, report = staff.send("GET", "/v1/reports/deliverability?days=7", role=VIEWER)

    figures = {
        "sent": 1, "delivered": 1, "opened": 0, "delayed": 0, "undelivered": 0, "bounced": 1,
        "complained": 0, "refused": 0, "bounce_rate": "1", "complaint_rate": "0",
    }  # fmt: skip
    assert status == 200
    assert report == {
        "first": "2026-02-24",
        "last": "2026-03-02",
        "total": figures,
        "by_day": [figures | {"day": "2026-03-02"}],
        "by_purpose": [figures | {"purpose": "invoice"}],
        "addresses": [
            {
                "address": "pagos@penarroya.example",
                "bounced": 1,
                "customer_id": mailed.customer.id,
                "customer_name": mailed.customer.name,
            }
        ],
        "domains": [{"domain": "penarroya.example", "bounced": 1}],
        "bounces": "too_few",
        "complaints": "within",
        "bounce_limit": "0.02",
        "complaint_limit": "0.0005",
    }


@pytest.mark.parametrize("days", ["0", "91", "x", "-1", "1.5", "²"])
def test_days_are_a_number_that_can_be_read(staff: Staff, days: str) -> None:
    status, problem = staff.send("GET", f"/v1/reports/deliverability?days={days}", role=VIEWER)

    assert (status, problem["errors"][0]["pointer"]) == (422, "/days")


def test_an_event_that_fails_for_good_can_be_replayed_by_staff(
    staff: Staff, mailed: Mailed, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = json.dumps(mailed.event("Delivery"))
    wired = bootstrap.app()
    with monkeypatch.context() as broken:
        broken.setattr(bootstrap, "app", lambda: None)
        record = {"messageId": "m-1", "body": body, "attributes": {}}
        failed = mail_feedback.handle({"Records": [record]})
    source = {"DeadLetterQueueSourceArn": "arn:aws:sqs:eu-south-2:1:saldo-mail-events"}
    failed_work.handle({"Records": [record | {"attributes": source}]})

    status, item = staff.send(
        "POST", f"/v1/work-items/{failed_key('mail_events', body)}/replay", {}, role="collector"
    )

    assert failed == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}
    assert (status, item["state"], item["outcome"]) == (200, "done", "replayed")
    assert ("mail_events", body) in mailed.api.fakes.queues.messages
    assert wired is bootstrap.app()

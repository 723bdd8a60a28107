import base64
import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.store import DynamoStore
from chalicelib.adapters.dynamodb.table import DynamoTable
from chalicelib.domain.identity import ApiKey
from chalicelib.usecases.fingerprint import fingerprint
from chalicelib.usecases.ports import Insert
from tests.cloud import create_table
from tests.deployed.conftest import Deployed, eventually

pytestmark = pytest.mark.deployed

KEY = "sk_proof_0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="session")
def company(deployed: Deployed) -> Deployed:
    """The deployed stack with one API key, as the first administrator would make it."""
    add_key(deployed, deployed.outputs["TableName"])
    return deployed


def add_key(deployed: Deployed, table: str) -> None:
    key = ApiKey(
        hash=fingerprint(KEY),
        id="key_proof",
        name="Proof",
        hint=KEY[:8],
        role="admin",
        created_at=datetime.now(UTC),
        created_by="proof",
        version=1,
    )
    DynamoStore(DynamoTable(deployed.cloud.client("dynamodb"), table)).commit([Insert(key)])


def api(company: Deployed, method: str, path: str, body: Any = None) -> Any:
    """The JSON answer of a call that must succeed."""
    headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": f"proof-{time.time_ns()}"}
    answer = company.call(method, path, body, headers)
    assert answer.status in {200, 201}, answer.body
    return answer.json()


def issue_invoice(company: Deployed, email: str = "pagos@talleres.test") -> dict[str, Any]:
    """An invoice over 121.00 EUR, due on 2026-02-09, of a customer of its own."""
    customer = api(company, "POST", "/v1/customers", {
        "name": "Talleres Ruiz SL", "country": "ES", "email": email,
        "language": "es", "currency": "EUR", "terms_days": 30,
    })  # fmt: skip
    draft = api(company, "POST", "/v1/invoices", {
        "customer_id": customer["id"], "currency": "EUR",
        "issue_date": "2026-01-10", "due_date": "2026-02-09",
        "lines": [{
            "description": "Revisión", "quantity": "1",
            "unit_price_minor": 10000, "tax_rate": "0.21",
        }],
    })  # fmt: skip
    issued: dict[str, Any] = api(company, "POST", f"/v1/invoices/{draft['id']}/issue", {})
    return issued


def pay_with_stripe(company: Deployed, invoice_id: str, *, amount_minor: int) -> int:
    """Status of a webhook signed with the secret that the company keeps in its vault."""
    secret = "whsec_of_the_company"
    company.cloud.client("ssm").put_parameter(
        Name=f"{company.outputs['VaultPath']}/providers/stripe",
        Value=json.dumps({"webhook_secret": secret}),
        Type="SecureString",
        Overwrite=True,
    )
    now = int(time.time())
    payment = {
        "id": f"pi_{invoice_id}", "object": "payment_intent", "status": "succeeded",
        "amount": amount_minor, "amount_received": amount_minor, "currency": "eur",
        "created": now, "metadata": {"invoice_id": invoice_id},
    }  # fmt: skip
    event = {
        "id": f"evt_{invoice_id}", "object": "event", "type": "payment_intent.succeeded",
        "created": now, "livemode": False, "data": {"object": payment},
    }  # fmt: skip
    body = json.dumps(event).encode()
    signed = hmac.new(secret.encode(), f"{now}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"Stripe-Signature": f"t={now},v1={signed}"}
    return company.call("POST", "/webhooks/stripe", body, headers).status


def mails_to(company: Deployed, address: str) -> list[dict[str, Any]]:
    """The requests that SES got for mails to the address."""
    mailbox = company.cloud.folder / "mailbox.jsonl"
    lines = mailbox.read_text().splitlines() if mailbox.exists() else []
    requests = [json.loads(line)["request"] for line in lines]
    return [each for each in requests if address in each["Destination"]["ToAddresses"]]


def test_the_deployed_api_is_well(deployed: Deployed) -> None:
    answer = deployed.call("GET", "/v1/health")

    assert answer.status == 200
    assert answer.json()["status"] == "ok"


def test_a_stranger_sees_nothing(deployed: Deployed) -> None:
    answer = deployed.call("GET", "/v1/customers")

    assert answer.status == 401
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_what_serves_the_local_cloud_is_absent(deployed: Deployed) -> None:
    assert deployed.call("GET", "/_local/mailbox").status == 403


def test_an_issued_invoice_is_in_the_aging_of_its_day(company: Deployed) -> None:
    invoice = issue_invoice(company)

    aging = api(company, "GET", "/v1/reports/aging?as_of=2026-02-09")

    assert invoice["total_minor"] == 12100
    assert aging["currencies"][0]["current_minor"] >= 12100


def test_a_webhook_becomes_a_payment_by_way_of_its_queue(company: Deployed) -> None:
    invoice = issue_invoice(company)

    status = pay_with_stripe(company, invoice["id"], amount_minor=12100)

    assert 200 <= status < 300
    paid = eventually(lambda: paid_invoice(company, invoice["id"]))
    assert paid["open_minor"] == 0


def paid_invoice(company: Deployed, invoice_id: str) -> dict[str, Any] | None:
    invoice: dict[str, Any] = api(company, "GET", f"/v1/invoices/{invoice_id}")
    return invoice if invoice["state"] == "paid" else None


def test_a_webhook_that_nobody_signed_is_refused(company: Deployed) -> None:
    headers = {"Stripe-Signature": f"t={int(time.time())},v1={'0' * 64}"}

    answer = company.call("POST", "/webhooks/stripe", {"id": "evt_forged"}, headers)

    assert answer.status == 400


def test_a_webhook_of_ours_leaves_by_way_of_a_function_without_rights(company: Deployed) -> None:
    inside = {"url": "https://169.254.169.254/latest", "headers": {}, "body": ""}
    address = {"url": "https://nowhere.invalid/hooks"}  # a name that is never given to anybody

    made = api(company, "POST", "/v1/webhook-endpoints", address)
    sent = api(company, "POST", f"/v1/webhook-endpoints/{made['id']}/test", {})

    assert company.invoke("Egress", inside)["error"] == "url_host"
    path = f"/v1/webhook-deliveries/{sent['id']}"
    (tried,) = eventually(lambda: api(company, "GET", path)["attempt_log"])
    assert tried["reason"] in ("no_such_host", "timeout")
    api(company, "DELETE", f"/v1/webhook-endpoints/{made['id']}")


def test_a_sent_invoice_leaves_by_mail_with_its_pdf(company: Deployed) -> None:
    invoice = issue_invoice(company, "compras@talleres.test")

    api(company, "POST", f"/v1/invoices/{invoice['id']}/send", {})

    (mail,) = eventually(lambda: mails_to(company, "compras@talleres.test"))
    content = base64.b64decode(mail["Content"]["Raw"]["Data"])
    assert mail["ConfigurationSetName"] == company.outputs["ConfigurationSet"]
    assert b"application/pdf" in content


def test_what_ses_reports_reaches_the_message(company: Deployed) -> None:
    invoice = issue_invoice(company, "entregado@talleres.test")
    api(company, "POST", f"/v1/invoices/{invoice['id']}/send", {})
    (mail,) = eventually(lambda: mails_to(company, "entregado@talleres.test"))
    tags = {each["Name"]: [each["Value"]] for each in mail["EmailTags"]}

    # Only AWS may put an event of the source aws.ses on the bus: this is where its rule leads.
    tell(company, {
        "version": "0", "id": "event", "source": "aws.ses", "detail-type": "Email Delivered",
        "account": "000000000000", "region": "eu-south-2", "resources": [],
        "time": datetime.now(UTC).isoformat(),
        "detail": {"eventType": "Delivery", "mail": {"messageId": "ses-1", "tags": tags}},
    })  # fmt: skip

    eventually(lambda: message_states(company, invoice["id"]) == ["delivered"])


def tell(company: Deployed, event: dict[str, Any]) -> None:
    company.cloud.client("sqs").send_message(
        QueueUrl=company.outputs["MailEventQueueUrl"], MessageBody=json.dumps(event)
    )


def test_the_events_of_ses_are_led_into_their_queue(company: Deployed) -> None:
    events, sqs = company.cloud.client("events"), company.cloud.client("sqs")
    url = company.outputs["MailEventQueueUrl"]
    queue = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]

    rule = events.describe_rule(Name="saldo-mail-events")
    targets = events.list_targets_by_rule(Rule="saldo-mail-events")["Targets"]

    assert json.loads(rule["EventPattern"]) == {"source": ["aws.ses"]}
    assert [target["Arn"] for target in targets] == [queue["QueueArn"]]
    (statement,) = json.loads(queue["Policy"])["Statement"]
    assert statement["Condition"]["ArnEquals"]["aws:SourceArn"] == rule["Arn"]
    assert json.loads(queue["RedrivePolicy"])["maxReceiveCount"] == 5


@pytest.mark.parametrize(
    ("alarm", "metric", "limit"),
    [
        ("BounceAlarm", "Reputation.BounceRate", 0.02),
        ("ComplaintAlarm", "Reputation.ComplaintRate", 0.0005),
    ],
)
def test_an_alarm_watches_how_mail_is_received(
    company: Deployed, alarm: str, metric: str, limit: float
) -> None:
    watch = company.cloud.client("cloudwatch")

    (one,) = watch.describe_alarms(AlarmNames=[company.resource(alarm)])["MetricAlarms"]

    assert (one["Namespace"], one["MetricName"], one["Threshold"]) == ("AWS/SES", metric, limit)
    assert one["AlarmActions"] == [company.resource("AlarmTopic")]


def message_states(company: Deployed, invoice_id: str) -> list[str]:
    invoice = api(company, "GET", f"/v1/invoices/{invoice_id}")
    return [message["state"] for message in invoice["messages"]]


def test_a_pdf_leaves_the_lambda_as_bytes(company: Deployed) -> None:
    invoice = issue_invoice(company)

    answer = company.call(
        "GET", f"/v1/invoices/{invoice['id']}/pdf", headers={"Authorization": f"Bearer {KEY}"}
    )

    # API Gateway decodes this by its binary media types; the local cloud does not read them.
    assert answer.headers["Content-Type"] == "application/pdf"
    assert base64.b64decode(answer.body).startswith(b"%PDF-")


def test_a_body_is_read_in_the_way_that_api_gateway_hands_on_bytes(company: Deployed) -> None:
    body = json.dumps({
        "name": "Peñalara SA", "country": "ES", "email": "pagos@penalara.test",
        "language": "es", "currency": "EUR", "terms_days": 30,
    }).encode()  # fmt: skip
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    event = {
        "resource": "/v1/customers", "path": "/v1/customers", "httpMethod": "POST",
        "headers": headers, "multiValueHeaders": {key: [headers[key]] for key in headers},
        "multiValueQueryStringParameters": None, "pathParameters": None, "stageVariables": None,
        "requestContext": {
            "resourcePath": "/v1/customers", "httpMethod": "POST", "requestId": "bytes",
        },
        "body": base64.b64encode(body).decode(), "isBase64Encoded": True,
    }  # fmt: skip

    answer = company.invoke("APIHandler", event)

    assert answer["statusCode"] == 201, answer
    assert json.loads(answer["body"])["name"] == "Peñalara SA"


def test_work_that_failed_five_times_is_on_the_work_list(company: Deployed) -> None:
    company.cloud.client("sqs").send_message(
        QueueUrl=company.outputs["FailedWorkQueueUrl"], MessageBody="no message of ours"
    )

    eventually(lambda: "no message of ours" in str(api(company, "GET", "/v1/work-items")))


@pytest.mark.parametrize(
    ("rule", "function", "when"),
    [
        ("ReminderTickReminderTickEvent", "ReminderTick", "rate(15 minutes)"),
        ("SweepSweepEvent", "Sweep", "rate(5 minutes)"),
        ("HourlyHourlyEvent", "Hourly", "rate(1 hour)"),
        ("NightlyNightlyEvent", "Nightly", "cron(0 2 * * ? *)"),
    ],
)
def test_a_rule_calls_its_lambda(company: Deployed, rule: str, function: str, when: str) -> None:
    events = company.cloud.client("events")
    described = events.describe_rule(Name=company.resource(rule))
    targets = events.list_targets_by_rule(Rule=described["Name"])["Targets"]

    assert (described.get("ScheduleExpression") or described["EventPattern"]) == when
    assert [target["Arn"].rpartition(":")[2] for target in targets] == [company.resource(function)]


def scheduled_at(time: str) -> dict[str, Any]:
    """The event of a schedule."""
    return {
        "version": "0", "id": "tick", "source": "aws.events", "account": "000000000000",
        "detail-type": "Scheduled Event", "time": time,
        "region": "eu-south-2", "resources": [], "detail": {},
    }  # fmt: skip


def test_a_tick_reminds_of_what_is_overdue(company: Deployed) -> None:
    issue_invoice(company, "moroso@talleres.test")

    company.invoke("ReminderTick", scheduled_at("2026-12-02T10:00:00Z"))

    eventually(lambda: mails_to(company, "moroso@talleres.test"))


def test_an_hour_issues_and_mails_what_recurs(company: Deployed) -> None:
    customer = api(company, "POST", "/v1/customers", {
        "name": "Cada Mes SL", "country": "ES", "email": "mes@talleres.test",
        "language": "es", "currency": "EUR", "terms_days": 30,
    })  # fmt: skip
    recurring = api(company, "POST", "/v1/recurring-invoices", {
        "customer_id": customer["id"], "series": "MES", "every": "month", "on_day": 31,
        "start_on": "2026-12-31", "auto_send": True,
        "lines": [{
            "description": "Cuota", "quantity": "1", "unit_price_minor": 100, "tax_rate": "0.21",
        }],
    })  # fmt: skip

    company.invoke("Hourly", scheduled_at("2027-03-01T10:00:00Z"))

    path = f"/v1/recurring-runs?state=done&recurring_id={recurring['id']}"
    eventually(lambda: len(api(company, "GET", path)["items"]) == 3)
    numbers = [run["number"] for run in api(company, "GET", path)["items"]]
    assert numbers == ["MES-000003", "MES-000002", "MES-000001"]
    eventually(lambda: len(mails_to(company, "mes@talleres.test")) == 3)


def test_an_update_of_the_stack_keeps_the_books(company: Deployed) -> None:
    invoice = issue_invoice(company)

    company.deploy(Sender="facturas@saldo.test")

    assert api(company, "GET", f"/v1/invoices/{invoice['id']}")["open_minor"] == 12100
    formation = company.cloud.client("cloudformation")
    (stack,) = formation.describe_stacks(StackName="saldo")["Stacks"]
    assert stack["StackStatus"] == "UPDATE_COMPLETE"
    values = {each["ParameterKey"]: each["ParameterValue"] for each in stack["Parameters"]}
    assert (values["Stage"], values["Sender"]) == ("proof", "facturas@saldo.test")
    assert values["Origin"] == company.outputs["Url"]
    company.deploy(Sender="cobros@saldo.test")  # the stack is the whole worker's


def test_after_a_restore_the_lambdas_work_on_the_restored_table(company: Deployed) -> None:
    invoice = issue_invoice(company)
    restored = create_table(company.cloud.url, "saldo-restored")
    add_key(company, restored)

    company.deploy(RestoredTable=restored)

    headers = {"Authorization": f"Bearer {KEY}"}
    assert company.call("GET", f"/v1/invoices/{invoice['id']}", headers=headers).status == 404
    assert issue_invoice(company)["number"] == "A-000001"
    company.deploy(RestoredTable="")
    assert api(company, "GET", f"/v1/invoices/{invoice['id']}")["open_minor"] == 12100

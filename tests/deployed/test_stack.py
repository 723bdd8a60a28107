import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.store import DynamoStore
from chalicelib.adapters.dynamodb.table import DynamoTable
from chalicelib.domain.access import ApiKey
from chalicelib.usecases.fingerprint import fingerprint
from chalicelib.usecases.ports import Insert
from tests.deployed.conftest import Deployed, eventually

pytestmark = pytest.mark.deployed

KEY = "sk_proof_0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="session")
def company(deployed: Deployed) -> Deployed:
    """The deployed stack with one API key, as the first administrator would make it."""
    table = DynamoTable(deployed.cloud.client("dynamodb"), deployed.outputs["TableName"])
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
    DynamoStore(table).commit([Insert(key)])
    return deployed


def api(company: Deployed, method: str, path: str, body: Any = None) -> Any:
    """The JSON answer of a call that must succeed."""
    headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": f"proof-{time.time_ns()}"}
    answer = company.call(method, path, body, headers)
    assert answer.status in {200, 201}, answer.body
    return answer.json()


def issue_invoice(company: Deployed, *, due_date: str) -> dict[str, Any]:
    """An issued invoice over 121.00 EUR of a customer of its own."""
    customer = api(company, "POST", "/v1/customers", {
        "name": "Talleres Ruiz SL", "country": "ES", "email": "pagos@talleres.test",
        "language": "es", "currency": "EUR", "terms_days": 30,
    })  # fmt: skip
    draft = api(company, "POST", "/v1/invoices", {
        "customer_id": customer["id"], "currency": "EUR",
        "issue_date": "2026-01-10", "due_date": due_date,
        "lines": [{
            "description": "Revisión", "quantity": "1",
            "unit_price_minor": 10000, "tax_rate": "0.21",
        }],
    })  # fmt: skip
    issued: dict[str, Any] = api(company, "POST", f"/v1/invoices/{draft['id']}/issue", {})
    return issued


def pay_with_stripe(company: Deployed, invoice_id: str, *, amount_minor: int) -> int:
    """Status of a webhook signed with the secret that the stack itself made."""
    secret = company.cloud.client("secretsmanager").get_secret_value(
        SecretId=company.outputs["StripeWebhookSecretArn"]
    )["SecretString"]
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
    """What SES was asked to send to the address."""
    with (company.cloud.folder / "mailbox.jsonl").open() as lines:
        mails = [json.loads(line) for line in lines]
    return [mail for mail in mails if address in json.dumps(mail["request"]["Destination"])]


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
    invoice = issue_invoice(company, due_date="2026-02-09")

    aging = api(company, "GET", "/v1/reports/aging?as_of=2026-02-09")

    assert invoice["total_minor"] == 12100
    assert aging["currencies"][0]["current_minor"] >= 12100


def test_a_webhook_becomes_a_payment_by_way_of_its_queue(company: Deployed) -> None:
    invoice = issue_invoice(company, due_date="2026-02-09")

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


def test_a_sent_invoice_leaves_by_mail_with_its_pdf(company: Deployed) -> None:
    invoice = issue_invoice(company, due_date="2026-02-09")
    before = len(mails_to(company, "pagos@talleres.test"))

    api(company, "POST", f"/v1/invoices/{invoice['id']}/send", {})

    eventually(lambda: len(mails_to(company, "pagos@talleres.test")) == before + 1)


def test_a_browser_gets_the_pdf_by_a_plain_link(company: Deployed) -> None:
    invoice = issue_invoice(company, due_date="2026-02-09")
    headers = {
        "Authorization": f"Bearer {KEY}",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    }

    answer = company.call("GET", f"/v1/invoices/{invoice['id']}/pdf", headers=headers)

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.body.startswith(b"%PDF-")


def test_work_that_failed_five_times_is_on_the_work_list(company: Deployed) -> None:
    company.cloud.client("sqs").send_message(
        QueueUrl=company.outputs["FailedWorkQueueUrl"], MessageBody="no message of ours"
    )

    eventually(lambda: "no message of ours" in str(api(company, "GET", "/v1/work-items")))


def test_the_schedule_calls_the_tick(company: Deployed) -> None:
    events = company.cloud.client("events")
    rule = events.describe_rule(Name=company.resource("ReminderTickReminderTickEvent"))
    targets = events.list_targets_by_rule(Rule=rule["Name"])["Targets"]

    assert rule["ScheduleExpression"] == "rate(15 minutes)"
    assert [target["Arn"].rpartition(":")[2] for target in targets] == [
        company.resource("ReminderTick")
    ]


def test_a_tick_reminds_of_what_is_overdue(company: Deployed) -> None:
    issue_invoice(company, due_date="2026-02-09")
    tick = {
        "version": "0", "id": "tick", "source": "aws.events", "account": "000000000000",
        "detail-type": "Scheduled Event", "time": "2026-12-02T10:00:00Z",
        "region": "eu-south-2", "resources": [], "detail": {},
    }  # fmt: skip
    before = len(mails_to(company, "pagos@talleres.test"))

    company.invoke("ReminderTick", tick)

    eventually(lambda: len(mails_to(company, "pagos@talleres.test")) > before)


def test_an_update_of_the_stack_keeps_the_books(company: Deployed) -> None:
    invoice = issue_invoice(company, due_date="2026-02-09")

    company.deploy(Sender="facturas@saldo.test")

    assert api(company, "GET", f"/v1/invoices/{invoice['id']}")["open_minor"] == 12100
    formation = company.cloud.client("cloudformation")
    (stack,) = formation.describe_stacks(StackName="saldo")["Stacks"]
    assert stack["StackStatus"] == "UPDATE_COMPLETE"
    values = {each["ParameterKey"]: each["ParameterValue"] for each in stack["Parameters"]}
    assert (values["Stage"], values["Sender"]) == ("proof", "facturas@saldo.test")
    assert values["Origin"] == company.outputs["Url"]

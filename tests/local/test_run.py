"""`make run` keeps what the contract promises."""

import hashlib
import hmac
import json
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.local.http_server import Server
from tests.local.portal_visit import Visit
from tests.local.running import WEBHOOK_SECRET, Running

pytestmark = pytest.mark.cloud
TOMORROW_MORNING = "2031-03-04T10:00:00Z"


@pytest.fixture(scope="module")
def saldo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(tmp_path_factory.mktemp("run"))
    yield running
    running.stop()


def an_issued_invoice(saldo: Running, email: str, **of_invoice: Any) -> dict[str, Any]:
    customer = {"name": "Ana", "country": "ES", "email": email, "language": "es"}
    status, made = saldo.ask(
        "POST", "/v1/customers", customer | {"currency": "EUR", "terms_days": 30}
    )
    assert status == 201, made
    line = {"description": "Libro", "quantity": "1", "unit_price_minor": 10_000, "tax_rate": "0.21"}
    draft = {"customer_id": made["id"], "currency": "EUR", "lines": [line]} | of_invoice
    status, made = saldo.ask("POST", "/v1/invoices", draft)
    assert status == 201, made
    status, issued = saldo.ask("POST", f"/v1/invoices/{made['id']}/issue")
    assert status == 200, issued
    return dict(issued)


def mails_to(saldo: Running, address: str) -> list[dict[str, Any]]:
    status, mails = saldo.ask("GET", "/_local/mailbox")
    assert status == 200
    return [mail for mail in mails if mail["to"] == [address]]


def finish_all_work(saldo: Running) -> None:
    status, answer = saldo.ask("POST", "/_local/schedules/sweep", {"time": TOMORROW_MORNING})
    assert status == 200, answer


def test_it_says_where_it_is_ready_and_answers_there(saldo: Running) -> None:
    assert f"Saldo is ready at {saldo.url}" in saldo.lines
    assert saldo.ask("GET", "/v1/health")[1]["status"] == "ok"
    with urllib.request.urlopen(saldo.url + "/invoices") as page:  # noqa: S310
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert b'<div id="root">' in page.read()


def test_the_named_key_is_an_administrators_and_no_other_opens(saldo: Running) -> None:
    assert saldo.ask("GET", "/v1/customers")[0] == 200
    assert saldo.ask("GET", "/v1/api-keys")[0] == 200
    assert saldo.ask("GET", "/v1/customers", headers={"Authorization": "Bearer x"})[0] == 401


def test_a_mail_that_was_sent_lies_in_the_mailbox_with_its_pdf(saldo: Running) -> None:
    invoice = an_issued_invoice(saldo, "mailbox@example.com")

    assert saldo.ask("POST", f"/v1/invoices/{invoice['id']}/send")[0] == 200
    finish_all_work(saldo)

    (mail,) = mails_to(saldo, "mailbox@example.com")
    assert set(mail) == {"to", "subject", "text", "html", "attachments", "tags", "sent_at"}
    assert invoice["number"] in mail["subject"]
    assert "121,00" in mail["text"]
    assert "121,00" in mail["html"]
    (attachment,) = mail["attachments"]
    assert attachment["filename"] == f"{invoice['number']}.pdf"
    assert attachment["content_type"] == "application/pdf"
    assert attachment["size"] > 1_000


def test_the_app_hears_that_a_mail_bounced(saldo: Running) -> None:
    invoice = an_issued_invoice(saldo, "bounce@simulator.amazonses.com")

    saldo.ask("POST", f"/v1/invoices/{invoice['id']}/send")
    finish_all_work(saldo)

    _, items = saldo.ask("GET", "/v1/work-items")
    named = [item["what"] for item in items["items"] if item["invoice_id"] == invoice["id"]]
    assert named == ["address_bounced"]


def test_a_schedule_runs_as_of_any_time_and_all_its_work_is_done_after(saldo: Running) -> None:
    today = {"issue_date": "2031-01-02", "due_date": "2031-02-01", "series": "FUT"}
    an_issued_invoice(saldo, "late@example.com", **today)
    assert mails_to(saldo, "late@example.com") == []

    status, _ = saldo.ask("POST", "/_local/schedules/reminder_tick", {"time": TOMORROW_MORNING})

    assert status == 200
    assert len(mails_to(saldo, "late@example.com")) == 1
    saldo.ask("POST", "/_local/schedules/reminder_tick", {"time": TOMORROW_MORNING})
    assert len(mails_to(saldo, "late@example.com")) == 1


def test_the_schedules_are_listed_with_their_rates(saldo: Running) -> None:
    _, schedules = saldo.ask("GET", "/_local/schedules")

    rates = {schedule["name"]: schedule["expression"] for schedule in schedules}
    assert rates == {
        "reminder_tick": "rate(15 minutes)",
        "sweep": "rate(5 minutes)",
        "hourly": "rate(1 hour)",
        "nightly": "cron(0 2 * * ? *)",
    }
    assert all(schedule["description"] for schedule in schedules)


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("unknown", {"time": TOMORROW_MORNING}, 404),
        ("sweep", {"time": "2031-03-04"}, 422),
        ("sweep", {"time": "2031-03-04T10:00:00"}, 422),
        ("sweep", {"time": 7}, 422),
        ("sweep", {"at": TOMORROW_MORNING}, 422),
        ("sweep", [], 422),
        ("sweep", b"{", 422),
    ],
)
def test_a_schedule_or_time_that_does_not_exist_is_a_problem(
    saldo: Running, name: str, body: Any, status: int
) -> None:
    answered, problem = saldo.ask("POST", f"/_local/schedules/{name}", body)

    assert answered == status
    assert problem["status"] == status
    assert problem["title"]


def test_another_site_cannot_use_the_local_cloud(saldo: Running) -> None:
    body = {"time": TOMORROW_MORNING}
    headers = {"Origin": "https://evil.example"}

    assert saldo.ask("POST", "/_local/schedules/sweep", body, headers)[0] == 403


def test_a_signed_webhook_pays_the_invoice(saldo: Running) -> None:
    invoice = an_issued_invoice(saldo, "payer@example.com")
    event = {
        "id": "evt_run_1",
        "object": "event",
        "type": "payment_intent.succeeded",
        "created": int(time.time()),
        "livemode": False,
        "data": {
            "object": {
                "id": "pi_run_1",
                "object": "payment_intent",
                "status": "succeeded",
                "amount": 12_100,
                "amount_received": 12_100,
                "currency": "eur",
                "metadata": {"invoice_id": invoice["id"]},
            }
        },
    }
    raw = json.dumps(event).encode()

    assert saldo.ask("POST", "/webhooks/stripe", raw, signature(raw))[0] in range(200, 300)
    finish_all_work(saldo)

    assert saldo.ask("GET", f"/v1/invoices/{invoice['id']}")[1]["state"] == "paid"
    assert saldo.ask("POST", "/webhooks/stripe", raw + b" ", signature(raw))[0] == 400


def signature(raw: bytes) -> dict[str, str]:
    now = str(int(time.time()))
    digest = hmac.new(WEBHOOK_SECRET.encode(), f"{now}.".encode() + raw, hashlib.sha256)
    return {"Stripe-Signature": f"t={now},v1={digest.hexdigest()}"}


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_who_pays_at_the_stand_in_of_mercado_pago_owes_nothing_any_more(saldo: Running) -> None:
    invoice = an_issued_invoice(saldo, "brasil@example.com", currency="BRL")
    wanted = {
        "items": [{"title": "A-1", "quantity": 1, "currency_id": "BRL", "unit_price": 121}],
        "external_reference": invoice["id"],
        "back_urls": {"success": saldo.url + "/"},
    }
    token = {"Authorization": "Bearer TEST-local"}
    status, page = saldo.ask("POST", "/_local/mercadopago/checkout/preferences", wanted, token)
    assert status == 201, page

    form = f"choice=pay&pref_id={page['id']}".encode()
    saldo.ask("POST", "/_local/mercadopago/checkout/v1/pay", form, FORM)
    finish_all_work(saldo)

    assert saldo.ask("GET", f"/v1/invoices/{invoice['id']}")[1]["state"] == "paid"


def test_what_is_voided_at_the_stand_in_of_wompi_is_owed_again(saldo: Running) -> None:
    line = {"description": "Libro", "quantity": "1", "unit_price_minor": 10_000_000}
    invoice = an_issued_invoice(
        saldo, "colombia@example.com", currency="COP", lines=[line | {"tax_rate": "0"}]
    )
    wanted = {
        "name": "A-1",
        "description": "A-1",
        "single_use": True,
        "collect_shipping": False,
        "currency": "COP",
        "amount_in_cents": 10_000_000,
        "redirect_url": saldo.url + "/",
        "sku": invoice["id"],
    }
    key = {"Authorization": "Bearer prv_test_local"}
    status, link = saldo.ask("POST", "/_local/wompi/payment_links", wanted, key)
    assert status == 201, link

    saldo.ask("POST", f"/_local/wompi/l/{link['data']['id']}", b"choice=pay", FORM)
    finish_all_work(saldo)
    paid = saldo.ask("GET", f"/v1/invoices/{invoice['id']}")[1]["state"]
    _, told = saldo.ask("GET", "/_local/wompi/control")
    number = told["payments"][0]["id"]
    saldo.ask("POST", f"/_local/wompi/control/payments/{number}/void", {})
    finish_all_work(saldo)

    assert paid == "paid"
    assert saldo.ask("GET", f"/v1/invoices/{invoice['id']}")[1]["state"] == "issued"


def state_of(saldo: Running, invoice: dict[str, Any]) -> str:
    finish_all_work(saldo)
    return str(saldo.ask("GET", f"/v1/invoices/{invoice['id']}")[1]["state"])


def test_paid_and_refunded_at_the_stand_in_of_stripe_with_webhooks_in_reverse(
    saldo: Running,
) -> None:
    invoice = an_issued_invoice(saldo, "card@example.com")
    key = {"Authorization": "Bearer sk_test_local"} | FORM
    form = (
        "mode=payment&line_items[0][quantity]=1&line_items[0][price_data][currency]=eur"
        "&line_items[0][price_data][unit_amount]=12100"
        "&line_items[0][price_data][product_data][name]=A-1"
        f"&payment_intent_data[metadata][invoice_id]={invoice['id']}"
        f"&success_url={saldo.url}/"
    )
    status, page = saldo.ask("POST", "/_local/stripe/v1/checkout/sessions", form.encode(), key)
    assert status == 200, page

    control = "/_local/stripe/control"
    saldo.ask("POST", f"{control}/webhooks/settings", {"hold": True, "copies": 2})
    saldo.ask("POST", f"/_local/stripe/c/pay/{page['id']}", b"choice=pay", FORM)
    assert state_of(saldo, invoice) == "issued"
    payment = saldo.ask("GET", control)[1]["payments"][0]
    saldo.ask("POST", f"{control}/payments/{payment['id']}/refund", {"amount_minor": 2_100})
    saldo.ask("POST", f"{control}/webhooks/settings", {"copies": 1})
    saldo.ask("POST", f"{control}/webhooks/let_go_reversed", {"now": True})

    assert state_of(saldo, invoice) == "partially_paid"
    assert {one["state"] for one in saldo.ask("GET", control)[1]["letters"]} == {"delivered"}
    _, money = saldo.ask("GET", f"/v1/invoices/{invoice['id']}")
    assert money["open_minor"] == 2_100


def test_a_debit_at_the_stand_in_of_gocardless_arrives_and_fails_late(saldo: Running) -> None:
    invoice = an_issued_invoice(saldo, "debit@example.com")
    api, control = "/_local/gocardless", "/_local/gocardless/control/payments"
    token = {"Authorization": "Bearer sandbox_local", "GoCardless-Version": "2015-07-06"}
    wanted: dict[str, Any] = {"mandate_request": {"currency": "EUR"}}
    _, made = saldo.ask("POST", f"{api}/billing_requests", {"billing_requests": wanted}, token)
    request = made["billing_requests"]["id"]
    wanted = {"links": {"billing_request": request}, "redirect_uri": saldo.url + "/"}
    _, made = saldo.ask(
        "POST", f"{api}/billing_request_flows", {"billing_request_flows": wanted}, token
    )
    flow = made["billing_request_flows"]["id"]
    saldo.ask("POST", f"{api}/flow/{flow}", b"choice=pay_later", FORM)
    _, made = saldo.ask("GET", f"{api}/billing_requests/{request}", headers=token)
    mandate = made["billing_requests"]["links"]["mandate_request_mandate"]
    named = {"links": {"mandate": mandate}, "metadata": {"invoice_id": invoice["id"]}}
    wanted = {"payments": {"amount": 12_100, "currency": "EUR"} | named}
    status, made = saldo.ask("POST", f"{api}/payments", wanted, token)
    assert status == 201, made
    payment = made["payments"]["id"]

    assert state_of(saldo, invoice) == "issued"
    saldo.ask("POST", f"{control}/{payment}/confirm", {"now": True})
    assert state_of(saldo, invoice) == "paid"
    saldo.ask("POST", f"{control}/{payment}/fail_late", {"now": True})
    assert state_of(saldo, invoice) == "issued"


def test_what_was_paid_by_bizum_is_known_by_the_return_when_the_bank_does_not_tell(
    saldo: Running,
) -> None:
    invoice = an_issued_invoice(saldo, "bizum@example.com")
    customer = Visit(saldo, invoice["id"])
    page = customer.begin("redsys")
    saldo.ask("POST", "/_local/redsys/control/webhooks/settings", {"lose_next": 1})

    shown = customer.posts(page["url"], **page["fields"])
    order = shown.rpartition("=")[2]
    pay = page["url"].replace("realizarPago", "pay")
    back = customer.posts(pay, order=order, choice="bizum")
    customer.comes_back(page["id"], back)

    assert back.startswith(f"{saldo.url}/p/return?checkout={page['id']}&Ds_SignatureVersion=")
    assert state_of(saldo, invoice) == "paid"
    [letter] = saldo.ask("GET", "/_local/redsys/control")[1]["letters"]
    assert letter["state"] == "lost"


def test_what_was_approved_at_paypal_is_captured_and_paid(saldo: Running) -> None:
    invoice = an_issued_invoice(saldo, "paypal@example.com")
    customer = Visit(saldo, invoice["id"])
    page = customer.begin("paypal")
    url, _, token = page["url"].partition("?token=")

    customer.posts(url, token=token, choice="pay")

    assert state_of(saldo, invoice) == "paid"
    letters = saldo.ask("GET", "/_local/paypal/control")[1]["letters"]
    assert [(one["label"], one["state"], one["attempts"]) for one in letters] == [
        ("PAYMENT.CAPTURE.COMPLETED", "delivered", 1),
        ("CHECKOUT.ORDER.APPROVED", "delivered", 1),
    ]


def test_a_taken_port_is_said_clearly(saldo: Running, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=f"Port {saldo.port} is taken"):
        Running(tmp_path, port=saldo.port)


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_what_was_there_is_there_again_and_nothing_runs_in_between(
    tmp_path: Path, how: str
) -> None:
    saldo = Running(tmp_path)
    invoice = an_issued_invoice(saldo, "keep@example.com")
    saldo.ask("POST", f"/v1/invoices/{invoice['id']}/send")
    finish_all_work(saldo)
    mails = mails_to(saldo, "keep@example.com")
    assert len(mails) == 1

    if how == "stopped":
        saldo.stop()
        assert saldo.processes() == []
    else:
        saldo.kill_app()

    again = Running(tmp_path)
    assert again.ask("GET", f"/v1/invoices/{invoice['id']}")[1]["number"] == invoice["number"]
    assert mails_to(again, "keep@example.com") == mails
    again.stop()
    assert again.processes() == []
    Server(again.port).server_close()

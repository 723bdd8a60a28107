"""The portal over the wire: from the mail's link to a dispute with a file that staff save."""

import http.client
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.journeys.clerk import Clerk
from tests.local.running import API_KEY

pytestmark = pytest.mark.cloud
PDF = b"%PDF-1.7\n\xe2\xe3\xcf\xd3 not text \x00\xff"
JSON = "application/json"


@dataclass
class Browser:
    """Asks without following where it leads, and shows its cookie."""

    clerk: Clerk
    cookie: str = ""

    def ask(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body."""
        url = self.clerk.running.url
        place = urlsplit(url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        named = {"Cookie": self.cookie, "Origin": url, "X-Saldo-Request": "1"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), content

    def change(self, path: str, body: Any) -> Any:
        """Send JSON and insist that it is taken."""
        status, _, told = self.ask("POST", path, json.dumps(body).encode(), Content_Type=JSON)
        assert status in (200, 201), told
        return json.loads(told)


def mailed(clerk: Clerk, address: str) -> tuple[str, str, str]:
    """Return customer, invoice and the path of the link in the mail that carries the invoice."""
    customer_id = clerk.customer(name="Portal, S.L.", email=address)
    invoice = clerk.issued(customer_id, 121_00, series="P")
    clerk.call(200, "POST", f"/v1/invoices/{invoice['id']}/send")
    clerk.until_quiet()
    (mail,) = clerk.mails_to(address)
    (link,) = set(re.findall(r"https?://\S+/portal/open/\S+", mail["text"]))
    assert f'href="{link}"' in mail["html"]
    return customer_id, invoice["id"], urlsplit(link).path


def test_a_mail_scanner_leaves_no_trace_and_the_customer_sees_what_it_owes(clerk: Clerk) -> None:
    customer_id, invoice_id, path = mailed(clerk, "portal@example.com")
    browser = Browser(clerk)

    head, _, _ = browser.ask("HEAD", path)
    status, headers, _ = browser.ask("GET", path, User_Agent="a mail scanner")
    links = clerk.call(200, "GET", f"/v1/customers/{customer_id}/portal-links")["items"]
    browser.cookie = headers["Set-Cookie"].partition(";")[0]
    page, _, html = browser.ask("GET", headers["Location"])
    home = json.loads(browser.ask("GET", "/portal/home")[2])
    _, kind, pdf = browser.ask("GET", f"/portal/invoices/{invoice_id}/pdf", Accept="text/html")

    assert (head, status, headers["Location"]) == (303, 303, "/p")
    assert headers["Referrer-Policy"] == "no-referrer"
    assert [(one["purpose"], one["last_seen_at"]) for one in links] == [("mail", None)]
    assert (page, b"<html" in html) == (200, True)
    assert home["accounts"][0]["open_minor"] == 121_00
    assert (kind["Content-Type"], pdf[:5]) == ("application/pdf", b"%PDF-")


def test_a_file_reaches_staff_byte_by_byte_and_a_link_ends_at_once(clerk: Clerk) -> None:
    customer_id, invoice_id, path = mailed(clerk, "disputa@example.com")
    browser = Browser(clerk)
    browser.cookie = browser.ask("GET", path)[1]["Set-Cookie"].partition(";")[0]

    _, _, told = browser.ask("POST", "/portal/files", PDF, Content_Type="application/pdf")
    asked: dict[str, Any] = {
        "invoice_id": invoice_id, "category": "defective", "amount_minor": 21_00,
        "comment": "Una caja llegó rota", "file_ids": [json.loads(told)["id"]],
    }  # fmt: skip
    dispute = browser.change("/portal/disputes", asked)
    place = f"/v1/disputes/{dispute['id']}/files/{asked['file_ids'][0]}"
    status, headers, saved = browser.ask("GET", place, Authorization=f"Bearer {API_KEY}")
    clerk.call(200, "POST", f"/v1/customers/{customer_id}/portal-links/revoke")

    assert (status, saved) == (200, PDF)
    assert headers["Content-Disposition"].startswith("attachment;")
    assert browser.ask("GET", path)[0] == 404
    assert browser.ask("GET", "/portal/home")[0] == 401
    secret = path.rpartition("/")[2].partition(".")[0]
    logs = [one for one in clerk.running.folder.rglob("*.log") if one.is_file()]
    assert [one for one in logs if secret in one.read_text("utf-8", "replace")] == []
    assert secret not in "\n".join(clerk.running.lines)

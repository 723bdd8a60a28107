"""A customer with debts, a link to the portal, and a browser that opens it."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalice.test import HTTPResponse

from chalicelib.domain.customer import Contact
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.portal_links import MadeLink, NewLink, make_link
from chalicelib.usecases.provider_settings import ProviderChange, change_provider
from tests.api.conftest import BASE_URL, OWN_PAGE, Api
from tests.builders import (
    NOON,
    a_customer,
    a_payment,
    an_issued_invoice,
    at,
    by_ana,
    change_company,
)

ANOTHER = "Otra Empresa, S.L."
PDF = b"%PDF-1.7\n1 0 obj"


@dataclass
class House:
    """A company with two customers: one with three invoices and a contact, one with one."""

    api: Api

    def __post_init__(self) -> None:
        ports = self.ports = self.api.ports
        change_company(ports, iban="ES9121000418450200051332", email="hola@ibanez.example")
        contact = Contact(id="con_1", name="Carmen Ruiz", email="carmen@penarroya.example",
                          roles=("invoices", "reminders"), language="en")  # fmt: skip
        customer = a_customer(ports)
        self.customer = change_customer(
            ports, by_ana(), customer.id, {"contacts": (contact,)}, expected_version=None
        )
        self.late = an_issued_invoice(
            ports, customer.id, 121_000, issue_date="2026-01-10", due_date="2026-02-10"
        )
        self.due = an_issued_invoice(ports, customer.id, 50_000)
        self.settled = an_issued_invoice(ports, customer.id, 30_000)
        a_payment(ports, customer.id, 30_000, wanted=[(self.settled.id, 30_000)])
        self.other = a_customer(ports, name=ANOTHER, email="pagos@otra.example")
        self.foreign = an_issued_invoice(ports, self.other.id, 77_700)

    def takes(self, *providers: str) -> None:
        """Set providers up."""
        for name in providers:
            change = ProviderChange(keys={"account": "acc_1"})
            change_provider(self.ports, by_ana(), name, change, expected_version=None)

    def link(self, when: datetime = NOON, **changes: Any) -> MadeLink:
        """Make a link; for everything of the customer by default."""
        new = NewLink(**({"customer_id": self.customer.id} | changes))
        return make_link(self.ports, by_ana(when), new)

    def visitor(self, **changes: Any) -> "Visitor":
        """Let somebody in by a new link."""
        return Visitor(self.api, self.link(**changes).token)


@dataclass
class Visitor:
    """A browser that has the cookie of a link."""

    api: Api
    token: str
    count: int = field(default=0)

    @property
    def cookie(self) -> dict[str, str]:
        """What the browser shows by itself."""
        return {"Cookie": f"theme=dark; __Host-portal={self.token}"}

    def get(self, path: str) -> tuple[int, Any]:
        """Return status and JSON."""
        return _told(self.api.call("GET", path, self.cookie))

    def send(
        self, path: str, body: object, method: str = "POST", **headers: str
    ) -> tuple[int, Any]:
        """Change something, as our page does."""
        self.count += 1
        own = {"Idempotency-Key": f"key-{self.count}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return _told(self.api.call(method, path, self.cookie | OWN_PAGE | own, body))

    def upload(
        self, content: bytes, name: str = "foto.pdf", media_type: str = "application/pdf"
    ) -> tuple[int, Any]:
        """Send a file."""
        headers = self.cookie | OWN_PAGE | {"Content-Type": media_type, "X-File-Name": name}
        answer = self.api.http.request("POST", "/portal/files", headers=headers, body=content)
        return _told(answer)


def _told(answer: HTTPResponse) -> tuple[int, Any]:
    is_json = "json" in answer.headers["Content-Type"]
    return answer.status_code, json.loads(answer.body) if is_json else answer.body


def opened(api: Api, token: str, **headers: str) -> HTTPResponse:
    """Open a link as a browser does."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return api.call("GET", f"/portal/open/{token}", named)


__all__ = ["BASE_URL", "PDF", "House", "Visitor", "at", "opened"]

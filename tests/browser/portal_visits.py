"""How a customer comes to its portal, and what it finds there."""

import re
from typing import Any, Final

from playwright.sync_api import Page, expect

from tests.browser.book import add_customer, add_overdue_invoice, finish_all_work
from tests.browser.conftest import Open, Visit
from tests.browser.saldo import Saldo

_ADDRESS: Final = re.compile(r"https?://\S+/portal/open/\S+")
PHONE: Final = 390


def link_of(saldo: Saldo, customer: dict[str, Any], **fields: Any) -> str:
    """The address of a link that staff made."""
    path = f"/v1/customers/{customer['id']}/portal-links"
    return str(saldo.ask("POST", path, fields)["url"])


def link_in_mail(saldo: Saldo, customer: dict[str, Any], invoice: dict[str, Any]) -> str:
    """The address in the text of the mail that brings an invoice."""
    saldo.ask("POST", f"/v1/invoices/{invoice['id']}/send")
    finish_all_work(saldo)
    (mail,) = saldo.mails_to(customer["email"])
    found = _ADDRESS.search(mail["text"])
    assert found, mail["text"]
    return found[0]


def owing(saldo: Saldo, *days_late: int, **fields: Any) -> tuple[dict[str, Any], list[Any]]:
    """A customer with an overdue invoice over 121.00 for each of these ages."""
    customer = add_customer(saldo, **fields)
    return customer, [add_overdue_invoice(saldo, customer, days_late=days) for days in days_late]


def enter(open_page: Open, saldo: Saldo, url: str, **how: Any) -> Visit:
    """A visit of somebody who opened the link, on a phone unless said otherwise."""
    visit = open_page(saldo, role=None, **({"width": PHONE} | how))
    visit.page.goto(url, wait_until="commit")
    visit.settle()
    expect(visit.page).to_have_url(re.compile(r"/p$"))
    return visit


def follow(visit: Visit, name: str) -> Page:
    """Goes where a link of the portal leads."""
    visit.page.get_by_role("link", name=name, exact=True).click()
    return visit.settle()

"""Every portal route × every caller: a link reaches what it is about, and nothing else."""

import json
import re
from collections.abc import Callable

import pytest

from chalicelib.api.access import ROUTES
from chalicelib.usecases.portal_links import revoke_link
from chalicelib.usecases.start_checkout import NewCheckout, start_checkout
from tests.api.conftest import OWN_PAGE, Api
from tests.api.visitors import PDF, House, Visitor
from tests.builders import NOON, by_ana, days

PORTAL = sorted(route for route, needed in ROUTES.items() if needed == "portal")
PROMISE = {"currency": "EUR", "promised_on": "2026-03-10"}


@pytest.fixture
def house(api: Api) -> House:
    house = House(api)
    house.takes("stripe", "redsys")
    return house


def a_checkout(house: House, customer_id: str, invoice_id: str) -> str:
    new = NewCheckout(
        customer_id=customer_id, currency="EUR", provider="stripe", invoice_ids=[invoice_id],
        return_url="https://saldo.example/p/return?checkout={checkout}", webhook_url="https://x",
    )  # fmt: skip
    return start_checkout(house.ports, by_ana(), new).id


def path_of(house: House, path: str, invoice_id: str, checkout_id: str) -> str:
    if path.startswith("/portal/statement") or path == "/portal/transfer":
        path += "?currency=EUR"
    filled = path.replace("{invoice_id}", invoice_id).replace("{checkout_id}", checkout_id)
    assert "{" not in filled
    return filled


def body_of(path: str, invoice_id: str) -> object:
    bodies: dict[str, object] = {
        "/portal/checkouts": {
            "currency": "EUR", "provider": "stripe", "invoice_ids": [invoice_id],
        },
        "/portal/checkouts/{checkout_id}/return": {"query": {"ok": "1"}},
        "/portal/promises": PROMISE | {"invoice_ids": [invoice_id]},
        "/portal/disputes": {"invoice_id": invoice_id, "category": "not_received"},
        "/portal/contact": {"phone": "+34 600 000 001"},
        "/portal/language": {"language": "en"},
        "/portal/sign-out": {},
    }  # fmt: skip
    return bodies.get(path)


def asked(
    house: House, method: str, path: str, cookie: dict[str, str], invoice_id: str, checkout_id: str
) -> int:
    headers, content = cookie | OWN_PAGE, json.dumps(body_of(path, invoice_id)).encode()
    if path == "/portal/files":
        headers, content = headers | {"Content-Type": "application/pdf"}, PDF
    if method == "GET":
        headers, content = cookie, b""
    where = path_of(house, path, invoice_id, checkout_id)
    answer = house.api.http.request(method, where, headers=headers, body=content)
    status: int = answer.status_code
    return status


def nobody(_house: House) -> dict[str, str]:
    return {}


def expired(house: House) -> dict[str, str]:
    visitor = house.visitor()
    house.api.now = NOON + days(90)
    return visitor.cookie


def revoked(house: House) -> dict[str, str]:
    made = house.link()
    revoke_link(house.ports, by_ana(), house.customer.id, made.link.id)
    return Visitor(house.api, made.token).cookie


def staff(house: House) -> dict[str, str]:
    return house.api.credentials("admin")


def program(house: House) -> dict[str, str]:
    return house.api.credentials("admin", "key")


def token_in_the_wrong_cookie(house: House) -> dict[str, str]:
    return {"Cookie": f"__Host-sid={house.link().token}"}


STRANGERS: list[Callable[[House], dict[str, str]]] = [
    nobody, expired, revoked, staff, program, token_in_the_wrong_cookie,
]  # fmt: skip


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda one: one.__name__)
@pytest.mark.parametrize(("method", "path"), PORTAL)
def test_without_a_link_that_is_valid_nothing_is_told_and_nothing_happens(
    house: House, method: str, path: str, stranger: Callable[[House], dict[str, str]]
) -> None:
    checkout = a_checkout(house, house.customer.id, house.late.id)
    shown = stranger(house)
    before = house.api.snapshot()

    status = asked(house, method, path, shown, house.late.id, checkout)

    assert status == 401
    assert house.api.snapshot() == before


@pytest.mark.parametrize(("method", "path"), PORTAL)
def test_the_link_of_a_customer_reaches_its_own_things(
    house: House, method: str, path: str
) -> None:
    checkout = a_checkout(house, house.customer.id, house.late.id)
    visitor = house.visitor()

    status = asked(house, method, path, visitor.cookie, house.late.id, checkout)

    assert status in (200, 201)


ABOUT_SOMETHING = [
    (method, path)
    for method, path in PORTAL
    if "{" in path or path in ("/portal/checkouts", "/portal/promises", "/portal/disputes")
]


@pytest.mark.parametrize("scope", ["another customer's link", "one invoice's link"])
@pytest.mark.parametrize(("method", "path"), ABOUT_SOMETHING)
def test_a_link_does_not_reach_what_it_is_not_about(
    house: House, method: str, path: str, scope: str
) -> None:
    checkout = a_checkout(house, house.customer.id, house.late.id)
    if scope == "one invoice's link":
        visitor = house.visitor(invoice_ids=(house.due.id,), purpose="pay")
    else:
        visitor = house.visitor(customer_id=house.other.id)
    before = house.api.snapshot()

    status = asked(house, method, path, visitor.cookie, house.late.id, checkout)

    assert status == 404
    assert house.api.snapshot() == before


def test_what_is_not_reached_looks_as_if_it_did_not_exist(house: House) -> None:
    visitor = house.visitor()

    _, foreign = visitor.get(f"/portal/invoices/{house.foreign.id}")
    _, unknown = visitor.get("/portal/invoices/inv_unknown")

    same = re.sub(r"'[^']*'", "", foreign["detail"])
    assert same == re.sub(r"'[^']*'", "", unknown["detail"])
    assert (foreign["type"], foreign["status"]) == (unknown["type"], unknown["status"])


def test_a_link_over_one_invoice_sees_nothing_of_the_account(house: House) -> None:
    visitor = house.visitor(invoice_ids=(house.due.id,), purpose="pay")

    _, home = visitor.get("/portal/home")

    account = home["accounts"][0]
    assert home["scope"] == "invoices"
    assert [row["id"] for row in account["invoices"]] == [house.due.id]
    assert (account["open_minor"], account["overdue_minor"], account["paid"]) == (50_000, 0, [])
    said = json.dumps(home)
    assert str(house.late.number) not in said
    assert str(house.settled.number) not in said
    assert visitor.get("/portal/statement?currency=EUR")[0] == 404
    assert visitor.get("/portal/statement/pdf?currency=EUR")[0] == 404


def test_everything_means_everything_that_the_link_is_about(house: House) -> None:
    visitor = house.visitor(invoice_ids=(house.due.id,), purpose="pay")

    status, checkout = visitor.send("/portal/checkouts", {"currency": "EUR", "provider": "stripe"})
    _, promised = visitor.send("/portal/promises", PROMISE)

    provider, order = house.api.fakes.gateway.orders[-1]
    assert (status, provider, order.amount_minor) == (201, "stripe", 50_000)
    assert order.return_url == f"https://saldo.example/p/return?checkout={checkout['id']}"
    assert order.webhook_url == "https://saldo.example/webhooks/stripe"
    assert promised["amount_minor"] == 50_000


def test_a_draft_is_not_shown_even_if_a_link_names_it(house: House) -> None:
    from chalicelib.domain.errors import InvalidField
    from tests.builders import a_draft

    draft = a_draft(house.ports, house.customer.id)

    with pytest.raises(InvalidField):
        house.link(invoice_ids=(draft.id,))
    assert house.visitor().get(f"/portal/invoices/{draft.id}")[0] == 404
    assert house.visitor().get(f"/portal/invoices/{draft.id}/pdf")[0] == 404


def test_what_the_company_keeps_to_itself_is_not_told(house: House) -> None:
    from chalicelib.usecases.change_customer import change_customer
    from chalicelib.usecases.disputes import NewDispute, open_dispute
    from chalicelib.usecases.holds import NewHold, make_hold

    secret = "PAGA SIEMPRE TARDE"
    change_customer(
        house.ports, by_ana(), house.customer.id,
        {"notes": secret, "credit_limit_minor": 98_765_432, "code": "C-SECRET"},
        expected_version=None,
    )  # fmt: skip
    open_dispute(
        house.ports, by_ana(), NewDispute(invoice_id=house.due.id, reason=secret, amount_minor=100)
    )
    make_hold(
        house.ports, by_ana(),
        NewHold(customer_id=house.customer.id, currency="EUR", reason="other", note=secret,
                until=(NOON + days(9)).date()),
    )  # fmt: skip
    visitor = house.visitor()

    said = json.dumps([
        visitor.get("/portal/home"),
        visitor.get(f"/portal/invoices/{house.due.id}"),
        visitor.get("/portal/statement?currency=EUR&from=2026-01-01&to=2026-03-02"),
    ])  # fmt: skip

    for text in (secret, "98765432", "C-SECRET", "hold", "Ana", "policy", "timeline"):
        assert text not in said


def test_a_link_that_anybody_may_hold_is_nobodys_contact(house: House) -> None:
    visitor = house.visitor(invoice_ids=(house.due.id,), purpose="pay")
    _, home = visitor.get("/portal/home")
    before = house.api.snapshot()

    refused = [
        visitor.send("/portal/contact", change, "PATCH")[0]
        for change in ({"phone": "+34 1"}, {"language": "en"}, {"email": "x@evil.example"})
    ]

    contact = home["customer"]["contact"]
    assert (home["has_contact"], contact["email"], contact["phone"]) == (False, None, None)
    assert refused == [404, 404, 404]
    assert house.api.snapshot() == before


def test_a_page_of_one_link_changes_nothing_by_the_cookie_of_another(house: House) -> None:
    first, second = house.visitor(), house.visitor(customer_id=house.other.id)
    shown = first.get("/portal/home")[1]["link_id"]
    second.get("/portal/home")
    before = house.api.snapshot()

    status, problem = second.send("/portal/promises", PROMISE, X_Saldo_Link=shown)

    assert (status, problem["type"]) == (409, "urn:saldo:problem:another_link")
    assert house.api.snapshot() == before
    assert first.send("/portal/promises", PROMISE, X_Saldo_Link=shown)[0] == 201

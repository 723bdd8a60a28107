"""The door of the portal: what opens it, what does not, and that looking changes nothing."""

import json
import logging
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.domain.portal import PortalLink
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.portal_links import link_ref, revoke_link
from tests.api.conftest import BASE_URL, OWN_PAGE, Api
from tests.api.visitors import House, Visitor, opened
from tests.builders import NOON, a_payment, at, by_ana, days, found
from tests.invariants import records_in

GONE = "Este enlace ya no funciona"


@pytest.fixture
def house(api: Api) -> House:
    return House(api)


def test_a_link_is_exchanged_for_a_cookie_and_a_clean_address(house: House) -> None:
    token = house.link().token

    answer = opened(house.api, token)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/p")
    assert answer.headers["Set-Cookie"] == (
        f"__Host-portal={token}; Path=/; Max-Age=43200; HttpOnly; Secure; SameSite=Strict"
    )
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.body == b""


def test_a_mail_scanner_that_opens_every_link_changes_nothing(house: House) -> None:
    token = house.link().token
    before = house.api.snapshot()

    for _ in range(3):
        opened(house.api, token, User_Agent="SafeLinks", Sec_Purpose="prefetch")
        head = house.api.call("HEAD", f"/portal/open/{token}")
        assert head.status_code == 303
        assert opened(house.api, f"{token}x").status_code == 404

    assert house.api.snapshot() == before


def test_only_the_fingerprint_of_a_token_is_stored(house: House) -> None:
    made = house.link()

    secret, _, name = made.token.rpartition(".")

    assert secret not in house.api.snapshot()
    assert made.token not in house.api.snapshot()
    assert made.link.id == f"plk_{name}"
    assert len(made.link.hash) == 64


def test_a_real_token_has_256_random_bits(house: House) -> None:
    from chalicelib.adapters.random_ids import RandomIds
    from chalicelib.usecases.portal_access import find_link
    from chalicelib.usecases.portal_links import fresh_link
    from chalicelib.usecases.ports import Insert

    ports = house.ports.__class__(**vars(house.ports) | {"ids": RandomIds()})
    made = fresh_link(
        ports, by_ana(), customer_id=house.customer.id, name="Carmen", purpose="staff"
    )
    house.ports.store.commit([Insert(made.link)])

    assert re.fullmatch(r"[\w-]{43}\.[0-9A-Z]{26}", made.token)
    assert find_link(house.ports.store, made.token, NOON) == made.link
    assert find_link(house.ports.store, made.token.swapcase(), NOON) is None


def _expired(house: House) -> str:
    token = house.link().token
    house.api.now = NOON + days(90)
    return token


def _revoked(house: House) -> str:
    made = house.link()
    revoke_link(house.ports, by_ana(), house.customer.id, made.link.id)
    return made.token


def _with_another_secret(house: House) -> str:
    token = house.link().token
    return ("x" if token[0] != "x" else "y") + token[1:]


OVER: dict[str, Callable[[House], str]] = {
    "unknown": lambda _: f"{'a' * 43}.{'0' * 26}",
    "another secret": _with_another_secret,
    "expired": _expired,
    "revoked": _revoked,
    "malformed": lambda _: "..%2F..%2Fetc",
    "cut off": lambda house: house.link().token[:-5],
    "very long": lambda _: "a" * 5000,
}


@pytest.mark.parametrize("why", OVER)
def test_whatever_opens_nothing_gets_one_and_the_same_page(house: House, why: str) -> None:
    unknown = opened(house.api, f"{'b' * 43}.{'1' * 26}")
    token = OVER[why](house)
    before = house.api.snapshot()

    answer = opened(house.api, token)

    assert (answer.status_code, answer.body) == (404, unknown.body)
    assert dict(answer.headers) == dict(unknown.headers)
    assert "Set-Cookie" not in answer.headers
    assert GONE in answer.body.decode()
    assert house.api.snapshot() == before
    assert Visitor(house.api, token).get("/portal/home")[0] == 401


def test_the_page_of_a_link_that_is_over_speaks_the_language_of_the_browser(api: Api) -> None:
    def said(accepted: str) -> str:
        page = opened(api, "x", Accept_Language=accepted).body.decode()
        return "en" if "does not work any more" in page else "es"

    assert said("en-GB,en;q=0.9,es;q=0.8") == "en"
    assert said("es-ES,es;q=0.9,en;q=0.8") == "es"
    assert said("de-DE,en;q=0.5") == "en"
    assert said("fr") == "es"
    assert said("") == "es"


def test_no_log_line_has_a_token_in_it(
    house: House, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    made = house.link()
    visitor = Visitor(house.api, made.token)
    with caplog.at_level(logging.DEBUG):
        opened(house.api, made.token)
        opened(house.api, f"{made.token}x")
        visitor.get("/portal/home")
        visitor.get("/portal/invoices/unknown")
        visitor.send("/portal/promises", {"nonsense": True})

    printed = capsys.readouterr()
    secret = made.token.partition(".")[0]
    assert secret not in caplog.text + printed.out + printed.err


def test_a_link_ends_thirty_days_after_everything_was_paid(house: House) -> None:
    visitor = house.visitor()
    house.api.now = at("2026-03-03")
    a_payment(house.ports, house.customer.id, 171_000, house.api.now)

    house.api.now = at("2026-04-02") - timedelta(seconds=1)
    before = visitor.get("/portal/home")[0]
    house.api.now = at("2026-04-02")
    after = visitor.get("/portal/home")[0]

    assert (before, after) == (200, 401)


def test_a_link_ends_with_the_contact_it_was_made_for(house: House) -> None:
    visitor = house.visitor(contact_id="con_1")
    before = visitor.get("/portal/home")[0]
    change_customer(
        house.ports, by_ana(), house.customer.id, {"contacts": ()}, expected_version=None
    )

    assert (before, visitor.get("/portal/home")[0]) == (200, 401)
    assert visitor.send("/portal/contact", {"phone": "1"}, "PATCH")[0] == 401


def test_a_pay_link_ends_thirty_days_after_its_invoice_was_paid(house: House) -> None:
    visitor = house.visitor(invoice_ids=(house.due.id,), purpose="pay")
    a_payment(house.ports, house.customer.id, 50_000, wanted=[(house.due.id, 50_000)])

    house.api.now = NOON + days(29)
    before = visitor.get("/portal/home")[0]
    house.api.now = NOON + days(30)

    assert (before, visitor.get("/portal/home")[0]) == (200, 401)


def test_a_link_that_is_paid_still_shows_what_was_paid(house: House) -> None:
    visitor = house.visitor()
    a_payment(house.ports, house.customer.id, 171_000)

    status, home = visitor.get("/portal/home")

    account = home["accounts"][0]
    assert (status, account["open_minor"], account["invoices"]) == (200, 0, [])
    assert {row["number"] for row in account["paid"]} == {
        house.late.number, house.due.number, house.settled.number,
    }  # fmt: skip


def test_signing_out_forgets_the_link_in_this_browser_and_leaves_it_valid(house: House) -> None:
    visitor = house.visitor()

    answer = house.api.call("POST", "/portal/sign-out", visitor.cookie | OWN_PAGE, {})

    assert json.loads(answer.body) == {"signed_out": True}
    assert answer.headers["Set-Cookie"].startswith("__Host-portal=; Path=/; Max-Age=0;")
    assert visitor.get("/portal/home")[0] == 200


@pytest.mark.parametrize(
    "missing",
    [
        {"Content-Type": "text/plain"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"X-Saldo-Request": "0"},
    ],
)
def test_a_change_that_our_own_page_did_not_make_is_refused(
    house: House, missing: dict[str, str]
) -> None:
    visitor = house.visitor()
    before = house.api.snapshot()
    promise = {"currency": "EUR", "promised_on": "2026-03-10"}

    answer = house.api.call(
        "POST", "/portal/promises", visitor.cookie | OWN_PAGE | missing, promise
    )

    assert answer.status_code == 403
    assert json.loads(answer.body)["type"] == "urn:saldo:problem:foreign_request"
    assert house.api.snapshot() == before


def test_the_use_of_a_link_is_noted_once_an_hour_and_told_once(house: House) -> None:
    made = house.link()
    visitor = Visitor(house.api, made.token)

    def seen() -> PortalLink:
        return found(house.ports, link_ref(made.link.id))

    visitor.get("/portal/home")
    first = seen()
    house.api.now = NOON + timedelta(minutes=59)
    visitor.get("/portal/home")
    same = seen()
    house.api.now = NOON + timedelta(minutes=60)
    visitor.get("/portal/home")

    assert (first.last_seen_at, same, seen().last_seen_at) == (NOON, first, house.api.now)
    told = [one for one in records_in(house.api.fakes.table)
            if getattr(one, "action", "") == "portal_opened"]  # fmt: skip
    assert len(told) == 1


def test_what_staff_look_at_through_the_eyes_of_a_customer_leaves_no_trace(house: House) -> None:
    made = house.link(purpose="view")
    visitor = Visitor(house.api, made.token)
    before = house.api.snapshot()

    status, home = visitor.get("/portal/home")

    assert (status, home["read_only"]) == (200, True)
    assert home["accounts"][0]["may_promise"]["refusal"] == "promises_not_allowed"
    assert house.api.snapshot() == before
    assert made.link.valid_until == NOON + timedelta(minutes=15)


CHANGES = {
    "/portal/promises": {"currency": "EUR", "promised_on": "2026-03-10"},
    "/portal/checkouts": {"currency": "EUR", "provider": "stripe"},
    "/portal/disputes": {"invoice_id": "{late}", "category": "defective"},
    "/portal/language": {"language": "en"},
    "/portal/contact": {"phone": "+34 600 000 000"},
}


@pytest.mark.parametrize("path", CHANGES)
def test_staff_who_only_look_change_nothing(house: House, path: str) -> None:
    house.takes("stripe")
    visitor = house.visitor(purpose="view")
    body = json.loads(json.dumps(CHANGES[path]).replace("{late}", house.late.id))
    before = house.api.snapshot()

    method = "PATCH" if path.endswith("contact") else "POST"
    status, problem = visitor.send(path, body, method)

    assert (status, problem["type"]) == (409, "urn:saldo:problem:link_only_shows")
    assert house.api.snapshot() == before


def test_the_address_of_a_link_is_at_our_own_origin(house: House) -> None:
    answer = house.api.call(
        "POST",
        f"/v1/customers/{house.customer.id}/portal-links",
        house.api.credentials("collector") | OWN_PAGE,
        {},
    )

    assert json.loads(answer.body)["url"].startswith(f"{BASE_URL}/portal/open/")

"""What of the portal is between a customer and staff: contacts, links, checkouts."""

from typing import Any

import pytest

from chalicelib.domain.customer import Customer
from chalicelib.usecases import portal_contact
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.references import customer_ref
from tests.api.conftest import OWN_PAGE, Api
from tests.api.staff import Staff
from tests.api.visitors import House, Visitor
from tests.builders import NOON, by_ana, found
from tests.worker import drain


@pytest.fixture
def house(api: Api) -> House:
    house = House(api)
    house.takes("stripe", "redsys", "wompi")
    return house


@pytest.fixture
def visitor(house: House) -> Visitor:
    return house.visitor(contact_id="con_1")


@pytest.fixture
def staff(api: Api) -> Staff:
    return Staff(api)


def test_a_contact_changes_its_own_name_telephone_and_language_at_once(
    house: House, visitor: Visitor
) -> None:
    changes = {"name": "Carmen R. Soler", "phone": "+34 600 000 000", "language": "es"}

    status, home = visitor.send("/portal/contact", changes, "PATCH")

    assert status == 200
    assert {name: home["customer"]["contact"][name] for name in changes} == changes
    customer: Customer = found(house.ports, customer_ref(house.customer.id))
    assert (customer.name, customer.language, customer.contacts[0].roles) == (
        "Distribuciones Peñarroya, S.A.", "es", ("invoices", "reminders"),
    )  # fmt: skip


def test_what_staff_change_at_that_moment_stays_and_so_does_what_the_contact_changes(
    house: House, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*args: Any, **more: Any) -> Customer:
        monkeypatch.setattr(portal_contact, "change_customer", change_customer)
        change_customer(
            house.ports, by_ana(), house.customer.id, {"phone": "+34 910 000 000"},
            expected_version=None,
        )  # fmt: skip
        return change_customer(*args, **more)

    monkeypatch.setattr(portal_contact, "change_customer", late)

    status, _ = visitor.send("/portal/contact", {"phone": "+34 600 000 000"}, "PATCH")

    customer: Customer = found(house.ports, customer_ref(house.customer.id))
    assert (status, customer.phone, customer.contacts[0].phone) == (
        200, "+34 910 000 000", "+34 600 000 000",
    )  # fmt: skip


def test_the_name_of_the_customer_itself_stands_on_its_invoices(house: House) -> None:
    visitor = house.visitor()
    before = house.api.snapshot()

    status, problem = visitor.send("/portal/contact", {"name": "Otra"}, "PATCH")

    assert (status, problem["errors"][0]["code"]) == (422, "name_is_fixed")
    assert house.api.snapshot() == before


def test_a_new_address_counts_once_staff_accept_it(
    house: House, visitor: Visitor, staff: Staff
) -> None:
    _, home = visitor.send("/portal/contact", {"email": "nueva@penarroya.example"}, "PATCH")
    customer: Customer = found(house.ports, customer_ref(house.customer.id))
    place = f"/v1/customers/{house.customer.id}/email-requests"
    _, waiting = staff.send("GET", place, role="viewer")
    _, work = staff.send("GET", "/v1/work-items", role="viewer")
    status, _ = staff.send("POST", f"{place}/con_1/accept", {}, role="collector")

    after: Customer = found(house.ports, customer_ref(house.customer.id))
    assert home["customer"]["contact"]["requested_email"] == "nueva@penarroya.example"
    assert customer.contacts[0].email == "carmen@penarroya.example"
    assert [(one["contact_id"], one["email"], one["before"]) for one in waiting["items"]] == [
        ("con_1", "nueva@penarroya.example", "carmen@penarroya.example")
    ]
    assert [one["what"] for one in work["items"]] == ["email_requested"]
    assert (status, after.contacts[0].email) == (200, "nueva@penarroya.example")
    assert staff.send("GET", "/v1/work-items", role="viewer")[1]["items"] == []
    again, problem = staff.send("POST", f"{place}/con_1/decline", {}, role="collector")
    assert (again, problem["type"]) == (409, "urn:saldo:problem:decided_already")


def test_the_old_address_is_told_at_once_and_once(house: House, visitor: Visitor) -> None:
    asked = {"email": "nueva@penarroya.example"}
    visitor.send("/portal/contact", asked, "PATCH")
    visitor.send("/portal/contact", asked, "PATCH")

    drain(house.api.fakes, house.api.now)
    drain(house.api.fakes, house.api.now)

    (mail,) = house.api.fakes.mailer.accepted
    assert (mail.to, mail.content.subject) == ("carmen@penarroya.example", "Address en")
    assert mail.content.text == f"{house.customer.name} nueva@penarroya.example"


def test_a_declined_address_changes_nothing_and_another_may_be_asked_for(
    house: House, visitor: Visitor, staff: Staff
) -> None:
    place = f"/v1/customers/{house.customer.id}/email-requests/con_1"
    visitor.send("/portal/contact", {"email": "uno@evil.example"}, "PATCH")
    staff.send("POST", f"{place}/decline", {}, role="collector")
    visitor.send("/portal/contact", {"email": "dos@penarroya.example"}, "PATCH")

    customer: Customer = found(house.ports, customer_ref(house.customer.id))
    _, home = visitor.get("/portal/home")
    assert customer.contacts[0].email == "carmen@penarroya.example"
    assert home["customer"]["contact"]["requested_email"] == "dos@penarroya.example"


def test_the_language_of_the_screen_is_the_links_and_mails_stay_in_theirs(
    visitor: Visitor,
) -> None:
    visitor.send("/portal/language", {"language": "es"})

    _, home = visitor.get("/portal/home")

    assert (home["language"], home["customer"]["contact"]["language"]) == ("es", "en")


def test_a_link_of_staff_can_be_listed_and_ended(house: House, staff: Staff) -> None:
    place = f"/v1/customers/{house.customer.id}/portal-links"
    status, made = staff.send(
        "POST", place, {"contact_id": "con_1"}, role="collector", Idempotency_Key="a"
    )
    visitor = Visitor(house.api, made["url"].rpartition("/")[2])
    seen = visitor.get("/portal/home")[0]
    _, rows = staff.send("GET", place, role="viewer")
    _, ended = staff.send("POST", f"{place}/{made['id']}/revoke", {}, role="collector")

    assert (status, seen) == (201, 200)
    (row,) = rows["items"]
    assert (row["name"], row["purpose"], row["created_by"]) == ("Carmen Ruiz", "staff", "Collector")
    assert (row["last_seen_at"], row["revoked_at"]) == ("2026-03-02T11:00:00Z", None)
    assert ended["revoked_at"] == "2026-03-02T11:00:00Z"
    assert visitor.get("/portal/home")[0] == 401
    assert staff.send("POST", f"{place}/{made['id']}/revoke", {}, role="collector")[0] == 200


def test_the_answer_of_a_repeated_request_opens_and_only_that(house: House, staff: Staff) -> None:
    place = f"/v1/invoices/{house.due.id}/pay-link"
    _, first = staff.send("POST", place, {}, role="collector", Idempotency_Key="a")
    status, again = staff.send("POST", place, {}, role="collector", Idempotency_Key="a")

    tokens = [one["url"].rpartition("/")[2] for one in (first, again)]
    assert (status, first["id"]) == (200, again["id"])
    assert [Visitor(house.api, one).get("/portal/home")[0] for one in tokens] == [401, 200]
    for token in tokens:
        assert token.partition(".")[0] not in house.api.snapshot()


def test_all_links_of_a_customer_end_at_once(house: House, staff: Staff) -> None:
    visitors = [house.visitor(), house.visitor(invoice_ids=(house.due.id,))]
    other = house.visitor(customer_id=house.other.id)
    place = f"/v1/customers/{house.customer.id}/portal-links/revoke"

    _, told = staff.send("POST", place, {}, role="collector")

    assert told == {"revoked": 2}
    assert [one.get("/portal/home")[0] for one in (*visitors, other)] == [401, 401, 200]
    assert staff.send("POST", place, {}, role="collector")[1] == {"revoked": 0}


def test_a_pay_link_is_for_an_open_invoice(house: House, staff: Staff) -> None:
    place = f"/v1/invoices/{house.settled.id}/pay-link"

    status, problem = staff.send("POST", place, {}, role="collector")

    assert (status, problem["type"]) == (409, "urn:saldo:problem:nothing_open")


def test_checkouts_are_listed_for_staff(house: House, visitor: Visitor, staff: Staff) -> None:
    _, checkout = visitor.send("/portal/checkouts", {"currency": "EUR", "provider": "stripe"})

    _, all_of_them = staff.send("GET", "/v1/checkouts", role="viewer")
    _, theirs = staff.send("GET", f"/v1/checkouts?customer_id={house.other.id}", role="viewer")

    (row,) = all_of_them["items"]
    assert (row["id"], row["state"], row["amount_minor"]) == (checkout["id"], "open", 171_000)
    assert [item["number"] for item in row["items"]] == [house.late.number, house.due.number]
    assert theirs["items"] == []


def test_staff_cannot_reach_a_customers_portal_by_being_staff(house: House) -> None:
    answer = house.api.call("GET", "/portal/home", house.api.credentials("admin") | OWN_PAGE)

    assert answer.status_code == 401
    assert house.api.now == NOON

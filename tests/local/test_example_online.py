"""The example shows how customers pay and write online, and what is connected with the company."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chalicelib.domain.account import Account
from chalicelib.domain.checkout import Checkout
from chalicelib.domain.company import Company
from chalicelib.domain.comparison import Comparison
from chalicelib.domain.customer import Customer
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.hold import Hold
from chalicelib.domain.identity import ApiKey
from chalicelib.domain.import_run import Import
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.payment import Payment
from chalicelib.domain.portal import EmailRequest, PortalLink
from chalicelib.domain.promise import Promise
from chalicelib.domain.provider_settings import ProviderSettings
from chalicelib.domain.webhook_delivery import WebhookDelivery
from chalicelib.domain.webhook_endpoint import WebhookEndpoint
from chalicelib.domain.work import WorkItem
from infra.local.example import online, takeover, visitors
from infra.local.example.connected import RECEIVER, STOPPED
from infra.local.example.load import live_through
from infra.local.providers.office import Office
from infra.local.providers.setting_up import ORDER
from tests.fakes import Fakes
from tests.invariants import Books, records_in

URL = "http://localhost:1"
# Early in the morning of a leap day: what happens today and yesterday lies close together.
NOW = datetime(2028, 2, 29, 5, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def fakes(tmp_path_factory: pytest.TempPathFactory) -> Fakes:
    fakes = Fakes()
    office = Office(tmp_path_factory.mktemp("office"), URL)
    live_through(fakes.ports(), NOW, office)
    office.close()
    return fakes


@pytest.fixture(scope="module")
def books(fakes: Fakes) -> Books:
    return Books(records_in(fakes.table))


def test_the_same_story_gives_the_same_book(books: Books, tmp_path: Path) -> None:
    again = Fakes()
    office = Office(tmp_path, URL)
    live_through(again.ports(), NOW, office)
    office.close()

    assert told(Books(records_in(again.table))) == told(books)


def told(books: Books) -> list[tuple[str, str, int]]:
    invoices = [(one.id, str(one.state), one.open_minor) for one in books.all(Invoice)]
    checkouts = [(one.id, str(one.state), one.amount_minor) for one in books.all(Checkout)]
    return sorted(invoices + checkouts)


def test_money_came_at_different_providers_each_by_a_checkout(books: Books) -> None:
    states = {(one.customer_name, one.provider): one.state for one in books.all(Checkout)}

    assert states == {
        (online.CARD, "stripe"): "paid",
        (online.BIZUM, "redsys"): "paid",
        (online.PAYPAL, "paypal"): "paid",
        (online.DISPUTED, "stripe"): "paid",
        (online.SEVERAL, "stripe"): "paid",
        (online.TWICE, "stripe"): "paid",
        (online.TWICE, "redsys"): "paid",
        (online.MISSED, "stripe"): "paid",
        (online.DIFFERENT, "stripe"): "paid",
        (online.DEBIT_FAILED, "gocardless"): "paid",
        (online.DEBIT, "gocardless"): "open",
        (online.OPEN, "redsys"): "open",
        (online.DECLINED, "stripe"): "closed",
    }
    assert {one.link_id is not None for one in books.all(Checkout)} == {True}
    several = [one for one in books.all(Checkout) if one.customer_name == online.SEVERAL]
    assert [len(one.items) for one in several] == [2]


def test_a_debit_is_on_its_way_and_another_came_back(books: Books) -> None:
    pending = {
        one.customer_id: [each.amount_minor for each in one.pending if each.amount_minor]
        for one in books.all(Account)
    }
    names = {one.id: one.name for one in books.all(Customer)}
    owed = {one.customer.name: one.state for one in books.all(Invoice) if one.is_open}

    assert {names[key]: sums for key, sums in pending.items() if sums} == {online.DEBIT: [82_280]}
    assert owed[online.DEBIT_FAILED] == "issued"


def test_money_that_went_back_can_be_seen(books: Books) -> None:
    backs = {
        one.customer_name: [each.kind for each in one.returns]
        for one in books.all(Payment)
        if one.provider and one.returns
    }

    assert backs == {
        online.DISPUTED: ["charged_back"],
        online.PAYPAL: ["refunded"],
        online.DEBIT_FAILED: ["charged_back"],
    }


def test_what_happened_online_left_tasks(books: Books) -> None:
    work = {(one.what, one.customer_name) for one in books.all(WorkItem) if one.state == "open"}

    assert work >= {
        ("payment_excess", online.TWICE),
        ("payment_failed", online.DECLINED),
        ("chargeback", online.DISPUTED),
        ("chargeback_lost", online.DEBIT_FAILED),
        ("provider_difference", online.DIFFERENT),
        ("email_requested", visitors.MOVED),
        ("webhook_stopped", None),
    }


def test_the_comparison_found_a_missed_payment_and_a_difference(books: Books) -> None:
    of_stripe = [one for one in books.all(Comparison) if one.provider == "stripe"]
    last = max(of_stripe, key=lambda one: one.until)

    assert (last.state, last.missed, last.differing) == ("done", 1, 1)
    assert {one.state for one in books.all(Comparison)} == {"done"}


def test_all_providers_are_set_up_in_the_order_of_a_spanish_company(books: Books) -> None:
    settings = sorted(books.all(ProviderSettings), key=lambda one: one.position)

    assert [one.provider for one in settings] == [*ORDER]
    assert {one.is_offered for one in settings} == {True}


def test_customers_came_by_their_links(books: Books) -> None:
    links = Counter(
        (one.purpose, one.last_seen_at is not None, one.revoked_at is not None)
        for one in books.all(PortalLink)
    )

    assert links["mail", True, False] > 10
    assert (links["pay", True, False], links["staff", False, True]) == (1, 1)


def test_customers_promised_contested_and_asked_for_another_address(
    books: Books, fakes: Fakes
) -> None:
    promises = {one.customer_name: one for one in books.all(Promise)}
    promise = promises[online.PROMISED]
    (dispute,) = [one for one in books.all(Dispute) if one.link_id]
    (request,) = books.all(EmailRequest)

    assert (promise.created_by, promise.state) == (online.PROMISED, "open")
    assert (dispute.customer_name, dispute.category) == (online.CONTESTED, "defective")
    assert [one.name for one in dispute.files] == ["caja-rota.png"]
    assert f"disputes/{dispute.customer_id}/{dispute.files[0].id}" in fakes.files.stored
    assert request.state == "waiting"


def test_one_receiver_is_healthy_and_one_was_switched_off(books: Books) -> None:
    endpoints = {one.url: one for one in books.all(WebhookEndpoint)}
    states = {
        url: {each.state for each in books.all(WebhookDelivery) if each.endpoint_id == one.id}
        for url, one in endpoints.items()
    }

    assert states == {URL + RECEIVER: {"delivered"}, STOPPED: {"delivered", "failed"}}
    assert (endpoints[STOPPED].state, endpoints[STOPPED].why) == ("disabled", "failing")
    assert endpoints[URL + RECEIVER].is_enabled


def test_nobody_was_called(fakes: Fakes) -> None:
    assert (fakes.egress.calls, fakes.gateway.orders) == ([], [])


def test_keys_of_programs_have_scopes(books: Books) -> None:
    keys = {one.name: (one.role, one.revoked_at is None) for one in books.all(ApiKey)}

    assert keys == {
        "ERP": ("accountant", True),
        "Cuadro de mando": ("viewer", True),
        "CRM antiguo": ("viewer", False),
    }
    assert all(one.scopes for one in books.all(ApiKey))


def test_old_invoices_were_brought_along_and_nobody_is_chased_for_them_yet(books: Books) -> None:
    imports = {one.what: one for one in books.all(Import)}
    held = {one.customer_name for one in books.all(Hold) if one.state == "open"}

    assert {one.state for one in imports.values()} == {"done"}
    assert imports["customers"].counts == {"create": 2, "reject": 1, "new_customers": 2}
    assert imports["invoices"].counts["create"] == takeover.OLD
    assert sum(one.is_imported for one in books.all(Invoice)) == takeover.OLD
    assert held >= {*takeover.NEW}


def test_the_company_has_a_logo_of_its_own(books: Books, fakes: Fakes) -> None:
    (company,) = books.all(Company)

    assert company.logo is not None
    assert company.logo.key in fakes.files.stored

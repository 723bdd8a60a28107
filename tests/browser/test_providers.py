"""Online payments in the settings: keys go in and are never shown, a test tells whose they are."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.saldo import Saldo

pytestmark = pytest.mark.browser
PART = "/settings/providers"


def test_keys_are_put_in_tried_and_shown_by_their_end_only(saldo: Saldo, open_page: Open) -> None:
    page = open_page(saldo, language="en").go(PART)
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Stripe"))

    row.get_by_role("button", name="Change").click()
    expect(row.get_by_label("Address for its notifications")).to_have_value(
        f"{saldo.url}/webhooks/stripe"
    )
    row.get_by_label("Secret API key").fill("sk_test_of_this_company")
    row.get_by_role("button", name="Save").click()

    expect(row.get_by_text("…pany")).to_be_visible()
    expect(row.get_by_label("Secret API key")).to_have_value("")
    row.get_by_role("button", name="Test").click()
    expect(row.get_by_role("status")).to_have_text(re.compile("^(Answered|Failed) "))


def test_ways_to_pay_change_places(saldo: Saldo, open_page: Open) -> None:
    page = open_page(saldo, language="en").go(PART)
    names = page.get_by_role("listitem").get_by_role("heading")
    before = names.all_inner_texts()

    page.get_by_role("button", name=f"Move {before[1]} up").click()

    expect(names.first).to_have_text(before[1])
    expect(names.nth(1)).to_have_text(before[0])


def test_a_comparison_is_asked_for_and_shown(saldo: Saldo, open_page: Open) -> None:
    page = open_page(saldo, language="en").go(PART)

    page.get_by_role("button", name="Compare with Stripe now").click()

    expect(page.get_by_text("The comparison has begun.")).to_be_visible()
    expect(page.get_by_role("table", name="Nightly comparison")).to_contain_text("Stripe")


def test_who_does_not_administer_sees_no_keys(saldo: Saldo, open_page: Open) -> None:
    page = open_page(saldo, role="viewer", language="en").go(PART)

    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Stripe"))
    row.get_by_role("button", name="Change").click()

    expect(page.get_by_label("Secret API key")).to_be_disabled()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)

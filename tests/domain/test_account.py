"""The account as the fold of its ledger, and money on its way."""

from datetime import date

import pytest

from chalicelib.domain.account import (
    MAX_OPEN_ITEMS,
    PendingPayment,
    oldest_first,
    post,
    with_pending,
    without_pending,
)
from chalicelib.domain.errors import InvariantBroken, StateConflict
from chalicelib.domain.ledger import Entry, EntryKind, EntryLine
from tests.builders import NOON, at
from tests.domain.accounts import a_pending, an_account, an_item

DAY = date(2026, 3, 2)


def an_entry(*lines: EntryLine, sequence: int = 1, what: EntryKind = "payment_received") -> Entry:
    return Entry(
        customer_id="cus_1", currency="EUR", sequence=sequence, what=what,
        posted_at=NOON, posted_by="ana", booked_on=DAY, lines=lines,
    )  # fmt: skip


def a_change(invoice: int | None, open_delta: int = 0, unapplied_delta: int = 0) -> EntryLine:
    return EntryLine(
        effective_on=DAY,
        invoice_id=f"inv_{invoice}" if invoice else None,
        due_on=DAY if invoice else None,
        open_delta_minor=open_delta,
        unapplied_delta_minor=unapplied_delta,
    )


def test_a_posting_changes_items_and_unapplied_money() -> None:
    account = an_account(an_item(1, "2026-03-01"), an_item(2, "2026-03-02"), unapplied_minor=50)
    entry = an_entry(a_change(None, 0, 15_000), a_change(1, -10_000, -10_000), a_change(2, -1, -1))

    after = post(account, entry)

    assert [(item.invoice_id, item.open_minor) for item in after.open_items] == [("inv_2", 9_999)]
    assert (after.unapplied_minor, after.entries) == (50 + 15_000 - 10_001, 1)
    assert account.entries == 0


def test_an_issue_adds_its_item_in_the_order_of_due_dates() -> None:
    account = an_account(an_item(1, "2026-03-01"), an_item(3, "2026-03-09"))

    after = post(account, an_entry(a_change(2, 10_000)), [an_item(2, "2026-03-05")])

    assert [item.invoice_id for item in after.open_items] == ["inv_1", "inv_2", "inv_3"]
    assert after.open_minor == 30_000


@pytest.mark.parametrize(
    "line",
    [a_change(1, -10_001), a_change(1, 1), a_change(9, -1), a_change(None, 0, -51)],
    ids=["more than open", "more than the total", "of no item", "unapplied below zero"],
)
def test_a_posting_that_does_not_fit_breaks_loudly(line: EntryLine) -> None:
    account = an_account(an_item(1, "2026-03-01"), unapplied_minor=50)

    with pytest.raises(InvariantBroken):
        post(account, an_entry(line))


@pytest.mark.parametrize("sequence", [0, 2, 7])
def test_entries_follow_each_other_without_gap(sequence: int) -> None:
    with pytest.raises(InvariantBroken):
        post(an_account(), an_entry(a_change(None, 0, 1), sequence=sequence))


def test_an_account_has_a_limit_of_open_items_that_fits_into_one_record() -> None:
    full = an_account(*(an_item(n, "2026-03-01") for n in range(1, MAX_OPEN_ITEMS + 1)))

    with pytest.raises(StateConflict, match="2000 open invoices"):
        post(full, an_entry(a_change(MAX_OPEN_ITEMS + 1, 10_000), what="invoice_issued"),
             [an_item(MAX_OPEN_ITEMS + 1, "2026-03-01")])  # fmt: skip


def test_items_of_one_due_date_are_settled_in_the_order_of_their_numbers() -> None:
    items = (an_item(3, "2026-03-01"), an_item(1, "2026-03-01"), an_item(2, "2026-02-01"))

    assert [item.invoice_id for item in oldest_first(items)] == ["inv_2", "inv_1", "inv_3"]


def test_overdue_is_what_fell_due_before_today() -> None:
    account = an_account(an_item(1, "2026-03-01", 100), an_item(2, "2026-03-02", 20))

    assert account.overdue_minor(date(2026, 3, 2)) == 100
    assert account.overdue_minor(date(2026, 3, 3)) == 120


PROCESSING = a_pending("inv_1", 10_000, "2026-03-02T10:00")
FAILED = a_pending("inv_1", 0, "2026-03-02T10:05")
FAILED_AT_ONCE = a_pending("inv_1", 0, "2026-03-02T10:00")
TRIED_AGAIN = a_pending("inv_1", 10_000, "2026-03-02T10:10")


@pytest.mark.parametrize(
    ("said", "latest"),
    [
        ((PROCESSING,), PROCESSING),
        ((PROCESSING, FAILED), FAILED),
        ((FAILED, PROCESSING), FAILED),
        ((PROCESSING, FAILED_AT_ONCE), FAILED_AT_ONCE),
        ((FAILED_AT_ONCE, PROCESSING), FAILED_AT_ONCE),
        ((TRIED_AGAIN, PROCESSING, FAILED), TRIED_AGAIN),
        ((FAILED, TRIED_AGAIN, FAILED), TRIED_AGAIN),
    ],
)
def test_the_latest_word_about_a_payment_holds_whatever_the_order_of_arrival(
    said: tuple[PendingPayment, ...], latest: PendingPayment
) -> None:
    account = an_account()

    for one in said:
        account = with_pending(account, one)

    assert account.pending == (latest,)


def test_a_settled_payment_and_expired_ones_are_forgotten() -> None:
    other = a_pending("inv_2", 5, "2026-03-10", key="pi_2")
    expired = a_pending("inv_3", 5, "2026-02-01", key="pi_3")
    account = an_account(pending=(PROCESSING, other, expired))

    assert without_pending(account, "pi_1", at("2026-03-11")).pending == (other,)

"""Claiming late interest and compensation, and giving them up."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import InvalidField, NotFound, Stale, StateConflict
from chalicelib.domain.interest_rates import InterestRate
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import LateCharge
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.interest_rates import change_interest_rates, read_interest_rates
from chalicelib.usecases.invoice_late_charge import invoice_late_charge
from chalicelib.usecases.late_charges import claim_late_charge, waive_late_charge
from chalicelib.usecases.late_file import open_late_file
from chalicelib.usecases.return_payment import undo_allocations
from chalicelib.usecases.void_invoice import void_invoice
from chalicelib.usecases.write_off import GivingUp, write_off
from tests.builders import Book, a_draft, a_payment, aging_as_of, at, by_ana
from tests.fakes import CountingTable
from tests.usecases.late import (
    AUGUST,
    claimed,
    day,
    invoiced,
    late_invoice,
    paid_late,
    stored,
    waived,
)


def refused(book: Book, invoice: Invoice, as_of: str | None = None) -> str:
    """Return the code with which a claim is refused; nothing may have changed."""
    before = book.snapshot()
    with pytest.raises(StateConflict) as refusal:
        claimed(book, invoice, as_of)
    assert book.snapshot() == before
    return refusal.value.code


def test_a_claim_on_the_published_example_is_its_interest_and_forty_euros(book: Book) -> None:
    invoice = paid_late(book)

    charge = claimed(book, invoice)

    assert (charge.interest_minor, charge.compensation_minor) == (2_078, 4_000)
    assert [one.interest_minor for one in charge.segments] == [1_009, 1_069]
    assert (charge.from_day, charge.until_day) == (day("2026-06-01"), day("2026-07-31"))
    assert (charge.id, charge.state, charge.number) == (f"{invoice.id}-1", "claimed", "A-000001")
    assert stored(book, charge) == charge


def test_a_claim_changes_neither_balance_nor_ledger_nor_aging(book: Book) -> None:
    invoice = late_invoice(book)
    account, aging = book.account(), aging_as_of(book.ports, day("2026-08-31"))

    claimed(book, invoice)

    assert book.invoice(invoice) == invoice
    assert book.account() == account
    assert aging_as_of(book.ports, day("2026-08-31")) == aging


def test_a_claim_is_on_record_where_the_invoice_is_read(book: Book) -> None:
    charge = claimed(book, paid_late(book))

    (entry,) = [one for one in book.all(AuditEntry) if one.action == "late_charge_claimed"]
    assert (entry.subject, entry.subject_id) == ("invoice", charge.invoice_id)
    assert (entry.facts["interest_minor"], entry.facts["compensation_minor"]) == (2_078, 4_000)


def test_what_is_paid_keeps_its_open_claim(book: Book) -> None:
    invoice = late_invoice(book)
    charge = claimed(book, invoice)

    a_payment(book.ports, book.customer.id, 121_000, AUGUST)

    assert book.invoice(invoice).state == "paid"
    assert stored(book, charge) == charge


def test_a_later_claim_starts_where_the_last_one_ended_and_has_no_compensation(book: Book) -> None:
    invoice = paid_late(book)
    first = claimed(book, invoice, "2026-06-30")

    second = claimed(book, invoice)

    assert (first.total_minor, first.until_day) == (1_009 + 4_000, day("2026-06-30"))
    assert (second.id, second.from_day) == (f"{invoice.id}-2", day("2026-07-01"))
    assert (second.interest_minor, second.compensation_minor) == (1_069, 0)


def test_what_was_claimed_up_to_a_day_is_not_claimed_again(book: Book) -> None:
    invoice = late_invoice(book)
    claimed(book, invoice)

    assert refused(book, invoice) == "nothing_to_claim"
    assert refused(book, invoice, "2026-07-15") == "nothing_to_claim"


def test_waived_days_and_a_waived_compensation_are_not_claimed_again(book: Book) -> None:
    invoice = late_invoice(book)
    waived(book, claimed(book, invoice, "2026-07-31"))

    second = claimed(book, invoice)

    assert (second.from_day, second.compensation_minor) == (day("2026-08-01"), 0)


def test_the_days_after_a_payment_that_was_undone_can_still_be_claimed(book: Book) -> None:
    invoice = late_invoice(book)
    arrived = day("2026-06-30")
    payment = book.paid(121_000, when=at("2026-06-30"), received_on=arrived)
    first = claimed(book, invoice)
    undo_allocations(book.ports, by_ana(AUGUST), payment.id, None)

    second = claimed(book, invoice)

    assert (first.until_day, second.from_day) == (arrived, day("2026-07-01"))
    assert (second.until_day, second.compensation_minor) == (AUGUST.date(), 0)


def test_a_part_payment_lowers_the_interest_from_the_day_after(book: Book) -> None:
    invoice = paid_late(book, "2026-06-10", 21_000)

    charge = claimed(book, invoice, "2026-06-30")

    assert [(one.principal_minor, one.days) for one in charge.segments] == [
        (121_000, 10),
        (100_000, 20),
    ]


def test_what_is_written_off_bears_no_interest_from_then_on(book: Book) -> None:
    invoice = late_invoice(book)
    giving_up = GivingUp(invoice_id=invoice.id, amount_minor=None, reason="insolvent")
    write_off(book.ports, by_ana(at("2026-06-15")), giving_up, expected_version=None)

    charge = claimed(book, invoice)

    assert (charge.until_day, charge.interest_minor) == (day("2026-06-15"), 505)


@pytest.mark.parametrize("paid_on", ["2026-05-20", "2026-05-31"])
def test_nothing_can_be_claimed_on_what_was_paid_in_time(book: Book, paid_on: str) -> None:
    assert refused(book, paid_late(book, paid_on)) == "nothing_to_claim"


def test_nothing_can_be_claimed_before_the_day_after_the_due_date(book: Book) -> None:
    invoice = late_invoice(book)

    assert refused(book, invoice, "2026-05-31") == "nothing_to_claim"
    assert claimed(book, invoice, "2026-06-01").segments[0].days == 1


def test_compensation_is_owed_even_where_interest_rounds_to_nothing(book: Book) -> None:
    invoice = late_invoice(book, 100)

    first = claimed(book, invoice, "2026-06-01")

    assert (first.interest_minor, first.compensation_minor) == (0, 4_000)
    assert refused(book, invoice, "2026-06-02") == "nothing_to_claim"


def test_outside_the_euro_there_is_interest_and_no_compensation(book: Book) -> None:
    invoice = late_invoice(book, currency="GBP")

    charge = claimed(book, invoice, "2026-06-30")

    assert (charge.currency, charge.interest_minor, charge.compensation_minor) == ("GBP", 1_009, 0)


@pytest.mark.parametrize("kind", ["business", "public"])
def test_businesses_and_public_bodies_owe_late_charges(book: Book, kind: str) -> None:
    change_customer(book.ports, by_ana(), book.customer.id, {"type": kind}, expected_version=None)

    assert claimed(book, paid_late(book)).total_minor == 6_078


def test_consumers_owe_none(book: Book) -> None:
    invoice = paid_late(book)
    become = {"type": "consumer"}
    change_customer(book.ports, by_ana(), book.customer.id, become, expected_version=None)

    assert refused(book, invoice) == "not_for_consumers"
    assert open_late_file(book.ports, invoice.id).claim(AUGUST.date()).total_minor == 0


def test_drafts_and_void_invoices_are_never_late(book: Book) -> None:
    draft = a_draft(book.ports, book.customer.id, due_date=day("2026-05-31"))
    invoice = late_invoice(book)
    void_invoice(book.ports, by_ana(AUGUST), invoice.id, reason=None, expected_version=None)

    assert refused(book, draft) == "not_owed"
    assert refused(book, invoice) == "not_owed"


def test_a_half_year_without_a_rate_stops_the_claim_and_is_named(book: Book) -> None:
    invoice = late_invoice(book, issue_date="2025-11-01", due_date="2025-11-30")

    claim = open_late_file(book.ports, invoice.id).claim(AUGUST.date())

    assert refused(book, invoice) == "rate_missing"
    assert claim.derivation.missing == (day("2025-07-01"),)
    assert [one.from_day for one in claim.derivation.segments] == [
        day("2026-01-01"),
        day("2026-07-01"),
    ]


def test_a_claim_keeps_the_rates_it_was_made_with(book: Book) -> None:
    charge = claimed(book, paid_late(book))
    table = read_interest_rates(book.ports)
    lower = [InterestRate(from_day=one.from_day, annual_rate=one.annual_rate / 2, source="x")
             for one in table.rates]  # fmt: skip

    change_interest_rates(
        book.ports, by_ana(AUGUST), rates=lower, day_count=360, expected_version=None
    )

    assert stored(book, charge) == charge


def test_interest_that_is_not_owed_yet_cannot_be_claimed(book: Book) -> None:
    invoice = late_invoice(book)
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        claimed(book, invoice, "2026-09-01")

    assert (refusal.value.pointer, refusal.value.field_code) == ("/as_of", "in_the_future")
    assert book.snapshot() == before


def test_an_unknown_invoice_or_charge_is_not_found(book: Book) -> None:
    invoice = late_invoice(book)
    before = book.snapshot()

    with pytest.raises(NotFound):
        claim_late_charge(book.ports, by_ana(AUGUST), "inv_none", None)
    for unknown in ("none", f"{invoice.id}-1", "inv_none-1", invoice.id):
        with pytest.raises(NotFound, match="late charge"):
            waive_late_charge(
                book.ports, by_ana(AUGUST), unknown, reason="x", expected_version=None
            )

    assert book.snapshot() == before


def test_a_waived_charge_says_who_when_and_why(book: Book) -> None:
    charge = waived(book, claimed(book, paid_late(book)))

    assert (charge.state, charge.reason) == ("waived", "a good customer")
    assert (charge.decided_by, charge.decided_at) == ("ana@saldo.example", AUGUST)
    assert stored(book, charge) == charge


@pytest.mark.parametrize("decide", [waived, invoiced])
def test_a_charge_is_decided_once(book: Book, decide: Any) -> None:
    charge = claimed(book, paid_late(book))
    decide(book, charge)
    before = book.snapshot()

    for again in (waived, invoiced):
        with pytest.raises(StateConflict) as refusal:
            again(book, charge)
        assert refusal.value.code == "charge_decided"

    assert book.snapshot() == before


@pytest.mark.parametrize("decide", [waived, invoiced])
def test_a_decision_on_an_older_version_is_refused(book: Book, decide: Any) -> None:
    charge = claimed(book, paid_late(book))
    before = book.snapshot()

    with pytest.raises(Stale):
        decide(book, charge, charge.version + 1)

    assert book.snapshot() == before


def test_ten_people_who_claim_at_once_make_one_claim(book: Book) -> None:
    invoice = paid_late(book)

    def claim(_: int) -> str:
        try:
            return claimed(book, invoice).id
        except StateConflict as refusal:
            return refusal.code

    with ThreadPoolExecutor(10) as pool:
        outcomes = sorted(pool.map(claim, range(10)))

    assert outcomes == [f"{invoice.id}-1"] + ["nothing_to_claim"] * 9
    assert [one.total_minor for one in book.all(LateCharge)] == [6_078]


def test_a_claim_that_meets_a_payment_counts_it(book: Book) -> None:
    invoice = late_invoice(book)
    customer_id, table = book.customer.id, book.fakes.table
    write, ports = table.write, book.fakes.ports()
    raced: list[bool] = []

    def pay_first(actions: Any) -> None:
        if not raced:
            raced.append(True)
            received: dict[str, Any] = {"received_on": day("2026-06-30")}
            a_payment(ports, customer_id, 121_000, AUGUST, **received)
        write(actions)

    table.write = pay_first  # type: ignore[method-assign]
    charge = claimed(book, invoice)

    assert (charge.until_day, charge.interest_minor) == (day("2026-06-30"), 1_009)


def test_a_preview_costs_two_reads_and_each_step_one_transaction_more(book: Book) -> None:
    invoice = paid_late(book)
    counter = CountingTable(book.fakes.table)
    ports = book.fakes.ports(counter)

    def price(operation: Callable[[], object]) -> tuple[int, int]:
        counter.reset()
        operation()
        return counter.reads, counter.requests["transact_write"]

    first, second = (f"{invoice.id}-{ordinal}" for ordinal in (1, 2))
    june = day("2026-06-30")
    steps: list[Callable[[], object]] = [
        lambda: open_late_file(ports, invoice.id),
        lambda: claim_late_charge(ports, by_ana(AUGUST), invoice.id, june),
        lambda: claim_late_charge(ports, by_ana(AUGUST), invoice.id, None),
        lambda: waive_late_charge(ports, by_ana(AUGUST), first, reason="x", expected_version=None),
        lambda: invoice_late_charge(ports, by_ana(AUGUST), second, expected_version=None),
    ]

    assert [price(step) for step in steps] == [(2, 0), (2, 1), (2, 1), (2, 1), (2, 1)]

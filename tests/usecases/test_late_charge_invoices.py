"""Making a draft invoice of a late charge: exactly one, whatever is repeated."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.errors import StateConflict
from chalicelib.domain.interest_rates import InterestRate
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.late_words import MAX_NOTE_CHARACTERS
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.draft_invoice import delete_draft
from chalicelib.usecases.interest_rates import change_interest_rates, read_interest_rates
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.late_file import open_late_file
from chalicelib.usecases.void_invoice import void_invoice
from tests.builders import Book, a_customer, a_payment, an_issued_invoice, at, by_ana
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


def draft_of(book: Book, charge: LateCharge) -> Invoice:
    """The invoice that was made of a charge."""
    assert charge.charge_invoice_id is not None
    return book.invoice(charge.charge_invoice_id)


def drafts(book: Book) -> list[Invoice]:
    return [one for one in book.all(Invoice) if one.state == "draft"]


def delete(book: Book, draft: Invoice) -> None:
    delete_draft(book.ports, by_ana(AUGUST), draft.id, expected_version=None)


def test_the_draft_has_a_line_for_interest_and_one_for_compensation_and_no_tax(book: Book) -> None:
    charge = invoiced(book, claimed(book, paid_late(book)))

    draft = draft_of(book, charge)

    assert [(one.description, one.net_minor) for one in draft.lines] == [
        ("Intereses de demora de la factura A-000001, del 01/06/2026 al 31/07/2026", 2_078),
        ("Indemnización por costes de cobro de la factura A-000001", 4_000),
    ]
    assert (draft.total_minor, draft.tax_minor, draft.state) == (6_078, 0, "draft")
    assert {one.tax_rate for one in draft.lines} == {Decimal(0)}
    assert (draft.customer_id, draft.currency, draft.series) == (book.customer.id, "EUR", "A")


def test_a_charge_is_not_discounted_for_early_payment(book: Book) -> None:
    terms = DiscountTerms(rate=Decimal("0.02"), days=10)
    book.customer = a_customer(book.ports, discount=terms)

    draft = draft_of(book, invoiced(book, claimed(book, late_invoice(book))))

    assert (draft.discount, draft.total_minor) == (None, 3_147 + 4_000)
    assert draft.customer == book.customer.on_document()


def test_the_note_names_the_late_invoice_and_derives_the_interest(book: Book) -> None:
    charge = invoiced(book, claimed(book, paid_late(book)))

    assert draft_of(book, charge).notes == (
        "Factura A-000001 por 1.210,00 €, vencida el 31/05/2026.\n"
        "01/06/2026 – 30/06/2026: 1.210,00 € × 30 días × 10,15 % / 365 = 10,09 €\n"
        "01/07/2026 – 31/07/2026: 1.210,00 € × 31 días × 10,4 % / 365 = 10,69 €"
    )


def test_a_customer_who_reads_english_gets_it_in_english(book: Book) -> None:
    book.customer = a_customer(book.ports, language="en")
    charge = invoiced(book, claimed(book, paid_late(book), "2026-06-01"))

    draft = draft_of(book, charge)

    assert [one.description for one in draft.lines] == [
        "Late-payment interest on invoice A-000001, 1 Jun 2026 to 1 Jun 2026",
        "Compensation for recovery costs, invoice A-000001",
    ]
    assert draft.notes == (
        "Invoice A-000001 over €1,210.00, due on 31 May 2026.\n"
        "1 Jun 2026 – 1 Jun 2026: €1,210.00 × 1 day × 10.15% / 365 = €0.34"
    )


def test_a_note_of_many_steps_stays_short_enough_to_be_edited(book: Book) -> None:
    invoice = late_invoice(book)
    for number in range(1, 31):
        received: dict[str, Any] = {"received_on": day(f"2026-06-{number:02d}")}
        a_payment(book.ports, book.customer.id, 100, AUGUST, **received)

    charge = invoiced(book, claimed(book, invoice))

    notes = draft_of(book, charge).notes or ""
    assert len(charge.segments) == 31
    assert len(notes) <= MAX_NOTE_CHARACTERS
    assert notes.endswith(" tramos más")
    assert int(notes.split()[-3]) + notes.count(" = ") == 31


def test_a_line_that_comes_to_nothing_is_left_out(book: Book) -> None:
    invoice = paid_late(book)
    first = claimed(book, invoice, "2026-06-30")
    second = claimed(book, invoice)
    tiny = claimed(book, late_invoice(book, 100), "2026-06-01")

    assert [len(draft_of(book, invoiced(book, one)).lines) for one in (first, second, tiny)] == [
        2,
        1,
        1,
    ]


def test_the_charge_names_its_draft_and_the_late_invoice_stays_as_it_was(book: Book) -> None:
    invoice = late_invoice(book)
    account = book.account()

    charge = invoiced(book, claimed(book, invoice))

    assert (charge.state, charge.decided_by, charge.decided_at) == (
        "invoiced",
        "ana@saldo.example",
        AUGUST,
    )
    assert stored(book, charge) == charge
    assert (book.invoice(invoice), book.account()) == (invoice, account)
    assert [one.action for one in book.all(AuditEntry) if one.subject_id == invoice.id][-2:] == [
        "late_charge_claimed",
        "late_charge_invoiced",
    ]


def test_the_draft_is_issued_like_any_other(book: Book) -> None:
    charge = invoiced(book, claimed(book, paid_late(book)))
    draft = draft_of(book, charge)

    issue_invoice(book.ports, by_ana(AUGUST), draft.id, expected_version=None)

    assert (book.invoice(draft).number, book.account().open_minor) == ("A-000002", 6_078)


def test_ten_people_who_invoice_a_charge_at_once_make_one_draft(book: Book) -> None:
    charge = claimed(book, paid_late(book))

    def invoice(_: int) -> str:
        try:
            return invoiced(book, charge).state
        except StateConflict as refusal:
            return refusal.code

    with ThreadPoolExecutor(10) as pool:
        outcomes = sorted(pool.map(invoice, range(10)))

    assert outcomes == ["charge_decided"] * 9 + ["invoiced"]
    assert [one.id for one in drafts(book)] == [stored(book, charge).charge_invoice_id]


def test_waiving_and_invoicing_at_once_leaves_one_of_both(book: Book) -> None:
    charge = claimed(book, paid_late(book))

    def decide(act: Any) -> bool:
        try:
            act(book, charge)
        except StateConflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(decide, [waived, invoiced]))

    assert sum(outcomes) == 1
    assert len(drafts(book)) == int(stored(book, charge).state == "invoiced")


@pytest.mark.parametrize("decide", [waived, invoiced])
def test_a_charge_whose_draft_was_thrown_away_waits_for_a_decision_again(
    book: Book, decide: Any
) -> None:
    charge = claimed(book, paid_late(book))
    first = draft_of(book, invoiced(book, charge))
    delete(book, first)

    (standing,) = open_late_file(book.ports, charge.invoice_id).charges
    after = decide(book, standing)

    assert (standing.state, standing.charge_invoice_id) == ("claimed", None)
    assert after.charge_invoice_id != first.id
    assert [one.id for one in drafts(book)] == (
        [after.charge_invoice_id] if after.charge_invoice_id else []
    )


def test_days_of_a_charge_without_its_draft_are_not_claimed_again(book: Book) -> None:
    charge = invoiced(book, claimed(book, paid_late(book)))
    delete(book, draft_of(book, charge))
    before = book.snapshot()

    with pytest.raises(StateConflict) as refusal:
        claimed(book, book.invoice(charge.invoice_id))

    assert (refusal.value.code, book.snapshot()) == ("nothing_to_claim", before)


def test_only_what_the_book_still_supports_is_invoiced(book: Book) -> None:
    invoice = late_invoice(book)
    charge = claimed(book, invoice)
    entered_late: dict[str, Any] = {"received_on": day("2026-06-30")}
    a_payment(book.ports, book.customer.id, 121_000, AUGUST, **entered_late)

    after = invoiced(book, charge)

    assert (charge.interest_minor, after.interest_minor) == (1_009 + 2_138, 1_009)
    assert draft_of(book, after).total_minor == 5_009
    assert [one.until_day for one in after.segments] == [day("2026-06-30")]


def test_a_charge_on_what_turns_out_to_have_been_paid_in_time_is_not_invoiced(book: Book) -> None:
    charge = claimed(book, late_invoice(book))
    entered_late: dict[str, Any] = {"received_on": day("2026-05-31")}
    a_payment(book.ports, book.customer.id, 121_000, AUGUST, **entered_late)
    before = book.snapshot()

    with pytest.raises(StateConflict) as refusal:
        invoiced(book, charge)

    assert (refusal.value.code, book.snapshot()) == ("no_longer_late", before)
    assert waived(book, charge).state == "waived"


def test_a_charge_on_what_is_void_by_now_is_not_invoiced(book: Book) -> None:
    invoice = late_invoice(book)
    charge = claimed(book, invoice)
    void_invoice(book.ports, by_ana(AUGUST), invoice.id, reason=None, expected_version=None)
    before = book.snapshot()

    with pytest.raises(StateConflict) as refusal:
        invoiced(book, charge)

    assert (refusal.value.code, book.snapshot()) == ("no_longer_late", before)


def test_a_charge_on_a_customer_who_is_a_consumer_after_all_is_not_invoiced(book: Book) -> None:
    charge = claimed(book, paid_late(book))
    become = {"type": "consumer"}
    change_customer(book.ports, by_ana(), book.customer.id, become, expected_version=None)
    before = book.snapshot()

    with pytest.raises(StateConflict) as refusal:
        invoiced(book, charge)

    assert (refusal.value.code, book.snapshot()) == ("not_for_consumers", before)


@pytest.mark.parametrize(
    ("factor", "interest_minor"),
    [(Decimal("0.5"), 1_039), (Decimal(1), 2_078), (Decimal(2), 2_078)],
)
def test_a_corrected_rate_lowers_a_charge_and_never_raises_it(
    book: Book, factor: Decimal, interest_minor: int
) -> None:
    charge = claimed(book, paid_late(book))
    rates = [
        InterestRate(from_day=one.from_day, annual_rate=one.annual_rate * factor, source="BOE")
        for one in read_interest_rates(book.ports).rates
    ]
    change_interest_rates(
        book.ports, by_ana(AUGUST), rates=rates, day_count=365, expected_version=None
    )

    assert invoiced(book, charge).interest_minor == interest_minor


def test_a_rate_that_was_taken_out_of_the_table_changes_no_claim(book: Book) -> None:
    charge = claimed(book, paid_late(book))
    change_interest_rates(book.ports, by_ana(), rates=[], day_count=365, expected_version=None)

    assert invoiced(book, charge).segments == charge.segments


def test_a_draft_is_written_in_the_currency_of_the_late_invoice(book: Book) -> None:
    invoice = an_issued_invoice(
        book.ports, book.customer.id, 100_000, at("2026-05-01"), currency="GBP",
        issue_date="2026-05-01", due_date="2026-05-31",
    )  # fmt: skip

    draft = draft_of(book, invoiced(book, claimed(book, invoice, "2026-06-30")))

    assert (draft.currency, draft.total_minor) == ("GBP", 834)

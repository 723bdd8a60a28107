"""Credit notes: what they take off the invoice, what is left to the customer, and their numbers."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.credit_note import CreditNote, creditable
from chalicelib.domain.errors import DomainError, InvalidField
from chalicelib.domain.ledger import Entry
from chalicelib.domain.numbering import GENESIS, Series
from chalicelib.domain.payment import Payment
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.context import AlreadyAnswered, RepeatKey
from chalicelib.usecases.issue_credit_note import (
    NewCreditNote,
    draft_credit_note,
    issue_credit_note,
)
from chalicelib.usecases.ports import MailRefused
from tests.builders import Book, a_line, at, by_ana, change_company, days
from tests.invariants import assert_books_hold

TAXED = [a_line(100_003, tax_rate="0.21"), a_line(12_347, tax_rate="0.04")]  # 133,845 in all


def legs(book: Book, note: CreditNote) -> dict[str, int]:
    """Return what the posting of a credit note says in the journal, by account and rate."""
    (entry,) = [one for one in book.all(Entry) if one.reference == note.number]
    names = [f"{leg.account} {leg.rate}" if leg.rate else leg.account for leg in entry.legs]
    return dict(zip(names, [leg.amount_minor for leg in entry.legs], strict=True))


def test_a_part_lowers_the_invoice_and_leaves_no_credit(book: Book) -> None:
    invoice = book.issued(lines=TAXED)

    note = book.credited(invoice, 33_845)

    assert (note.number, note.sequence, note.invoice_number) == ("R-000001", 1, "A-000001")
    assert (note.applied_minor, note.total_minor) == (33_845, 33_845)
    after = book.invoice(invoice)
    assert (after.open_minor, after.state) == (100_000, "issued")
    assert [(one.kind, one.amount_minor) for one in after.settlements] == [("credit_note", 33_845)]
    assert (book.account().open_minor, book.account().unapplied_minor) == (100_000, 0)
    assert after.credited == note.taxes
    assert legs(book, note) == {
        "receivable": -33_845,
        "sales_returns": note.net_minor,
        "tax 0.21": note.taxes[0].tax_minor,
        "tax 0.04": note.taxes[1].tax_minor,
    }


def test_the_whole_settles_the_invoice(book: Book) -> None:
    invoice = book.issued(lines=TAXED)

    note = book.credited(invoice)

    after = book.invoice(invoice)
    assert (after.open_minor, after.state) == (0, "paid")
    assert (note.net_minor, note.tax_minor, note.total_minor) == (112_350, 21_495, 133_845)
    assert {(one.base_minor, one.tax_minor) for one in creditable(after)} == {(0, 0)}
    assert book.account().open_items == ()
    assert book.account().next_action_at is None


def test_lines_take_back_what_they_say(book: Book) -> None:
    invoice = book.issued(lines=TAXED)

    note = book.credited(invoice, lines=[a_line(5_000, quantity="2", tax_rate="0.04")])

    assert [(one.description, one.net_minor) for one in note.lines] == [("Mantenimiento", 10_000)]
    assert (note.net_minor, note.tax_minor, note.total_minor) == (10_000, 400, 10_400)
    assert book.invoice(invoice).open_minor == 123_445


def test_beyond_what_is_open_the_customer_has_a_credit_that_settles_another_invoice(
    book: Book,
) -> None:
    invoice, other = book.issued(100_000), book.issued(70_000, due_date="2026-06-01")
    book.paid(80_000, wanted=[(invoice.id, 80_000)])

    note = book.credited(invoice, 60_000)

    assert (note.applied_minor, note.total_minor) == (20_000, 60_000)
    credit = book.payment(note.payment_id)
    assert (credit.origin, credit.amount_minor, credit.unapplied_minor, credit.reference) == (
        "credit_note", 60_000, 40_000, "R-000001",
    )  # fmt: skip
    assert book.invoice(invoice).state == "paid"

    allocate_payment(book.ports, by_ana(), credit.id, None)

    after = book.invoice(other)
    assert (after.open_minor, after.state) == (30_000, "partially_paid")
    assert [one.kind for one in after.settlements] == ["credit"]
    assert (book.account().open_minor, book.account().unapplied_minor) == (30_000, 0)


def test_the_credit_of_a_paid_invoice_is_all_the_customers(book: Book) -> None:
    invoice = book.issued(lines=TAXED)
    book.paid(133_845)

    note = book.credited(invoice)

    assert (note.applied_minor, book.payment(note.payment_id).unapplied_minor) == (0, 133_845)
    after = book.invoice(invoice)
    assert (after.state, after.version, len(after.settlements)) == ("paid", 4, 1)
    assert {(one.base_minor, one.tax_minor) for one in creditable(after)} == {(0, 0)}
    assert legs(book, note)["customer_credit"] == -133_845


def test_credit_is_no_cash_and_lowers_what_was_billed(book: Book) -> None:
    invoice = book.issued(100_000)

    note = book.credited(invoice, 40_000)

    (entry,) = [one for one in book.all(Entry) if one.reference == note.number]
    assert (entry.billed_minor, entry.collected_minor) == (-40_000, 0)


def test_three_parts_end_at_the_whole_and_a_fourth_is_refused(book: Book) -> None:
    invoice = book.issued(lines=TAXED)
    notes = [book.credited(invoice, 44_615) for _ in range(2)]
    notes.append(book.credited(invoice))

    assert [one.number for one in notes] == ["R-000001", "R-000002", "R-000003"]
    assert sum(one.tax_minor for one in notes) == 21_495
    before = book.snapshot()
    with pytest.raises(InvalidField) as refusal:
        book.credited(invoice, 1)
    assert refusal.value.field_code == "more_than_creditable"
    assert book.snapshot() == before


def test_credit_notes_have_a_series_and_a_chain_of_their_own(book: Book) -> None:
    invoice = book.issued()
    first, second = book.credited(invoice, 100), book.credited(invoice, 100)

    assert book.issued().number == "A-000002"
    assert (first.previous_hash, second.previous_hash) == (GENESIS, first.hash)
    series = {one.code: (one.holds, one.next_number) for one in book.all(Series)}
    assert series == {"A": ("invoices", 3), "R": ("credit_notes", 3)}


def test_the_companys_series_is_taken_and_another_may_be_named(book: Book) -> None:
    change_company(book.ports, credit_note_series="ABO")
    invoice = book.issued()

    assert book.credited(invoice, 100).number == "ABO-000001"
    assert book.credited(invoice, 100, series="R2").number == "R2-000001"


def test_a_preview_says_what_would_happen_and_stores_nothing(book: Book) -> None:
    invoice = book.issued(lines=TAXED)
    book.paid(100_000)
    before = book.snapshot()
    new = NewCreditNote(invoice_id=invoice.id, reason="x", amount_minor=50_000)

    note = draft_credit_note(book.ports, by_ana(), new).note

    assert (note.number, note.total_minor, note.applied_minor) == ("R-000001", 50_000, 33_845)
    assert book.snapshot() == before
    assert issue_credit_note(book.ports, by_ana(), new).taxes == note.taxes


def test_a_repeated_request_finds_the_first_answer(book: Book) -> None:
    keyed = replace(by_ana(), repeat_key=RepeatKey("k", "h"))
    new = NewCreditNote(invoice_id=book.issued().id, reason="x", amount_minor=100)
    note = issue_credit_note(book.ports, keyed, new)

    with pytest.raises(AlreadyAnswered) as repetition:
        issue_credit_note(book.ports, keyed, new)

    assert repetition.value.record.resource == f"/v1/credit-notes/{note.id}"
    assert book.all(CreditNote) == [note]


def test_a_reminder_asks_for_what_the_credit_note_left(book: Book) -> None:
    invoice = book.issued(100_000)
    book.credited(invoice, 99_000)

    book.remind("2026-04-06")

    (mail,) = book.fakes.mailer.accepted
    assert mail.content.text == "A-000001=1000 open=1000 unapplied=0"


def test_the_whole_calls_off_a_reminder_that_waits(book: Book) -> None:
    invoice = book.issued()
    book.fakes.mailer.faults = [MailRefused("rate", is_temporary=True)]
    book.remind("2026-04-06")

    book.credited(invoice, when=at("2026-04-06T11:05"))

    (message,) = book.messages()
    assert (message.state, message.reason) == ("suppressed", "paid")


def test_who_credited_what_and_why_is_on_record(book: Book) -> None:
    invoice = book.issued()

    book.credited(invoice, 2_500, reason="Llegó tarde")

    (entry,) = [one for one in book.all(AuditEntry) if one.action == "credit_note_issued"]
    assert (entry.by, entry.subject_id) == ("ana@saldo.example", invoice.id)
    (note,) = book.all(CreditNote)
    assert entry.facts == {
        "credit_note_id": note.id,
        "number": "R-000001", "amount_minor": 2_500, "applied_minor": 2_500, "currency": "EUR",
        "reason": "Llegó tarde",
    }  # fmt: skip


STEPS = st.lists(
    st.tuples(st.sampled_from(["credit", "pay", "allocate"]), st.integers(1, 60_000)), max_size=9
)


@given(STEPS)
@settings(max_examples=60)
def test_credits_and_payments_in_any_order_keep_the_books(steps: list[tuple[str, int]]) -> None:
    book = Book()
    invoice = book.issued(lines=TAXED)
    book.issued(50_000, due_date="2026-06-01")
    when = at("2026-03-02")
    for what, amount in steps:
        when += days(1)
        try:
            if what == "credit":
                book.credited(invoice, amount, when=when)
            elif what == "pay":
                book.paid(amount, when=when)
            else:
                _allocate_first(book)
        except DomainError:
            continue
    credited = sum(one.total_minor for one in book.all(CreditNote))
    if credited < 133_845:
        book.credited(invoice, when=when)

    assert sum(one.total_minor for one in book.all(CreditNote)) == 133_845
    assert sum(one.tax_minor for one in book.all(CreditNote)) == 21_495
    left = creditable(book.invoice(invoice))
    assert {(one.base_minor, one.tax_minor) for one in left} == {(0, 0)}
    assert_books_hold(book.fakes.table)


def _allocate_first(book: Book) -> None:
    for payment in book.all(Payment):
        if payment.unapplied_minor:
            allocate_payment(book.ports, by_ana(), payment.id, None)
            return

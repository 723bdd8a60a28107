"""Invoices issued elsewhere: they join the book as of their own dates, once and for ever."""

from datetime import date
from typing import Any

import pytest

from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import StateConflict
from chalicelib.domain.import_run import Import, ImportedNumber
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Entry
from chalicelib.domain.payment import Payment
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.return_payment import Giving, return_payment
from chalicelib.usecases.search import search
from chalicelib.usecases.void_invoice import void_invoice
from tests.builders import (
    Book,
    a_credit_note,
    a_draft,
    aging_as_of,
    an_issued_invoice,
    at,
    by_ana,
    change_company,
)
from tests.imports import a_file, a_ledger, an_import, imported
from tests.imports import an_invoice_file as a_csv
from tests.imports import an_invoice_row as row
from tests.invariants import aging_by_hand, assert_books_hold, assert_quiet
from tests.proofs import prove


@pytest.fixture
def book() -> Book:
    return Book()


def only(book: Book) -> Invoice:
    (invoice,) = book.all(Invoice)
    return invoice


def problems(one: Import) -> list[tuple[str, str, int]]:
    return [(group.code, group.field, group.rows) for group in one.groups if group.is_error]


def test_an_invoice_joins_account_ledger_and_totals_as_of_its_own_dates(book: Book) -> None:
    one = imported(book, a_csv(row()))

    invoice = only(book)
    assert (invoice.number, invoice.origin, invoice.state, invoice.open_minor) == (
        "F-1", "imported", "issued", 12_100,
    )  # fmt: skip
    assert (invoice.taxes[0].base_minor, str(invoice.taxes[0].rate)) == (10_000, "0.21")
    (entry,) = book.all(Entry)
    assert (entry.booked_on, entry.billed_minor) == (date(2025, 12, 31), 12_100)
    assert [(leg.account, leg.amount_minor) for leg in entry.legs] == [
        ("receivable", 12_100), ("transfer", -12_100),
    ]  # fmt: skip
    assert [each.total_minor for each in aging_as_of(book.ports, date(2025, 12, 30))] == []
    (then,) = aging_as_of(book.ports, date(2026, 3, 2))
    assert (then.days_31_60_minor, then.total_minor) == (12_100, 12_100)
    assert one.counts == {"create": 1, "new_customers": 1, "past_ladder": 1}
    assert_quiet(book.fakes.table)


def test_what_was_paid_is_a_real_payment_on_its_day(book: Book) -> None:
    imported(book, a_csv(row(Pagado="100,00", **{"Fecha cobro": "15/02/2026"})))

    (payment,) = book.all(Payment)
    assert (payment.method, payment.amount_minor, payment.received_on, payment.unapplied_minor) == (
        "import", 10_000, date(2026, 2, 15), 0,
    )  # fmt: skip
    assert (only(book).state, only(book).open_minor) == ("partially_paid", 2_100)
    assert [each.total_minor for each in aging_as_of(book.ports, date(2026, 2, 14))] == [12_100]
    assert [each.total_minor for each in aging_as_of(book.ports, date(2026, 2, 15))] == [2_100]
    assert_books_hold(book.fakes.table)


@pytest.mark.parametrize(
    ("cells", "open_minor", "paid_on"),
    [
        ({"Fecha cobro": "15/02/2026"}, 0, date(2026, 2, 15)),
        ({"Pendiente": "21,00", "Fecha cobro": "15/02/2026"}, 2_100, date(2026, 2, 15)),
        ({"Pendiente": "0,00"}, 0, date(2026, 1, 30)),
        ({"Pagado": "121,00", "Pendiente": "0"}, 0, date(2026, 1, 30)),
        ({"Total": "", "Pagado": "1"}, 12_000, date(2026, 1, 30)),
        ({"Base": "", "IVA": ""}, 12_100, None),
        ({"Base": ""}, 12_100, None),
        ({"Vencimiento": ""}, 12_100, None),
    ],
)
def test_a_row_may_say_it_in_several_ways(
    book: Book, cells: dict[str, str], open_minor: int, paid_on: date | None
) -> None:
    imported(book, a_csv(row(**cells)))

    assert only(book).total_minor == 12_100
    assert only(book).open_minor == open_minor
    assert [one.received_on for one in book.all(Payment)] == ([paid_on] if paid_on else [])
    assert only(book).due_date == date(2026, 1, 30)
    assert_books_hold(book.fakes.table)


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"Factura": ""}, "missing", "number"),
        ({"Fecha": ""}, "missing", "issue_date"),
        ({"Fecha": "32/01/2026"}, "not_a_date", "issue_date"),
        ({"Fecha": "03/03/2026", "Vencimiento": ""}, "in_future", "issue_date"),
        ({"Vencimiento": "30/12/2025"}, "due_before_issue", "due_date"),
        ({"Vencimiento": "30/12/2055"}, "too_far_ahead", "due_date"),
        ({"Total": "cien"}, "not_a_number", "total"),
        ({"Total": "121,001"}, "too_many_decimals", "total"),
        ({"Total": "122,00"}, "sums_differ", "total"),
        ({"Total": "", "IVA": ""}, "missing", "total"),
        ({"Total": "-121,00", "Base": "-100", "IVA": "-21"}, "not_positive", "total"),
        ({"Pagado": "130,00", "Fecha cobro": "15/02/2026"}, "paid_out_of_range", "paid_amount"),
        ({"Pagado": "1,00", "Pendiente": "1,00"}, "paid_and_open_differ", "open_amount"),
        ({"Fecha cobro": "03/03/2026"}, "in_future", "paid_on"),
        ({"Email cliente": "uno@"}, "not_an_email", "customer_email"),
        ({"Disputada": "quizás"}, "not_yes_or_no", "disputed"),
        (
            {"Código cliente": "", "Cliente": "", "Email cliente": ""},
            "customer_missing",
            "customer_name",
        ),
    ],
)
def test_a_row_that_is_wrong_says_what_and_where_and_changes_nothing(
    book: Book, cells: dict[str, str], code: str, field: str
) -> None:
    one = an_import(book, a_csv(row(**cells), row("F-2", Disputada="no")))
    one.choose()
    one.check()
    before = len(book.all(Invoice))

    done = one.run()

    assert (code, field) in [(each, name) for each, name, _ in problems(done)]
    assert (before, done.counts["create"], done.counts["reject"]) == (0, 1, 1)
    assert [invoice.number for invoice in book.all(Invoice)] == ["F-2"]
    assert_books_hold(book.fakes.table)


def test_checking_writes_nothing_into_the_books(book: Book) -> None:
    one = an_import(book, a_csv(row(), row("F-2", Total="x")))
    one.choose()
    before = others(book)

    checked = one.check()

    assert checked.counts["create"] == checked.counts["reject"] == 1
    assert others(book) == before


def others(book: Book) -> list[Any]:
    """Everything stored but the import itself."""
    return [item for item in book.fakes.table.items() if item["kind"] != "import_run"]


def test_the_same_file_twice_changes_nothing(book: Book) -> None:
    content = a_file(a_ledger(40, 7), ";")
    imported(book, content)
    invoices, payments, entries = (book.all(each) for each in (Invoice, Payment, Entry))

    one = an_import(book, content)
    one.choose()
    again = one.check()

    assert again.counts == {"skip": 40, "with_warnings": 40}
    with pytest.raises(StateConflict, match="nothing new"):
        one.run()
    assert (book.all(Invoice), book.all(Payment), book.all(Entry)) == (invoices, payments, entries)
    assert_books_hold(book.fakes.table)


def test_the_same_invoice_in_two_files_or_twice_in_one_is_entered_once(book: Book) -> None:
    imported(book, a_csv(row(), row(), row("f - 1", Cliente="Uno")))
    done = imported(book, a_csv(row(" F-1 "), row("F-2")))

    assert [one.number for one in book.all(ImportedNumber)] == ["F-1", "F-2"]
    assert done.counts["skip"] == 1
    assert len(book.all(Customer)) == 2
    assert_books_hold(book.fakes.table)


def test_a_number_that_is_another_invoice_already_is_refused(book: Book) -> None:
    imported(book, a_csv(row()))

    done = imported(book, a_csv(row(Total="", Base="200,00", IVA="42,00"), row("F-2")))

    assert problems(done) == [("number_taken", "number", 1)]
    assert book.all(ImportedNumber)[0].total_minor == 12_100


def test_a_number_that_is_repeated_with_another_amount_or_day_is_refused(book: Book) -> None:
    done = imported(
        book,
        a_csv(row(), row(Total="", Base="200,00", IVA="42,00"), row(Fecha="12/01/2026")),
    )

    assert problems(done) == [("repeated_differs", "number", 2)]
    assert (done.counts["create"], done.counts["reject"]) == (1, 2)


def test_a_row_that_stays_out_does_not_keep_another_of_its_number_out(book: Book) -> None:
    done = imported(book, a_csv(row(Fecha="31/02/2026"), row()))

    assert (done.counts["create"], done.counts["reject"]) == (1, 1)


def test_two_imports_of_one_file_at_once_enter_it_once(book: Book) -> None:
    content = a_csv(row(), row("F-2"))
    both = [an_import(book, content), an_import(book, content)]
    for one in both:
        one.choose()
        one.check()
    done = [one.run() for one in both]

    assert [one.counts.get("create", 0) for one in done] == [2, 0]
    assert [one.counts.get("skip", 0) for one in done] == [0, 2]
    assert_books_hold(book.fakes.table)


def test_numbers_of_our_own_series_are_not_imported_nor_imported_ones_given_again(
    book: Book,
) -> None:
    an_issued_invoice(book.ports, book.customer.id, series="A")
    done = imported(book, a_csv(row("a-000001"), row("A-000777"), row("B-000001")))
    draft = a_draft(book.ports, book.customer.id, series="B")
    before = book.snapshot()

    with pytest.raises(StateConflict) as refusal:
        issue_invoice(book.ports, by_ana(), draft.id, expected_version=None)

    assert refusal.value.code == "series_imported"
    assert book.snapshot() == before
    assert problems(done) == [("number_of_ours", "number", 2)]
    assert done.counts["create"] == 1
    assert_books_hold(book.fakes.table)


def test_a_month_that_is_closed_takes_nothing_in(book: Book) -> None:
    change_company(book.ports, books_closed_until=date(2026, 1, 31))

    done = imported(
        book,
        a_csv(
            row(),
            row("F-2", Fecha="01/02/2026", Vencimiento="", **{"Fecha cobro": "31/01/2026"}),
            row("F-3", Fecha="01/02/2026", Vencimiento=""),
        ),
    )

    assert problems(done) == [("period_closed", "issue_date", 1), ("period_closed", "paid_on", 1)]
    assert [one.number for one in book.all(Invoice)] == ["F-3"]


def test_customers_that_are_not_there_are_entered_or_refused_as_is_wanted(book: Book) -> None:
    refused = an_import(book, a_csv(row()))
    refused.choose(create_customers=False)

    assert problems(refused.check()) == [("customer_unknown", "customer_name", 1)]

    imported(book, a_csv(row(), row("F-2")), country="PT", terms_days=45, language="en")
    (new,) = (one for one in book.all(Customer) if one.id != book.customer.id)
    assert (new.code, new.name, new.email, new.country, new.language, new.terms_days) == (
        "C-1", "Uno, S.L.", "uno@x.example", "PT", "en", 45,
    )  # fmt: skip


def test_nobody_is_told_of_each_row(book: Book) -> None:
    imported(book, a_csv(row(Disputada="sí"), row("F-2", **{"Fecha cobro": "15/02/2026"})))

    assert {entry.action for entry in book.audit()} >= {
        "invoice_imported", "payment_imported", "customer_imported", "dispute_opened",
    }  # fmt: skip
    told = [one for one in book.audit() if one.action in ("dispute_opened", "payment_imported")]
    assert [(one.tell_after, one.announce_after) for one in told] == [(None, None)] * 2
    assert [entry.action for entry in book.audit() if entry.tell_after is not None] == []


def test_search_and_lists_find_it_by_number_and_amount(book: Book) -> None:
    imported(book, a_csv(row("2025/0417")))

    assert [hit.title for hit in search(book.ports, "2025/04")] == ["2025/0417"]
    assert [hit.title for hit in search(book.ports, "121,00")] == ["2025/0417"]


def test_it_is_voided_credited_and_its_payment_undone_like_any_other(book: Book) -> None:
    imported(
        book, a_csv(row(), row("F-2"), row("F-3", **{"Fecha cobro": "15/02/2026"})),
    )  # fmt: skip
    by_number = {one.number: one for one in book.all(Invoice)}

    void_invoice(book.ports, by_ana(), by_number["F-1"].id, reason=None, expected_version=None)
    a_credit_note(book.ports, by_number["F-2"].id, 6_050)
    (payment,) = (one for one in book.all(Payment) if one.method == "import")
    return_payment(book.ports, by_ana(), payment.id, Giving(kind="reversed"))

    after = {one.number: (one.state, one.open_minor) for one in book.all(Invoice)}
    assert after == {"F-1": ("void", 0), "F-2": ("issued", 6_050), "F-3": ("issued", 12_100)}
    legs = [leg for entry in book.all(Entry) for leg in entry.legs if leg.account == "transfer"]
    assert sum(leg.amount_minor for leg in legs) == -24_200
    assert_books_hold(book.fakes.table)
    assert prove(book, at("2026-03-03T02:00")).state == "clean"


def test_a_ledger_of_a_year_agrees_with_its_file_on_every_day(book: Book) -> None:
    rows = a_ledger(300, 23)
    done = imported(book, a_file(rows, ";"), rest_until=date(2026, 3, 20))

    total = sum(int(cells[5].replace(",", "")) for cells in rows[1:])
    paid = sum(int(cells[6].replace(",", "")) for cells in rows[1:] if cells[6])
    assert done.sums == {"total EUR": total, "open EUR": total - paid}
    for day in (date(2025, 3, 31), date(2025, 9, 1), date(2026, 3, 2)):
        assert aging_as_of(book.ports, day) == aging_by_hand(book.all(Entry), day)
    assert sum(one.open_minor for one in book.all(Invoice)) == total - paid
    assert_books_hold(book.fakes.table)
    assert prove(book, at("2026-03-03T02:00")).state == "clean"


def test_a_style_that_nobody_can_know_has_to_be_said(book: Book) -> None:
    one = an_import(book, a_csv(row(Fecha="03/01/2026", Vencimiento="04/02/2026")))

    with pytest.raises(Exception, match="two ways") as refusal:
        one.choose()

    assert getattr(refusal.value, "field_code", None) == "import_ask_style"
    choices = [
        choice.but(style="mdy") if choice.field.endswith("_date") else choice
        for choice in one.now.choices
    ]
    assert one.now.state == "columns"
    one.choose_these(choices)
    one.check()
    one.run()
    assert only(book).issue_date == date(2026, 3, 1)


def test_what_columns_are_is_remembered_for_files_with_the_same_headings(book: Book) -> None:
    first = an_import(book, a_csv(row()))
    first.choose({0: "number", 2: "customer_name", 4: "issue_date", 8: "total"}, currency="USD")

    second = an_import(book, a_csv(row("F-9")))

    assert (first.now.is_remembered, second.now.is_remembered) == (False, True)
    assert {one.field for one in second.now.choices} == {
        "number", "customer_name", "issue_date", "total",
    }  # fmt: skip
    assert second.now.options.currency == "USD"


def test_a_twin_that_is_faster_by_a_moment_changes_nothing(book: Book) -> None:
    first, second = (an_import(book, a_csv(row(Pagado="21,00"))) for _ in range(2))
    for one in (first, second):
        one.choose()
        one.check()
    write, waiting = book.fakes.table.write, [second.run]

    def racing(actions: Any) -> None:
        if "imported_number" in str(actions) and waiting:
            waiting.pop()()
        write(actions)

    book.fakes.table.write = racing  # type: ignore[method-assign]
    done = first.run()

    assert (done.counts.get("create", 0), second.now.counts.get("create", 0)) == (0, 1)
    assert done.counts["skip"] == 1
    assert len(book.all(ImportedNumber)) == len(book.all(Payment)) == 1
    assert_books_hold(book.fakes.table)

"""The journal of a month: balanced, in order, in the accountant's numbers, and safe to open."""

import csv
import io
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidField
from chalicelib.domain.journal import CHART, JournalAccount
from chalicelib.domain.journal_csv import JournalEntry, JournalLeg, journal_csv
from chalicelib.domain.journal_words import ACCOUNTS, HEADINGS, KINDS
from chalicelib.domain.ledger import Entry, EntryKind
from chalicelib.usecases.issue_credit_note import NewCreditNote, issue_credit_note
from chalicelib.usecases.journal import read_journal
from chalicelib.usecases.read_all import PAGE
from chalicelib.usecases.void_invoice import void_invoice
from chalicelib.usecases.write_off import GivingUp, write_off
from tests.builders import Book, a_customer, a_line, an_issued_invoice, at, by_ana, change_company
from tests.proofs import spoilt

Line = dict[str, str]


def read(book: Book, month: str = "2026-03", separator: str = ";") -> list[list[str]]:
    text = read_journal(book.ports, month).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def cents(text: str) -> int:
    return int(Decimal(text.replace(",", ".") or "0") * 100)


def test_the_file_is_exactly_this(book: Book) -> None:
    change_company(book.ports, language="es")
    line = a_line(100_000, tax_rate="0.21")
    invoice = an_issued_invoice(book.ports, book.customer.id, lines=[line])
    book.paid(50_000, wanted=[(invoice.id, 50_000)], reference="TRF 7")

    content = read_journal(book.ports, "2026-03").content

    entry = f"{book.customer.id}#EUR#"
    first = f"2026-03-02;{entry}1;Factura emitida;A-000001;Distribuciones Peñarroya, S.A."
    second = f"2026-03-02;{entry}2;Cobro;TRF 7;Distribuciones Peñarroya, S.A."
    assert content.decode() == "\ufeff" + "\r\n".join([
        ";".join(HEADINGS["es"]),
        f"{first};430;Clientes;1210,00;;EUR;",
        f"{first};700;Ventas;;1000,00;EUR;",
        f"{first};477;Hacienda Pública, IVA repercutido;;210,00;EUR;0,21",
        f"{second};430;Clientes;;500,00;EUR;",
        f"{second};572;Bancos;500,00;;EUR;",
        "Total;;;;;;;1710,00;1710,00;EUR;",
        "",
    ])  # fmt: skip


def test_in_english_it_has_commas_and_points(book: Book) -> None:
    change_company(book.ports, language="en")
    book.issued(123_456)

    rows = read(book, separator=",")

    assert rows[0][:3] == ["Date", "Entry", "Kind"]
    assert rows[1][5:10] == ["430", "Receivables", "1234.56", "", "EUR"]
    assert rows[-1] == ["Total", *[""] * 6, "1234.56", "1234.56", "EUR", ""]


def test_everything_balances_by_entry_and_in_total_by_currency(book: Book) -> None:
    invoice = book.issued(100_000)
    book.paid(35_000, wanted=[(invoice.id, 30_000)])
    new = NewCreditNote(invoice_id=invoice.id, amount_minor=1_000, reason="x")
    issue_credit_note(book.ports, by_ana(), new)
    giving_up = GivingUp(invoice_id=invoice.id, amount_minor=500)
    write_off(book.ports, by_ana(), giving_up, expected_version=None)
    yen = an_issued_invoice(book.ports, book.customer.id, 777, currency="JPY")
    void_invoice(book.ports, by_ana(), yen.id, reason=None, expected_version=None)

    rows = read(book)

    sums: Counter[str] = Counter()
    for row in rows[1:-2]:
        sums[row[1]] += cents(row[7]) - cents(row[8])
    assert set(sums.values()) == {0}
    assert len(sums) == 6
    assert [row[7:10] for row in rows[-2:]] == [
        ["1365,00", "1365,00", "EUR"],
        ["1554", "1554", "JPY"],
    ]


def test_lines_come_by_day_customer_currency_and_number(book: Book) -> None:
    other = a_customer(book.ports, name="Otra")
    an_issued_invoice(book.ports, other.id, 100, at("2026-03-05"))
    book.issued(200, when=at("2026-03-05"))
    book.issued(300, when=at("2026-03-04"), series="C")
    for _ in range(11):
        book.issued(400, when=at("2026-03-06"), series="B")

    rows = read(book)[1:-1]

    places = [(row[0], row[1].rpartition("#")[0], int(row[1].rpartition("#")[2])) for row in rows]
    assert places == sorted(places)
    assert len(rows) == 28


def test_the_company_has_numbers_of_its_own(book: Book) -> None:
    change_company(book.ports, journal_accounts={"receivable": "4300.001"})
    book.issued(100)

    assert [row[5] for row in read(book)[1:-1]] == ["4300.001", "700"]


def test_postings_of_another_month_are_in_its_file(book: Book) -> None:
    book.issued(100, issue_date="2026-02-10")  # dated before, posted in March
    book.issued(200, when=at("2026-04-01"))

    assert [row[7] for row in read(book)[1:-1]] == ["1,00", ""]
    assert [row[7] for row in read(book, "2026-04")[1:-1]] == ["2,00", ""]
    assert len(read(book, "2026-02")) == 1


def test_entries_without_legs_are_balanced_against_the_transfer_account(book: Book) -> None:
    invoice = book.issued(100_000)
    book.paid(35_000, wanted=[(invoice.id, 30_000)])
    _, entry = book.all(Entry)

    def forget(item: Any) -> None:
        item["row"]["legs"] = []

    with spoilt(book, entry, forget):
        # The index has its own copy of the row.
        book.fakes.table._index(*_stored(book, entry))
        rows = read(book)
    book.fakes.table._index(*_stored(book, entry))

    assert [(row[5], row[7], row[8]) for row in rows[3:-1]] == [
        ("430", "", "300,00"),
        ("438", "", "50,00"),
        ("555", "350,00", ""),
    ]
    assert rows[-1][7] == rows[-1][8] == "1350,00"


def _stored(book: Book, entry: Entry) -> tuple[tuple[str, str], Any]:
    key = (f"CUS#{entry.customer_id}", f"ENT#{entry.currency}#{entry.sequence:09d}")
    return key, book.fakes.table.get(key)


def test_what_moves_nothing_is_not_in_the_journal(book: Book) -> None:
    book.issued(0)
    book.issued(100)

    journal = read_journal(book.ports, "2026-03")

    assert (journal.entries, len(read(book))) == (1, 4)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_cell_is_a_formula(book: Book, name: str) -> None:
    customer = a_customer(book.ports, name=name)
    an_issued_invoice(book.ports, customer.id, 100)

    assert {row[4] for row in read(book)[1:-1]} == {f"'{name}"}


@pytest.mark.parametrize(
    "month", ["", "2026", "2026-13", "2026-3", "03-2026", "2026-03-01", "0000-01"]
)
def test_what_is_no_month_is_refused(book: Book, month: str) -> None:
    with pytest.raises(InvalidField) as refused:
        read_journal(book.ports, month)

    assert refused.value.field_code == "not_a_month"


def test_a_month_of_many_pages_is_read_to_its_end(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert PAGE == 1_000
    monkeypatch.setattr("chalicelib.usecases.read_all.PAGE", 3)
    for number in range(10):
        book.issued(100 + number)

    assert read_journal(book.ports, "2026-03").entries == 10


def test_every_account_and_every_kind_has_its_words() -> None:
    kinds, accounts = set(EntryKind.__args__), set(JournalAccount.__args__)  # type: ignore[attr-defined]

    assert set(CHART) == accounts
    for language in ("es", "en"):
        assert set(ACCOUNTS[language]) == accounts
        assert set(KINDS[language]) == kinds


_LEGS = st.lists(
    st.tuples(st.sampled_from(sorted(CHART)), st.integers(-(10**12), 10**12).filter(bool)),
    min_size=1, max_size=4,
)  # fmt: skip


@given(st.lists(st.tuples(_LEGS, st.sampled_from(["EUR", "JPY", "TND"])), max_size=6))
def test_debit_is_credit_whatever_was_posted(entries: list[tuple[list[Any], str]]) -> None:
    journal = [
        JournalEntry(
            day=date(2026, 3, 1), customer_id="cus_1", customer_name='Z "x";\n', currency=currency,
            sequence=number, kind="payment_received", document=None,
            legs=[*(JournalLeg(*leg) for leg in legs),
                  JournalLeg("transfer", -sum(amount for _, amount in legs))],
        )
        for number, (legs, currency) in enumerate(entries, 1)
    ]  # fmt: skip

    text = journal_csv(journal, CHART, "en").decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    sums: dict[str, list[Decimal]] = {}
    for row in rows:
        if row[0] != "Total":
            both = sums.setdefault(row[9], [Decimal(0), Decimal(0)])
            both[0] += Decimal(row[7] or "0")
            both[1] += Decimal(row[8] or "0")
    told = {row[9]: [Decimal(row[7]), Decimal(row[8])] for row in rows if row[0] == "Total"}
    assert told == sums
    assert all(debit == credit for debit, credit in sums.values())

"""One box finds documents by number and amount, customers by name."""

from datetime import UTC, date, datetime
from decimal import Decimal

from chalicelib.domain.access import SYSTEM
from chalicelib.domain.import_run import ImportedNumber
from chalicelib.domain.invoice import Invoice, LineInput
from chalicelib.domain.rf_reference import grouped_reference, rf_reference
from chalicelib.usecases.context import Context
from chalicelib.usecases.create_customer import NewCustomer, create_customer
from chalicelib.usecases.draft_invoice import NewInvoice, draft_invoice
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.list_invoices import InvoiceFilter, list_invoices
from chalicelib.usecases.ports import Insert, Ports
from chalicelib.usecases.read_customers import list_customers
from chalicelib.usecases.search import Hit, search
from tests.builders import a_credit_note
from tests.fakes import a_ports

CONTEXT = Context(SYSTEM, datetime(2026, 11, 20, 10, tzinfo=UTC))


def issued(ports: Ports, name: str, total_minor: int) -> Invoice:
    customer = create_customer(ports, CONTEXT, NewCustomer(name=name, country="ES"))
    line = LineInput(
        description="x",
        quantity=Decimal(1),
        unit_price_minor=total_minor,
        tax_rate=Decimal(0),
    )
    new = NewInvoice(customer_id=customer.id, currency="EUR", lines=[line])
    draft = draft_invoice(ports, CONTEXT, new)
    return issue_invoice(ports, CONTEXT, draft.id, expected_version=None)


def test_an_invoice_is_found_by_its_number_however_it_is_typed() -> None:
    ports = a_ports()
    invoice = issued(ports, "Óptica Peña", 123456)
    expected = (Hit("invoice", invoice.id, "A-000001", "Óptica Peña", invoice.id),)

    assert search(ports, "A-000001") == expected
    assert search(ports, "a-1") == expected
    assert search(ports, "1") == expected


def test_an_invoice_is_found_by_its_total() -> None:
    ports = a_ports()
    issued(ports, "Primera", 999)
    invoice = issued(ports, "Segunda", 123456)

    assert search(ports, "1.234,56") == (
        Hit("invoice", invoice.id, "A-000002", "Segunda", invoice.id),
    )
    assert search(ports, "1.234,57") == ()


def test_a_customer_is_found_by_the_beginning_of_any_word_without_accents() -> None:
    ports = a_ports()
    invoice = issued(ports, "Óptica Peña", 100)

    hits = search(ports, "pen opt")

    assert hits == (Hit("customer", invoice.customer_id, "Óptica Peña", ""),)
    assert search(ports, "pen zap") == ()


def test_a_full_name_finds_its_customer_among_many_that_share_a_word() -> None:
    ports = a_ports()
    for number in range(30):
        create_customer(ports, CONTEXT, NewCustomer(name=f"Bodega {number} Alta", country="ES"))
    wanted = create_customer(ports, CONTEXT, NewCustomer(name="Bodega del Zoco", country="ES"))

    page, _ = list_customers(ports, search="Bodega Zoco", limit=8, cursor=None)

    assert [row["id"] for row in page.items] == [wanted.id]
    assert search(ports, "bodega zoco") == (Hit("customer", wanted.id, "Bodega del Zoco", ""),)


def test_a_credit_note_is_found_by_its_number_and_total_and_tells_its_invoice() -> None:
    ports = a_ports()
    invoice = issued(ports, "Óptica Peña", 123456)
    note = a_credit_note(ports, invoice.id, 777)
    expected = Hit("credit_note", note.id, "R-000001", "Óptica Peña", invoice.id)

    assert search(ports, "r-1") == search(ports, "R-000001") == (expected,)
    assert search(ports, "7,77") == (expected,)
    assert [hit.title for hit in search(ports, "1")] == ["A-000001", "R-000001"]


def test_a_list_of_invoices_by_number_shows_no_credit_note() -> None:
    ports = a_ports()
    a_credit_note(ports, issued(ports, "Óptica Peña", 500).id, 777 - 400)
    today = CONTEXT.at.date()

    def numbers(number: str) -> list[str]:
        page = list_invoices(ports, InvoiceFilter(number=number), today=today, limit=9, cursor=None)
        return [row["number"] for row in page.items]

    assert (numbers("1"), numbers("R-1")) == (["A-000001"], [])


def test_an_invoice_is_found_by_its_creditor_reference_however_it_is_typed() -> None:
    ports = a_ports()
    invoice = issued(ports, "Óptica Peña", 123456)
    issued(ports, "Otra", 1)
    expected = (Hit("invoice", invoice.id, "A-000001", "Óptica Peña", invoice.id),)

    assert search(ports, "RF12A000000001") == expected
    assert search(ports, " rf12 a000 0000 01 ") == expected
    assert search(ports, "RF13A000000001") == ()
    assert search(ports, "RF18539007547034") == ()


def test_an_invoice_issued_elsewhere_is_found_by_its_reference_whatever_its_number() -> None:
    ports = a_ports()
    for row, number in enumerate(("F/2026-1", "F-000001", "F/2026-2")):
        taken = ImportedNumber(
            key=number.casefold(), number=number, invoice_id=f"inv_{row}", customer_id="cus_1",
            customer_name="Óptica Peña", currency="EUR", total_minor=100, open_minor=100,
            issue_date=date(2026, 1, 2), import_id="imp_1", row=row,
        )  # fmt: skip
        ports.store.commit([Insert(taken)])

    for row, number in enumerate(("F/2026-1", "F-000001", "F/2026-2")):
        hits = search(ports, grouped_reference(rf_reference(number)).lower())
        assert hits == (Hit("invoice", f"inv_{row}", number, "Óptica Peña", f"inv_{row}"),)

"""What the columns of a file are: guessed by heading and content, styled over all rows."""

from typing import Any

import pytest

from chalicelib.domain.import_columns import Column, describe_columns, fingerprint_of
from chalicelib.domain.import_identity import Directory, Found, Who


def described(headings: list[str], *rows: list[str], what: Any = "invoices") -> dict[str, Column]:
    return {one.heading: one for one in describe_columns(what, headings, rows)}


def style(column: Column, which: str) -> tuple[str, str] | None:
    found = getattr(column, which)
    return None if found is None else (found.style, found.basis)


def test_one_row_decides_the_style_of_a_column() -> None:
    found = described(["Fecha", "Total"], ["03/04/2026", "1.234"], ["13/04/2026", "12,50"])

    assert style(found["Fecha"], "dates") == ("dmy", "column")
    assert style(found["Total"], "amounts") == ("es", "column")


def test_what_can_be_read_in_two_ways_is_asked() -> None:
    found = described(["Fecha", "Total"], ["03/04/2026", "1.234"], ["05/06/2026", "2.345"])

    assert style(found["Fecha"], "dates") == ("dmy", "ask")
    assert style(found["Total"], "amounts") == ("es", "ask")


def test_another_column_of_the_file_decides_where_one_could_be_both() -> None:
    found = described(
        ["Fecha", "Vence", "Base", "Total"],
        ["3/4/2026", "4/15/2026", "1,234", "1,234.56"],
        ["5/6/2026", "5/9/2026", "2,345", "2,345.60"],
    )

    assert style(found["Fecha"], "dates") == ("mdy", "file")
    assert style(found["Base"], "amounts") == ("en", "file")


def test_where_it_makes_no_difference_nobody_is_asked() -> None:
    found = described(["Fecha", "Total"], ["05/05/2026", "100"], ["2026-01-31", "7"])

    assert style(found["Fecha"], "dates") == ("dmy", "any")
    assert style(found["Total"], "amounts") == ("es", "any")


@pytest.mark.parametrize(
    ("heading", "cell", "field"),
    [
        ("Nº Factura", "F-1", "number"), ("invoiceNumber", "7", "number"),
        ("Fecha de emisión", "1/1/2026", "issue_date"), ("F. VENCIMIENTO", "1/1/2026", "due_date"),
        ("Importe total (EUR)", "1,00", "total"), ("AmountDue", "1.00", "open_amount"),
        ("Razón social", "Uno", "customer_name"), ("CIF/NIF", "B1", "customer_tax_id"),
        ("Saldo pendiente", "1,00", "open_amount"), ("SettledDate", "1/1/2026", "paid_on"),
        ("Base imponible", "1,00", "net"), ("Cuota IVA", "1,00", "tax"), ("Color", "rojo", None),
        ("countryCode", "391", None), ("Fecha", "pronto", None),
    ],
)  # fmt: skip
def test_a_column_is_known_by_its_heading_unless_its_cells_contradict(
    heading: str, cell: str, field: str | None
) -> None:
    assert described([heading], [cell])[heading].guess == field


def test_each_field_is_guessed_once_and_addresses_are_put_together() -> None:
    found = described(
        ["Cliente", "Nombre cliente", "Calle", "Ciudad"], ["a", "b", "c", "d"], what="customers"
    )

    assert [one.guess for one in found.values()].count("name") == 1
    assert found["Calle"].guess == found["Ciudad"].guess == "address"


def test_files_with_the_same_headings_have_the_same_fingerprint() -> None:
    one = describe_columns("invoices", ["InvoiceDate", "Nº"], [["1", "2"]])
    other = describe_columns("invoices", ["invoice_date", "nº"], [["x", "y"]])

    assert fingerprint_of(one) == fingerprint_of(other)
    assert fingerprint_of(one) != fingerprint_of(one[:1])


THERE: list[dict[str, Any]] = [
    {"id": "cus_1", "code": "C-1", "tax_id": "ES-B12345678", "email": "a@x.es", "name": "Uno",
     "terms_days": 30},
    {"id": "cus_2", "code": None, "tax_id": "A99", "email": "a@x.es", "name": "Dos",
     "terms_days": 60},
    {"id": "cus_3", "code": "C-3", "tax_id": None, "email": None, "name": "Igual", "terms_days": 0},
    {"id": "cus_4", "code": "C-4", "tax_id": None, "email": None, "name": "Igual", "terms_days": 0},
]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (Who(code="c-1"), "cus_1"), (Who(tax_id="b 12.345.678"), "cus_1"),
        (Who(id="cus_2"), "cus_2"),
        (Who(name="DOS"), "cus_2"), (Who(code="C-2", tax_id="A99"), "cus_2"),
        (Who(email="A@X.ES", name="Uno"), "cus_1"), (Who(name="Igual"), "customer_ambiguous"),
        (Who(email="a@x.es"), "customer_ambiguous"),
        (Who(code="C-1", tax_id="A99"), "customers_differ"),
        (Who(code="C-4", name="Igual"), "cus_4"), (Who(), "customer_missing"),
        (Who(id="cus_9"), "customer_unknown"), (Who(name="Nadie"), "customer_unknown"),
        (Who(code="C-9", tax_id="B12345678"), "customer_unknown"),
    ],
)  # fmt: skip
def test_a_row_names_one_customer_or_says_why_not(who: Who, expected: str) -> None:
    found = Directory(THERE).find(who, may_create=False)

    assert (found.customer_id or found.problem) == expected


def test_rows_of_one_file_that_name_one_new_customer_enter_one() -> None:
    directory = Directory(THERE)

    first = directory.find(Who(code="N-1", tax_id="B55", name="Nuevo"), may_create=True)
    again = directory.find(Who(tax_id="b-55"), may_create=True)
    branch = directory.find(Who(code="N-2", tax_id="B55", name="Nuevo"), may_create=True)

    assert first == again == Found(customer_id=first.customer_id, is_new=True)
    assert branch.customer_id not in (None, first.customer_id)
    assert Directory([]).find(Who(code=" n-1"), may_create=True).customer_id == first.customer_id

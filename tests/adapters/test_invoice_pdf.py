"""What the invoice as PDF says, read back from its bytes."""

import re
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Literal

import pytest
from pypdf import PdfReader

from chalicelib.adapters.document_pdf import invoice_pdf
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Party
from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.invoice import Invoice
from tests.adapters.invoices import a_company, a_line, an_invoice


def pages_of(invoice: Invoice, company: Company | None = None) -> list[str]:
    reader = PdfReader(BytesIO(invoice_pdf(invoice, company or a_company())))
    return [page.extract_text() for page in reader.pages]


def test_an_invoice_says_who_owes_what_to_whom_and_until_when() -> None:
    (text,) = pages_of(an_invoice(purchase_order="PO-4471", notes="Gracias."))

    for expected in (
        "Talleres Ibáñez e Hijos, S.L.",
        "NIF B12345674",
        "Distribuciones Peñarroya, S.A.",
        "NIF A87654321",
        "28001 Madrid",
        "A-000127",
        "21 de noviembre de 2026",
        "Vence el 21 de diciembre de 2026",
        "PO-4471",
        "Base imponible",
        "1.000,00 €",
        "IVA 21 % sobre 1.000,00 €",
        "210,00 €",
        "1.210,00 €",
        "ES91 2100 0418 4502 0005 1332",
        "Página 1 de 1",
        "Huella 9f86d081884c7d65",
        "Gracias.",
        "Registro Mercantil",
    ):
        assert expected in text


def test_an_english_invoice_speaks_english() -> None:
    (text,) = pages_of(an_invoice(language="en"))

    assert "Amount due" in text
    assert "€1,210.00" in text
    assert "Due on 21 December 2026" in text
    assert "Factura" not in text


def test_the_same_invoice_has_the_same_bytes_in_another_process() -> None:
    command = (
        "import sys, hashlib; from tests.adapters.test_invoice_pdf import digest; "
        "sys.stdout.write(digest())"
    )

    elsewhere = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True
    )

    assert elsewhere.stdout == digest()


def digest() -> str:
    import hashlib

    return hashlib.sha256(invoice_pdf(an_invoice(), a_company())).hexdigest()


def test_the_document_is_dated_at_its_issue() -> None:
    reader = PdfReader(BytesIO(invoice_pdf(an_invoice(), a_company())))

    assert reader.metadata is not None
    assert reader.metadata.creation_date == datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
    assert reader.metadata.title == "Factura A-000127"


def test_sixty_lines_run_over_pages_that_repeat_the_heading() -> None:
    lines = [a_line(f"Pieza {index}", tax_rate="0.10") for index in range(60)]

    pages = pages_of(an_invoice(*lines))

    assert len(pages) == 3
    for number, text in enumerate(pages, start=1):
        assert "Descripción" in text
        assert f"Página {number} de 3" in text
    assert "Factura A-000127" in pages[1]
    everything = "\n".join(pages)
    assert all(f"Pieza {index}\n" in everything for index in range(60))


def test_a_description_longer_than_a_page_loses_no_word() -> None:
    words = [f"palabra{index}" for index in range(1500)]

    pages = pages_of(an_invoice(a_line(" ".join(words))))

    everything = " ".join(pages)
    assert all(word in everything for word in words)


@pytest.mark.parametrize("count", range(16, 26))
def test_the_sums_stay_whole_wherever_the_page_ends(count: int) -> None:
    pages = pages_of(
        an_invoice(*[a_line("Pieza", tax_rate=f"0.{10 + n % 3}") for n in range(count)])
    )

    sums = re.compile(
        r"Base imponible.*IVA 12 %.*IVA 11 %.*IVA 10 %.*Total [\d.]+,\d\d €", re.DOTALL
    )
    assert sum(bool(sums.search(page)) for page in pages) == 1
    assert all(re.search(r"Pieza|Base imponible|Cómo pagar", page) for page in pages)


def test_each_tax_rate_has_its_sum_and_a_discount_its_column() -> None:
    invoice = an_invoice(
        a_line(tax_rate="0.21", discount_rate="0.075"),
        a_line(tax_rate="0.04"),
        a_line(tax_rate="0"),
    )

    (text,) = pages_of(invoice)

    assert "Dto." in text
    assert "7,5 %" in text
    assert "IVA 21 % sobre 925,00 €" in text
    assert "IVA 4 % sobre 1.000,00 €" in text
    assert "IVA 0 % sobre 1.000,00 €" in text


def test_without_a_discount_there_is_no_column_for_it() -> None:
    (text,) = pages_of(an_invoice())

    assert "Dto." not in text


@pytest.mark.parametrize(
    ("currency", "total"), [("JPY", "¥121,000"), ("TND", "TND 121.000"), ("EUR", "€1,210.00")]
)
def test_amounts_have_the_decimals_of_their_currency(currency: str, total: str) -> None:
    (text,) = pages_of(an_invoice(currency=currency, language="en"))

    assert total in text


def test_a_draft_is_marked_and_does_not_ask_for_money() -> None:
    draft = an_invoice(
        state="draft", number=None, hash=None, issued_at=None, issue_date=None, due_date=None
    )

    (text,) = pages_of(draft)

    assert "BORRADOR" in text
    assert "Cómo pagar" not in text
    assert "Huella" not in text


def test_a_void_invoice_is_marked_and_does_not_ask_for_money() -> None:
    void = an_invoice(state="void", voided_at=datetime(2026, 12, 2, 23, 30, tzinfo=UTC))

    (text,) = pages_of(void)

    assert "ANULADA" in text
    assert "Anulada el 3 de diciembre de 2026" in text
    assert "Total a pagar" not in text
    assert "Cómo pagar" not in text


def test_without_an_iban_the_reference_to_quote_is_named() -> None:
    (text,) = pages_of(an_invoice(), a_company(iban=None))

    assert "Indique por favor la referencia RF05 A000 0001 27 en su pago." in text


def test_an_issued_invoice_shows_the_seller_of_its_day() -> None:
    seller = Party(name="Nombre antiguo, S.L.", country="ES")

    (text,) = pages_of(an_invoice(seller=seller), a_company(name="Nombre nuevo, S.L.", iban=None))

    assert "Nombre antiguo, S.L." in text
    assert "Nombre nuevo" not in text


def test_letters_beyond_the_usual_ones_are_there_too() -> None:
    (text,) = pages_of(an_invoice(a_line("Nguyễn Văn Đức, Łódź, Ωμέγα, Київ")))

    assert "Nguyễn Văn Đức, Łódź, Ωμέγα, Київ" in text


def test_markup_in_a_description_is_plain_text() -> None:
    (text,) = pages_of(an_invoice(a_line("<b>**{nb}**</b> <img src=http://169.254.169.254>")))

    assert "**</b> <img src=http://169.254.169.254>" in text


@pytest.mark.parametrize(
    ("tax", "amount"), [("included", "1.185,80 €"), ("excluded", "1.190,00 €")]
)
def test_a_discount_for_paying_early_says_how_much_and_until_when(
    tax: Literal["included", "excluded"], amount: str
) -> None:
    terms = DiscountTerms(rate=Decimal("0.02"), days=10, tax=tax)
    paid = {"open_minor": 0, "state": "paid"}

    for changes in ({}, paid):  # the document says what it said on the day of its issue
        (text,) = pages_of(an_invoice(discount=terms, **changes))

        assert "2 % de descuento si paga hasta el 01/12/2026:" in text
        assert amount in text


def test_a_void_invoice_offers_no_discount() -> None:
    terms = DiscountTerms(rate=Decimal("0.02"), days=10)
    void = an_invoice(discount=terms, state="void", voided_at=datetime(2026, 12, 2, tzinfo=UTC))

    (text,) = pages_of(void)

    assert "descuento" not in text

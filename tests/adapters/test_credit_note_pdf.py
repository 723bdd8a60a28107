"""What the credit note as PDF says, read back from its bytes."""

from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader

from chalicelib.adapters.document_pdf import credit_note_pdf
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Party
from tests.adapters.credit_notes import a_credit_note
from tests.adapters.invoices import a_company, a_line, an_invoice

TWO_RATES = an_invoice(a_line(), a_line("Libros", unit_price_minor=12_345, tax_rate="0.04"))


def pages_of(note: CreditNote) -> list[str]:
    reader = PdfReader(BytesIO(credit_note_pdf(note, a_company())))
    return [page.extract_text() for page in reader.pages]


def test_a_credit_note_says_what_is_taken_back_of_which_invoice_and_why() -> None:
    (text,) = pages_of(a_credit_note())

    for expected in (
        "Factura rectificativa",
        "Talleres Ibáñez e Hijos, S.L.",
        "NIF B12345674",
        "Distribuciones Peñarroya, S.A.",
        "NIF A87654321",
        "R-000007",
        "1 de diciembre de 2026",
        "Rectifica a",
        "Factura A-000127",
        "Total rectificado",
        "Rectificación de la factura A-000127",
        "IVA 21 % sobre 1.000,00 €",
        "210,00 €",
        "1.210,00 €",
        "Descontado de la factura A-000127",
        "Motivo",
        "Devolución de 2 unidades defectuosas",
        "Página 1 de 1",
        "Huella 2c26b46b68ffc68f",
        "Registro Mercantil",
    ):
        assert expected in text
    for wrong in ("Total a pagar", "Vence", "Cómo pagar", "Saldo a su favor"):
        assert wrong not in text


def test_an_english_credit_note_speaks_english() -> None:
    (text,) = pages_of(a_credit_note(amount_minor=60_500, language="en", applied_minor=50_000))

    for expected in (
        "Credit note",
        "Corrects",
        "Invoice A-000127",
        "Total credited",
        "€605.00",
        "VAT 21% on €500.00",
        "Taken off invoice A-000127",
        "€500.00",
        "Credit in your favour",
        "€105.00",
        "Reason",
    ):
        assert expected in text
    assert "Factura" not in text


def test_by_amount_it_has_one_row_for_each_tax_rate() -> None:
    (text,) = pages_of(a_credit_note(amount_minor=100_001, invoice=TWO_RATES))

    assert text.count("Rectificación de la factura A-000127") == 2
    for expected in ("IVA 21 % sobre 747,17 €", "156,91 €", "IVA 4 % sobre 92,24 €", "3,69 €"):
        assert expected in text


def test_by_line_it_has_those_lines() -> None:
    line = a_line("Libros", unit_price_minor=6_000, quantity="2", tax_rate="0.04")

    (text,) = pages_of(a_credit_note(line, invoice=TWO_RATES))

    assert "Libros" in text
    assert "Rectificación" not in text
    assert "IVA 4 % sobre 120,00 €" in text
    assert "IVA 21 %" not in text


def test_what_was_not_open_any_more_is_the_customers_credit() -> None:
    (text,) = pages_of(a_credit_note(applied_minor=0))

    assert "Descontado" not in text
    assert "Saldo a su favor" in text


def test_it_shows_the_seller_of_its_day() -> None:
    (text,) = pages_of(a_credit_note(seller=Party(name="Nombre antiguo, S.L.", country="ES")))

    assert "Nombre antiguo, S.L." in text
    assert "Ibáñez" not in text


def test_a_long_reason_and_sixty_lines_run_over_pages_that_say_what_they_belong_to() -> None:
    lines = [a_line(f"Pieza {index}", unit_price_minor=10) for index in range(60)]

    pages = pages_of(a_credit_note(*lines, reason=" ".join(["defectuosa"] * 180)))

    assert len(pages) == 3
    assert all("Factura rectificativa R-000007" in page for page in pages[1:])
    everything = "\n".join(pages)
    assert all(f"Pieza {index}\n" in everything for index in range(60))
    assert everything.count("defectuosa") == 180


def test_the_same_credit_note_has_the_same_bytes_and_is_dated_at_its_issue() -> None:
    content = credit_note_pdf(a_credit_note(), a_company())

    metadata = PdfReader(BytesIO(content)).metadata

    assert credit_note_pdf(a_credit_note(), a_company()) == content
    assert metadata is not None
    assert metadata.creation_date == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert metadata.title == "Factura rectificativa R-000007"

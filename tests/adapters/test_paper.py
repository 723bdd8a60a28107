"""Statements and letters on paper and in mails, read back. golden/paper is what a customer gets."""

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from chalicelib.adapters.mail_writer import TemplateMailWriter
from chalicelib.domain.customer import Language
from chalicelib.usecases.contents import ReminderLetter, StepCharge
from tests.adapters.invoices import a_company
from tests.adapters.letters import a_letter
from tests.adapters.letters import an_item as an_open_item
from tests.adapters.statements import a_movement, a_reader, a_statement, a_statement_letter

GOLDEN = Path(__file__).parent / "golden" / "paper"
WRITER = TemplateMailWriter()
CHARGES = (
    StepCharge(
        invoice_id="inv_1", number="A-000001", interest_minor=1_210, compensation_minor=4_000
    ),
)


def text_of(pdf: bytes) -> str:
    return "\n\f\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def a_claim(template: str, language: str = "es", **changes: object) -> ReminderLetter:
    items = (
        an_open_item(1, due_in=-40),
        an_open_item(2, due_in=-20, open_minor=50_000, total_minor=121_000),
    )
    letter = a_letter(template, *items, language=language)
    return letter.but(contact_name="Eva Ruiz", late_charges=CHARGES, **changes)


def letter_text(letter: ReminderLetter, **company: object) -> str:
    return text_of(WRITER.letter_pdf(letter, a_company(**company), a_reader()))


@cache
def golden() -> dict[str, str]:
    texts = {}
    languages: tuple[Language, ...] = ("es", "en")
    for language in languages:
        one = a_statement_letter(language=language)
        mail = WRITER.statement_mail(one, a_company())
        texts[f"{language}-statement-mail"] = f"{mail.subject}\n\n{mail.text}"
        texts[f"{language}-statement"] = text_of(WRITER.statement_pdf(one, a_company())) + "\n"
        for template in ("letter_formal", "letter_last_notice"):
            texts[f"{language}-{template}"] = letter_text(a_claim(template, language)) + "\n"
    return texts


@pytest.mark.parametrize("name", golden())
def test_each_paper_reads_as_agreed(name: str) -> None:
    assert golden()[name] == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_three_thousand_movements_are_drawn() -> None:
    moves = [a_movement(1 + n // 100, "invoice", 100 + n, f"A-{n:06d}") for n in range(3000)]

    pdf = WRITER.statement_pdf(a_statement_letter(a_statement(*moves)), a_company())

    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) > 80
    assert f"Página 50 de {len(pages)}" in pages[49].extract_text()
    assert len(pdf) < 4_000_000


def test_many_movements_run_over_pages_that_repeat_the_heading() -> None:
    moves = [a_movement(1 + n // 10, "invoice", 100 + n, f"A-{n:06d}") for n in range(300)]

    pages = text_of(WRITER.statement_pdf(a_statement_letter(a_statement(*moves)), a_company()))

    each = pages.split("\f")
    assert len(each) > 8
    assert all("Concepto" in page for page in each[:-2])
    assert f"Página 1 de {len(each)}" in each[0]
    everything = " ".join(pages.split())
    assert all(f"Factura A-{n:06d} " in everything for n in range(300))


def test_a_statement_without_anything_open_asks_for_nothing() -> None:
    due = a_statement().due.but(
        open_minor=0, asked_minor=0, overdue_minor=0, to_pay_minor=0, resting_minor=0
    )
    one = a_statement().but(items=(), due=due)

    text = text_of(WRITER.statement_pdf(a_statement_letter(one), a_company()))

    assert "No tiene nada que pagar ahora" in text
    assert "Ninguna factura pendiente." in text
    assert "Cómo pagar" not in text
    mail = WRITER.statement_mail(a_statement_letter(one), a_company())
    assert "no tiene nada que pagar" in mail.text
    assert "IBAN" not in mail.text


def test_a_last_notice_names_creditor_debtor_debt_origin_amount_and_term() -> None:
    text = " ".join(letter_text(a_claim("letter_last_notice", reply_by=date(2026, 12, 4))).split())

    for said in (
        "Talleres Ibáñez e Hijos, S.L.",
        "NIF B12345674",
        "Distribuciones Peñarroya, S.A.",
        "NIF A87654321",
        "A-000001",
        "A-000002",
        "1.710,00 €",
        "1.762,10 €",
        "4 de diciembre de 2026",
        "artículo 1973 del Código Civil",
        "ES91 2100 0418 4502 0005 1332",
    ):
        assert said in text


def test_the_law_of_another_country_is_not_quoted() -> None:
    assert "Código Civil" not in letter_text(a_claim("letter_last_notice"), country="PE")


def test_a_letter_without_late_charges_claims_none() -> None:
    text = letter_text(a_claim("letter_formal").but(late_charges=()))

    assert "Intereses" not in text
    assert "Total reclamado 1.710,00 €" in text


@pytest.mark.parametrize(("country", "side"), [("ES", "right"), ("DE", "left")])
def test_the_address_stands_where_the_envelope_has_its_window(country: str, side: str) -> None:
    places: dict[str, tuple[float, float]] = {}

    def note(text: str, _ctm: object, matrix: list[float], _font: object, _size: object) -> None:
        if text.strip() and text.strip() not in places:
            places[text.strip()] = (matrix[4], matrix[5])

    pdf = WRITER.letter_pdf(a_claim("letter_formal"), a_company(country=country), a_reader())
    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=note)

    left, bottom = (points * 25.4 / 72 for points in places["28001 Madrid"])
    top = 297 - bottom
    assert 45 < top < 80
    assert (left > 100) == (side == "right")


def test_many_invoices_of_a_letter_run_over_pages_and_none_is_lost() -> None:
    items = tuple(an_open_item(n, due_in=-90 + n) for n in range(40))
    letter = a_letter("letter_formal", *items, more_items=12, more_minor=600_000)

    text = letter_text(letter)

    assert all(f"A-{n:06d}" in text for n in range(40))
    assert "y 12 facturas más" in text
    assert text.count("Vencimiento") == text.count("\f") + 1 or "Página 3 de 3" in text


def test_the_same_letter_has_the_same_bytes() -> None:
    one, again = (
        WRITER.letter_pdf(a_claim("letter_formal"), a_company(), a_reader()) for _ in range(2)
    )

    assert one == again


def test_joined_letters_begin_on_a_sheet_of_their_own() -> None:
    one = WRITER.letter_pdf(a_claim("letter_formal"), a_company(), a_reader())
    pages = len(PdfReader(BytesIO(one)).pages)

    joined = PdfReader(BytesIO(WRITER.joined_pdf([one, one, one])))

    sheets = pages + pages % 2
    assert len(joined.pages) == 3 * sheets
    for start in (0, sheets, 2 * sheets):
        assert "Distribuciones Peñarroya" in joined.pages[start].extract_text()


def test_a_customer_called_like_markup_breaks_nothing() -> None:
    name = "<b>Ma{{n}}ía & Co</b> {x} %s"
    letter = a_claim("letter_formal").but(customer_name=name, contact_name=None)

    text = text_of(WRITER.letter_pdf(letter, a_company(), a_reader(name=name)))

    assert name in text

"""The logo on documents and in mails; without one everything is as it was."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from chalicelib.adapters.mail_writer import TemplateMailWriter
from chalicelib.domain.company import Company
from chalicelib.domain.logo import Logo
from tests.adapters.credit_notes import a_credit_note
from tests.adapters.invoices import a_company, an_invoice
from tests.adapters.letters import a_letter, an_item
from tests.adapters.statements import a_reader, a_statement_letter
from tests.fakes import FakeFiles
from tests.pictures import a_picture

LOGO = Logo(hash="ab" * 32, content_type="image/png", width=300, height=100)
BASE = "https://saldo.example"
Draw = Callable[[TemplateMailWriter, Company], bytes]
LETTER = a_letter("letter_formal", an_item(1, due_in=-40))
PAPERS: dict[str, Draw] = {
    "invoice": lambda writer, company: writer.invoice_pdf(an_invoice(), company),
    "credit note": lambda writer, company: writer.credit_note_pdf(a_credit_note(), company),
    "statement": lambda writer, company: writer.statement_pdf(a_statement_letter(), company),
    "letter": lambda writer, company: writer.letter_pdf(LETTER, company, a_reader()),
}


def a_writer(picture: bytes | None = a_picture()) -> TemplateMailWriter:
    files = FakeFiles()
    if picture is not None:
        files.put(LOGO.key, picture, LOGO.content_type)
    return TemplateMailWriter(BASE, files)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_the_logo_is_drawn_once_and_takes_no_word_away(paper: str, form: str) -> None:
    plain = read(PAPERS[paper](a_writer(), a_company()))
    drawn = read(PAPERS[paper](a_writer(a_picture(form)), a_company(logo=LOGO)))

    assert [len(page.images) for page in plain.pages] == [0] * len(plain.pages)
    assert [len(page.images) for page in drawn.pages] == [1] + [0] * (len(drawn.pages) - 1)
    assert [page.extract_text().split() for page in drawn.pages] == [
        page.extract_text().split() for page in plain.pages
    ]


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_document_with_the_same_logo_is_the_same_to_the_byte(paper: str) -> None:
    company = a_company(logo=LOGO)

    assert PAPERS[paper](a_writer(), company) == PAPERS[paper](a_writer(), company)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_logo_whose_file_is_gone_stops_no_document(paper: str) -> None:
    company = a_company(logo=LOGO)

    assert not read(PAPERS[paper](a_writer(None), company)).pages[0].images
    assert not read(PAPERS[paper](TemplateMailWriter(BASE), company)).pages[0].images


def test_a_mail_shows_the_logo_from_our_own_address_and_the_name_to_whoever_sees_none() -> None:
    mail = a_writer().invoice_mail(an_invoice(), a_company(logo=LOGO))
    plain = a_writer().invoice_mail(an_invoice(), a_company())

    assert (
        f'<img src="{BASE}/portal/logo?v={LOGO.hash}" width="150" height="50"'
        ' alt="Talleres Ibáñez e Hijos, S.L."'
    ) in mail.html
    assert "<img" not in plain.html
    assert mail.text == plain.text


def test_a_tall_logo_is_no_higher_than_a_letterhead() -> None:
    tall = LOGO.but(width=150, height=300)

    mail = a_writer().invoice_mail(an_invoice(), a_company(logo=tall))

    assert 'width="32" height="64"' in mail.html


def test_a_name_cannot_break_out_of_the_picture() -> None:
    mail = a_writer().invoice_mail(an_invoice(), a_company(name='"><script>', logo=LOGO))

    assert "<script>" not in mail.html

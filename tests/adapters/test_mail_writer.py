"""What the mails say. The texts in golden/ are what a customer gets, word for word."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from chalicelib.adapters.mail_writer import TemplateMailWriter
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.errors import InvariantBroken
from chalicelib.domain.invoice import Invoice, Settlement
from chalicelib.domain.step import TEMPLATES
from chalicelib.usecases.contents import MailContent, ReminderLetter
from tests.adapters.credit_notes import a_credit_note
from tests.adapters.invoices import BUYER, a_company, a_line, an_invoice
from tests.adapters.letters import a_letter, an_item

GOLDEN = Path(__file__).parent / "golden"
LATENESS = {
    "reminder_before": 3,
    "reminder_first": -3,
    "reminder_second": -7,
    "reminder_firm": -15,
    "reminder_last": -30,
}


def remind(letter: ReminderLetter) -> MailContent:
    return TemplateMailWriter().reminder_mail(letter, a_company())


def send(invoice: Invoice) -> MailContent:
    return TemplateMailWriter().invoice_mail(invoice, a_company())


def credit(note: CreditNote) -> MailContent:
    return TemplateMailWriter().credit_note_mail(note, a_company())


def golden_mails() -> dict[str, MailContent]:
    """Return the mails whose words are fixed: one invoice, and several with all that can be."""
    mails = {}
    for language in ("es", "en"):
        mails[f"{language}-invoice"] = send(an_invoice(language=language, purchase_order="PO-4471"))
        for name, note in {
            "credit_note": a_credit_note(language=language),
            "credit_note-with_rest": a_credit_note(language=language, applied_minor=50_000),
            "credit_note-all_rest": a_credit_note(language=language, applied_minor=0),
        }.items():
            mails[f"{language}-{name}"] = credit(note)
        for template, due_in in LATENESS.items():
            one = a_letter(template, an_item(1, due_in=due_in), language=language)
            several = a_letter(
                template,
                an_item(1, due_in=due_in, open_minor=50_000, total_minor=121_000),
                an_item(2, due_in=due_in + 1, open_minor=9_950),
                an_item(3, due_in=40, open_minor=302_500),
                language=language,
                unapplied_minor=30_000,
            )
            mails[f"{language}-{template}"] = remind(one)
            mails[f"{language}-{template}-several"] = remind(several)
    return mails


@pytest.mark.parametrize("name", golden_mails())
def test_each_mail_reads_as_agreed(name: str) -> None:
    mail = golden_mails()[name]

    assert f"{mail.subject}\n\n{mail.text}" == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_every_agreed_text_belongs_to_a_mail() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(golden_mails())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "title"} & set(self.open):
            self.words.extend(data.split())


def _bare(text: str) -> set[str]:
    return set(re.sub(r"[().:;,]+(?=\s|$)|\(", " ", text).split())


@pytest.mark.parametrize("name", golden_mails())
def test_the_html_is_well_formed_and_says_what_the_text_says(name: str) -> None:
    mail = golden_mails()[name]

    page = _Words()
    page.feed(mail.html)

    assert page.open == []
    assert _bare(mail.text) - _bare(" ".join(page.words)) == set()
    assert "http" not in mail.html.replace("http-equiv", "")
    assert "<img" not in mail.html


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("due_in", [-400, -1, 0, 1, 30])
def test_any_tone_suits_any_lateness(template: str, language: str, due_in: int) -> None:
    mail = remind(a_letter(template, an_item(7, due_in=due_in), language=language))

    past, ahead = ("venció", "vence ") if language == "es" else ("was due", "is due")
    assert (past in mail.text) == (due_in < 0)
    assert (ahead in mail.text) == (due_in >= 0)
    assert "A-000007" in mail.text
    assert "ES91 2100 0418 4502 0005 1332" in mail.text


@pytest.mark.parametrize(
    ("due_in", "spanish", "english"),
    [
        (-2, "hace 2 días", "2 days ago"),
        (-1, "ayer", "yesterday"),
        (0, "hoy", "today"),
        (1, "mañana", "tomorrow"),
        (2, "dentro de 2 días", "in 2 days"),
    ],
)
def test_days_are_counted_as_people_do(due_in: int, spanish: str, english: str) -> None:
    item = an_item(1, due_in=due_in)

    assert f"({spanish})" in remind(a_letter("reminder_first", item)).text
    assert f"({english})" in remind(a_letter("reminder_first", item, language="en")).text


def test_money_without_an_invoice_lowers_what_is_asked_for() -> None:
    letter = a_letter(
        "reminder_first", an_item(1, due_in=-3), an_item(2, due_in=9), unapplied_minor=21_000
    )

    text = remind(letter).text

    assert "Importe a pagar: 1.000,00 €" in text
    assert "hemos recibido de usted 210,00 €" in text
    assert "-210,00 €" in text


def test_money_that_covers_the_overdue_part_leaves_the_rest_to_ask_for() -> None:
    letter = a_letter(
        "reminder_first", an_item(1, due_in=-3), an_item(2, due_in=9), unapplied_minor=130_000
    )

    assert "Importe a pagar: 1.120,00 €" in remind(letter).text


def test_money_that_covers_everything_asks_for_nothing() -> None:
    letter = a_letter("reminder_first", an_item(1, due_in=-3), unapplied_minor=121_000)

    assert "Importe a pagar" not in remind(letter).text


def test_what_is_not_listed_is_counted() -> None:
    items = [an_item(number, due_in=-30) for number in range(1, 41)]

    one = remind(a_letter("reminder_last", *items, more_items=1, more_minor=100)).text
    many = remind(a_letter("reminder_last", *items, more_items=12, more_minor=1_200)).text

    assert "y 1 factura más" in one
    assert "y 12 facturas más" in many
    assert "48.412,00 €" in many
    assert "Concepto: los números de las facturas" in many


def test_one_listed_invoice_and_hidden_ones_are_spoken_of_in_the_plural() -> None:
    letter = a_letter("reminder_first", an_item(1, due_in=-3), more_items=2, more_minor=500)

    assert "Tiene facturas vencidas" in remind(letter).text


def test_a_name_cannot_bring_markup_or_lines_of_its_own() -> None:
    name = "<script>alert(1)</script>\r\nBcc: x@evil.example\f\n\nPague a {{ 7*7 }} & Cía"

    mail = remind(a_letter("reminder_first", an_item(1, due_in=-3), customer_name=name))

    assert "<script>" not in mail.html
    assert "&lt;script&gt;" in mail.html
    assert (
        "A la atención de <script>alert(1)</script> Bcc: x@evil.example Pague a {{ 7*7 }} & Cía:"
        in mail.text
    )
    assert "\nBcc" not in mail.text


def test_a_subject_has_no_control_characters() -> None:
    company = a_company(name="Uno\r\nBcc: x@evil.example")

    mail = TemplateMailWriter().invoice_mail(an_invoice(), company)

    assert mail.subject == "Factura A-000127 de Uno Bcc: x@evil.example"


def test_no_amount_and_no_number_breaks_over_two_lines() -> None:
    html = remind(a_letter("reminder_first", an_item(1, due_in=-3))).html

    assert '<span style="white-space:nowrap">1.210,00 €</span>' in html
    assert '<span style="white-space:nowrap">A-000001</span>' in html


def test_without_an_iban_only_the_reference_is_named() -> None:
    letter = a_letter("reminder_first", an_item(1, due_in=-3))

    text = TemplateMailWriter().reminder_mail(letter, a_company(iban=None)).text

    assert "IBAN" not in text
    assert "Concepto: RF12 A000 0000 01" in text


def test_other_currencies_keep_their_decimals() -> None:
    letter = a_letter("reminder_first", an_item(1, due_in=-3), currency="JPY", language="en")

    assert "¥121,000" in remind(letter).text


def test_an_unknown_template_is_a_fault_of_ours() -> None:
    with pytest.raises(InvariantBroken):
        remind(a_letter("../../etc/passwd", an_item(1, due_in=-3)))


def test_a_partly_paid_invoice_asks_for_the_rest() -> None:
    text = send(an_invoice(open_minor=21_000, state="partially_paid")).text

    assert "De su importe de 1.210,00 € quedan por pagar 210,00 €" in text
    assert "Importe a pagar: 210,00 €" in text


def test_a_paid_invoice_asks_for_nothing() -> None:
    text = send(an_invoice(open_minor=0, state="paid")).text

    assert "Está pagada: no tiene que hacer nada." in text
    assert "Importe a pagar" not in text


def test_a_draft_cannot_be_sent() -> None:
    with pytest.raises(InvariantBroken):
        send(an_invoice(a_line(), number=None, state="draft"))


def test_the_mail_is_for_the_customer_of_the_invoice() -> None:
    mail = send(an_invoice(customer=BUYER.but(name="Otra, S.L.")))

    assert mail.text.startswith("A la atención de Otra, S.L.:")


def test_the_accent_of_the_company_is_in_the_html() -> None:
    mail = TemplateMailWriter().invoice_mail(an_invoice(), a_company(accent="#0f766e"))

    assert "border-top:4px solid #0f766e" in mail.html


TERMS = DiscountTerms(rate=Decimal("0.02"), days=10)


def test_a_discount_for_paying_early_says_how_much_and_until_when() -> None:
    spanish = send(an_invoice(discount=TERMS)).text
    english = send(an_invoice(discount=TERMS, language="en")).text

    assert "2 % de descuento si paga hasta el 01/12/2026: 1.185,80 €." in spanish
    assert "2% discount if you pay by 1 Dec 2026: €1,185.80." in english


def test_what_was_paid_in_time_counts_towards_the_discount() -> None:
    paid = Settlement(
        amount_minor=100_000, received_on=date(2026, 11, 30), method="transfer",
        posted_at=datetime(2026, 11, 30, 9, tzinfo=UTC),
    )  # fmt: skip
    invoice = an_invoice(
        discount=TERMS, open_minor=21_000, state="partially_paid", settlements=(paid,)
    )

    assert "2 % de descuento si paga hasta el 01/12/2026: 185,80 €." in send(invoice).text


def test_a_paid_invoice_offers_no_discount() -> None:
    assert "descuento" not in send(an_invoice(discount=TERMS, open_minor=0, state="paid")).text


def test_a_reason_cannot_bring_lines_of_its_own() -> None:
    text = credit(a_credit_note(reason="Una\r\nBcc: x@evil.example\f\n\nDos")).text

    assert "Motivo: Una Bcc: x@evil.example Dos\n" in text

"""Tone, the one button, charges for being late, and a company's own words in a mail."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.adapters.mail.action import Action, contrast, text_on
from chalicelib.adapters.mail_writer import TemplateMailWriter, laid_out
from chalicelib.domain.company import Company
from chalicelib.domain.errors import InvariantBroken
from chalicelib.domain.step import Tone
from chalicelib.domain.template import Filled, TemplateText
from chalicelib.usecases.contents import MailContent, ReminderLetter, StepCharge
from tests.adapters.credit_notes import a_credit_note
from tests.adapters.invoices import a_company, an_invoice
from tests.adapters.letters import a_letter, an_item

LATE = an_item(1, due_in=-15)
OWN = TemplateText(
    subject="{{titulo_facturas}}", opening="Hola.\nNos debe {{importe}}.", closing="Gracias."
)


def remind(letter: ReminderLetter, company: Company | None = None) -> MailContent:
    return TemplateMailWriter().reminder_mail(letter, company or a_company())


def opening(mail: MailContent) -> str:
    return mail.text.split("\n\n")[1]


@pytest.mark.parametrize(
    ("language", "tone", "first", "last"),
    [
        ("es", "friendly", "Hola, Marta Ruiz:", "Gracias y un saludo cordial,"),
        ("es", "neutral", "A la atención de Marta Ruiz:", "Un saludo,"),
        ("es", "firm", "A la atención de Marta Ruiz:", "Atentamente,"),
        ("en", "friendly", "Hello Marta Ruiz,", "Many thanks and best wishes,"),
        ("en", "neutral", "Dear Marta Ruiz,", "Kind regards,"),
        ("en", "firm", "Dear Marta Ruiz,", "Yours sincerely,"),
    ],
)
def test_tone_decides_greeting_and_farewell(
    language: str, tone: Tone, first: str, last: str
) -> None:
    letter = a_letter("reminder_first", LATE, language=language)

    text = remind(letter.but(tone=tone, contact_name="Marta Ruiz")).text

    assert text.startswith(f"{first}\n\n")
    assert f"\n\n{last}\nTalleres Ibáñez e Hijos, S.L.\n" in text


def button_of(mail: MailContent) -> tuple[str, str, dict[str, list[str]]]:
    """Return the label of the button, the address it writes to, and subject and body."""
    ((url, label),) = re.findall(r'<a href="(mailto:[^"]*)".*?<span[^>]*>([^<]*)</span>', mail.html)
    parts = urlsplit(unescape(url))
    return unescape(label), parts.path, parse_qs(parts.query)


def test_the_button_prepares_the_answer() -> None:
    mail = remind(a_letter("reminder_firm", LATE))

    label, address, asked = button_of(mail)

    assert label == "Responder con la fecha de pago"
    assert address == "facturas@ibanez.example"
    assert asked == {
        "subject": ["Re: Pago vencido: factura A-000001, 1.210,00 €"],
        "body": ["Pagaremos la factura A-000001 (1.210,00 €) el día: "],
    }


def test_in_plain_text_nothing_silly_stands_for_the_button() -> None:
    mail = remind(a_letter("reminder_firm", LATE))

    assert "mailto" not in mail.text
    assert "Responder con la fecha" not in mail.text


def test_the_answer_goes_to_the_person_in_charge() -> None:
    letter = a_letter("reminder_first", LATE).but(reply_to="bea&x@ibanez.example")

    _, address, asked = button_of(remind(letter))

    assert address == "bea%26x@ibanez.example"
    assert sorted(asked) == ["body", "subject"]


def test_there_is_no_button_when_nothing_is_to_be_paid_or_nobody_reads_mail() -> None:
    letter = a_letter("reminder_first", LATE)

    assert "<a " not in remind(letter.but(unapplied_minor=121_000)).html
    assert "<a " not in remind(letter, a_company(email=None)).html


def test_a_link_to_pay_takes_the_place_of_the_answer_and_stands_in_the_text_too() -> None:
    words = Filled("Aviso", ("Uno",), ("Dos",))
    layout = {"words": None, "language": "es", "greeting": "Hola:", "regards": "Adiós,",
              "action": Action("Pagar 12,00 €", "https://pagos.example/x?a=1&b=2")}  # fmt: skip

    mail = laid_out(words, layout, a_company())

    assert "\nPagar 12,00 €: https://pagos.example/x?a=1&b=2\n" in mail.text
    assert 'href="https://pagos.example/x?a=1&amp;b=2"' in mail.html


@pytest.mark.parametrize("accent", ["#1f5fbf", "#0f766e", "#ffd400", "#777777", "#000000"])
def test_the_words_on_the_button_can_be_read_on_any_accent(accent: str) -> None:
    colour = text_on(accent)

    assert contrast(accent, colour) >= 4.4
    assert f"color:{colour}" in remind(a_letter("reminder_first", LATE),
                                       a_company(accent=accent)).html  # fmt: skip


def test_white_stands_on_our_own_accent() -> None:
    assert text_on("#1f5fbf") == "#ffffff"
    assert round(contrast("#ffffff", "#000000")) == 21


def test_charges_for_being_late_are_told_apart_from_the_invoices() -> None:
    charge = StepCharge(
        invoice_id="inv_1", number="A-000001", interest_minor=625, compensation_minor=4_000
    )
    letter = a_letter("reminder_last", LATE).but(late_charges=(charge,))

    spanish, english = remind(letter).text, remind(letter.but(language="en")).text

    assert (
        "Aparte del importe de las facturas, por la demora le reclamamos 46,25 €: 6,25 € de "
        "intereses de demora y 40,00 € de indemnización por costes de cobro."
    ) in spanish
    assert (
        "Apart from the invoices, we claim €46.25 for the delay: €6.25 of late-payment interest "
        "and €40.00 of compensation for recovery costs."
    ) in english
    assert "Importe a pagar: 1.210,00 €" in spanish


def test_a_fee_alone_is_named_alone() -> None:
    charge = StepCharge(invoice_id="inv_1", number="A-000001", fee_minor=500)

    text = remind(a_letter("reminder_last", LATE, language="en").but(late_charges=(charge,))).text

    assert "we claim €5.00 for the delay: €5.00 of agreed reminder fees." in text


@pytest.mark.parametrize(
    ("items", "subject", "first"),
    [
        (
            [an_item(1, due_in=5)],
            "Pago pendiente: factura A-000001, 1.210,00 €",
            (
                "La factura A-000001, de 1.210,00 €, vence el 28 de noviembre de 2026 (dentro de 5 "
                "días)."
            ),
        ),
        (
            [an_item(1, due_in=-1, open_minor=21_000, total_minor=121_000)],
            "Pago vencido: factura A-000001, 210,00 €",
            (
                "De la factura A-000001, de 1.210,00 €, que venció el 22 de noviembre de 2026 "
                "(ayer), quedan por pagar 210,00 €."
            ),
        ),
        (
            [an_item(1, due_in=-1), an_item(2, due_in=3, open_minor=500)],
            "Pago vencido: factura A-000001, 1.210,00 €",
            (
                "La factura A-000001, de 1.210,00 €, venció el 22 de noviembre de 2026 (ayer) y "
                "no nos consta su pago. En la lista figuran también 5,00 € que aún no han vencido."
            ),
        ),
    ],
    ids=["only upcoming", "partly paid", "mixed"],
)
def test_a_firm_reminder_reads_well_in_every_case(
    items: list[object], subject: str, first: str
) -> None:
    mail = remind(a_letter("reminder_firm", *items))  # type: ignore[arg-type]

    assert mail.subject == subject
    assert opening(mail) == first


def test_a_notice_before_the_due_date_reads_well_beside_an_old_debt() -> None:
    mail = remind(a_letter("reminder_before", an_item(1, due_in=-90), an_item(2, due_in=-60),
                           an_item(3, due_in=3)))  # fmt: skip

    assert mail.subject == "2 facturas: la más antigua venció el 25 de agosto de 2026"


def test_the_companys_own_words_take_the_place_of_the_shipped_ones() -> None:
    mail = TemplateMailWriter().reminder_mail(a_letter("reminder_first", LATE), a_company(), OWN)

    assert mail.subject == "Factura A-000001"
    assert "\n\nHola.\nNos debe 1.210,00 €.\n\nImporte a pagar" in mail.text
    assert "Hola.<br>Nos debe" in mail.html
    assert "\n\nGracias.\n\nUn saludo,\n" in mail.text


@pytest.mark.parametrize("broken", ["{{retirado}}", "{{importe", "{% if x %}", "{{motivo}}"])
def test_words_that_cannot_be_filled_give_way_to_the_shipped_ones(broken: str) -> None:
    letter = a_letter("reminder_first", LATE)
    own = OWN.but(closing=broken)

    assert TemplateMailWriter().reminder_mail(letter, a_company(), own) == remind(letter)


def test_documents_are_mailed_in_own_words_too() -> None:
    text = TemplateText(subject="{{numero}}", opening="{{total}}", closing="{{empresa}}")
    writer = TemplateMailWriter()

    invoice = writer.invoice_mail(an_invoice(), a_company(), text)
    note = writer.credit_note_mail(a_credit_note(), a_company(), text)

    assert (invoice.subject, opening(invoice)) == ("A-000127", "1.210,00 €")
    assert (note.subject, opening(note)) == ("R-000007", "1.210,00 €")


def test_only_our_own_texts_ship() -> None:
    with pytest.raises(InvariantBroken):
        TemplateMailWriter().shipped_text("../../etc/passwd", "es")


def test_letters_on_paper_have_no_button() -> None:
    assert "<a " not in remind(a_letter("letter_formal", LATE)).html


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_old_address_reads_which_one_was_asked_for_and_gets_no_link(language: Any) -> None:
    writer = TemplateMailWriter("https://saldo.example")

    mail = writer.contact_mail("Talleres, S.L.", "nueva@otra.example", a_company(), language)

    assert "nueva@otra.example" in mail.text
    assert "nueva@otra.example" in mail.html
    assert "/portal/open" not in mail.text + mail.html
    assert ("dirección" in mail.subject) == (language == "es")

"""What mails to staff say. The texts in golden/staff/ are what they get, word for word."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import get_args

import pytest

from chalicelib.adapters.mail_writer import TemplateMailWriter
from chalicelib.adapters.mime import mime
from chalicelib.adapters.words.staff_english import ENGLISH
from chalicelib.adapters.words.staff_labels import StaffWords
from chalicelib.adapters.words.staff_spanish import SPANISH
from chalicelib.domain.notice_wishes import NOTICE_KINDS
from chalicelib.domain.staff_mail import DigestList, StaffMail
from chalicelib.domain.work import WorkKind
from chalicelib.usecases.contents import MailContent, OutgoingMail
from tests.adapters.invoices import a_company
from tests.adapters.staff_mails import (
    EVERYTHING,
    PAYMENT,
    a_digest,
    a_news,
    a_staff_mail,
    an_item,
)

GOLDEN = Path(__file__).parent / "golden" / "staff"
BASE = "https://saldo.example"


def write(mail: StaffMail) -> MailContent:
    return TemplateMailWriter(f"{BASE}/").staff_mail(mail, a_company())


def golden_mails() -> dict[str, MailContent]:
    """Return the mails whose words are fixed."""
    mails = {}
    for language in ("es", "en"):
        mails[f"{language}-payment"] = write(a_staff_mail(PAYMENT, language=language))
        mails[f"{language}-everything"] = write(
            a_staff_mail(*EVERYTHING, language=language, more=3)
        )
        mails[f"{language}-digest"] = write(a_digest(language))
        quiet = {name: DigestList() for name in ("payments", "promised_today", "promises_broken",
                                                 "disputes_opened", "disputes_late")}  # fmt: skip
        mails[f"{language}-digest-short"] = write(
            a_digest(language, **quiet, money_in=(), overdue=(), work={}, approvals_waiting=0,
                     reminders_today=1)
        )  # fmt: skip
    return mails


@pytest.mark.parametrize("name", golden_mails())
def test_each_mail_reads_as_agreed(name: str) -> None:
    mail = golden_mails()[name]

    assert f"{mail.subject}\n\n{mail.text}" == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_every_agreed_text_belongs_to_a_mail() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(golden_mails())


@pytest.mark.parametrize("name", golden_mails())
def test_both_forms_say_the_same_and_lead_to_the_same_pages(name: str) -> None:
    mail = golden_mails()[name]
    links = re.findall(r'href="([^"]+)"', mail.html)
    said = re.sub(r"<[^>]+>", " ", mail.html)

    assert set(links) == set(re.findall(rf"{BASE}\S*", mail.text))
    assert f"{BASE}/settings/notices" in links
    for amount in re.findall(r"\d[\d.,]* (?:€|US\$)|[€$][\d.,]+", mail.text):
        assert amount in said


@pytest.mark.parametrize("words", [SPANISH, ENGLISH])
def test_every_kind_of_news_and_of_work_has_words(words: StaffWords) -> None:
    assert set(words.kinds) == set(words.counted) == set(NOTICE_KINDS)
    assert set(get_args(WorkKind)) - set(words.work) == set()


def test_what_a_customer_is_called_adds_nothing_to_a_mail() -> None:
    name = "Evil\r\nBcc: x@y.example\n<script>alert(1)</script>"
    mail = write(a_staff_mail(PAYMENT.but(customer_name=name)))
    item = an_item({"customer_id": "cus_1", "customer_name": name}, 100)
    digest = write(a_digest(payments=DigestList(items=(item,))))

    for one in (mail, digest):
        assert "<script>" not in one.html
        assert "\nBcc" not in one.text
        assert "\n" not in one.subject


def test_news_of_one_kind_are_summed_up_in_the_subject() -> None:
    dollars = PAYMENT.but(currency="USD")
    dispute = a_news("dispute_opened", "dispute_opened", number="A-1", detail="x")

    subjects = [write(a_staff_mail(*lines)).subject for lines in (
        (PAYMENT, PAYMENT), (PAYMENT, dollars), (PAYMENT, dispute),
    )]  # fmt: skip

    assert subjects == ["2 cobros: 2.469,12 €", "2 cobros", "1 cobro, 1 disputa"]


def test_a_name_that_looks_like_a_blank_is_no_blank() -> None:
    line = a_news("dispute_opened", "dispute_opened", number="A-1", detail="{by.__class__} {0}")

    assert "{by.__class__} {0}" in write(a_staff_mail(line)).text


@pytest.mark.parametrize("mail", [a_staff_mail(*EVERYTHING), a_digest()])
def test_it_goes_over_the_wire_as_text_and_html_to_one_reader(mail: StaffMail) -> None:
    content = write(mail)
    outgoing = OutgoingMail(
        sender_name="Talleres Ibáñez, S.L.", reply_to=None, to=mail.email, content=content,
        tags={"staff_mail": mail.id},
    )  # fmt: skip

    parsed = message_from_bytes(mime(outgoing, "saldo@talleres.example"), policy=default)

    assert parsed["To"] == "carla@saldo.example"
    assert parsed["Subject"] == content.subject
    assert (parsed["Cc"], parsed["Bcc"], parsed["Reply-To"]) == (None, None, None)
    assert parsed["Auto-Submitted"] == "auto-generated"
    kinds = [part.get_content_type() for part in parsed.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    plain = parsed.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n") == content.text
    assert re.fullmatch(r"[A-Za-z0-9_-]+", mail.id)

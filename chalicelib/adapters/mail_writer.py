"""Writes mails from the templates in chalicelib/templates, in text and HTML, and draws documents.

A letter has one source: ``<language>/<template>.txt`` renders to subject, opening and closing,
divided by form feeds, with an empty line between paragraphs. ``mail.txt`` and ``mail.html`` lay
the same letter out, so the two forms cannot say different things.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from chalicelib.adapters.document_pdf import credit_note_pdf, invoice_pdf
from chalicelib.adapters.mail.credit_note import credit_note_facts
from chalicelib.adapters.mail.invoice import invoice_facts
from chalicelib.adapters.mail.letter import one_line
from chalicelib.adapters.mail.reminder import reminder_facts
from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.errors import InvariantBroken
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.step import TEMPLATES
from chalicelib.usecases.ports import MailContent, ReminderLetter

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_TEMPLATES: Final = Path(__file__).parent.parent / "templates"
_SECTION: Final = "\f"
_UNBREAKABLE: Final = re.compile(r"\b[A-Z0-9]{1,10}-\d{6,}|\d[\d.,]* (?:€|£|¥|US\$|[A-Z]{3}\b)")


class TemplateMailWriter:
    """The MailWriter of the system. Stateless; the compiled templates live with the process."""

    def invoice_mail(self, invoice: Invoice, company: Company) -> MailContent:
        """Return the mail that carries an issued invoice."""
        return _write("invoice", invoice_facts(invoice, company), company)

    def credit_note_mail(self, note: CreditNote, company: Company) -> MailContent:
        """Return the mail that carries a credit note."""
        return _write("credit_note", credit_note_facts(note), company)

    def reminder_mail(self, letter: ReminderLetter, company: Company) -> MailContent:
        """Return a reminder. InvariantBroken for a template that is none of ours."""
        if letter.template not in TEMPLATES:
            raise InvariantBroken(f"There is no reminder template {letter.template!r}.")
        return _write(letter.template, reminder_facts(letter, company), company)

    def invoice_pdf(self, invoice: Invoice, company: Company) -> bytes:
        """Return the invoice as PDF; a draft is marked as such."""
        return invoice_pdf(invoice, company)

    def credit_note_pdf(self, note: CreditNote, company: Company) -> bytes:
        """Return the credit note as PDF."""
        return credit_note_pdf(note, company)


def _write(template: str, facts: dict[str, Any], company: Company) -> MailContent:
    facts = facts | _sender(company)
    environment = _environment()
    letter = environment.get_template(f"{facts['language']}/{template}.txt").render(facts)
    subject, opening, closing = letter.split(_SECTION)
    laid_out = facts | {"opening": _paragraphs(opening), "closing": _paragraphs(closing)}
    laid_out["subject"] = one_line(subject)
    return MailContent(
        subject=laid_out["subject"],
        text=environment.get_template("mail.txt").render(laid_out).strip() + "\n",
        html=environment.get_template("mail.html").render(laid_out),
    )


def _sender(company: Company) -> dict[str, Any]:
    contact = (company.phone, company.reply_to or company.email, company.website)
    return {
        "company_name": one_line(company.name),
        "contact": " · ".join(one_line(text) for text in contact if text),
        "accent": company.accent,
    }


def _paragraphs(section: str) -> list[str]:
    paragraphs = (" ".join(part.split()) for part in section.split("\n\n"))
    return [paragraph for paragraph in paragraphs if paragraph]


def _whole(paragraph: str) -> "Markup":
    """Return a paragraph as HTML in which no amount and no invoice number breaks over two lines."""
    from markupsafe import Markup, escape  # noqa: PLC0415 - comes with jinja2

    html = _UNBREAKABLE.sub(
        r'<span style="white-space:nowrap">\g<0></span>', str(escape(paragraph))
    )
    return Markup(html)  # noqa: S704 - escaped above; what is added is a constant


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import (  # noqa: PLC0415 - takes 0.1 s
        Environment,
        FileSystemLoader,
        StrictUndefined,
        select_autoescape,
    )

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["whole"] = _whole
    return environment

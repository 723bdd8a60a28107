"""Writes mails from the texts in chalicelib/templates or those of the company, and draws documents.

A text is subject, opening and closing with placeholders; ``adapters/mail`` gives their values.
``mail.txt`` and ``mail.html`` lay the same words out, so the two forms cannot say different things.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from chalicelib.adapters.document_pdf import (
    clean_image,
    credit_note_pdf,
    invoice_pdf,
    joined_pdf,
    legal_cover_pdf,
    letter_pdf,
    qr_svg,
    statement_pdf,
)
from chalicelib.adapters.mail.action import portal_action, text_on
from chalicelib.adapters.mail.contact import contact_layout, contact_words
from chalicelib.adapters.mail.credit_note import credit_note_layout, credit_note_values
from chalicelib.adapters.mail.debt import debt_values
from chalicelib.adapters.mail.invoice import invoice_layout, invoice_values
from chalicelib.adapters.mail.letter import one_line
from chalicelib.adapters.mail.paper import letter_values, on_paper
from chalicelib.adapters.mail.reminder import reminder_layout
from chalicelib.adapters.mail.shipped import FOLDER, shipped_text
from chalicelib.adapters.mail.staff_layout import staff_layout
from chalicelib.adapters.mail.statement import statement_layout, statement_values
from chalicelib.adapters.mail.wording import words_of
from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Customer, Language
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.legal_file import LegalClaim
from chalicelib.domain.logo import CleanImage, ImageType
from chalicelib.domain.staff_mail import StaffMail
from chalicelib.domain.template import Filled, TemplateText
from chalicelib.usecases.contents import MailContent, ReminderLetter
from chalicelib.usecases.ports import Files
from chalicelib.usecases.statement_letter import StatementLetter

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_UNBREAKABLE: Final = re.compile(r"\b[A-Z0-9]{1,10}-\d{6,}|\d[\d.,]* (?:€|£|¥|US\$|[A-Z]{3}\b)")
_LOGO_WIDTH: Final = 220  # CSS pixels, in a mail of 600
_LOGO_HEIGHT: Final = 64
_NOTHING_MORE: Final[dict[str, Any]] = {
    "notes": [], "rows": [], "more": None, "sums": [], "payment": None, "action": None,
    "second": None, "has_portal": True,
}  # fmt: skip


class TemplateMailWriter:
    """The MailWriter of the system. Stateless; the compiled layouts live with the process."""

    def __init__(self, base_url: str = "", files: Files | None = None) -> None:
        self._base_url = base_url.rstrip("/")
        self._files = files

    def clean_image(self, content: bytes, content_type: ImageType) -> CleanImage:
        """Return a picture written anew from its pixels. InvalidField when it is damaged."""
        return clean_image(content, content_type)

    def qr_svg(self, payload: str) -> str:
        """Return the QR code of a payment as an SVG element."""
        return qr_svg(payload)

    def shipped_text(self, template_id: str, language: Language) -> TemplateText:
        """Return the text that ships. InvariantBroken for a template that is none of ours."""
        return shipped_text(template_id, language)

    def invoice_mail(
        self, invoice: Invoice, company: Company, text: TemplateText | None = None
    ) -> MailContent:
        """Return the mail that carries an issued invoice, in the company's words if given."""
        words = words_of("invoice", invoice.language, invoice_values(invoice, company), text)
        return laid_out(words, invoice_layout(invoice, company), company, self._base_url)

    def credit_note_mail(
        self, note: CreditNote, company: Company, text: TemplateText | None = None
    ) -> MailContent:
        """Return the mail that carries a credit note, in the company's words if given."""
        words = words_of("credit_note", note.language, credit_note_values(note, company), text)
        return laid_out(words, credit_note_layout(note), company, self._base_url)

    def reminder_mail(
        self, letter: ReminderLetter, company: Company, text: TemplateText | None = None
    ) -> MailContent:
        """Return a reminder. InvariantBroken for a template that is none of ours."""
        language: Language = "en" if letter.language == "en" else "es"
        words = words_of(letter.template, language, debt_values(letter, company), text)
        return laid_out(
            words, reminder_layout(letter, company, words.subject), company, self._base_url
        )

    def invoice_pdf(self, invoice: Invoice, company: Company) -> bytes:
        """Return the invoice as PDF; a draft is marked as such."""
        return invoice_pdf(invoice, company, self._logo(company))

    def credit_note_pdf(self, note: CreditNote, company: Company) -> bytes:
        """Return the credit note as PDF."""
        return credit_note_pdf(note, company, self._logo(company))

    def legal_cover_pdf(self, claim: LegalClaim, company: Company) -> bytes:
        """Return the cover of a pre-legal file."""
        return legal_cover_pdf(claim, company)

    def statement_mail(
        self, letter: StatementLetter, company: Company, text: TemplateText | None = None
    ) -> MailContent:
        """Return the mail that carries a statement, in the company's words if given."""
        words = words_of("statement", letter.language, statement_values(letter, company), text)
        return laid_out(words, statement_layout(letter, company), company, self._base_url)

    def statement_pdf(self, letter: StatementLetter, company: Company) -> bytes:
        """Return the statement of account as PDF."""
        return statement_pdf(letter, company, self._logo(company))

    def letter_pdf(
        self,
        letter: ReminderLetter,
        company: Company,
        customer: Customer,
        text: TemplateText | None = None,
    ) -> bytes:
        """Return a reminder as a letter on paper. InvariantBroken for a template none of ours."""
        letter = on_paper(letter)
        language: Language = "en" if letter.language == "en" else "es"
        words = words_of(letter.template, language, letter_values(letter, company), text)
        return letter_pdf(letter, company, customer, words, self._logo(company))

    def contact_mail(
        self, name: str, email: str, company: Company, language: Language
    ) -> MailContent:
        """Return the mail that tells an address that another one was asked for."""
        words = contact_words(email, company.name, language)
        return laid_out(words, contact_layout(name, language), company, self._base_url)

    def staff_mail(self, mail: StaffMail, company: Company) -> MailContent:
        """Return a mail to a member of staff: what happened, or what the morning has to say."""
        shown = staff_layout(mail, self._base_url) | _sender(company)
        shown |= {"logo": _logo_shown(company, self._base_url)}
        environment = _environment()
        return MailContent(
            subject=shown["subject"],
            text=environment.get_template("staff.txt").render(shown).strip() + "\n",
            html=environment.get_template("staff.html").render(shown),
        )

    def joined_pdf(self, documents: Sequence[bytes]) -> bytes:
        """Return PDFs one after the other, each beginning on a sheet of its own."""
        return joined_pdf(documents)

    def _logo(self, company: Company) -> bytes | None:
        """Return the logo; a document without it is better than none."""
        if company.logo is None or self._files is None:
            return None
        return self._files.get(company.logo.key)


def laid_out(
    words: Filled, layout: dict[str, Any], company: Company, base_url: str = ""
) -> MailContent:
    """Return the mail with these words; logo and portal are at ``base_url``.

    ``layout`` has words, language, greeting and regards, and what a mail shows beside its text:
    notes, payment, action, rows, more and sums. The button opens the portal where there is one;
    what it was otherwise is a link below.
    """
    subject = one_line(words.subject) or one_line(company.name)
    shown = _NOTHING_MORE | layout | _sender(company)
    shown |= {"logo": _logo_shown(company, base_url)}
    if base_url and shown["has_portal"]:
        is_owed = shown["payment"] is not None
        button = portal_action(shown["words"], base_url, is_owed=is_owed)
        shown |= {"action": button, "second": shown["action"]}
    shown |= {"subject": subject, "opening": words.opening, "closing": words.closing}
    environment = _environment()
    return MailContent(
        subject=subject,
        text=environment.get_template("mail.txt").render(shown).strip() + "\n",
        html=environment.get_template("mail.html").render(shown),
    )


def _logo_shown(company: Company, base_url: str) -> dict[str, Any] | None:
    """Return address and size of the logo: half its pixels, and no larger than a letterhead."""
    logo = company.logo
    if logo is None or not base_url:
        return None
    scale = min(0.5, _LOGO_WIDTH / logo.width, _LOGO_HEIGHT / logo.height)
    return {
        "url": f"{base_url}/portal/logo?v={logo.hash}",
        "width": max(round(logo.width * scale), 1),
        "height": max(round(logo.height * scale), 1),
    }


def _sender(company: Company) -> dict[str, Any]:
    contact = (company.phone, company.reply_to or company.email, company.website)
    return {
        "company_name": one_line(company.name),
        "contact": " · ".join(one_line(text) for text in contact if text),
        "accent": company.accent,
        "on_accent": text_on(company.accent),
    }


def _whole(paragraph: str) -> "Markup":
    """Return a paragraph as HTML in which no amount and no invoice number breaks over two lines."""
    from markupsafe import Markup, escape  # noqa: PLC0415 - comes with jinja2

    html = _UNBREAKABLE.sub(
        r'<span style="white-space:nowrap">\g<0></span>', str(escape(paragraph))
    )
    return Markup(html.replace("\n", "<br>"))  # noqa: S704 - escaped; what is added is constant


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import (  # noqa: PLC0415 - takes 0.1 s
        Environment,
        FileSystemLoader,
        StrictUndefined,
        select_autoescape,
    )

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["whole"] = _whole
    return environment

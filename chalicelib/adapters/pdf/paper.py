"""What statements and letters share: the sheet they are drawn on, made at the day they are of."""

from datetime import UTC, date, datetime, time

from chalicelib.adapters.pdf.page import MARK, Running, Sheet, colour_of
from chalicelib.adapters.pdf.typeface import typeface_for
from chalicelib.adapters.words import Words
from chalicelib.domain.base import Value
from chalicelib.domain.company import Company


def open_paper(
    content: Value, company: Company, words: Words, *, name: str, language: str, on: date
) -> Sheet:
    """Return a sheet with its first page: the same content and company give the same one."""
    running = Running(
        head=f"{company.name} · {name}",
        page=words.page,
        foot=company.invoice_footer or "",
        fingerprint="",
        mark="",
        mark_colour=MARK,
        accent=colour_of(company.accent),
    )
    sheet = Sheet(
        typeface=typeface_for(content.model_dump_json() + company.model_dump_json()),
        running=running,
        made_at=datetime.combine(on, time(), UTC),
    )
    sheet.set_title(name)
    sheet.set_author(company.name)
    sheet.set_creator("Saldo")
    sheet.set_producer("Saldo")
    sheet.set_lang(language)
    sheet.add_page()
    return sheet

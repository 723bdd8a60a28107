"""What a mail to staff shows: sections of rows, each a name, a note and an amount, with links."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote

from chalicelib.adapters.mail.letter import one_line
from chalicelib.adapters.words.staff import StaffWords, counted, staff_words_in
from chalicelib.domain.customer import UNIDENTIFIED, Language
from chalicelib.domain.formatting import amount, short_date
from chalicelib.domain.notice_wishes import NOTICE_KINDS, NoticeKind
from chalicelib.domain.staff_mail import NoticeLine, StaffMail

_PLACES = {
    "invoice": "invoices",
    "payment": "payments",
    "customer": "customers",
    "webhook_endpoint": "settings/webhooks",
}


class StaffRow(NamedTuple):
    """One line of a section."""

    text: str
    note: str | None = None
    amount: str | None = None
    href: str | None = None
    is_late: bool = False


class Section(NamedTuple):
    """Rows under a title. ``more`` says how many are left out."""

    title: str
    rows: tuple[StaffRow, ...]
    more: str | None = None


def notices_layout(mail: StaffMail, base_url: str) -> dict[str, Any]:
    """Return what the mail about things that happened shows, by kind, latest last."""
    words = staff_words_in(mail.language)
    lines = sorted(mail.lines, key=lambda line: (NOTICE_KINDS.index(line.kind), line.at))
    sections = [
        Section(words.kinds[kind], tuple(_row(line, words, mail.language, base_url) for line in of))
        for kind, of in groupby(lines, key=lambda line: line.kind)
    ]
    if mail.more:
        last = sections[-1]
        sections[-1] = last._replace(more=words.more.format(count=mail.more))
    title = _title(lines, mail.more, words, mail.language)
    return {
        "title": title,
        "subject": title,
        "sections": sections,
        **frame(words, base_url, why=words.why, path="/"),
    }


def frame(words: StaffWords, base_url: str, *, why: str, path: str) -> dict[str, Any]:
    """Return what stands below every mail to staff: where to go, and how to get fewer."""
    return {
        "action": {"label": words.open_app, "url": f"{base_url}{path}"},
        "why": why,
        "change": words.change,
        "change_url": f"{base_url}/settings/notices",
    }


def place(base_url: str, subject: str, subject_id: str) -> str | None:
    """Return the page of something; None for what has none."""
    folder = _PLACES.get(subject)
    if folder is None or subject_id == UNIDENTIFIED:
        return None
    return f"{base_url}/{folder}/{quote(subject_id, safe='')}"


def _title(lines: list[NoticeLine], more: int, words: StaffWords, language: Language) -> str:
    counts: dict[NoticeKind, int] = {}
    for line in lines:
        counts[line.kind] = counts.get(line.kind, 0) + 1
    if more:
        return words.notices.format(count=len(lines) + more)
    if len(lines) > 1:
        said = ", ".join(counted(words.counted[kind], count) for kind, count in counts.items())
        total = _total(lines, language) if len(counts) == 1 else None
        return f"{said}: {total}" if total else said
    about = [_amount(lines[0], language), _name(lines[0], words)]
    said = words.single[lines[0].kind]
    return f"{said}: {' · '.join(part for part in about if part)}"


def _total(lines: list[NoticeLine], language: Language) -> str | None:
    currencies = {line.currency for line in lines}
    if len(currencies) != 1 or None in currencies:
        return None
    total = sum(line.amount_minor or 0 for line in lines)
    return amount(total, str(lines[0].currency), language)


def _row(line: NoticeLine, words: StaffWords, language: Language, base_url: str) -> StaffRow:
    return StaffRow(
        text=_name(line, words),
        note=_note(line, words, language),
        amount=_amount(line, language),
        href=place(base_url, line.subject, line.subject_id),
    )


def _name(line: NoticeLine, words: StaffWords) -> str:
    if line.customer_id == UNIDENTIFIED:
        return words.unidentified
    return one_line(line.customer_name or "") or words.unidentified


def _amount(line: NoticeLine, language: Language) -> str | None:
    if line.amount_minor is None or line.currency is None:
        return None
    return amount(line.amount_minor, line.currency, language)


def _note(line: NoticeLine, words: StaffWords, language: Language) -> str:
    pattern = words.notes.get(line.what) or _by_ending(words.notes.items(), line.what)
    detail = one_line(line.detail or "")
    if line.kind == "payment_received":
        detail = words.methods.get(detail, detail)
    if line.kind == "approval_waiting":
        detail = words.approvals.get(detail, detail)
    number = one_line(line.number or "")
    if line.kind == "payment_received" and not number:
        number = words.unapplied
    day = short_date(line.day, language) if line.day else ""
    return pattern.format(detail=detail, number=number, day=day, by=one_line(line.by_name))


def _by_ending(notes: Iterable[tuple[str, str]], what: str) -> str:
    return next((text for ending, text in notes if what.endswith(ending)), "{detail}")

"""What the morning's digest shows: money first, then what to do today."""

from datetime import date
from typing import Any, NamedTuple

from chalicelib.adapters.mail.letter import one_line
from chalicelib.adapters.mail.staff import Section, StaffRow, frame, place
from chalicelib.adapters.words.staff import StaffWords, counted, staff_words_in
from chalicelib.domain.customer import Language
from chalicelib.domain.formatting import amount, long_date, short_date
from chalicelib.domain.staff_mail import Digest, DigestItem, DigestList, Figure


class _Writer(NamedTuple):
    today: date
    language: Language
    words: StaffWords
    base_url: str

    def money(self, amount_minor: int, currency: str) -> str:
        return amount(amount_minor, currency, self.language)

    def sums(self, figures: tuple[Figure, ...]) -> str:
        return " + ".join(
            self.money(one.amount_minor, one.currency) for one in figures if one.amount_minor
        )

    def more(self, count: int) -> str | None:
        return self.words.more.format(count=count) if count else None


def digest_layout(digest: Digest, language: Language, base_url: str) -> dict[str, Any]:
    """Return what a digest shows; sections without a row are left out."""
    words = staff_words_in(language)
    writer = _Writer(digest.day, language, words, base_url)
    sections = [
        _received(digest, writer),
        _overdue(digest, writer),
        _listed(words.promised_today, digest.promised_today, writer),
        _listed(words.promises_broken, digest.promises_broken, writer),
        _listed(words.disputes_opened, digest.disputes_opened, writer),
        _listed(words.disputes_late, digest.disputes_late, writer),
        _going_out(digest, writer),
        _waiting(digest, writer),
    ]
    title = words.digest.format(day=long_date(digest.day, language))
    return {
        "title": title,
        "subject": _subject(title, digest, writer),
        "sections": [section for section in sections if section.rows],
        **frame(words, base_url, why=words.why_digest, path="/"),
    }


def _subject(title: str, digest: Digest, writer: _Writer) -> str:
    words = writer.words
    sums = (
        (words.received, writer.sums(digest.money_in)),
        (words.overdue_now, writer.sums(digest.overdue)),
    )
    said = [pattern.format(amount=text) for pattern, text in sums if text]
    return f"{title}: {', '.join(said)}" if said else title


def _received(digest: Digest, writer: _Writer) -> Section:
    words = writer.words
    is_yesterday = (digest.day - digest.since).days == 1
    since = short_date(digest.since, writer.language)
    title = words.received_yesterday if is_yesterday else words.received_since.format(day=since)
    sums = [
        StaffRow(
            counted(words.payers, one.count), amount=writer.money(one.amount_minor, one.currency)
        )
        for one in digest.money_in
        if one.count > 1
    ]
    rows = [_item(one, writer) for one in digest.payments.items]
    return Section(title, (*sums, *rows), writer.more(digest.payments.more))


def _overdue(digest: Digest, writer: _Writer) -> Section:
    words = writer.words
    is_one = len(digest.overdue) == 1
    rows = tuple(
        StaffRow(
            text=words.overdue_total if is_one else words.overdue_in.format(currency=one.currency),
            note=_moved(one, writer),
            amount=writer.money(one.amount_minor, one.currency),
            href=f"{writer.base_url}/invoices?tab=overdue",
            is_late=one.amount_minor > 0,
        )
        for one in digest.overdue
    )
    return Section(words.overdue, rows)


def _moved(figure: Figure, writer: _Writer) -> str:
    words = writer.words
    if not figure.change_minor:
        return words.unchanged
    by = writer.money(abs(figure.change_minor), figure.currency)
    return (words.risen if figure.change_minor > 0 else words.fallen).format(amount=by)


def _listed(title: str, listed: DigestList, writer: _Writer) -> Section:
    rows = tuple(_item(one, writer) for one in listed.items)
    return Section(title, rows, writer.more(listed.more))


def _item(item: DigestItem, writer: _Writer) -> StaffRow:
    name = one_line(item.customer_name)
    return StaffRow(
        text=writer.words.unidentified if name in ("", "—") else name,
        note=_note(item, writer),
        amount=writer.money(item.amount_minor, item.currency),
        href=place(writer.base_url, item.subject, item.subject_id),
    )


def _note(item: DigestItem, writer: _Writer) -> str | None:
    if item.day is None or (item.day == writer.today and not item.number):
        return None
    pattern = writer.words.deadline if item.number else writer.words.promised_for
    day = short_date(item.day, writer.language)
    return pattern.format(day=day, number=one_line(item.number or ""))


def _going_out(digest: Digest, writer: _Writer) -> Section:
    count = digest.reminders_today
    said = counted(writer.words.reminders, count)
    row = StaffRow(said, href=f"{writer.base_url}/outgoing")
    return Section(writer.words.goes_out, (row,) if count else ())


def _waiting(digest: Digest, writer: _Writer) -> Section:
    words, base_url = writer.words, writer.base_url
    by_label: dict[str, int] = {}
    for what, count in digest.work.items():
        label = words.work.get(what, words.other_work)
        by_label[label] = by_label.get(label, 0) + count
    rows = [
        StaffRow(label, amount=str(count), href=f"{base_url}/work")
        for label, count in sorted(by_label.items(), key=lambda each: (-each[1], each[0]))
    ]
    if digest.approvals_waiting:
        waiting = str(digest.approvals_waiting)
        rows.insert(0, StaffRow(words.approvals_waiting, None, waiting, f"{base_url}/approvals"))
    return Section(words.waiting, tuple(rows))

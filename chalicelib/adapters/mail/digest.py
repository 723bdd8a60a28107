"""What the morning's digest shows: money first, then what to do today."""

from typing import Any

from chalicelib.adapters.mail.letter import one_line
from chalicelib.adapters.mail.staff import Section, StaffRow, frame, place
from chalicelib.adapters.words.staff import StaffWords, counted, staff_words_in
from chalicelib.domain.customer import Language
from chalicelib.domain.formatting import amount, long_date, short_date
from chalicelib.domain.staff_mail import Digest, DigestItem, DigestList, Figure


def digest_layout(digest: Digest, language: Language, base_url: str) -> dict[str, Any]:
    """Return what a digest shows; sections without a row are left out."""
    words = staff_words_in(language)
    sections = [
        _received(digest, words, language, base_url),
        _overdue(digest, words, language, base_url),
        _listed(words.promised_today, digest.promised_today, words, language, base_url),
        _listed(words.promises_broken, digest.promises_broken, words, language, base_url),
        _listed(words.disputes_opened, digest.disputes_opened, words, language, base_url),
        _listed(words.disputes_late, digest.disputes_late, words, language, base_url),
        _going_out(digest, words, base_url),
        _waiting(digest, words, base_url),
    ]
    overdue = " + ".join(_money(one, language) for one in digest.overdue if one.amount_minor)
    title = words.digest.format(day=long_date(digest.day, language))
    return {
        "title": title,
        "intro": words.overdue_now.format(amount=overdue) if overdue else None,
        "sections": [section for section in sections if section.rows],
        **frame(words, base_url, why=words.why_digest, path="/"),
    }


def _money(figure: Figure, language: Language) -> str:
    return amount(figure.amount_minor, figure.currency, language)


def _received(digest: Digest, words: StaffWords, language: Language, base_url: str) -> Section:
    is_yesterday = (digest.day - digest.since).days == 1
    title = (
        words.received_yesterday
        if is_yesterday
        else words.received_since.format(day=short_date(digest.since, language))
    )
    sums = [
        StaffRow(counted(words.payers, one.count), amount=_money(one, language))
        for one in digest.money_in
        if one.count > 1
    ]
    rows = [_item(one, words, language, base_url) for one in digest.payments.items]
    more = digest.payments.more
    return Section(title, (*sums, *rows), words.more.format(count=more) if more else None)


def _overdue(digest: Digest, words: StaffWords, language: Language, base_url: str) -> Section:
    rows = tuple(
        StaffRow(
            text=one.currency,
            note=_moved(one, words, language),
            amount=_money(one, language),
            href=f"{base_url}/invoices?tab=overdue",
            is_late=one.amount_minor > 0,
        )
        for one in digest.overdue
    )
    return Section(words.overdue, rows)


def _moved(figure: Figure, words: StaffWords, language: Language) -> str:
    if not figure.change_minor:
        return words.unchanged
    by = amount(abs(figure.change_minor), figure.currency, language)
    return (words.risen if figure.change_minor > 0 else words.fallen).format(amount=by)


def _listed(
    title: str, listed: DigestList, words: StaffWords, language: Language, base_url: str
) -> Section:
    rows = tuple(_item(one, words, language, base_url) for one in listed.items)
    more = words.more.format(count=listed.more) if listed.more else None
    return Section(title, rows, more)


def _item(item: DigestItem, words: StaffWords, language: Language, base_url: str) -> StaffRow:
    note = None
    if item.day is not None:
        day = short_date(item.day, language)
        pattern = words.deadline if item.number else words.promised_for
        note = pattern.format(day=day, number=one_line(item.number or ""))
    name = one_line(item.customer_name)
    return StaffRow(
        text=words.unidentified if name in ("", "—") else name,
        note=note,
        amount=amount(item.amount_minor, item.currency, language),
        href=place(base_url, item.subject, item.subject_id),
    )


def _going_out(digest: Digest, words: StaffWords, base_url: str) -> Section:
    count = digest.reminders_today
    rows = (StaffRow(counted(words.reminders, count), href=f"{base_url}/customers"),)
    return Section(words.goes_out, rows if count else ())


def _waiting(digest: Digest, words: StaffWords, base_url: str) -> Section:
    rows = []
    if digest.approvals_waiting:
        rows.append(
            StaffRow(
                words.approvals_waiting,
                amount=str(digest.approvals_waiting),
                href=f"{base_url}/approvals",
            )
        )
    by_label: dict[str, int] = {}
    for what, count in digest.work.items():
        label = words.work.get(what, words.other_work)
        by_label[label] = by_label.get(label, 0) + count
    rows += [
        StaffRow(label, amount=str(count), href=f"{base_url}/work")
        for label, count in sorted(by_label.items(), key=lambda each: (-each[1], each[0]))
    ]
    return Section(words.waiting, tuple(rows))

"""What a reminder says: derived from the open items, whatever the template's tone."""

from datetime import timedelta
from typing import Any, Final

from chalicelib.adapters.mail.letter import Payment, Teller, one_line, working_day_from
from chalicelib.adapters.words import words_in
from chalicelib.domain.account import OpenItem
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Language
from chalicelib.domain.formatting import grouped_iban
from chalicelib.usecases.ports import ReminderLetter

_DEADLINE_DAYS: Final = 7
_NAMED_IN_REFERENCE: Final = 3  # a bank's remittance text has room for so many numbers


def reminder_facts(letter: ReminderLetter, company: Company) -> dict[str, Any]:
    """Return the names that reminder templates may use."""
    language: Language = "en" if letter.language == "en" else "es"
    words = words_in(language)
    teller = Teller(letter.currency, language, letter.today, words)
    overdue = [item for item in letter.items if item.due_date < letter.today]
    upcoming = [item for item in letter.items if item.due_date >= letter.today]
    upcoming_minor = letter.open_minor - letter.overdue_minor
    # What is not listed is due last: it belongs to the overdue only if all that is listed does.
    hidden_overdue = bool(letter.more_items) and not upcoming
    late = teller.group(overdue, letter.overdue_minor, has_more=hidden_overdue)
    ahead = teller.group(upcoming, upcoming_minor, has_more=bool(letter.more_items))
    deadline = working_day_from(letter.today + timedelta(days=_DEADLINE_DAYS))
    return {
        "words": words,
        "language": language,
        "customer_name": one_line(letter.customer_name),
        "overdue": late,
        "upcoming": ahead,
        "upcoming_amount": teller.money(upcoming_minor) if upcoming_minor else None,
        "main": late or ahead,
        "deadline": teller.day(deadline),
        "rows": [teller.row(item) for item in letter.items],
        "more": _more(letter.more_items, teller),
        "sums": _sums(letter, teller),
        "unapplied": teller.money(letter.unapplied_minor) if letter.unapplied_minor else None,
        "payment": _payment(letter, company, teller, overdue),
    }


def _more(count: int, teller: Teller) -> str | None:
    if count == 1:
        return teller.words.more_of_one
    return teller.words.more_of_many.format(count=count) if count else None


def _sums(letter: ReminderLetter, teller: Teller) -> list[tuple[str, str]]:
    words = teller.words
    if len(letter.items) == 1 and not letter.more_items and not letter.unapplied_minor:
        return []
    sums = [(words.total_open, teller.money(letter.open_minor))]
    if 0 < letter.overdue_minor < letter.open_minor:
        sums.append((words.of_it_overdue, teller.money(letter.overdue_minor)))
    if letter.unapplied_minor:
        sums.append((words.unapplied, teller.money(-letter.unapplied_minor)))
    return sums


def _payment(
    letter: ReminderLetter, company: Company, teller: Teller, overdue: list[OpenItem]
) -> Payment | None:
    """Return the box, or None when the customer's unapplied money covers all that is open."""
    is_overdue = letter.overdue_minor > letter.unapplied_minor
    asked_minor = (
        letter.overdue_minor if is_overdue else letter.open_minor
    ) - letter.unapplied_minor
    if asked_minor <= 0:
        return None
    asked = overdue if is_overdue else list(letter.items)
    return Payment(
        amount=teller.money(asked_minor),
        when=_when(asked, teller),
        is_overdue=is_overdue,
        facts=payment_facts(company, _reference(asked, letter.more_items, teller), teller),
    )


def _when(asked: list[OpenItem], teller: Teller) -> str:
    first = asked[0].due_date
    words = teller.words
    if first < teller.today:
        return words.overdue_since.format(date=teller.day(first))
    is_same_day = asked[-1].due_date == first
    return (words.due_on if is_same_day else words.first_due_on).format(date=teller.day(first))


def _reference(asked: list[OpenItem], more_items: int, teller: Teller) -> str:
    numbers = [one_line(item.number) for item in asked]
    if more_items or len(numbers) > _NAMED_IN_REFERENCE:
        return teller.words.reference_of_many
    return ", ".join(numbers)


def payment_facts(company: Company, reference: str, teller: Teller) -> tuple[tuple[str, str], ...]:
    """Return how to pay: the account where there is one, and what to quote."""
    quoted = (teller.words.reference, reference)
    if not company.iban:
        return (quoted,)
    return (
        (teller.words.holder, one_line(company.name)),
        ("IBAN", grouped_iban(one_line(company.iban))),
        quoted,
    )

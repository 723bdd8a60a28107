"""How a reminder is laid out: the box, the list and the sums around its words."""

from typing import Any

from chalicelib.adapters.mail.action import answer_action
from chalicelib.adapters.mail.debt import Debt, debt_of, notes_of, reference_of
from chalicelib.adapters.mail.letter import Payment, Teller, one_line
from chalicelib.adapters.mail.sender import farewell, greeting
from chalicelib.domain.company import Company
from chalicelib.domain.formatting import grouped_iban
from chalicelib.domain.template import TEMPLATES
from chalicelib.usecases.contents import ReminderLetter


def reminder_layout(letter: ReminderLetter, company: Company, subject: str) -> dict[str, Any]:
    """Return what the layout of a reminder with this subject shows."""
    debt = debt_of(letter)
    teller = debt.teller
    is_mail = TEMPLATES[letter.template] == "reminder"
    return {
        "words": teller.words,
        "language": teller.language,
        "greeting": greeting(
            teller.words, letter.tone, letter.contact_name or letter.customer_name
        ),
        "regards": farewell(teller.words, letter.tone),
        "notes": notes_of(letter, debt),
        "rows": [teller.row(item) for item in letter.items],
        "more": _more(letter.more_items, teller),
        "sums": _sums(letter, teller),
        "payment": _payment(letter, company, debt),
        "action": answer_action(debt, letter, company, subject) if is_mail else None,
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


def _payment(letter: ReminderLetter, company: Company, debt: Debt) -> Payment | None:
    """Return the box, or None when the customer's unapplied money covers all that is open."""
    if debt.asked_minor <= 0 or not debt.asked:
        return None
    teller = debt.teller
    return Payment(
        amount=teller.money(debt.asked_minor),
        when=_when(debt, teller),
        is_overdue=letter.overdue_minor > letter.unapplied_minor,
        facts=payment_facts(company, reference_of(debt, letter.more_items), teller),
    )


def _when(debt: Debt, teller: Teller) -> str:
    first, words = debt.asked[0].due_date, teller.words
    if first < teller.today:
        return words.overdue_since.format(date=teller.day(first))
    is_same_day = debt.asked[-1].due_date == first
    return (words.due_on if is_same_day else words.first_due_on).format(date=teller.day(first))


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

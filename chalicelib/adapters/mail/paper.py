"""What a letter on paper says beside the words of its template.

A claim that is to count names creditor and debtor, the debt, where it comes from, its amount and a
term. It threatens nothing: it says that the law gives further steps.
"""

from datetime import timedelta
from typing import Final, NamedTuple

from chalicelib.adapters.mail.debt import deadline_of, debt_of, debt_values
from chalicelib.adapters.mail.letter import working_day_from
from chalicelib.adapters.words.paper import paper_words
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Language
from chalicelib.domain.formatting import long_date
from chalicelib.usecases.contents import ReminderLetter

LAST_NOTICE: Final = "letter_last_notice"
_TERM_DAYS: Final = 10


class Claimed(NamedTuple):
    """What a letter claims, minor units: principal, and each charge for being late."""

    principal_minor: int
    interest_minor: int
    compensation_minor: int
    fee_minor: int

    @property
    def total_minor(self) -> int:
        """All of it."""
        return sum(self)


def claimed_in(letter: ReminderLetter) -> Claimed:
    """Return what a letter claims: the amount that its mail would ask for, and late charges."""
    return Claimed(
        principal_minor=debt_of(letter).asked_minor,
        interest_minor=sum(one.interest_minor for one in letter.late_charges),
        compensation_minor=sum(one.compensation_minor for one in letter.late_charges),
        fee_minor=sum(one.fee_minor for one in letter.late_charges),
    )


def on_paper(letter: ReminderLetter) -> ReminderLetter:
    """Return a letter with its term: longer than that of a mail, since it travels for days."""
    last = working_day_from(letter.today + timedelta(days=_TERM_DAYS))
    return letter if letter.reply_by else letter.but(reply_by=last)


def letter_values(letter: ReminderLetter, company: Company) -> dict[str, str]:
    """Return the value of each placeholder of a letter."""
    return debt_values(letter, company)


def language_of(letter: ReminderLetter) -> Language:
    """Return the language of a letter."""
    return "en" if letter.language == "en" else "es"


def said_at_the_end(letter: ReminderLetter, company: Company) -> list[str]:
    """Return what a last notice says whatever its template: the term, and what the law makes of it.

    The term is named by its last day, so that it does not depend on when the letter arrives.
    """
    if letter.template != LAST_NOTICE:
        return []
    paper, language = paper_words(language_of(letter)), language_of(letter)
    term = paper.term.format(date=long_date(deadline_of(letter), language))
    return [term, *([paper.law] if company.country == "ES" else [])]

"""What the placeholders of a reminder or a formal letter say: finished strings."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from chalicelib.adapters.mail.letter import Group, Teller, one_line, working_day_from
from chalicelib.adapters.mail.sender import common_values
from chalicelib.adapters.words import words_in
from chalicelib.adapters.words.quoting import what_to_quote
from chalicelib.adapters.words.sentences import Sentences, sentences_in
from chalicelib.domain.account import OpenItem
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Language
from chalicelib.domain.dunning import to_pay_minor
from chalicelib.usecases.contents import ReminderLetter, StepCharge

_DEADLINE_DAYS: Final = 7


class Debt(NamedTuple):
    """What is open of a letter, parted into what is overdue and what is not due yet.

    ``main`` is the part that the letter is about, ``items`` its invoices as far as they are listed;
    ``asked_minor`` what is to be paid of ``asked``, less unapplied money.
    """

    teller: Teller
    sentences: Sentences
    overdue: Group | None
    upcoming: Group | None
    upcoming_minor: int
    items: tuple[OpenItem, ...]
    invoice_count: int
    asked: tuple[OpenItem, ...]
    asked_minor: int

    @property
    def main(self) -> Group | None:
        """What the letter is about: the overdue part if there is one."""
        return self.overdue or self.upcoming

    @property
    def is_overdue_asked(self) -> bool:
        """Tell whether what is to be paid is overdue."""
        return bool(self.asked) and self.asked[0].due_date < self.teller.today


def debt_of(letter: ReminderLetter) -> Debt:
    """Return what is open of a letter, sorted."""
    language: Language = "en" if letter.language == "en" else "es"
    teller = Teller(letter.currency, language, letter.today, words_in(language))
    overdue = [item for item in letter.items if item.due_date < letter.today]
    upcoming = [item for item in letter.items if item.due_date >= letter.today]
    upcoming_minor = letter.open_minor - letter.overdue_minor
    # What is not listed is due last: it belongs to the overdue only if all that is listed does.
    hidden_overdue = bool(letter.more_items) and not upcoming
    items = overdue or upcoming
    is_hidden = hidden_overdue if overdue else bool(letter.more_items)
    is_late = letter.overdue_minor > letter.unapplied_minor
    return Debt(
        teller=teller,
        sentences=sentences_in(language),
        overdue=teller.group(overdue, letter.overdue_minor, has_more=hidden_overdue),
        upcoming=teller.group(upcoming, upcoming_minor, has_more=bool(letter.more_items)),
        upcoming_minor=upcoming_minor,
        items=tuple(items),
        invoice_count=len(items) + (letter.more_items if is_hidden else 0),
        asked=tuple(overdue) if is_late else letter.items,
        asked_minor=to_pay_minor(
            open_minor=letter.open_minor,
            overdue_minor=letter.overdue_minor,
            unapplied_minor=letter.unapplied_minor,
        ),
    )


def debt_values(letter: ReminderLetter, company: Company) -> dict[str, str]:
    """Return the value of each placeholder of a reminder or a formal letter."""
    debt = debt_of(letter)
    teller, main = debt.teller, debt.main
    first = debt.items[0].due_date if debt.items else letter.today
    return {
        **common_values(
            company,
            customer=letter.customer_name,
            contact=letter.contact_name,
            today=letter.today,
            language=teller.language,
        ),
        **spoken_of(debt),
        "what_is_owed": what_is_owed(debt),
        "amount": main.amount if main else teller.money(0),
        "amount_to_pay": teller.money(debt.asked_minor),
        "how_long": teller.age(first),
        "deadline": teller.day(deadline_of(letter)),
        "due_date": teller.day(first),
        "days_overdue": str(max((letter.today - first).days, 0)),
        "oldest_invoice": main.number if main else "",
        "invoice_count": str(debt.invoice_count),
        "overdue_amount": teller.money(letter.overdue_minor),
        "upcoming_amount": teller.money(debt.upcoming_minor),
        "total_open": teller.money(letter.open_minor),
        "late_charges": teller.money(sum(_sum_of(one) for one in letter.late_charges)),
        "payment_reference": reference_of(debt, letter.more_items),
    }


def what_is_owed(debt: Debt) -> str:
    """Return in a sentence or two what is owed and since when."""
    said = debt.sentences
    late, ahead = debt.overdue, debt.upcoming
    if late is None:
        return _of_group(ahead, said.upcoming_one, said.upcoming_part, said.upcoming_many)
    sentence = _of_group(late, said.overdue_one, said.overdue_part, said.overdue_many)
    if not debt.upcoming_minor:
        return sentence
    return f"{sentence} {said.also_upcoming.format(amount=debt.teller.money(debt.upcoming_minor))}"


def _of_group(group: Group | None, one: str, part: str, many: str) -> str:
    if group is None:
        return ""
    sentence = many if not group.is_one else one if group.total is None else part
    return sentence.format(
        number=group.number,
        amount=group.amount,
        total=group.total,
        date=group.due_on,
        age=group.age,
    )


def spoken_of(debt: Debt) -> dict[str, str]:
    """Return how the invoices are spoken of: one or several, overdue or not yet due."""
    said = debt.sentences
    is_late = debt.overdue is not None
    is_one = debt.main is None or debt.main.is_one
    number = debt.main.number if debt.main else ""
    date_words = {
        (True, True): said.was_due,
        (True, False): said.first_was_due,
        (False, True): said.is_due,
        (False, False): said.first_is_due,
    }[is_late, is_one]
    return {
        "invoices": (said.one_invoice if is_one else said.many_invoices).format(
            number=number, count=debt.invoice_count
        ),
        "invoices_title": (said.one_title if is_one else said.many_titles).format(
            number=number, count=debt.invoice_count
        ),
        "the_invoices": said.the_one if is_one else said.the_many,
        "when_due": date_words.format(date=debt.main.due_on if debt.main else ""),
        "state": said.overdue if is_late else said.outstanding,
    }


def deadline_of(letter: ReminderLetter) -> date:
    """Return the day until which an answer is waited for."""
    return letter.reply_by or working_day_from(letter.today + timedelta(days=_DEADLINE_DAYS))


def reference_of(debt: Debt, more_items: int) -> str:
    """Return what to quote with the transfer."""
    if more_items or not debt.asked:
        return debt.teller.words.reference_of_many if more_items else ""
    return what_to_quote([one_line(item.number) for item in debt.asked], debt.teller.words)


def notes_of(letter: ReminderLetter, debt: Debt) -> list[str]:
    """Return what is said whatever the template: money without an invoice, and late charges."""
    money, said = debt.teller.money, debt.sentences
    notes = []
    if letter.late_charges:
        notes.append(_charges(letter.late_charges, debt))
    if letter.unapplied_minor:
        notes.append(said.unapplied.format(amount=money(letter.unapplied_minor)))
    return notes


def _charges(charges: tuple[StepCharge, ...], debt: Debt) -> str:
    money, said = debt.teller.money, debt.sentences
    named = (
        (said.interest, sum(one.interest_minor for one in charges)),
        (said.compensation, sum(one.compensation_minor for one in charges)),
        (said.fee, sum(one.fee_minor for one in charges)),
    )
    parts = [words.format(amount=money(minor)) for words, minor in named if minor]
    *most, last = parts or [money(0)]
    listed = f"{', '.join(most)}{said.last_of_list}{last}" if most else last
    total = money(sum(_sum_of(one) for one in charges))
    return said.late_charges.format(amount=total, parts=listed)


def _sum_of(charge: StepCharge) -> int:
    return charge.interest_minor + charge.compensation_minor + charge.fee_minor

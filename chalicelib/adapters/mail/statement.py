"""What the mail that carries a statement of account says. It informs, and demands nothing."""

from typing import Any

from chalicelib.adapters.mail.letter import Payment, Row, Teller, one_line
from chalicelib.adapters.mail.reminder import payment_facts
from chalicelib.adapters.mail.sender import common_values, farewell, greeting
from chalicelib.adapters.words import words_in
from chalicelib.adapters.words.paper import paper_words
from chalicelib.adapters.words.quoting import what_to_quote
from chalicelib.domain.company import Company
from chalicelib.domain.formatting import long_date, short_date
from chalicelib.domain.message import MAX_LISTED
from chalicelib.domain.statement import Statement, StatementItem
from chalicelib.usecases.statement_letter import StatementLetter


def statement_values(letter: StatementLetter, company: Company) -> dict[str, str]:
    """Return the value of each placeholder of the mail."""
    one, teller = letter.statement, _teller(letter)
    paper = paper_words(letter.language)
    period = paper.from_to.format(first=teller.day(one.first), last=teller.day(one.last))
    return {
        **common_values(
            company,
            customer=one.customer_name,
            contact=letter.name,
            today=one.due.on,
            language=letter.language,
        ),
        "period": period,
        "opening_balance": teller.money(one.opening_minor),
        "closing_balance": teller.money(one.closing_minor),
        "what_is_owed": _what_is_owed(letter, teller),
        "amount_to_pay": teller.money(one.due.to_pay_minor),
        "overdue_amount": teller.money(one.due.overdue_minor),
        "upcoming_amount": teller.money(one.due.to_pay_minor - one.due.overdue_minor),
        "total_open": teller.money(one.due.open_minor),
    }


def _teller(letter: StatementLetter) -> Teller:
    one = letter.statement
    return Teller(one.currency, letter.language, one.due.on, words_in(letter.language))


def _what_is_owed(letter: StatementLetter, teller: Teller) -> str:
    paper, due = paper_words(letter.language), letter.statement.due
    today = long_date(due.on, letter.language)
    if not due.to_pay_minor:
        return paper.owes_nothing.format(today=today)
    said = paper.owes_overdue if due.overdue_minor else paper.owes_in_time
    return said.format(
        today=today,
        amount=teller.money(due.to_pay_minor),
        overdue=teller.money(due.overdue_minor),
    )


def statement_layout(letter: StatementLetter, company: Company) -> dict[str, Any]:
    """Return what the layout of the mail shows around its words."""
    one, teller = letter.statement, _teller(letter)
    open_now = [item for item in one.items if item.open_now_minor]
    return {
        "words": teller.words,
        "language": letter.language,
        "greeting": greeting(teller.words, "neutral", letter.name),
        "regards": farewell(teller.words, "neutral"),
        "notes": _notes(letter, teller),
        "rows": [_row(item, teller) for item in open_now[:MAX_LISTED]],
        "more": _more(len(open_now) - MAX_LISTED, teller),
        "payment": _payment(one, open_now, company, teller),
    }


def _notes(letter: StatementLetter, teller: Teller) -> list[str]:
    paper, due = paper_words(letter.language), letter.statement.due
    notes = []
    if due.resting_minor:
        notes.append(paper.not_asked.format(amount=teller.money(due.resting_minor)))
    if due.unapplied_minor:
        notes.append(paper.in_your_favour.format(amount=teller.money(due.unapplied_minor)))
    return notes


def _row(item: StatementItem, teller: Teller) -> Row:
    total = teller.words.of_total.format(total=teller.money(item.total_minor))
    return Row(
        number=one_line(item.number),
        due=short_date(item.due_date, teller.language),
        age=_age(item, teller),
        open=teller.money(item.open_now_minor),
        of_total=total if item.open_now_minor != item.total_minor else None,
        is_overdue=item.due_date < teller.today and not item.marks,
    )


def _age(item: StatementItem, teller: Teller) -> str:
    marks = paper_words(teller.language).marks
    said = [marks[one.kind].format(amount=teller.money(one.amount_minor)) for one in item.marks]
    return "; ".join([teller.age(item.due_date), *said])


def _more(count: int, teller: Teller) -> str | None:
    if count == 1:
        return teller.words.more_of_one
    return teller.words.more_of_many.format(count=count) if count > 1 else None


def _payment(
    one: Statement, open_now: list[StatementItem], company: Company, teller: Teller
) -> Payment | None:
    due = one.due
    if not due.to_pay_minor:
        return None
    numbers = [one_line(item.number) for item in open_now]
    overdue = paper_words(teller.language).of_it_overdue
    return Payment(
        amount=teller.money(due.to_pay_minor),
        when=overdue.format(amount=teller.money(due.overdue_minor)) if due.overdue_minor else None,
        is_overdue=False,
        facts=payment_facts(company, what_to_quote(numbers, teller.words), teller),
    )

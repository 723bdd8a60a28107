"""A reminder as a letter on paper: it is folded into an envelope with a window."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from chalicelib.adapters.mail.debt import debt_of, notes_of, reference_of
from chalicelib.adapters.mail.letter import one_line
from chalicelib.adapters.mail.paper import claimed_in, language_of, said_at_the_end
from chalicelib.adapters.mail.sender import greeting
from chalicelib.adapters.pdf.closing import Transfer, draw_transfer
from chalicelib.adapters.pdf.grid import Column, GridRow, draw_grid, fitting
from chalicelib.adapters.pdf.page import BOTTOM, INK, LEFT, MUTED, RIGHT, WIDTH, Sheet, line_height
from chalicelib.adapters.pdf.paper import open_paper
from chalicelib.adapters.words import Words, words_in
from chalicelib.adapters.words.paper import PaperWords, paper_words
from chalicelib.domain.account import OpenItem
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Customer, Language
from chalicelib.domain.epc import remittance_for
from chalicelib.domain.formatting import amount, bare_amount, long_date, short_date
from chalicelib.domain.template import Filled
from chalicelib.usecases.contents import ReminderLetter

_BODY: Final = 10.0
_SUMS_LEFT: Final = 105.0
_SIGNATURE: Final = 42.0
_LOGO_WIDTH: Final = 60.0
_LOGO_HEIGHT: Final = 12.0  # what says who writes must end above the facts of the letter


class Window(NamedTuple):
    """Where the envelope shows the address; sender and facts stand on the other side. In mm."""

    address_left: float
    address_top: float
    sender_left: float
    width: float = 78.0


_ON_THE_RIGHT: Final = Window(address_left=112.0, address_top=48.0, sender_left=LEFT)
_ON_THE_LEFT: Final = Window(address_left=25.0, address_top=50.0, sender_left=112.0)
"""DIN 5008 form B, as in most of Europe; Spanish envelopes have their window on the right."""
_RIGHT_WINDOWS: Final = frozenset({"ES", "FR", "BE", "PT", "IT"})
_BELOW_THE_FOLD: Final = 98.0


class _Hand(NamedTuple):
    """What every part of the letter is drawn from."""

    letter: ReminderLetter
    company: Company
    customer: Customer
    language: Language
    words: Words
    paper: PaperWords

    def money(self, amount_minor: int) -> str:
        return amount(amount_minor, self.letter.currency, self.language)


def draw_letter(
    letter: ReminderLetter,
    company: Company,
    customer: Customer,
    text: Filled,
    logo: bytes | None = None,
) -> bytes:
    """Return the letter."""
    language = language_of(letter)
    paper, words = paper_words(language), words_in(language)
    hand = _Hand(letter, company, customer, language, words, paper)
    content = letter.but(customer_name=f"{customer.model_dump_json()}{text}")
    sheet = open_paper(
        content, company, words, name=text.subject, language=language, on=letter.today
    )
    sheet.logo = logo
    _draw_head(sheet, hand)
    y = sheet.paragraph(LEFT, _BELOW_THE_FOLD, text.subject, width=WIDTH, size=12, strong=True)
    hello = greeting(words, letter.tone, letter.contact_name or letter.customer_name)
    said = [hello, *text.opening, *notes_of(letter, debt_of(letter))]
    y = _draw_paragraphs(sheet, y + 5, said)
    y = _draw_debt(sheet, y + 3, hand)
    y = _draw_paragraphs(sheet, y + 6, [*text.closing, *said_at_the_end(letter, company)])
    y = _draw_farewell(sheet, y + 3, hand)
    _draw_transfer(sheet, y, hand)
    return bytes(sheet.output())


def _draw_head(sheet: Sheet, hand: _Hand) -> None:
    window = _ON_THE_RIGHT if hand.company.country in _RIGHT_WINDOWS else _ON_THE_LEFT
    company, words = hand.company, hand.words
    logo = sheet.draw_logo(window.sender_left, 8, width=_LOGO_WIDTH, height=_LOGO_HEIGHT)
    y = sheet.paragraph(
        window.sender_left, 10 + logo if logo else 17, company.name, width=window.width, size=13,
        strong=True, colour=sheet.accent,
    )  # fmt: skip
    identity = f"{words.tax_id} {company.tax_id}" if company.tax_id else ""
    reach = (company.address, identity, company.email, company.phone, company.website)
    text = "\n".join(part for part in reach if part)
    sheet.paragraph(window.sender_left, y + 1, text, width=window.width, size=8, colour=MUTED)
    _draw_address(sheet, window, hand)
    y = 62.0
    for label, fact in _facts(hand):
        sheet.text_at(window.sender_left, y, label, size=8.5, colour=MUTED)
        y = sheet.paragraph(window.sender_left + 24, y, fact, width=window.width - 24, size=8.5)
        y += 0.6


def _draw_address(sheet: Sheet, window: Window, hand: _Hand) -> None:
    sender = " · ".join(
        part for part in (hand.company.name, one_line(hand.company.address or "")) if part
    )
    line = next(iter(sheet.lines(sender, window.width, size=6)), "")
    sheet.text_at(window.address_left, window.address_top - 4, line, size=6, colour=MUTED)
    customer, letter = hand.customer, hand.letter
    attention = ""
    if letter.contact_name and letter.contact_name != customer.name:
        attention = hand.paper.attention.format(name=one_line(letter.contact_name))
    abroad = customer.country if customer.country != hand.company.country else ""
    text = "\n".join(part for part in (attention, customer.address, abroad) if part)
    y = sheet.paragraph(
        window.address_left, window.address_top, customer.name, width=window.width, size=10.5,
        strong=True,
    )  # fmt: skip
    sheet.paragraph(window.address_left, y, text, width=window.width, size=10.5)


def _facts(hand: _Hand) -> list[tuple[str, str]]:
    facts = [(hand.paper.letter_date, long_date(hand.letter.today, hand.language))]
    if hand.letter.reference:
        facts.append((hand.paper.our_reference, hand.letter.reference))
    if hand.customer.tax_id:
        facts.append((hand.paper.of_customer, f"{hand.words.tax_id} {hand.customer.tax_id}"))
    return facts


def _draw_paragraphs(sheet: Sheet, y: float, paragraphs: Sequence[str]) -> float:
    for paragraph in paragraphs:
        for line in sheet.lines(paragraph, WIDTH, size=_BODY):
            if y + line_height(_BODY) > BOTTOM:
                y = sheet.new_page()
            sheet.text_at(LEFT, y, line, size=_BODY)
            y += line_height(_BODY)
        y += 2.6
    return y


def _draw_debt(sheet: Sheet, y: float, hand: _Hand) -> float:
    letter, words, paper = hand.letter, hand.words, hand.paper
    rows = [GridRow(_cells(item, hand)) for item in letter.items]
    headings = (paper.date, words.due, paper.days_late, paper.total, words.open)
    columns = (
        Column(words.invoice),
        *(
            fitting(sheet, heading, (row.cells[index] for row in rows))
            for index, heading in enumerate(headings, start=1)
        ),
    )
    y = draw_grid(sheet, y, columns, rows)
    if letter.more_items:
        more = words.more_of_one if letter.more_items == 1 else words.more_of_many
        text = more.format(count=letter.more_items)
        y = sheet.paragraph(LEFT, y + 1.5, text, width=WIDTH, size=8.5, colour=MUTED)
    return _draw_sums(sheet, y + 2.5, hand)


def _cells(item: OpenItem, hand: _Hand) -> tuple[str, ...]:
    late = (hand.letter.today - item.due_date).days
    return (
        one_line(item.number),
        short_date(item.issue_date, hand.language),
        short_date(item.due_date, hand.language),
        str(late) if late > 0 else "",
        bare_amount(item.total_minor, hand.letter.currency, hand.language),
        bare_amount(item.open_minor, hand.letter.currency, hand.language),
    )


def _draw_sums(sheet: Sheet, y: float, hand: _Hand) -> float:
    sums = _sums(hand)
    if y + len(sums) * 5.4 + 4 > BOTTOM:
        y = sheet.new_page()
    for index, (label, amount_minor) in enumerate(sums):
        is_last = index == len(sums) - 1
        if is_last:
            sheet.rule(y, left=_SUMS_LEFT, colour=INK)
            y += 1.6
        size = 10.5 if is_last else 8.5
        text, width = hand.money(amount_minor), RIGHT - _SUMS_LEFT
        colour = INK if is_last else MUTED
        sheet.text_at(_SUMS_LEFT, y, label, size=size, strong=is_last, colour=colour)
        sheet.text_at(_SUMS_LEFT, y, text, width=width, align="R", size=size, strong=is_last)
        y += 5.4
    return y


def _sums(hand: _Hand) -> list[tuple[str, int]]:
    letter, words, paper = hand.letter, hand.words, hand.paper
    claimed = claimed_in(letter)
    open_minor = letter.overdue_minor or letter.open_minor
    parts = (
        (words.total_open, letter.open_minor),
        (words.of_it_overdue, letter.overdue_minor if open_minor != letter.open_minor else 0),
        (words.unapplied, -letter.unapplied_minor),
        (paper.interest, claimed.interest_minor),
        (paper.compensation, claimed.compensation_minor),
        (paper.fee, claimed.fee_minor),
    )
    sums = [(label, minor) for label, minor in parts if minor]
    return [*sums, (paper.total_claimed, claimed.total_minor)]


def _draw_farewell(sheet: Sheet, y: float, hand: _Hand) -> float:
    if y + _SIGNATURE > BOTTOM:
        y = sheet.new_page()
    sheet.text_at(LEFT, y, hand.paper.farewell, size=_BODY)
    y += 24
    sheet.set_draw_color(*MUTED)
    sheet.set_line_width(0.2)
    sheet.line(LEFT, y, LEFT + 70, y)
    return sheet.paragraph(LEFT, y + 1.5, hand.company.name, width=WIDTH, size=_BODY)


def _draw_transfer(sheet: Sheet, y: float, hand: _Hand) -> float:
    claimed = claimed_in(hand.letter)
    if not claimed.total_minor:
        return y
    debt = debt_of(hand.letter)
    numbers = [one_line(item.number) for item in debt.asked]
    transfer = Transfer(
        reference_of(debt, hand.letter.more_items),
        claimed.total_minor,
        hand.letter.currency,
        hand.language,
        remittance_for(numbers),
    )
    return draw_transfer(sheet, y, transfer, hand.company, hand.words)

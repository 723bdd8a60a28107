"""The one button of a mail: what it says, where it leads, and in which colours it can be read."""

from typing import Final, NamedTuple
from urllib.parse import quote

from chalicelib.adapters.mail.debt import Debt, spoken_of
from chalicelib.adapters.words import Words
from chalicelib.domain.company import Company
from chalicelib.usecases.contents import PERSONAL, ReminderLetter

INK: Final = "#181c21"
PAPER: Final = "#ffffff"


class Action(NamedTuple):
    """What the button says and opens; ``is_link`` when a reader of plain text can use it."""

    label: str
    url: str

    @property
    def is_link(self) -> bool:
        """Tell whether the address is worth printing in text."""
        return self.url.startswith(("https://", "http://"))


def portal_action(words: Words, base_url: str, *, is_owed: bool) -> Action:
    """Return the button that opens the portal: to pay, or to see the account."""
    label = words.view_and_pay if is_owed else words.view_account
    return Action(label, f"{base_url}{PERSONAL}")


def answer_action(
    debt: Debt, letter: ReminderLetter, company: Company, subject: str
) -> Action | None:
    """Return the button that prepares the customer's answer: on which day it will pay.

    None when nothing is to be paid, or when nobody at the company reads mail.
    """
    address = letter.reply_to or company.reply_to or company.email
    if address is None or debt.asked_minor <= 0:
        return None
    invoices = spoken_of(debt)["invoices"]
    amount = debt.teller.money(debt.asked_minor)
    text = debt.sentences.answer_text.format(invoices=invoices, amount=amount)
    asked = f"subject={quote(f'Re: {subject}', safe='')}&body={quote(text, safe='')}"
    return Action(debt.sentences.answer_label, f"mailto:{quote(address, safe='@')}?{asked}")


def text_on(accent: str) -> str:
    """Return the colour of words on the company's accent: white or ink, what is read better."""
    return max((PAPER, INK), key=lambda colour: contrast(accent, colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    # The constants of sRGB.
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004

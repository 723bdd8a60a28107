"""What every mail says of its sender and reader, and the words for greeting and farewell."""

from datetime import date

from chalicelib.adapters.mail.letter import one_line
from chalicelib.adapters.words import Words
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Language
from chalicelib.domain.formatting import grouped_iban, long_date
from chalicelib.domain.step import Tone


def common_values(
    company: Company, *, customer: str, contact: str | None, today: date, language: Language
) -> dict[str, str]:
    """Return the placeholders that every purpose offers."""
    return {
        "customer": one_line(customer),
        "contact": one_line(contact or customer),
        "company": one_line(company.name),
        "company_phone": one_line(company.phone or ""),
        "company_email": one_line(company.reply_to or company.email or ""),
        "iban": grouped_iban(one_line(company.iban)) if company.iban else "",
        "today": long_date(today, language),
    }


def greeting(words: Words, tone: Tone, name: str) -> str:
    """Return how the reader is addressed."""
    said = words.greeting_friendly if tone == "friendly" else words.greeting
    return said.format(name=one_line(name))


def farewell(words: Words, tone: Tone) -> str:
    """Return how the sender takes leave."""
    by_tone = {"friendly": words.regards_friendly, "firm": words.regards_firm}
    return by_tone.get(tone, words.regards)

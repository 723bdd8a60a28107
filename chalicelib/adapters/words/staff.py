"""The words of mails to staff: notices and the morning's digest."""

from typing import Final

from chalicelib.adapters.words.staff_english import ENGLISH
from chalicelib.adapters.words.staff_labels import Count, StaffWords
from chalicelib.adapters.words.staff_spanish import SPANISH
from chalicelib.domain.customer import Language

__all__ = ["StaffWords", "counted", "staff_words_in"]

_WORDS: Final[dict[Language, StaffWords]] = {"es": SPANISH, "en": ENGLISH}


def staff_words_in(language: Language) -> StaffWords:
    """Return the words of a language."""
    return _WORDS[language]


def counted(forms: Count, count: int) -> str:
    """Return a count with its word in the right number."""
    return forms[0] if count == 1 else forms[1].format(count=count)

"""The words of mails and documents: one dictionary a language, each word once."""

from typing import Final

from chalicelib.adapters.words.english import ENGLISH
from chalicelib.adapters.words.labels import Words
from chalicelib.adapters.words.spanish import SPANISH
from chalicelib.domain.customer import Language

__all__ = ["Words", "words_in"]

_WORDS: Final[dict[Language, Words]] = {"es": SPANISH, "en": ENGLISH}


def words_in(language: Language) -> Words:
    """Return the words of a language."""
    return _WORDS[language]

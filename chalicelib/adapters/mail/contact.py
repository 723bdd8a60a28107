"""What the mail says that tells an address that another one is to take its place."""

from typing import Any, Final, NamedTuple

from chalicelib.adapters.mail.letter import one_line
from chalicelib.adapters.mail.sender import farewell, greeting
from chalicelib.adapters.words import words_in
from chalicelib.domain.customer import Language
from chalicelib.domain.template import Filled


class _Said(NamedTuple):
    subject: str
    opening: str
    closing: str


_SAID: Final[dict[Language, _Said]] = {
    "es": _Said(
        "Han pedido que escribamos a otra dirección",
        "Alguien que tiene el enlace a su portal ha pedido que {company} escriba a {email} en "
        "lugar de a esta dirección. Nada cambia hasta que lo confirmemos.",
        "Si no han sido ustedes, responda a este correo.",
    ),
    "en": _Said(
        "Somebody asks us to write to another address",
        "Somebody who has the link to your portal asks that {company} writes to {email} in place "
        "of this address. Nothing changes until we confirm it.",
        "If it was none of you, please reply to this mail.",
    ),
}


def contact_words(email: str, company_name: str, language: Language) -> Filled:
    """Return subject and paragraphs."""
    said = _SAID[language]
    opening = said.opening.format(email=one_line(email), company=one_line(company_name))
    return Filled(said.subject, (opening,), (said.closing,))


def contact_layout(name: str, language: Language) -> dict[str, Any]:
    """Return what the layout of the mail shows around its words: no button, for it asks nothing."""
    words = words_in(language)
    return {
        "words": words,
        "language": language,
        "greeting": greeting(words, "neutral", name),
        "regards": farewell(words, "neutral"),
        "has_portal": False,
    }

"""The words of a mail or a letter: the company's text or the shipped one, with its values."""

from collections.abc import Mapping

from chalicelib.adapters.mail.shipped import shipped_text
from chalicelib.domain.customer import Language
from chalicelib.domain.template import Filled, TemplateText, can_be_filled, filled


def words_of(
    template_id: str,
    language: Language,
    values: Mapping[str, str],
    text: TemplateText | None = None,
) -> Filled:
    """Return the words of a template with these values, by the placeholders' English names.

    ``text`` is the company's own. One that cannot be filled any more gives way to the shipped text:
    a mail is never lost for its words (``usecases/templates.py`` tells staff). InvariantBroken for
    a template that is none of ours.
    """
    shipped = shipped_text(template_id, language)
    usable = text is not None and can_be_filled(text, template_id)
    return filled(text if usable and text is not None else shipped, values)

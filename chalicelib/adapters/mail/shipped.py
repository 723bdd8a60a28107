"""The texts that ship: one file a language and template, in the form that staff edit them in.

The first line is the subject; a line ``---`` parts the opening from the closing.
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

from chalicelib.domain.customer import Language
from chalicelib.domain.errors import InvariantBroken
from chalicelib.domain.template import TEMPLATES, TemplateText

FOLDER: Final = Path(__file__).parent.parent.parent / "templates"
_DIVIDER: Final = "\n---\n"


@lru_cache(maxsize=64)  # more than there are
def shipped_text(template_id: str, language: Language) -> TemplateText:
    """Return the text that ships. InvariantBroken for a template that is none of ours."""
    if template_id not in TEMPLATES:
        raise InvariantBroken(f"There is no template {template_id!r}.")
    written = (FOLDER / language / f"{template_id}.txt").read_text(encoding="utf-8")
    subject, _, body = written.partition("\n")
    opening, _, closing = body.partition(_DIVIDER)
    return TemplateText(
        subject=subject.strip(), opening=opening.strip("\n"), closing=closing.strip("\n")
    )

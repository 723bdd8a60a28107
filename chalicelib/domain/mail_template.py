"""The company's own texts of mails, every version of them, and which one a mail is written with."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from chalicelib.domain.base import Record
from chalicelib.domain.customer import Language
from chalicelib.domain.template import TemplateText

EVERYBODY = ""
"""Stands for the segment of a text that is for all customers."""


class MailTemplate(Record):
    """The present text of a template in a language, for a segment of customers or for all.

    Where staff never touched one there is no record. ``is_own`` is false once the company has gone
    back: then the next text in the order applies, as if there were no record.
    """

    kind: ClassVar[str] = "mail_template"

    id: str
    language: Language
    segment: str = EVERYBODY
    is_own: bool = True
    subject: str = ""
    opening: str = ""
    closing: str = ""
    changed_at: datetime
    changed_by: str

    @property
    def text(self) -> TemplateText:
        """The words."""
        return TemplateText(subject=self.subject, opening=self.opening, closing=self.closing)


class MailTemplateVersion(Record):
    """A text as it was, kept for good. ``restored_from`` is the version that it brought back."""

    kind: ClassVar[str] = "mail_template_version"

    template_id: str
    language: Language
    segment: str = EVERYBODY
    number: int
    is_own: bool = True
    subject: str = ""
    opening: str = ""
    closing: str = ""
    restored_from: int | None = None
    changed_at: datetime
    changed_by: str

    @property
    def place(self) -> str:
        """Which text this is a version of."""
        return place_of(self.template_id, self.language, self.segment)

    @property
    def text(self) -> TemplateText:
        """The words."""
        return TemplateText(subject=self.subject, opening=self.opening, closing=self.closing)


def place_of(template_id: str, language: str, segment: str) -> str:
    """Return the one name of a text: its template, language and segment."""
    return f"{template_id}#{language}#{segment}"


def version_of(template: MailTemplate, restored_from: int | None = None) -> MailTemplateVersion:
    """Return the immutable copy of a template as it is now."""
    fields = template.model_dump(exclude={"id", "version"})
    return MailTemplateVersion(
        template_id=template.id, number=template.version, restored_from=restored_from, **fields
    )


def chosen(find: Callable[[str], MailTemplate | None], segment: str | None) -> MailTemplate | None:
    """Return the company's own text for a customer of this segment; None: the shipped one.

    ``find`` gives the record for a segment, ``EVERYBODY`` for all. The segment's own text goes
    before the text for all.
    """
    for wanted in dict.fromkeys((segment or EVERYBODY, EVERYBODY)):
        found = find(wanted)
        if found is not None and found.is_own:
            return found
    return None

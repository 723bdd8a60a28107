"""Bodies about the texts of mails and their placeholders."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.api.schemas.base import Answer, Identifier, Instant, OneLine, Request

Language = Literal["es", "en"]
Purpose = Literal["reminder", "letter", "invoice", "credit_note", "statement"]
Words = Annotated[str, Field(description="words with {{placeholders}}; see GET /v1/placeholders")]


class TemplateInput(Request):
    """A text. An empty line begins a new paragraph."""

    subject: Words
    opening: Words
    closing: Words


class TemplateDraft(TemplateInput):
    """A text that is being written."""

    language: Language


class TemplatePreviewInput(TemplateDraft):
    """A text to be shown with a customer's account, or with an invented one."""

    customer_id: Identifier | None = None


class TemplateRestore(Request):
    """Which version to bring back; 0 is the text that applies without words of one's own."""

    language: Language
    segment: OneLine | None = None
    number: Annotated[int, Field(ge=0)]


class TemplateText(Answer):
    """Words with placeholders."""

    subject: str
    opening: str
    closing: str


class TemplateRow(Answer):
    """Which text there is, and who changed it last.

    ``is_own`` is false where the company has no words of its own: the text for all customers
    applies, or the shipped one. ``version`` is 0 where staff never touched it.
    """

    id: str
    purpose: Purpose
    language: Language
    segment: str | None
    version: int
    is_own: bool
    subject: str
    changed_at: Instant | None
    changed_by: str | None


class Template(TemplateRow):
    """A text as it applies now, and the one that ships."""

    opening: str
    closing: str
    shipped: TemplateText


class Templates(Answer):
    """All texts: by template, by language, then those for segments of customers."""

    items: list[TemplateRow]


class TemplateVersion(TemplateText):
    """A text as it was. ``is_own`` is false where the company went back from its own words."""

    number: int
    is_own: bool
    restored_from: int | None
    changed_at: Instant
    changed_by: str


class TemplateProblem(Answer):
    """What is wrong with a text and where; ``names`` are the placeholders that would be right."""

    code: str
    field: Literal["subject", "opening", "closing"]
    line: int
    column: int
    length: int
    message: str
    name: str | None
    names: list[str]


class TemplateCheck(Answer):
    """All that keeps a text from being used."""

    problems: list[TemplateProblem]


class TemplatePreview(Answer):
    """The mail as it would be sent; ``is_example`` when its numbers are invented."""

    subject: str
    text: str
    html: str
    is_example: bool


class TemplateTrial(Answer):
    """To whom the test went."""

    to: str


class Placeholder(Answer):
    """What a text may name. Either name may be used in either language."""

    name: str
    name_es: str
    meaning_en: str
    meaning_es: str
    example_en: str
    example_es: str
    purposes: list[Purpose]
    may_be_empty: bool


class Placeholders(Answer):
    """All placeholders, the most useful first."""

    items: list[Placeholder]

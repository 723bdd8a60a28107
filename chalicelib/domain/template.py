"""Mail templates: which there are, what their text may say, and the text with values filled in."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Final, Literal, NamedTuple

from chalicelib.domain.base import Value
from chalicelib.domain.customer import Language
from chalicelib.domain.placeholders import BY_NAME, Placeholder, TemplatePurpose, offered
from chalicelib.domain.search_text import normal
from chalicelib.domain.template_syntax import Part, control_character, parts, place

Field = Literal["subject", "opening", "closing"]
FIELDS: Final[tuple[Field, ...]] = ("subject", "opening", "closing")

TEMPLATES: Final[dict[str, TemplatePurpose]] = {
    "reminder_before": "reminder",
    "reminder_first": "reminder",
    "reminder_second": "reminder",
    "reminder_firm": "reminder",
    "reminder_last": "reminder",
    "letter_formal": "letter",
    "letter_last_notice": "letter",
    "invoice": "invoice",
    "credit_note": "credit_note",
    "statement": "statement",
}
"""The texts that ship, and what each is for. A step of a ladder names a reminder or a letter."""

MAX_BYTES: Final = 20_000
"""Of a text in all: some six pages, and far below what a stored record may have."""
MAX_SUBJECT: Final = 200
MAX_PROBLEMS: Final = 20
_LONGEST_GUESS: Final = 40  # comparing longer names takes time and finds nothing
_CLOSE_ENOUGH: Final = 0.6

# Of each group a text must name one, in its opening or closing.
_REQUIRED: Final[dict[TemplatePurpose, tuple[str, ...]]] = {
    "reminder": ("what_is_owed", "amount", "amount_to_pay"),
    "letter": ("what_is_owed", "amount", "amount_to_pay"),
    "invoice": ("number",),
    "credit_note": ("number",),
    "statement": ("closing_balance", "total_open", "what_is_owed"),
}
_TERM: Final = ("deadline",)  # without a term a last notice is none


class TemplateText(Value):
    """The words of a template, with placeholders. An empty line begins a new paragraph."""

    subject: str
    opening: str
    closing: str

    def field(self, name: Field) -> str:
        """Return one of the three texts."""
        return str(getattr(self, name))

    def tidy(self) -> "TemplateText":
        """Return the text without spaces and empty lines at its ends."""
        return TemplateText(
            subject=self.subject.strip(" "),
            opening=self.opening.strip(" \n"),
            closing=self.closing.strip(" \n"),
        )


class Problem(NamedTuple):
    """What is wrong with a text, and where: line and column from 1, ``length`` characters long.

    ``names`` are the placeholders that would be right.
    """

    code: str
    field: Field
    line: int
    column: int
    length: int
    message: str
    name: str | None = None
    names: tuple[str, ...] = ()


def check(text: TemplateText, template_id: str, language: Language) -> tuple[Problem, ...]:
    """Return what keeps a text from being used for a template; nothing when it is sound."""
    size = sum(len(text.field(field).encode("utf-8", "replace")) for field in FIELDS)
    if size > MAX_BYTES:
        return (_too_long(text, size),)
    purpose = TEMPLATES[template_id]
    found = (one for field in FIELDS for one in _in_field(text, field, purpose, language))
    first = tuple(islice(found, MAX_PROBLEMS))
    return (*first, *_in_the_whole(text, template_id, language))[:MAX_PROBLEMS]


def can_be_filled(text: TemplateText, template_id: str) -> bool:
    """Tell whether each placeholder of a text still has a value in this template."""
    names = {name for one in offered(TEMPLATES[template_id]) for name in (one.name, one.spanish)}
    return all(
        not part.is_wrong and (part.name is None or part.name in names)
        for field in FIELDS
        for part in parts(text.field(field))
    )


def _too_long(text: TemplateText, size: int) -> Problem:
    longest = max(FIELDS, key=lambda field: len(text.field(field)))
    line, column = place(text.field(longest), len(text.field(longest)))
    message = f"The text has {size} bytes, more than {MAX_BYTES}."
    return Problem("template_too_long", longest, line, column, 1, message)


def _in_field(
    text: TemplateText, field: Field, purpose: TemplatePurpose, language: Language
) -> Iterator[Problem]:
    body = text.field(field)
    at = control_character(body, allowed="" if field == "subject" else "\n\t")
    if at is not None:
        what = "line break" if body[at] in "\r\n\u2028\u2029\x85" else "control character"
        where = "A subject" if field == "subject" else "A text"
        message = f"{where} cannot have a {what} here."
        yield _problem("template_control_character", field, body, at, 1, message)
        return
    for part in parts(body):
        wrong = _of_part(part, field, body, purpose, language)
        if wrong is not None:
            yield wrong


def _of_part(
    part: Part, field: Field, body: str, purpose: TemplatePurpose, language: Language
) -> Problem | None:
    length = len(part.text)
    if part.is_wrong:
        code, message = _stray(part, body)
        guess = _guess(part.inside or _after(body, part), purpose, language)
        return _problem(code, field, body, part.at, length, message, names=guess)
    if part.name is None:
        return None
    known = BY_NAME.get(part.name)
    if known is not None and purpose in known.purposes:
        return None
    guess = _guess(part.name, purpose, language)
    if known is not None:
        code, message = "placeholder_not_here", f"{part.text} has no value in this template."
    else:
        code, message = "unknown_placeholder", f"There is no placeholder {part.text}."
    if guess:
        message += f" Did you mean {{{{{guess[0]}}}}}?"
    return _problem(code, field, body, part.at, length, message, name=part.name, names=guess)


def _stray(part: Part, body: str) -> tuple[str, str]:
    if part.inside is not None:
        return "not_a_placeholder", (
            f"{part.text}: between double braces stands a name from the list, and nothing else."
        )
    if part.text == "{{" or (part.text.startswith("{") and "}" not in body[part.at :]):
        return "unclosed_placeholder", f"{part.text} is not closed by }}}}."
    return "stray_brace", f"{part.text} stands alone; a placeholder is written {{{{name}}}}."


def _after(body: str, part: Part) -> str:
    # What follows an opening brace that is not closed, up to the first space: the name it meant.
    rest = body[part.at + len(part.text) : part.at + len(part.text) + _LONGEST_GUESS]
    return rest.split()[0].strip("{}.,;:") if rest.split() else ""


def _guess(name: str, purpose: TemplatePurpose, language: Language) -> tuple[str, ...]:
    wanted = "_".join(normal(name[:_LONGEST_GUESS]).split())
    here = {name: one for one in offered(purpose) for name in (one.name, one.spanish)}
    close = get_close_matches(wanted, here, n=1, cutoff=_CLOSE_ENOUGH) if wanted else []
    return tuple(here[one].name_in(language) for one in close)


def _in_the_whole(text: TemplateText, template_id: str, language: Language) -> list[Problem]:
    found: list[Problem] = []
    if _may_be_blank(text.subject):
        message = "A subject needs words that are there in every mail."
        found.append(_problem("subject_may_be_empty", "subject", text.subject, 0, 1, message))
    elif len(text.subject) > MAX_SUBJECT:
        message = f"A subject has at most {MAX_SUBJECT} characters."
        found.append(_problem("subject_too_long", "subject", text.subject, MAX_SUBJECT, 1, message))
    groups = [_REQUIRED[TEMPLATES[template_id]]]
    if template_id == "letter_last_notice":
        groups.append(_TERM)
    named = {part.name for field in ("opening", "closing") for part in parts(getattr(text, field))}
    for group in groups:
        known = [BY_NAME[name] for name in group]
        if not any({one.name, one.spanish} & named for one in known):
            found.append(_missing(text, known, language))
    return found


def _may_be_blank(subject: str) -> bool:
    return not any(
        part.text.strip() if part.name is None else not _may_be_empty(part.name)
        for part in parts(subject)
    )


def _may_be_empty(name: str) -> bool:
    known = BY_NAME.get(name)
    return known is not None and known.may_be_empty


def _missing(text: TemplateText, known: list[Placeholder], language: Language) -> Problem:
    names = tuple(one.name_in(language) for one in known)
    written = " or ".join(f"{{{{{name}}}}}" for name in names)
    message = f"This template must say {known[0].meaning}: use {written}."
    return _problem(
        "missing_placeholder", "opening", text.opening, len(text.opening), 1, message, names=names
    )


def _problem(
    code: str,
    field: Field,
    body: str,
    at: int,
    length: int,
    message: str,
    *,
    name: str | None = None,
    names: tuple[str, ...] = (),
) -> Problem:
    line, column = place(body, at)
    return Problem(code, field, line, column, length, message, name, names)


class Filled(NamedTuple):
    """A text with its values: paragraphs of lines. What a value leaves empty is left out."""

    subject: str
    opening: tuple[str, ...]
    closing: tuple[str, ...]


def filled(text: TemplateText, values: Mapping[str, str]) -> Filled:
    """Return the text with its values, by the English names of the placeholders.

    KeyError for a placeholder without a value: see ``can_be_filled``. A value is put in as it is
    and never read for placeholders.
    """
    return Filled(
        subject=_line(text.subject, values),
        opening=_paragraphs(text.opening, values),
        closing=_paragraphs(text.closing, values),
    )


def _paragraphs(body: str, values: Mapping[str, str]) -> tuple[str, ...]:
    paragraphs: list[list[str]] = [[]]
    for line in body.split("\n"):
        if not line.strip():
            paragraphs.append([])
        elif written := _line(line, values):
            paragraphs[-1].append(written)
    return tuple("\n".join(lines) for lines in paragraphs if lines)


def _line(line: str, values: Mapping[str, str]) -> str:
    written = ""
    for part in parts(line):
        if part.name is None:
            written += part.text
            continue
        known = BY_NAME[part.name]
        value = values[known.name]
        begins = known.is_phrase and _begins_a_sentence(written)
        written += value[:1].upper() + value[1:] if begins else value
    return " ".join(written.split())


def _begins_a_sentence(before: str) -> bool:
    said = before.rstrip(" ¿¡«“\"'(")
    return not said or said[-1] in ".!?…"

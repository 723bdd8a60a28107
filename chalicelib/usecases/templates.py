"""The company's texts of mails: read, changed, brought back, and chosen at the time of sending."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from chalicelib.domain.base import Record
from chalicelib.domain.customer import Language
from chalicelib.domain.errors import InvalidField, NotFound, Stale
from chalicelib.domain.mail_template import (
    EVERYBODY,
    MailTemplate,
    MailTemplateVersion,
    chosen,
    place_of,
    version_of,
)
from chalicelib.domain.template import TEMPLATES, TemplateText, can_be_filled, check
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.mail_listings import mail_templates
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace, Write
from chalicelib.usecases.work import ensure_work_item, work_item

LANGUAGES: Final[tuple[Language, ...]] = ("es", "en")
SHIPPED: Final = 0
"""The version of a text that staff never touched, or went back from."""


@dataclass(frozen=True)
class Place:
    """Which text is meant: a template in a language, for a segment of customers or for all."""

    template_id: str
    language: Language
    segment: str = EVERYBODY

    @property
    def name(self) -> str:
        """Its one name, under which its versions are kept."""
        return place_of(self.template_id, self.language, self.segment)

    @property
    def path(self) -> str:
        """The path at which it can be read."""
        asked = {"language": self.language, "segment": self.segment}
        return f"/v1/templates/{self.template_id}?{urlencode(asked, quote_via=quote, safe='')}"


@dataclass(frozen=True)
class Present:
    """A text as it stands. ``record`` is None where staff never touched it.

    ``text`` is what applies here now: the company's own, or what it would be without it.
    """

    place: Place
    record: MailTemplate | None
    text: TemplateText
    shipped: TemplateText

    @property
    def version(self) -> int:
        """The version of the record; 0 without one."""
        return SHIPPED if self.record is None else self.record.version

    @property
    def is_own(self) -> bool:
        """Tell whether the company has words of its own here."""
        return self.record is not None and self.record.is_own


def template_ref(place: Place) -> Ref[MailTemplate]:
    """Return the key of the company's text at a place."""
    return Ref(MailTemplate, (place.template_id, place.language, place.segment))


def template_refs(
    template_id: str, language: Language, segment: str | None
) -> list[Ref[MailTemplate]]:
    """Return the keys of the texts that may apply to a customer, for the caller's one read."""
    segments = dict.fromkeys((segment or EVERYBODY, EVERYBODY))
    return [template_ref(Place(template_id, language, one)) for one in segments]


def own_text(
    found: Mapping[Ref[Any], Record], template_id: str, language: Language, segment: str | None
) -> TemplateText | None:
    """Return the company's own words among what was found; None: the shipped ones.

    Words that cannot be filled any more count as none: a forecast shows what would be sent.
    """
    template = _chosen(found, template_id, language, segment)
    usable = template is not None and can_be_filled(template.text, template_id)
    return template.text if template is not None and usable else None


def text_for(
    ports: Ports,
    context: Context,
    found: Mapping[Ref[Any], Record],
    *,
    template_id: str,
    language: Language,
    segment: str | None,
) -> TemplateText | None:
    """Return the words to send a mail in, as ``own_text`` does, and tell staff what is broken.

    A text may name a placeholder that a later release no longer has. The mail then goes out in the
    shipped words, and one work item for that version of the text says so.
    """
    template = _chosen(found, template_id, language, segment)
    if template is None or can_be_filled(template.text, template_id):
        return None if template is None else template.text
    name = f"{template_id} · {language}" + (f" · {template.segment}" if template.segment else "")
    slug = quote(f"{template_id}-{language}-{template.segment}", safe="").replace("%", "_")
    key = f"template-{slug}-{template.version}"
    ensure_work_item(ports, work_item(context, key, "template_broken", name, priority=2))
    return None


def _chosen(
    found: Mapping[Ref[Any], Record], template_id: str, language: Language, segment: str | None
) -> MailTemplate | None:
    def find(wanted: str) -> MailTemplate | None:
        record = found.get(template_ref(Place(template_id, language, wanted)))
        return record if isinstance(record, MailTemplate) else None

    return chosen(find, segment)


def list_templates(ports: Ports) -> tuple[Present, ...]:
    """Return each template in each language, and those for segments after them. One Query."""
    records = {
        Place(one.id, one.language, one.segment): one
        for one in ports.store.records(mail_templates())
        if one.id in TEMPLATES
    }
    shown = []
    for template_id in TEMPLATES:
        for language in LANGUAGES:
            here = [one for one in records if (one.template_id, one.language) ==
                    (template_id, language) and one.segment]  # fmt: skip
            for place in (Place(template_id, language), *sorted(here, key=lambda one: one.segment)):
                general = records.get(Place(template_id, language))
                shown.append(_present(ports, place, records.get(place), general))
    return tuple(shown)


def read_template(ports: Ports, place: Place) -> Present:
    """Return a text as it stands. NotFound for a template that is none of ours."""
    _require_known(place)
    general = Place(place.template_id, place.language)
    found = ports.store.get_many(list({template_ref(place): 0, template_ref(general): 0}))
    records = [found.get(template_ref(one)) for one in (place, general)]
    own, for_all = (one if isinstance(one, MailTemplate) else None for one in records)
    return _present(ports, place, own, for_all)


def _require_known(place: Place) -> None:
    if place.template_id not in TEMPLATES:
        raise NotFound("template", place.template_id)


def _present(
    ports: Ports, place: Place, own: MailTemplate | None, for_all: MailTemplate | None
) -> Present:
    shipped = ports.writer.shipped_text(place.template_id, place.language)
    by_segment = {EVERYBODY: for_all, place.segment: own}
    applies = chosen(by_segment.get, place.segment)
    return Present(place, own, shipped if applies is None else applies.text, shipped)


def change_template(
    ports: Ports,
    context: Context,
    place: Place,
    text: TemplateText,
    *,
    expected_version: int | None,
) -> Present:
    """Make this text the next version; the same text again changes nothing.

    NotFound; InvalidField with line and column for a text that cannot be used; Stale.
    """
    _require_known(place)
    require_sound(text, place.template_id, place.language)
    wanted = text.tidy()

    def attempt() -> Present:
        present = read_template(ports, place)
        _require_version(present, expected_version)
        if present.is_own and present.text == wanted:
            return present
        return _next(ports, context, present, wanted, is_own=True)

    return until_committed(ports, attempt)


def require_sound(text: TemplateText, template_id: str, language: Language) -> None:
    """Raise InvalidField for the first problem of a text."""
    for problem in check(text, template_id, language)[:1]:
        where = f"line {problem.line}, column {problem.column}"
        message = f"{where}: {problem.message}"
        raise InvalidField(f"/{problem.field}", message, field_code=problem.code)


def _require_version(present: Present, expected: int | None) -> None:
    if expected not in (None, present.version):
        raise Stale("template", expected=expected or SHIPPED, present=present.version)


def restore_template(
    ports: Ports, context: Context, place: Place, number: int, *, expected_version: int | None
) -> Present:
    """Make an earlier text the next version; number 0 goes back to having no words of one's own.

    Then the text for all customers applies to a segment, and the shipped one to all. NotFound for
    a version that never was; InvalidField if its text cannot be used any more; Stale.
    """
    _require_known(place)

    def attempt() -> Present:
        present = read_template(ports, place)
        _require_version(present, expected_version)
        earlier = None if number == SHIPPED else _earlier(ports, place, number)
        if earlier is None or not earlier.is_own:
            if not present.is_own:
                return present
            nothing = TemplateText(subject="", opening="", closing="")
            return _next(ports, context, present, nothing, is_own=False, restored_from=number)
        require_sound(earlier.text, place.template_id, place.language)
        return _next(ports, context, present, earlier.text, is_own=True, restored_from=number)

    return until_committed(ports, attempt)


def _earlier(ports: Ports, place: Place, number: int) -> MailTemplateVersion:
    earlier = ports.store.get(Ref(MailTemplateVersion, (place.name, str(number))))
    if earlier is None:
        raise NotFound("version", str(number))
    return earlier


def _next(
    ports: Ports,
    context: Context,
    present: Present,
    text: TemplateText,
    *,
    is_own: bool,
    restored_from: int | None = None,
) -> Present:
    place = present.place
    after = MailTemplate(
        id=place.template_id,
        language=place.language,
        segment=place.segment,
        version=present.version + 1,
        is_own=is_own,
        changed_at=context.at,
        changed_by=context.actor.name,
        **text.model_dump(),
    )
    entry = audit(
        ports,
        context,
        "template_changed" if restored_from is None else "template_restored",
        subject=("template", place.template_id),
        language=place.language,
        segment=place.segment or None,
        number=after.version,
        restored_from=restored_from,
    )
    writes: list[Write] = [Replace(after), Insert(version_of(after, restored_from)), entry]
    commit(ports, context, writes, resource=place.path)
    if is_own:
        return Present(place, after, text, present.shipped)
    # Which text applies now depends on the others at this place.
    return read_template(ports, place)

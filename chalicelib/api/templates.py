"""The texts of mails over HTTP."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import templates as bodies
from chalicelib.api.schemas.base import Page
from chalicelib.domain.customer import Language
from chalicelib.domain.errors import InvalidField, NotFound
from chalicelib.domain.mail_template import EVERYBODY, MailTemplateVersion
from chalicelib.domain.template import TEMPLATES, TemplateText, check
from chalicelib.domain.template_syntax import control_character, plain_breaks
from chalicelib.usecases.list_placeholders import list_placeholders
from chalicelib.usecases.mail_listings import versions_of_template
from chalicelib.usecases.preview_template import Draft, preview_template
from chalicelib.usecases.templates import (
    Place,
    Present,
    change_template,
    list_templates,
    read_template,
    restore_template,
)
from chalicelib.usecases.try_template import try_template

routes = Routes()
_ASKED = ("language", "segment")
_LONGEST_SEGMENT = 200


def _place(template_id: str, asked: Mapping[str, str]) -> Place:
    languages: dict[str, Language] = {"es": "es", "en": "en"}
    language = languages.get(asked.get("language") or "es")
    if language is None:
        raise InvalidField("/language", "A language is es or en.", field_code="unknown_language")
    segment = (asked.get("segment") or EVERYBODY).strip()
    if len(segment) > _LONGEST_SEGMENT or control_character(segment, allowed="") is not None:
        raise InvalidField("/segment", "A segment is one line of at most 200 characters.")
    return Place(template_id, language, segment)


@routes.route("/v1/templates", "GET", gives=bodies.Templates)
def list_all(request: ApiRequest) -> Reply:
    """All texts of mails with who changed them last; segments after the texts for all."""
    rows = [bodies.TemplateRow(**_row(one)) for one in list_templates(request.ports)]
    return Reply(bodies.Templates(items=rows))


def _row(one: Present) -> dict[str, Any]:
    record = one.record
    return {
        "id": one.place.template_id,
        "purpose": TEMPLATES[one.place.template_id],
        "language": one.place.language,
        "segment": one.place.segment or None,
        "version": one.version,
        "is_own": one.is_own,
        "subject": one.text.subject,
        "changed_at": record.changed_at if record else None,
        "changed_by": record.changed_by if record else None,
    }


@routes.route("/v1/templates/{template_id}", "GET", gives=bodies.Template, query=_ASKED)
def read(request: ApiRequest, template_id: str) -> Reply:
    """The text of a mail in a language (es by default), for a segment of customers or for all."""
    return _template(read_template(request.ports, _place(template_id, request.query)))


def _template(one: Present) -> Reply:
    fields = _row(one) | one.text.model_dump()
    body = bodies.Template(**fields, shipped=bodies.TemplateText(**one.shipped.model_dump()))
    return Reply(body, version=one.version)


def answer(request: ApiRequest, name: str) -> Reply:
    """Return a text as it is now, by the end of its path."""
    template_id, _, asked = name.partition("?")
    query = {key: values[0] for key, values in parse_qs(asked).items()}
    return _template(read_template(request.ports, _place(template_id, query)))


@routes.route(
    "/v1/templates/{template_id}",
    "PUT",
    takes=bodies.TemplateInput,
    gives=bodies.Template,
    query=_ASKED,
)
def replace(request: ApiRequest, template_id: str) -> Reply:
    """Make this text the next version; earlier ones are kept."""
    place = _place(template_id, request.query)
    text = _text(request.body(bodies.TemplateInput))
    version = request.expected_version
    return _template(
        change_template(request.ports, request.context, place, text, expected_version=version)
    )


def _text(body: bodies.TemplateInput) -> TemplateText:
    return TemplateText(
        subject=body.subject,
        opening=plain_breaks(body.opening),
        closing=plain_breaks(body.closing),
    )


@routes.route(
    "/v1/templates/{template_id}/versions",
    "GET",
    gives=Page[bodies.TemplateVersion],
    query=(*_ASKED, *PAGING),
)
def versions(request: ApiRequest, template_id: str) -> Reply:
    """The versions of a text, the latest first. Before the first stands the shipped text, as 0."""
    place = _place(template_id, request.query)
    page = request.ports.store.rows(
        versions_of_template(place.name), limit=request.limit, cursor=request.cursor
    )
    rows = [_version(row) for row in page.items]
    return Reply(Page[bodies.TemplateVersion](items=rows, next_cursor=page.cursor))


def _version(row: Mapping[str, Any]) -> bodies.TemplateVersion:
    one = MailTemplateVersion.model_validate(dict(row), strict=False)
    fields = one.model_dump(exclude={"version", "template_id", "language", "segment"})
    return bodies.TemplateVersion(**fields)


@routes.route(
    "/v1/templates/{template_id}/restore",
    "POST",
    takes=bodies.TemplateRestore,
    gives=bodies.Template,
)
def restore(request: ApiRequest, template_id: str) -> Reply:
    """Make an earlier version the next one; number 0 goes back to the text that ships."""
    body = request.body(bodies.TemplateRestore)
    place = Place(template_id, body.language, body.segment or EVERYBODY)
    version = request.expected_version
    return _template(
        restore_template(
            request.ports, request.context, place, body.number, expected_version=version
        )
    )


@routes.route(
    "/v1/templates/{template_id}/check",
    "POST",
    takes=bodies.TemplateDraft,
    gives=bodies.TemplateCheck,
)
def find_problems(request: ApiRequest, template_id: str) -> Reply:
    """What is wrong with a text, by line and column. Nothing is stored."""
    body = request.body(bodies.TemplateDraft)
    if template_id not in TEMPLATES:
        raise NotFound("template", template_id)
    found = check(_text(body), template_id, body.language)
    problems = [
        bodies.TemplateProblem(**one._asdict() | {"names": list(one.names)}) for one in found
    ]
    return Reply(bodies.TemplateCheck(problems=problems))


@routes.route(
    "/v1/templates/{template_id}/preview",
    "POST",
    takes=bodies.TemplatePreviewInput,
    gives=bodies.TemplatePreview,
)
def preview(request: ApiRequest, template_id: str) -> Reply:
    """The mail that a text makes, with a customer's own account. Nothing is stored or sent."""
    made = preview_template(request.ports, request.context, _draft(request, template_id))
    return Reply(bodies.TemplatePreview(**made.content.model_dump(), is_example=made.is_example))


def _draft(request: ApiRequest, template_id: str) -> Draft:
    body = request.body(bodies.TemplatePreviewInput)
    return Draft(template_id, body.language, _text(body), body.customer_id)


@routes.route(
    "/v1/templates/{template_id}/test",
    "POST",
    takes=bodies.TemplatePreviewInput,
    gives=bodies.TemplateTrial,
)
def send_test(request: ApiRequest, template_id: str) -> Reply:
    """Mail the preview to the caller's own address, marked as a test; five a minute at most."""
    to = try_template(request.ports, request.context, _draft(request, template_id))
    return Reply(bodies.TemplateTrial(to=to))


@routes.route("/v1/placeholders", "GET", gives=bodies.Placeholders)
def placeholders(request: ApiRequest) -> Reply:
    """What the texts of mails may name, with the company's own facts as examples."""
    items = [
        bodies.Placeholder(
            name=one.name,
            name_es=one.spanish,
            meaning_en=one.meaning,
            meaning_es=one.meaning_es,
            example_en=one.example,
            example_es=one.example_es,
            purposes=list(one.purposes),
            may_be_empty=one.may_be_empty,
        )
        for one in list_placeholders(request.ports)
    ]
    return Reply(bodies.Placeholders(items=items))

"""What a customer changes in the portal, over HTTP: promises, disputes, files, its contact."""

from urllib.parse import unquote

from chalicelib.api import render_portal as render
from chalicelib.api.portal import home_of
from chalicelib.api.portal_visit import link_of
from chalicelib.api.requests import ApiRequest, changed_fields
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import portal as bodies
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.promise import Promise
from chalicelib.usecases.disputes import find_dispute
from chalicelib.usecases.portal_contact import change_contact_in_portal, choose_language
from chalicelib.usecases.portal_disputes import PortalDispute, contest_in_portal, take_file
from chalicelib.usecases.portal_promises import PortalPromise, promise_in_portal
from chalicelib.usecases.promises import find_promise

routes = Routes()


@routes.route(
    "/portal/promises",
    "POST",
    takes=bodies.PortalPromiseInput,
    gives=bodies.PortalPromised,
    status=201,
)
def promise(request: ApiRequest) -> Reply:
    """Promise to pay by a day: until then nothing of it is asked for; 201."""
    new = PortalPromise(**request.body(bodies.PortalPromiseInput).model_dump())
    return _promised(promise_in_portal(request.ports, request.context, link_of(request), new))


def _promised(one: Promise) -> Reply:
    answer = bodies.PortalPromised(
        id=one.id,
        currency=one.currency,
        amount_minor=one.amount_minor,
        promised_on=one.promised_on,
    )
    return Reply(answer, 201)


def answer_promise(request: ApiRequest, name: str) -> Reply:
    """Return a promise that was noted before."""
    return _promised(find_promise(request.ports, name))


@routes.route(
    "/portal/disputes",
    "POST",
    takes=bodies.PortalDisputeInput,
    gives=bodies.PortalDispute,
    status=201,
)
def contest(request: ApiRequest) -> Reply:
    """Contest an invoice or part of it: that is not asked for until the company decides; 201."""
    new = PortalDispute(**request.body(bodies.PortalDisputeInput).model_dump())
    return _contested(contest_in_portal(request.ports, request.context, link_of(request), new))


def _contested(one: Dispute) -> Reply:
    return Reply(render.dispute_body(one), 201)


def answer_dispute(request: ApiRequest, name: str) -> Reply:
    """Return a dispute that was opened before."""
    return _contested(find_dispute(request.ports, name))


@routes.route("/portal/files", "POST", gives=bodies.PortalFile, status=201)
def upload(request: ApiRequest) -> Reply:
    """Send a file for a dispute as the raw body: PDF, PNG or JPEG, 4 MB at most; 201.

    ``X-File-Name`` is what it is called, percent-encoded.
    """
    name = unquote(request.headers.get("x-file-name", ""))
    file = take_file(
        request.ports, request.context, link_of(request), name=name, content=request.raw
    )
    answer = bodies.PortalFile(
        id=file.id, name=file.name, content_type=file.content_type, size_bytes=file.size_bytes
    )
    return Reply(answer, 201)


@routes.route("/portal/contact", "PATCH", takes=bodies.PortalContactChange, gives=bodies.PortalHome)
def contact(request: ApiRequest) -> Reply:
    """Change name, telephone or language of the contact; another address is only asked for."""
    changes = changed_fields(request.body(bodies.PortalContactChange))
    desk = change_contact_in_portal(request.ports, request.context, link_of(request), changes)
    return Reply(home_of(request, desk))


@routes.route(
    "/portal/language", "POST", takes=bodies.PortalLanguageInput, gives=bodies.PortalLanguage
)
def language(request: ApiRequest) -> Reply:
    """Choose the language of the portal for this link; mails stay in theirs."""
    wanted = request.body(bodies.PortalLanguageInput).language
    link = choose_language(request.ports, request.context, link_of(request), wanted)
    return Reply(bodies.PortalLanguage(language=link.language or wanted))

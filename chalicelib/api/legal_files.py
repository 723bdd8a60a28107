"""Pre-legal files over HTTP."""

from chalice.app import Response

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.holds import LegalFile, LegalFileInput
from chalicelib.domain.legal_file import LegalFile as LegalFileRecord
from chalicelib.usecases.legal_files import (
    find_legal_file,
    latest_legal_files,
    link_to_legal_file,
    request_legal_file,
)

routes = Routes()
_OF_ACCOUNT = "/v1/customers/{customer_id}/accounts/{currency}/legal-file"


def _body(one: LegalFileRecord) -> LegalFile:
    return LegalFile(**one.model_dump(exclude={"key"}))


@routes.route(_OF_ACCOUNT, "POST", takes=LegalFileInput, gives=LegalFile, status=202)
def create(request: ApiRequest, customer_id: str, currency: str) -> Reply:
    """Ask for the file of some invoices, or of all that are open: 202, it is made in minutes."""
    names = tuple(request.body(LegalFileInput).invoice_ids or ())
    file = request_legal_file(request.ports, request.context, customer_id, currency, names)
    return Reply(_body(file), 202, file.version)


@routes.route(_OF_ACCOUNT, "GET", gives=Page[LegalFile])
def list_latest(request: ApiRequest, customer_id: str, currency: str) -> Reply:
    """The latest files of an account, newest first."""
    rows = latest_legal_files(request.ports, customer_id, currency)
    records = [LegalFileRecord.model_validate(dict(row), strict=False) for row in rows]
    return Reply(Page[LegalFile](items=[_body(one) for one in records], next_cursor=None))


def answer(request: ApiRequest, file_id: str) -> Reply:
    """Return a file, ready or not. NotFound."""
    file = find_legal_file(request.ports, file_id)
    return Reply(_body(file), 200, file.version)


@routes.route("/v1/legal-files/{file_id}", "GET", gives=LegalFile)
def read(request: ApiRequest, file_id: str) -> Reply:
    """One file: ``waiting``, or ``ready`` to be fetched."""
    return answer(request, file_id)


@routes.route("/v1/legal-files/{file_id}/zip", "GET", gives=None, status=302)
def fetch(request: ApiRequest, file_id: str) -> Response:
    """The archive of a file that is ready: 302 to an address that is good for minutes."""
    address = link_to_legal_file(request.ports, file_id)
    headers = {"Location": address, "Cache-Control": "private, no-store"}
    return Response("", status_code=302, headers=headers)

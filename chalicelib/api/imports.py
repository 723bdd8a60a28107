"""Imports of CSV files over HTTP."""

from typing import Any, Final, cast

from chalice.app import Response

from chalicelib.api.errors import UnsupportedType
from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Binary, Reply, Routes
from chalicelib.api.schemas import imports as bodies
from chalicelib.api.schemas.base import Page
from chalicelib.domain.customer import Language
from chalicelib.domain.errors import InvalidField, NotFound
from chalicelib.domain.import_columns import Choice
from chalicelib.domain.import_fields import ImportKind
from chalicelib.domain.import_run import Import, ImportOptions
from chalicelib.usecases import imports as usecase
from chalicelib.usecases.import_choices import choose_columns
from chalicelib.usecases.import_listings import imports
from chalicelib.usecases.read_import import example_csv, read_rows, rejected_rows

routes = Routes()
_KINDS: Final = ("customers", "invoices")
_OUTCOMES: Final = ("create", "update", "skip", "reject")
_BYTES: Final = "application/octet-stream"


@routes.route("/v1/imports", "GET", gives=Page[bodies.ImportRow], query=PAGING)
def list_all(request: ApiRequest) -> Reply:
    """Imports, newest first."""
    page = request.ports.store.rows(imports(), limit=request.limit, cursor=request.cursor)
    rows = [_row(row) for row in page.items]
    return Reply(Page[bodies.ImportRow](items=rows, next_cursor=page.cursor))


def _row(row: Any) -> bodies.ImportRow:
    same = ("id", "what", "state", "file_name", "rows", "chunks", "counts", "failure",
            "created_at", "finished_at")  # fmt: skip
    return bodies.ImportRow(
        **{name: row[name] for name in same},
        chunks_done=len(row["done"]),
        by=row["by"]["name"],
    )


@routes.route("/v1/imports", "POST", takes=bodies.ImportInput, gives=bodies.Import, status=201)
def create(request: ApiRequest) -> Reply:
    """Begin an import of a file of at most 25 MB and 50,000 rows; it follows in parts; 201."""
    body = request.body(bodies.ImportInput)
    one = usecase.start_import(
        request.ports, request.context, body.what, body.file_name, body.size_bytes
    )
    return _reply(one, 201)


@routes.route("/v1/imports/{import_id}", "GET", gives=bodies.Import)
def read(request: ApiRequest, import_id: str) -> Reply:
    """One import, with its columns and what was found in them."""
    return answer(request, import_id)


def answer(request: ApiRequest, import_id: str) -> Reply:
    """Return an import. NotFound."""
    return _reply(usecase.find_import(request.ports, import_id))


@routes.route("/v1/imports/{import_id}/parts/{number}", "PUT", takes=_BYTES, gives=bodies.Import)
def part(request: ApiRequest, import_id: str, number: str) -> Reply:
    """One part of the file, counted from 1: at most 2 MB as ``application/octet-stream``.

    The same part again changes nothing.
    """
    if not request.headers.get("content-type", "").startswith(_BYTES):
        raise UnsupportedType(f"A part of a file is sent as {_BYTES}.")
    place = int(number) if number.isdecimal() else 0
    one = usecase.take_part(request.ports, request.context, import_id, place, request.raw)
    return _reply(one)


@routes.route(
    "/v1/imports/{import_id}/complete",
    "POST",
    takes=bodies.CompleteInput,
    gives=bodies.Import,
)
def complete(request: ApiRequest, import_id: str) -> Reply:
    """All parts are there: the file is read, and the import goes on to ``columns``."""
    request.body(bodies.CompleteInput)
    return _reply(usecase.complete_file(request.ports, request.context, import_id))


@routes.route(
    "/v1/imports/{import_id}/mapping", "PUT", takes=bodies.MappingInput, gives=bodies.Import
)
def mapping(request: ApiRequest, import_id: str) -> Reply:
    """Say what the columns are. It is remembered for the next file with the same headings."""
    body = request.body(bodies.MappingInput)
    one = choose_columns(
        request.ports,
        request.context,
        import_id,
        [Choice(**choice.model_dump()) for choice in body.columns],
        ImportOptions(**body.options.model_dump()),
        expected_version=request.expected_version,
    )
    return _reply(one)


@routes.route("/v1/imports/{import_id}/check", "POST", takes=bodies.CheckInput, gives=bodies.Import)
def check(request: ApiRequest, import_id: str) -> Reply:
    """Have every row checked; nothing is entered. The import goes on to ``checked``."""
    request.body(bodies.CheckInput)
    return _reply(usecase.check_import(request.ports, request.context, import_id))


@routes.route(
    "/v1/imports/{import_id}/commit", "POST", takes=bodies.CommitInput, gives=bodies.Import
)
def run(request: ApiRequest, import_id: str) -> Reply:
    """Carry out what was checked; ``If-Match`` makes sure that it is what was seen."""
    request.body(bodies.CommitInput)
    version = request.expected_version
    return _reply(
        usecase.run_import(request.ports, request.context, import_id, expected_version=version)
    )


@routes.route(
    "/v1/imports/{import_id}/cancel", "POST", takes=bodies.CancelInput, gives=bodies.Import
)
def cancel(request: ApiRequest, import_id: str) -> Reply:
    """Stop an import. What has been entered stays; no further 500 rows are begun."""
    request.body(bodies.CancelInput)
    return _reply(usecase.cancel_import(request.ports, request.context, import_id))


@routes.route(
    "/v1/imports/{import_id}/rows",
    "GET",
    gives=Page[bodies.FileRow],
    query=("outcome", "code", *PAGING),
)
def rows(request: ApiRequest, import_id: str) -> Reply:
    """Rows of the file with what becomes of them: of an ``outcome``, or with a problem (``code``).

    A page may be empty although another follows.
    """
    outcome = request.query.get("outcome") or None
    if outcome not in (None, *_OUTCOMES):
        raise InvalidField("/outcome", f"An outcome is one of {', '.join(_OUTCOMES)}.")
    page = read_rows(
        request.ports,
        import_id,
        outcome=outcome,
        code=request.query.get("code") or None,
        limit=request.limit,
        cursor=request.cursor,
    )
    items = [
        bodies.FileRow.model_validate(one.model_dump(include=set(bodies.FileRow.model_fields)))
        for one in page.items
    ]
    return Reply(Page[bodies.FileRow](items=items, next_cursor=page.cursor))


@routes.route("/v1/imports/{import_id}/rejected.csv", "GET", gives="text/csv", query=("language",))
def rejected(request: ApiRequest, import_id: str) -> Response:
    """The rows that stay out, as CSV: their own columns, the row and why (``language`` es, en)."""
    return _csv(*rejected_rows(request.ports, import_id, _language(request)))


@routes.route("/v1/imports/examples/{what}", "GET", gives="text/csv", query=("language",))
def example(request: ApiRequest, what: str) -> Response:
    """An example file of ``customers`` or ``invoices`` to fill in (``language`` es, en)."""
    if what not in _KINDS:
        raise NotFound("example file", what)
    return _csv(*example_csv(cast("ImportKind", what), _language(request)))


def _language(request: ApiRequest) -> Language:
    language = request.query.get("language") or "es"
    if language not in ("es", "en"):
        raise InvalidField("/language", "A language is es or en.", field_code="unknown_language")
    return cast("Language", language)


def _csv(name: str, content: bytes) -> Response:
    headers = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Binary(content, status_code=200, headers=headers)


_SAME: Final = (
    "id", "what", "state", "file_name", "rows", "chunks", "counts", "failure", "created_at",
    "finished_at", "version", "size_bytes", "encoding", "delimiter", "is_remembered", "sums",
)  # fmt: skip


def _reply(one: Import, status: int = 200) -> Reply:
    body = bodies.Import(
        **{name: getattr(one, name) for name in _SAME},
        chunks_done=len(one.done),
        by=one.by.name,
        received_bytes=sum(each.size_bytes for each in one.parts),
        parts=sorted(each.number for each in one.parts),
        columns=[bodies.FileColumn(**each.model_dump()) for each in one.columns],
        chosen=[bodies.ChosenColumn(**each.model_dump()) for each in one.choices],
        options=bodies.ChosenOptions(**one.options.model_dump()),
        groups=[bodies.IssueGroup(**each.model_dump()) for each in one.groups],
    )
    return Reply(body, status, one.version)

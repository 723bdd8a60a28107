"""The journal and its periods over HTTP."""

from typing import Final

from chalice.app import Response

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Binary, Reply, Routes
from chalicelib.api.schemas import periods as bodies
from chalicelib.domain.errors import NotFound
from chalicelib.usecases import close_period as usecase
from chalicelib.usecases.journal import period_ref, read_journal

routes = Routes()

LARGEST_ANSWER_BYTES: Final = 4_000_000
"""Lambda answers with 6 MB at most, in base64 a third more than this."""


@routes.route("/v1/reports/journal", "GET", gives="text/csv", query=("month",))
def journal(request: ApiRequest) -> Response:
    """The journal of a ``month`` (YYYY-MM) as CSV; of a closed one always the same bytes.

    A large one is kept as a file, and the answer is 302 to an address that is good for minutes.
    """
    found = read_journal(request.ports, request.query.get("month", ""))
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    if len(found.content) > LARGEST_ANSWER_BYTES:
        if not found.is_closed:
            request.ports.files.put(found.key, found.content, "text/csv")
        address = request.ports.files.link(found.key, found.file_name)
        return Response("", status_code=302, headers=headers | {"Location": address})
    headers |= {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{found.file_name}"',
    }
    return Binary(found.content, status_code=200, headers=headers)


@routes.route("/v1/periods", "GET", gives=bodies.Periods)
def list_all(request: ApiRequest) -> Reply:
    """The months of the books: closed, open and running."""
    found = usecase.read_periods(request.ports, request.at)
    rows = [_row(one) for one in found.items]
    return Reply(bodies.Periods(items=rows, next_month=found.next_month))


def _row(one: usecase.Period) -> bodies.Period:
    closed = one.closed
    return bodies.Period(
        month=one.month,
        state=one.state,
        entries=closed.entries if closed else None,
        sha256=closed.sha256 if closed else None,
        closed_at=closed.closed_at if closed else None,
        closed_by=closed.closed_by if closed else None,
    )


def answer(request: ApiRequest, month: str) -> Reply:
    """Return a closed month. NotFound for one that is not closed."""
    period = request.ports.store.get(period_ref(month))
    if period is None:
        raise NotFound("closed period", month)
    return Reply(_row(usecase.Period(month, "closed", period)))


@routes.route("/v1/periods/{month}/close", "POST", takes=bodies.CloseInput, gives=bodies.Period)
def close(request: ApiRequest, month: str) -> Reply:
    """Close a month that is over, in order: its journal never changes again."""
    request.body(bodies.CloseInput)
    period = usecase.close_period(request.ports, request.context, month)
    return Reply(_row(usecase.Period(month, "closed", period)))

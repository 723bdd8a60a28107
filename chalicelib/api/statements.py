"""Statements of account over HTTP."""

from chalice.app import Response

from chalicelib.api.pdf import pdf_response
from chalicelib.api.render_invoices import message_body
from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import statements as bodies
from chalicelib.api.schemas.base import Currency
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.message import Message
from chalicelib.domain.money import is_currency
from chalicelib.domain.recipients import recipients
from chalicelib.domain.statement import Statement
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.send_statement import (
    StatementOrder,
    find_sending,
    send_statement,
    unsuppressed,
)
from chalicelib.usecases.statement_runs import read_settings
from chalicelib.usecases.statements import StatementFile, read_statement

routes = Routes()
_FORMATS = ("json", "pdf")


@routes.route(
    "/v1/customers/{customer_id}/statement",
    "GET",
    gives=bodies.Statement,
    query=("currency", "from", "to", "format"),
)
def read(request: ApiRequest, customer_id: str) -> Reply | Response:
    """The account over a period (``from``, ``to``), last month by default; ``format=pdf`` draws it.

    The currency is the customer's own by default.
    """
    wanted = request.query.get("format", "json")
    if wanted not in _FORMATS:
        raise InvalidField("/format", "A format is json or pdf.", field_code="unknown_format")
    file = read_statement(
        request.ports,
        request.context,
        customer_id,
        _currency(request),
        request.day("from"),
        request.day("to"),
    )
    if wanted == "pdf":
        content = request.ports.writer.statement_pdf(file.letter(), file.desk.company)
        one = file.statement
        return pdf_response(f"{one.first.isoformat()}_{one.last.isoformat()}.pdf", content)
    return Reply(_body(file.statement, _readers(request.ports, file)))


def _currency(request: ApiRequest) -> Currency:
    currency = request.query.get("currency", "")
    if not is_currency(currency):
        raise InvalidField(
            "/currency", "A currency is an ISO 4217 code.", field_code="unknown_currency"
        )
    return currency


def _readers(ports: Ports, file: StatementFile) -> list[bodies.StatementReader]:
    wanted = recipients(file.desk.customer, "statements")
    open_ones = {one.address for one in unsuppressed(ports, wanted)}
    return [
        bodies.StatementReader(
            to=one.address,
            name=one.name,
            language=one.language,
            copies=list(one.copies),
            is_suppressed=one.address not in open_ones,
        )
        for one in wanted
    ]


def _body(one: Statement, readers: list[bodies.StatementReader]) -> bodies.Statement:
    fields = one.model_dump() | {"readers": readers}
    fields["aging"].pop("currency")
    return bodies.Statement.model_validate(fields)


@routes.route(
    "/v1/customers/{customer_id}/statements",
    "POST",
    takes=bodies.StatementInput,
    gives=bodies.StatementsSent,
    status=201,
)
def send(request: ApiRequest, customer_id: str) -> Reply:
    """Mail a statement now to each contact that gets them; 201."""
    body = request.body(bodies.StatementInput)
    order = StatementOrder(customer_id, body.currency, body.first, body.last)
    return _sent(send_statement(request.ports, request.context, order))


def _sent(messages: tuple[Message, ...]) -> Reply:
    return Reply(bodies.StatementsSent(items=[message_body(one) for one in messages]), 201)


def answer(request: ApiRequest, name: str) -> Reply:
    """Return the mails of an order that was given before."""
    return _sent(find_sending(request.ports, name))


@routes.route("/v1/statements", "GET", gives=bodies.MonthlyStatements)
def settings(request: ApiRequest) -> Reply:
    """The monthly statements: who gets them, when the next fall due, how the latest went."""
    found = read_settings(request.ports, request.context)
    latest = found.latest
    month = None
    if latest is not None:
        names = bodies.StatementMonth.model_fields
        month = bodies.StatementMonth(**{name: getattr(latest, name) for name in names})
    return Reply(
        bodies.MonthlyStatements(
            setting=found.company.statements,
            day=found.company.statements_day,
            next_on=found.next_on,
            latest=month,
        )
    )

"""Reports over HTTP: from totals, at the same price for any day and any size of the book."""

from datetime import date

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import reports as bodies
from chalicelib.api.schemas.customers import Debtor
from chalicelib.domain.aging import Aging
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.kpis import KeyFigures
from chalicelib.domain.money import is_currency
from chalicelib.usecases.read_debtors import read_debtors
from chalicelib.usecases.reports import read_aging, read_home, read_summary

routes = Routes()


def _as_of(request: ApiRequest) -> date:
    return request.day("as_of") or request.today()


@routes.route("/v1/reports/aging", "GET", gives=bodies.AgingReport, query=("as_of",))
def aging(request: ApiRequest) -> Reply:
    """The book as it stood at the end of ``as_of``, today by default."""
    as_of = _as_of(request)
    rows = [_aging_row(one) for one in read_aging(request.ports, as_of)]
    return Reply(bodies.AgingReport(as_of=as_of, currencies=rows))


def _aging_row(one: Aging) -> bodies.AgingRow:
    return bodies.AgingRow(**one.model_dump())


@routes.route("/v1/reports/summary", "GET", gives=bodies.SummaryReport, query=("as_of",))
def summary(request: ApiRequest) -> Reply:
    """The key figures by currency."""
    as_of = _as_of(request)
    rows = [_summary_row(one) for one in read_summary(request.ports, as_of)]
    return Reply(bodies.SummaryReport(as_of=as_of, currencies=rows))


def _summary_row(one: KeyFigures) -> bodies.SummaryRow:
    return bodies.SummaryRow.model_validate(one.model_dump(mode="json"))


@routes.route("/v1/home", "GET", gives=bodies.Home, query=("as_of",))
def home(request: ApiRequest) -> Reply:
    """Everything the first screen shows."""
    as_of = _as_of(request)
    found = read_home(request.ports, as_of)
    return Reply(
        bodies.Home(
            as_of=as_of,
            aging=[_aging_row(one) for one in found.aging],
            summary=[_summary_row(one) for one in found.summary],
            work_open=found.work_open,
            work_more=found.work_more,
            approvals_waiting=found.approvals_waiting,
        )
    )


@routes.route("/v1/reports/debtors", "GET", gives=bodies.Debtors, query=("currency", "limit"))
def debtors(request: ApiRequest) -> Reply:
    """The accounts that owe most in a currency."""
    currency = request.query.get("currency", "")
    if not is_currency(currency):
        raise InvalidField("/currency", "Name an ISO 4217 currency.")
    rows = read_debtors(request.ports, currency, today=request.today(), limit=request.limit)
    return Reply(bodies.Debtors(items=[Debtor(**row) for row in rows]))

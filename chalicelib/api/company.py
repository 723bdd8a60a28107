"""The company, its series, the caller and the search, over HTTP."""

from datetime import date, time

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import administration as bodies
from chalicelib.domain.approval import ApprovalRule
from chalicelib.domain.calendar import local_date
from chalicelib.domain.company import Company
from chalicelib.domain.journal import chart_of
from chalicelib.domain.numbering import Series, format_number
from chalicelib.usecases.company import change_company, list_series
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.search import search

routes = Routes()


@routes.route("/v1/me", "GET", gives=bodies.Me)
def me(request: ApiRequest) -> Reply:
    """Who is signed in, and the settings that every screen needs."""
    company = company_of(request.ports)
    return Reply(
        bodies.Me(
            email=request.actor.id,
            name=request.actor.name,
            role=request.actor.role,
            company_name=company.name,
            language=company.language,
            currency=company.currency,
            time_zone=company.time_zone,
            today=local_date(request.at, company.time_zone).isoformat(),
            sending_frozen=company.sending_frozen,
            local=request.app.settings.local,
        )
    )


@routes.route("/v1/search", "GET", gives=bodies.SearchResults, query=("q",))
def find(request: ApiRequest) -> Reply:
    """Invoices and credit notes by number, customers by words of their names (``q``)."""
    hits = search(request.ports, request.query.get("q", ""))
    return Reply(
        bodies.SearchResults(
            items=[
                bodies.SearchHit(
                    what=hit.what,
                    id=hit.id,
                    title=hit.title,
                    detail=hit.detail,
                    invoice_id=hit.invoice_id,
                )
                for hit in hits
            ]
        )
    )


@routes.route("/v1/company", "GET", gives=bodies.Company)
def read(request: ApiRequest) -> Reply:
    """The company's settings."""
    return _company(company_of(request.ports))


def _company(company: Company) -> Reply:
    rules = [bodies.ApprovalRule(**rule.model_dump()) for rule in company.approval_rules]
    fields = company.model_dump() | {
        "approval_rules": rules,
        "journal_accounts": chart_of(company.journal_accounts),
        "days_off": list(company.days_off),
        "opens": company.opens.isoformat("minutes"),
        "closes": company.closes.isoformat("minutes"),
        "working_days": list(company.working_days),
    }
    shown = {name: fields[name] for name in bodies.Company.model_fields}
    return Reply(bodies.Company(**shown), version=company.version)


def answer(request: ApiRequest, name: str) -> Reply:
    """Return the settings as they are now."""
    del name
    return _company(company_of(request.ports))


@routes.route("/v1/company", "PUT", takes=bodies.CompanyInput, gives=bodies.Company)
def replace(request: ApiRequest) -> Reply:
    """Replace the company's settings."""
    body = request.body(bodies.CompanyInput)
    fields = body.model_dump() | {
        "approval_rules": _rules(body),
        "days_off": _days_off(body),
        "opens": _hour(body.opens),
        "closes": _hour(body.closes),
        "working_days": body.working_days and tuple(sorted(set(body.working_days))),
    }
    # What cannot be nothing stays as it is: a program that does not know it left it out.
    fields = {
        name: value
        for name, value in fields.items()
        if value is not None or Company.model_fields[name].default is None
    }
    version = request.expected_version
    return _company(
        change_company(request.ports, request.context, fields, expected_version=version)
    )


def _hour(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)


def _rules(body: bodies.CompanyInput) -> tuple[ApprovalRule, ...] | None:
    if body.approval_rules is None:
        return None
    return tuple(ApprovalRule(**rule.model_dump()) for rule in body.approval_rules)


def _days_off(body: bodies.CompanyInput) -> tuple[date, ...] | None:
    return None if body.days_off is None else tuple(sorted(set(body.days_off)))


@routes.route("/v1/series", "GET", gives=bodies.SeriesList)
def series(request: ApiRequest) -> Reply:
    """All series with their next numbers."""
    rows = [_series_row(one) for one in list_series(request.ports)]
    return Reply(bodies.SeriesList(items=rows))


def _series_row(series: Series) -> bodies.SeriesRow:
    return bodies.SeriesRow(
        code=series.code,
        next_number=series.next_number,
        next_number_text=format_number(series.code, series.next_number),
        last_date=series.last_date.isoformat() if series.last_date else None,
        holds=series.holds,
    )

"""The company, its series and policies, the caller and the search, over HTTP."""

from datetime import date

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import administration as bodies
from chalicelib.domain.approval import ApprovalRule
from chalicelib.domain.calendar import local_date
from chalicelib.domain.company import Company
from chalicelib.domain.dunning import Policy, Step
from chalicelib.domain.journal import chart_of
from chalicelib.domain.numbering import Series, format_number
from chalicelib.usecases.company import (
    change_company,
    change_policy,
    list_series,
    read_policy,
)
from chalicelib.usecases.desk import company_of
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
    fields = body.model_dump() | {"approval_rules": _rules(body), "days_off": _days_off(body)}
    for name in (
        "approval_rules",
        "credit_limit_action",
        "credit_note_series",
        "journal_accounts",
        "tolerances",
        "dispute_days",
        "days_off",
    ):
        if fields[name] is None:
            del fields[name]
    version = request.expected_version
    return _company(
        change_company(request.ports, request.context, fields, expected_version=version)
    )


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


@routes.route("/v1/dunning-policies/{policy_id}", "GET", gives=bodies.Policy)
def policy(request: ApiRequest, policy_id: str) -> Reply:
    """A dunning policy."""
    return _policy(read_policy(request.ports, policy_id))


def _policy(policy: Policy) -> Reply:
    steps = [bodies.Step(**step.model_dump()) for step in policy.steps]
    body = bodies.Policy(id=policy.id, version=policy.version, name=policy.name, steps=steps)
    return Reply(body, version=policy.version)


@routes.route(
    "/v1/dunning-policies/{policy_id}", "PUT", takes=bodies.PolicyInput, gives=bodies.Policy
)
def replace_policy(request: ApiRequest, policy_id: str) -> Reply:
    """Make the next version of a dunning policy."""
    body = request.body(bodies.PolicyInput)
    return _policy(
        change_policy(
            request.ports,
            request.context,
            policy_id,
            name=body.name,
            steps=[Step(**step.model_dump()) for step in body.steps],
            expected_version=request.expected_version,
        )
    )

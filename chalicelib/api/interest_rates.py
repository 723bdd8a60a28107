"""The table of interest rates for late payment over HTTP."""

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import late_charges as bodies
from chalicelib.domain.interest_rates import InterestRate, InterestRates
from chalicelib.usecases.interest_rates import change_interest_rates, read_interest_rates

routes = Routes()


@routes.route("/v1/interest-rates", "GET", gives=bodies.InterestRates)
def read(request: ApiRequest) -> Reply:
    """The rate of each half-year, with its source."""
    return _table(read_interest_rates(request.ports))


def _table(table: InterestRates) -> Reply:
    rates = [bodies.Rate(**rate.model_dump()) for rate in table.rates]
    body = bodies.InterestRates(version=table.version, rates=rates, day_count=table.day_count)
    return Reply(body, version=table.version)


@routes.route(
    "/v1/interest-rates", "PUT", takes=bodies.InterestRatesInput, gives=bodies.InterestRates
)
def replace(request: ApiRequest) -> Reply:
    """Replace the table; what was claimed before keeps its rates."""
    body = request.body(bodies.InterestRatesInput)
    table = change_interest_rates(
        request.ports,
        request.context,
        rates=[InterestRate(**rate.model_dump()) for rate in body.rates],
        day_count=body.day_count,
        expected_version=request.expected_version,
    )
    return _table(table)

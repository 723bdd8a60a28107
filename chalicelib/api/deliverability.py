"""How well mail arrives, over HTTP."""

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import messages as bodies
from chalicelib.domain.deliverability import (
    BOUNCE_LIMIT,
    COMPLAINT_LIMIT,
    COUNTERS,
    MailFigures,
)
from chalicelib.domain.errors import InvalidField
from chalicelib.usecases.deliverability import MAX_DAYS, read_deliverability

routes = Routes()
_DEFAULT_DAYS = 30


@routes.route(
    "/v1/reports/deliverability", "GET", gives=bodies.DeliverabilityReport, query=("days",)
)
def report(request: ApiRequest) -> Reply:
    """Mails of the last ``days`` (UTC), 30 by default, today included."""
    found = read_deliverability(request.ports, request.at.date(), _days(request))
    return Reply(
        bodies.DeliverabilityReport(
            first=found.first,
            last=found.last,
            total=bodies.MailFigures.model_validate(_figures(found.total)),
            by_day=[
                bodies.MailDay.model_validate({**_figures(one), "day": day})
                for day, one in found.by_day.items()
            ],
            by_purpose=[
                bodies.MailPurpose.model_validate({**_figures(one), "purpose": purpose})
                for purpose, one in found.by_purpose.items()
            ],
            addresses=[bodies.BouncedAddress.model_validate(vars(one)) for one in found.addresses],
            domains=[bodies.BouncedDomain.model_validate(vars(one)) for one in found.domains],
            bounces=found.total.bounces,
            complaints=found.total.complaints,
            bounce_limit=BOUNCE_LIMIT,
            complaint_limit=COMPLAINT_LIMIT,
        )
    )


def _days(request: ApiRequest) -> int:
    text = request.query.get("days") or str(_DEFAULT_DAYS)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_DAYS):
        raise InvalidField("/days", f"Days are a whole number from 1 to {MAX_DAYS}.")
    return int(text)


def _figures(one: MailFigures) -> dict[str, object]:
    counts: dict[str, object] = {name: getattr(one, name) for name in COUNTERS}
    return counts | {"bounce_rate": one.bounce_rate, "complaint_rate": one.complaint_rate}

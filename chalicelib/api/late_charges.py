"""Interest and compensation for late payment over HTTP."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, get_args

from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import late_charges as bodies
from chalicelib.api.schemas.base import Page
from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.late_interest import Segment
from chalicelib.usecases.invoice_late_charge import invoice_late_charge
from chalicelib.usecases.late_charge_listings import late_charges, late_charges_in, late_charges_of
from chalicelib.usecases.late_charges import claim_late_charge, waive_late_charge
from chalicelib.usecases.late_file import LateFile, open_late_file, open_late_file_of

routes = Routes()
_BEFORE_STEPS: Final = {"fee_minor": 0, "step_id": None, "is_unsent": False}
"""What a row lacks that is older than claims by step."""
_FURTHEST_AHEAD: Final = timedelta(days=3660)  # as far ahead as dates of invoices may lie


@routes.route(
    "/v1/invoices/{invoice_id}/late-charges", "GET", gives=bodies.LateCharges, query=("as_of",)
)
def preview(request: ApiRequest, invoice_id: str) -> Reply:
    """What may be claimed for lateness up to a day, derived step by step; and what was claimed."""
    file = open_late_file(request.ports, invoice_id)
    today = local_date(request.at, file.company.time_zone)
    as_of = request.day("as_of") or today
    if as_of > today + _FURTHEST_AHEAD:
        raise InvalidField(
            "/as_of", "The date lies more than ten years ahead.", field_code="too_far_ahead"
        )
    return Reply(_preview(file, as_of))


def _preview(file: LateFile, as_of: date) -> bodies.LateCharges:
    claim = file.claim(as_of)
    return bodies.LateCharges(
        invoice_id=file.invoice.id,
        number=file.invoice.number,
        currency=file.invoice.currency,
        due_date=file.invoice.due_date,
        as_of=as_of,
        reason_none=claim.refusal.code if claim.refusal else None,
        days=claim.derivation.days,
        interest_minor=claim.derivation.interest_minor,
        compensation_minor=claim.compensation_minor,
        total_minor=claim.total_minor,
        segments=_segments(claim.derivation.segments),
        missing_half_years=list(claim.derivation.missing),
        charges=[_charge(file, charge) for charge in file.charges],
    )


def _segments(segments: Sequence[Segment]) -> list[bodies.Segment]:
    return [bodies.Segment(**segment.model_dump()) for segment in segments]


def _charge(file: LateFile, charge: LateCharge) -> bodies.LateCharge:
    supported = file.known_today(charge) if charge.state == "claimed" else charge
    return bodies.LateCharge(
        **charge.model_dump(exclude={"segments", "reminder"}),
        total_minor=charge.total_minor,
        segments=_segments(charge.segments),
        supported_minor=supported.total_minor if supported else 0,
    )


@routes.route(
    "/v1/invoices/{invoice_id}/late-charges",
    "POST",
    takes=bodies.ClaimInput,
    gives=bodies.LateCharge,
    status=201,
)
def claim(request: ApiRequest, invoice_id: str) -> Reply:
    """Claim interest up to a day, and compensation the first time; 201."""
    as_of = request.body(bodies.ClaimInput).as_of
    charge = claim_late_charge(request.ports, request.context, invoice_id, as_of)
    return answer(request, charge.id, status=201)


def answer(request: ApiRequest, charge_id: str, status: int = 200) -> Reply:
    """Return a late charge as it stands now. NotFound."""
    file = open_late_file_of(request.ports, charge_id)
    charge = file.charge(charge_id)
    return Reply(_charge(file, charge), status, charge.version)


@routes.route(
    "/v1/late-charges",
    "GET",
    gives=Page[bodies.LateChargeRow],
    query=("state", "customer_id", *PAGING),
)
def list_all(request: ApiRequest) -> Reply:
    """Late charges, newest first: all, in a state, or of a customer."""
    state = request.query.get("state") or None
    customer_id = request.query.get("customer_id") or None
    if state is not None and state not in get_args(bodies.ChargeState):
        raise InvalidField("/state", "A state is one of claimed, waived, invoiced.")
    if customer_id:
        listing = late_charges_of(customer_id, (("state", state),) if state else ())
    else:
        listing = late_charges_in(state) if state else late_charges()
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    rows = [_row(row) for row in page.items]
    return Reply(Page[bodies.LateChargeRow](items=rows, next_cursor=page.cursor))


def _row(row: Mapping[str, Any]) -> bodies.LateChargeRow:
    row = _BEFORE_STEPS | dict(row)
    names = (name for name in bodies.LateChargeRow.model_fields if name != "total_minor")
    total_minor = row["interest_minor"] + row["compensation_minor"] + row["fee_minor"]
    return bodies.LateChargeRow(**{name: row[name] for name in names}, total_minor=total_minor)


@routes.route(
    "/v1/late-charges/{charge_id}/waive", "POST", takes=bodies.WaiveInput, gives=bodies.LateCharge
)
def waive(request: ApiRequest, charge_id: str) -> Reply:
    """Give a charge up; its days and its compensation are never claimed again."""
    reason = request.body(bodies.WaiveInput).reason
    version = request.expected_version
    waive_late_charge(
        request.ports, request.context, charge_id, reason=reason, expected_version=version
    )
    return answer(request, charge_id)


@routes.route("/v1/late-charges/{charge_id}/invoice", "POST", gives=bodies.LateCharge)
def make_invoice(request: ApiRequest, charge_id: str) -> Reply:
    """Make a draft invoice of a charge; ``charge_invoice_id`` names it."""
    version = request.expected_version
    invoice_late_charge(request.ports, request.context, charge_id, expected_version=version)
    return answer(request, charge_id)

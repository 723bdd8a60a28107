"""Bodies about approvals."""

from typing import Literal

from chalicelib.api.schemas.base import Answer, Identifier, Instant, Request, Text

ApprovalState = Literal["waiting", "approved", "rejected", "withdrawn"]


class ApproveInput(Request):
    """A word with a yes; may be left out."""

    note: Text | None = None


class RejectInput(Request):
    """Why not; may be left out."""

    reason: Text | None = None


class Approval(Answer):
    """A question to a second person, with the answer once there is one.

    ``reasons`` say why it needs one: a rule of the company, the customer's credit limit.
    ``request`` is what is carried out: ``send`` for an issue; ``exposure_minor`` and
    ``limit_minor`` are there when it exceeds the credit limit. ``note`` goes with the answer.
    """

    id: Identifier
    what: Literal["issue", "write_off"]
    state: ApprovalState
    invoice_id: Identifier
    number: str | None
    customer_id: Identifier
    customer_name: str
    amount_minor: int
    currency: str
    reasons: list[Literal["rule", "credit_limit"]]
    request: dict[str, object]
    requested_by: str
    requested_by_name: str
    requested_at: Instant
    decided_by: str | None
    decided_by_name: str | None
    decided_at: Instant | None
    note: str | None

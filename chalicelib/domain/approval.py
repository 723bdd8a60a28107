"""Approval: what needs a second person, what waits for one, and who decided.

Four eyes: whoever asks never answers. What the system asked for, any person may approve.
"""

from datetime import datetime
from typing import Any, ClassVar, Literal

from chalicelib.domain.access import SYSTEM, Actor
from chalicelib.domain.base import Record, Value
from chalicelib.domain.errors import StateConflict

ApprovedAction = Literal["issue", "write_off"]
Reason = Literal["rule", "credit_limit"]
ApprovalState = Literal["waiting", "approved", "rejected", "withdrawn"]


class ApprovalRule(Value):
    """From which amount on an action needs approval: more than ``over_minor`` of a currency.

    ``customer_id`` and ``series`` narrow the rule to one of them; None means all.
    """

    what: ApprovedAction
    over_minor: int
    currency: str
    customer_id: str | None = None
    series: str | None = None

    def wants(
        self,
        what: ApprovedAction,
        *,
        amount_minor: int,
        currency: str,
        customer_id: str,
        series: str,
    ) -> bool:
        """Tell whether this needs a second person by the rule: all of its conditions hold."""
        return (
            self.what == what
            and self.currency == currency
            and self.over_minor < amount_minor
            and self.customer_id in (None, customer_id)
            and self.series in (None, series)
        )


class Approval(Record):
    """One question to a second person, with the answer once there is one.

    ``request`` is what to carry out when the answer is yes, and what the answerer should know:
    whether to mail the invoice, the reason of a write-off, the exposure. At most one waits on an
    invoice at a time (``Invoice.approval_id``).
    """

    kind: ClassVar[str] = "approval"

    id: str
    what: ApprovedAction
    state: ApprovalState = "waiting"
    invoice_id: str
    number: str | None = None
    customer_id: str
    customer_name: str
    amount_minor: int
    currency: str
    reasons: tuple[Reason, ...]
    request: dict[str, Any] = {}
    requested_by: str
    requested_by_name: str
    requested_at: datetime
    decided_by: str | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    note: str | None = None

    def decided(
        self, state: ApprovalState, by: Actor, at: datetime, note: str | None
    ) -> "Approval":
        """Return the approval with its answer."""
        return self.next(
            state=state, decided_by=by.id, decided_by_name=by.name, decided_at=at, note=note
        )


def require_other_eyes(approval: Approval, actor: Actor) -> None:
    """StateConflict when the one who answers is the one who asked."""
    if approval.requested_by == actor.id != SYSTEM.id:
        raise StateConflict(
            f"{approval.requested_by_name} asked for this approval; somebody else has to give it.",
            code="four_eyes",
        )

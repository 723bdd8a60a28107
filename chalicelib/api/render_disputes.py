"""Disputes as the API shows them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.api.schemas.disputes import Dispute
from chalicelib.domain.dispute import Dispute as DisputeRecord


def dispute_row(row: Mapping[str, Any], today: date) -> Dispute:
    """Return a dispute in a list."""
    return dispute_body(DisputeRecord.model_validate(dict(row), strict=False), today)


def dispute_body(one: DisputeRecord, today: date) -> Dispute:
    """Return a dispute; it is overdue when it is open after its deadline."""
    fields = one.model_dump(exclude={"payment_id", "overdue_since", "link_id"})
    return Dispute(
        **fields,
        overdue=one.state == "open" and one.deadline < today,
        by_customer=one.link_id is not None,
    )

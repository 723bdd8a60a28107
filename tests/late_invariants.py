"""What must hold about late charges, whatever happened: no day twice, no step twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.late_charge import LateCharge


def assert_late_charges_hold(charges: Iterable[LateCharge], said: Iterable[AuditEntry]) -> None:
    """Check every late charge there is, and that each is on record."""
    by_invoice: dict[str, list[LateCharge]] = defaultdict(list)
    for charge in sorted(charges, key=lambda one: one.from_day):
        by_invoice[charge.invoice_id].append(charge)
        _adds_up(charge)
    for of_one in by_invoice.values():
        told = [one for one in of_one if not one.is_unsent]
        with_days = [one for one in told if one.segments]
        assert all(one.until_day < two.from_day for one, two in pairwise(with_days))
        assert sum(one.compensation_minor > 0 for one in told) <= 1
        by_step = Counter(one.step_id for one in told if one.step_id)
        assert all(count == 1 for count in by_step.values())
        assert {one.id for one in of_one} == {
            f"{one.invoice_id}-{ordinal + 1}" for ordinal, one in enumerate(of_one)
        }
    drafts = Counter(one.charge_invoice_id for of_one in by_invoice.values() for one in of_one)
    assert all(count == 1 for draft, count in drafts.items() if draft is not None)
    claims = Counter(one.subject_id for one in said if one.action == "late_charge_claimed")
    assert claims == {invoice_id: len(of_one) for invoice_id, of_one in by_invoice.items()}


def _adds_up(charge: LateCharge) -> None:
    segments = charge.segments
    if segments:
        assert segments[0].from_day == charge.from_day
        assert segments[-1].until_day <= charge.until_day
    else:
        assert (charge.from_day, charge.compensation_minor) == (charge.until_day, 0)
        assert charge.fee_minor
    assert sum(one.interest_minor for one in segments) == charge.interest_minor
    assert charge.total_minor > 0
    assert (charge.decided_at is not None) == (charge.state != "claimed")
    assert (charge.charge_invoice_id is not None) == (charge.state == "invoiced")
    assert (charge.reason is not None) == (charge.state == "waived")

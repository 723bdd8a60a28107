"""Claim what a late invoice makes claimable, or give the claim up."""

from datetime import date

from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import InvalidField, Stale, known
from chalicelib.domain.late_charge import (
    Claim,
    LateCharge,
    charge_id,
    require_open,
)
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.late_file import LateFile, open_late_file, open_late_file_of
from chalicelib.usecases.ports import Insert, Ports, Replace, Require, Write
from chalicelib.usecases.references import customer_ref, invoice_ref


def claim_late_charge(
    ports: Ports, context: Context, invoice_id: str, as_of: date | None
) -> LateCharge:
    """Claim interest, and compensation the first time, up to a day: today by default.

    The claim changes nothing that is open. InvalidField for a day that is still to come,
    StateConflict when there is nothing to claim, a rate is missing or the customer is a consumer.
    """

    def attempt() -> LateCharge:
        file = open_late_file(ports, invoice_id)
        claim = file.claim(_day_of(as_of, file, context))
        if claim.refusal is not None:
            raise claim.refusal.as_conflict()
        charge = _claimed(file, claim, context)
        entry = said(ports, context, "claimed", charge)
        unsent = noted_unsent(ports, context, file)
        writes: list[Write] = [Insert(charge), *as_read(file), entry, *unsent]
        commit(ports, context, writes, resource=f"/v1/late-charges/{charge.id}")
        return charge

    return until_committed(ports, attempt)


def waive_late_charge(
    ports: Ports, context: Context, of_charge: str, *, reason: str, expected_version: int | None
) -> LateCharge:
    """Give a charge up for good: its days and its compensation are never claimed again.

    StateConflict when it was waived before, or when the invoice that was made of it exists.
    """

    def attempt() -> LateCharge:
        charge = open_charge(ports, of_charge, expected_version)[1]
        after = charge.next(
            state="waived", reason=reason, decided_at=context.at, decided_by=context.actor.id
        )
        writes: list[Write] = [Replace(after), said(ports, context, "waived", after)]
        commit(ports, context, writes, resource=f"/v1/late-charges/{of_charge}")
        return after

    return until_committed(ports, attempt)


def open_charge(
    ports: Ports, of_charge: str, expected_version: int | None
) -> tuple[LateFile, LateCharge]:
    """Return a charge that waits for a decision, with its file. NotFound, Stale, StateConflict."""
    file = open_late_file_of(ports, of_charge)
    charge = file.charge(of_charge)
    if expected_version not in (None, charge.version):
        raise Stale("late charge", expected=expected_version or 0, present=charge.version)
    require_open(charge)
    return file, charge


def as_read(file: LateFile) -> list[Write]:
    """Return what insists that invoice and customer are still as the decision saw them."""
    return [
        Require(invoice_ref(file.invoice.id), file.invoice.version),
        Require(customer_ref(file.customer.id), file.customer.version),
    ]


def noted_unsent(ports: Ports, context: Context, file: LateFile) -> list[Write]:
    """Return what writes down that charges are waived since their reminders never went out."""
    writes: list[Write] = []
    for charge in file.unsent:
        after = charge.but(version=charge.version + 1)
        writes += [Replace(after), said(ports, context, "waived", after)]
    return writes


def said(ports: Ports, context: Context, what: str, charge: LateCharge) -> Insert:
    """Return the audit entry of what became of a charge, on the timeline of its invoice."""
    return audit(
        ports,
        context,
        f"late_charge_{what}",
        subject=("invoice", charge.invoice_id),
        customer_id=charge.customer_id,
        number=charge.number,
        interest_minor=charge.interest_minor,
        compensation_minor=charge.compensation_minor,
        fee_minor=charge.fee_minor,
        currency=charge.currency,
        until_day=charge.until_day.isoformat(),
        reason=charge.reason,
        charge_id=charge.id,
        charge_invoice_id=charge.charge_invoice_id,
    )


def _day_of(as_of: date | None, file: LateFile, context: Context) -> date:
    today = local_date(context.at, file.company.time_zone)
    if as_of is not None and as_of > today:
        raise InvalidField(
            "/as_of",
            "Only interest up to today can be claimed; the rest is not owed yet.",
            field_code="in_the_future",
        )
    return as_of or today


def _claimed(file: LateFile, claim: Claim, context: Context) -> LateCharge:
    segments = claim.derivation.segments
    return LateCharge(
        id=charge_id(file.invoice.id, len(file.charges) + 1),
        invoice_id=file.invoice.id,
        number=known(file.invoice.number),
        customer_id=file.customer.id,
        customer_name=file.customer.name,
        currency=file.invoice.currency,
        interest_minor=claim.derivation.interest_minor,
        compensation_minor=claim.compensation_minor,
        from_day=segments[0].from_day,
        until_day=segments[-1].until_day,
        segments=segments,
        day_count=file.table.day_count,
        claimed_at=context.at,
        claimed_by=context.actor.id,
    )

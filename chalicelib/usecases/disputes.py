"""Open, change and resolve disputes over all or part of an invoice."""

from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.domain.account import OpenItem
from chalicelib.domain.calendar import local_date
from chalicelib.domain.dispute import (
    Category,
    Dispute,
    DisputeFile,
    DisputeKind,
    Outcome,
    dispute_id,
)
from chalicelib.domain.errors import InvalidField, NotFound, Stale, StateConflict
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.follow_rests import dispute_ref
from chalicelib.usecases.issue_credit_note import (
    NewCreditNote,
    draft_credit_note,
    issuing,
)
from chalicelib.usecases.ports import Insert, Ports, Replace, Write
from chalicelib.usecases.references import invoice_ref
from chalicelib.usecases.rests import free_minor, require_free, resting, waking
from chalicelib.usecases.work import closing

MAX_DEADLINE = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class NewDispute:
    """What is contested; ``amount_minor`` None: all that is open and does not rest yet."""

    invoice_id: str
    reason: str
    amount_minor: int | None = None
    what: DisputeKind = "dispute"
    owner: str | None = None
    deadline: date | None = None
    link_id: str | None = None
    category: Category | None = None
    comment: str | None = None
    files: tuple[DisputeFile, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """How a dispute ends. ``credit`` issues a credit note over the disputed amount with it."""

    outcome: Outcome
    note: str | None = None
    credit: bool = False


def open_dispute(ports: Ports, context: Context, new: NewDispute) -> Dispute:
    """Open a dispute: its amount rests from now on.

    StateConflict when nothing of the invoice is open; InvalidField for more than is.
    """

    def attempt() -> Dispute:
        invoice = ports.store.get(invoice_ref(new.invoice_id))
        if invoice is None:
            raise NotFound("invoice", new.invoice_id)
        desk = open_desk(ports, invoice.customer_id, invoice.currency)
        item = desk.account.item(invoice.id)
        if item is None:
            raise StateConflict(
                f"Invoice {invoice.number or invoice.id} is {invoice.state}; "
                "nothing is open on it.",
                code="nothing_open",
            )
        dispute = new_dispute(ports, context, desk, item, new)
        writes = [
            *opening_of(ports, context, dispute),
            *resting(ports, context, desk, dispute.rest()),
        ]
        commit(ports, context, writes, resource=f"/v1/disputes/{dispute.id}")
        return dispute

    return until_committed(ports, attempt)


def new_dispute(
    ports: Ports, context: Context, desk: Desk, item: OpenItem, new: NewDispute
) -> Dispute:
    """Return a dispute of now over an open item. Errors as for ``open_dispute``."""
    amount = free_minor(context, desk, [item]) if new.amount_minor is None else new.amount_minor
    if amount <= 0:
        raise StateConflict(
            f"All of invoice {item.number} rests already.", code="nothing_to_dispute"
        )
    require_free(context, desk, [item], amount)
    return Dispute(
        id=dispute_id(item.invoice_id, ports.ids.new("dsp", context.at)),
        what=new.what,
        invoice_id=item.invoice_id,
        invoice_number=item.number,
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        currency=desk.account.currency,
        amount_minor=amount,
        resting_minor=amount,
        reason=new.reason,
        owner=new.owner or context.actor.name,
        deadline=_deadline(context, desk, new.deadline),
        link_id=new.link_id,
        category=new.category,
        comment=new.comment,
        files=new.files,
        created_at=context.at,
        created_by=context.actor.name,
    )


def _deadline(context: Context, desk: Desk, wanted: date | None) -> date:
    today = local_date(context.at, desk.company.time_zone)
    if wanted is None:
        return today + timedelta(days=desk.company.dispute_days)
    if not today <= wanted <= today + MAX_DEADLINE:
        raise InvalidField(
            "/deadline", "A deadline lies between today and a year ahead.",
            field_code="date_out_of_range",
        )  # fmt: skip
    return wanted


def opening_of(ports: Ports, context: Context, dispute: Dispute) -> list[Write]:
    """Return the writes of a new dispute beside those of the account."""
    entry = audit(
        ports,
        context,
        f"{dispute.what}_opened",
        subject=("invoice", dispute.invoice_id),
        customer_id=dispute.customer_id,
        dispute_id=dispute.id,
        number=dispute.invoice_number,
        amount_minor=dispute.amount_minor,
        currency=dispute.currency,
        reason=dispute.reason,
    )
    return [Insert(dispute), entry]


def find_dispute(ports: Ports, name: str) -> Dispute:
    """Return a dispute. NotFound."""
    dispute = ports.store.get(dispute_ref(name))
    if dispute is None:
        raise NotFound("dispute", name)
    return dispute


def change_dispute(
    ports: Ports,
    context: Context,
    name: str,
    *,
    owner: str | None,
    deadline: date | None,
    expected_version: int | None = None,
) -> Dispute:
    """Give an open dispute another owner or deadline; None leaves it as it is.

    Stale when somebody else changed it first.
    """

    def attempt() -> Dispute:
        dispute = _still_open(find_dispute(ports, name))
        if expected_version not in (None, dispute.version):
            raise Stale("dispute", expected=expected_version or 0, present=dispute.version)
        desk = open_desk(ports, dispute.customer_id, dispute.currency)
        after = dispute.next(
            owner=owner or dispute.owner,
            deadline=_deadline(context, desk, deadline) if deadline else dispute.deadline,
            overdue_since=None if deadline else dispute.overdue_since,
        )
        entry = audit(
            ports,
            context,
            "dispute_changed",
            subject=("invoice", dispute.invoice_id),
            customer_id=dispute.customer_id,
            owner=after.owner,
            deadline=after.deadline.isoformat(),
        )
        overdue = closing(ports, context, overdue_key(name), "changed") if deadline else []
        commit(ports, context, [Replace(after), *overdue, entry], resource=f"/v1/disputes/{name}")
        return after

    return until_committed(ports, attempt)


def overdue_key(name: str) -> str:
    """Return the key of the work item about a dispute whose deadline has passed."""
    return f"overdue-{name}"


def _still_open(dispute: Dispute) -> Dispute:
    if dispute.state != "open":
        raise StateConflict(
            f"This dispute was resolved by {dispute.resolved_by}.", code="resolved_already"
        )
    return dispute


def resolve_dispute(ports: Ports, context: Context, name: str, resolution: Resolution) -> Dispute:
    """End a dispute; what of it is still open is chased again.

    With ``credit`` the disputed amount is taken back by a credit note in the same transaction.
    """

    def attempt() -> Dispute:
        dispute = _still_open(find_dispute(ports, name))
        after, writes = _resolved(ports, context, dispute, resolution)
        commit(ports, context, writes, resource=f"/v1/disputes/{name}")
        return after

    return until_committed(ports, attempt)


def _resolved(
    ports: Ports, context: Context, dispute: Dispute, resolution: Resolution
) -> tuple[Dispute, list[Write]]:
    after = dispute.next(
        state="resolved",
        outcome=resolution.outcome,
        note=resolution.note,
        resting_minor=0,
        resolved_at=context.at,
        resolved_by=context.actor.name,
    )
    if resolution.credit:
        note_id, changes = _crediting(ports, context, dispute, resolution)
        after = after.but(credit_note_id=note_id)
    else:
        desk = open_desk(ports, dispute.customer_id, dispute.currency)
        changes = waking(ports, context, desk, "dispute", [dispute.id])
    entry = audit(
        ports,
        context,
        "dispute_resolved",
        subject=("invoice", dispute.invoice_id),
        customer_id=dispute.customer_id,
        dispute_id=dispute.id,
        number=dispute.invoice_number,
        outcome=resolution.outcome,
        note=resolution.note,
    )
    overdue = closing(ports, context, overdue_key(dispute.id), resolution.outcome)
    return after, [Replace(after), *changes, *overdue, entry]


def _crediting(
    ports: Ports, context: Context, dispute: Dispute, resolution: Resolution
) -> tuple[str, list[Write]]:
    new = NewCreditNote(
        invoice_id=dispute.invoice_id,
        amount_minor=dispute.resting_minor,
        reason=resolution.note or dispute.reason,
    )
    drafted = draft_credit_note(ports, context, new, without_rest=dispute.id)
    return drafted.note.id, issuing(ports, context, drafted)

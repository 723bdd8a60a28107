"""What people should look at when money went back: open as long as the facts say so."""

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.access import SYSTEM
from chalicelib.domain.base import Record
from chalicelib.domain.calendar import local_date
from chalicelib.domain.company import Company, unnamed_company
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.money import MAX_MINOR
from chalicelib.domain.money_back import Dispute, MoneyBack, in_other_currency, wanted
from chalicelib.domain.money_back_books import held_by, is_wholly_posted
from chalicelib.domain.payment import Payment
from chalicelib.domain.work import WorkItem, WorkKind
from chalicelib.usecases.context import Context
from chalicelib.usecases.own_company import COMPANY
from chalicelib.usecases.ports import Insert, Ref, Replace, Write
from chalicelib.usecases.references import work_item_ref
from chalicelib.usecases.work import done, work_item

Found = Mapping[Ref[Any], Record]


def task_refs(record: MoneyBack, payment: Payment | None) -> list[Ref[Any]]:
    """Return the keys of what ``tasks`` looks at: the work items that this money may have."""
    keys = [_unmatched_key(record)]
    for dispute in record.disputes:
        keys += [_contested_key(record, dispute), _lost_key(record, dispute)]
    if payment is not None:
        keys.append(_odd_key(payment))
    return [COMPANY, *(work_item_ref(key) for key in keys)]


def tasks(
    context: Context, record: MoneyBack, found: Found, payment: Payment | None
) -> list[Write]:
    """Return the writes that bring the work list to what is known; ``found`` has what is on it.

    What a person has taken off the list stays off.
    """
    unmatched = _unmatched(context, record, payment)
    writes = _synced(context, found, _unmatched_key(record), unmatched, "matched")
    for dispute in record.disputes:
        contested = _contested(context, record, dispute, found, payment)
        lost = _lost(context, record, dispute, payment)
        end = dispute.status
        writes += _synced(context, found, _contested_key(record, dispute), contested, end)
        writes += _synced(context, found, _lost_key(record, dispute), lost, end)
    return writes


def odd_task(context: Context, found: Found, before: Payment, after: Payment) -> list[Write]:
    """Return the writes of the item about money that settles nothing, of which there is now less.

    Or more, or some again.
    """
    if before.unapplied_minor == after.unapplied_minor:
        return []
    key = _odd_key(after)
    odd = _odd(context, found.get(work_item_ref(key)), after) if after.unapplied_minor else None
    return _synced(context, found, key, odd, "returned")


def _about(payment: Payment | None) -> dict[str, Any]:
    if payment is None:
        return {}
    invoices = [one.invoice_id for one in payment.allocations]
    return {
        "customer_id": payment.customer_id,
        "customer_name": payment.customer_name,
        "payment_id": payment.id,
        "invoice_id": invoices[0] if invoices else None,
    }


def _contested(
    context: Context, record: MoneyBack, dispute: Dispute, found: Found, payment: Payment | None
) -> WorkItem | None:
    if dispute.is_decided:
        return None
    return work_item(
        context,
        _contested_key(record, dispute),
        "chargeback",
        " · ".join([dispute.id, *_last_day(dispute, found)]),
        priority=1,
        amount_minor=dispute.amount_minor,
        currency=dispute.currency,
        **_about(payment),
    )


def _last_day(dispute: Dispute, found: Found) -> list[str]:
    company = found.get(COMPANY)
    zone_name = (company if isinstance(company, Company) else unnamed_company()).time_zone
    return [local_date(dispute.due_by, zone_name).isoformat()] if dispute.due_by else []


def _lost(
    context: Context, record: MoneyBack, dispute: Dispute, payment: Payment | None
) -> WorkItem | None:
    if dispute.status != "lost":
        return None
    amount = dispute.amount_minor if payment is None else held_by(record, payment).get(dispute.id)
    if not amount:
        return None  # all of it had been refunded before
    return work_item(
        context,
        _lost_key(record, dispute),
        "chargeback_lost",
        dispute.id,
        priority=2,
        amount_minor=amount,
        currency=dispute.currency,
        **_about(payment),
    )


def _unmatched(context: Context, record: MoneyBack, payment: Payment | None) -> WorkItem | None:
    if payment is None:
        currency = _currency_of_refunds(record)
        amount = wanted(record, MAX_MINOR, currency)[0] if currency else 0
        if not amount:
            return None
        return _unmatched_item(context, record, amount_minor=amount, currency=currency)
    if is_wholly_posted(record, payment) and not in_other_currency(record, payment.currency):
        return None
    return _unmatched_item(context, record, **_about(payment))


def _unmatched_item(context: Context, record: MoneyBack, **fields: Any) -> WorkItem:
    key = _unmatched_key(record)
    return work_item(context, key, "refund_unmatched", record.payment_key, priority=2, **fields)


def _currency_of_refunds(record: MoneyBack) -> str | None:
    if record.so_far is not None:
        return record.so_far.currency
    return record.refunds[0].currency if record.refunds else None


def _odd(context: Context, before: Record | None, payment: Payment) -> WorkItem:
    what: WorkKind = "payment_excess"
    if payment.customer_id == UNIDENTIFIED:
        what = "payment_unmatched"
    fields = {"amount_minor": payment.unapplied_minor, "currency": payment.currency}
    if isinstance(before, WorkItem) and before.what in (what, "payment_other_currency"):
        return before.but(**fields, state="open", done_at=None, done_by=None, outcome=None)
    numbers = [one.number for one in payment.allocations]
    return work_item(
        context,
        _odd_key(payment),
        what,
        f"{payment.provider_payment_id} → {numbers[0] if numbers else '?'}",
        priority=2,
        **(_about(payment) | fields),
    )


def _contested_key(record: MoneyBack, dispute: Dispute) -> str:
    return f"chargeback-{record.provider}-{dispute.id}"


def _lost_key(record: MoneyBack, dispute: Dispute) -> str:
    return f"chargeback-lost-{record.provider}-{dispute.id}"


def _unmatched_key(record: MoneyBack) -> str:
    return f"refund-unmatched-{record.provider}-{record.payment_key}"


def _odd_key(payment: Payment) -> str:
    return f"odd-{payment.id}"


def _synced(
    context: Context, found: Found, key: str, item: WorkItem | None, outcome: str
) -> list[Write]:
    before = found.get(work_item_ref(key))
    if not isinstance(before, WorkItem):
        return [] if item is None else [Insert(item)]
    if item is None:
        return [] if before.state == "done" else [Replace(done(context, before, outcome))]
    if before.state == "done" and before.done_by != SYSTEM.name:
        return []
    now = item.but(version=before.version, created_at=before.created_at)
    return [] if now == before else [Replace(now.next())]

"""What a provider's fact about a payment changes in the books."""

from datetime import date
from typing import Any

from chalicelib.domain import account as accounts
from chalicelib.domain.account import PendingPayment, new_account
from chalicelib.domain.calendar import local_date
from chalicelib.domain.customer import UNIDENTIFIED, Customer
from chalicelib.domain.dunning import default_policy, plan
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import PaymentKey, ProviderFact
from chalicelib.domain.work import WorkItem, WorkKind
from chalicelib.usecases.assign_payment import assigning
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, company_of, open_desk, save_account
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace, Write
from chalicelib.usecases.posting import with_account
from chalicelib.usecases.record_payment import posting_of
from chalicelib.usecases.references import customer_ref, invoice_ref, payment_ref, work_item_ref
from chalicelib.usecases.settle import allocated, settling_one
from chalicelib.usecases.work import finishing, work_item


def post_paid(ports: Ports, context: Context, fact: ProviderFact) -> tuple[list[Write], str]:
    """Return the writes of money that came in: settled where it fits, unapplied where it does not.

    Unknown invoice, other currency, more than is open: the money is kept as unapplied cash and a
    work item says why.
    """
    key = Ref(PaymentKey, (fact.provider, fact.payment_key))
    failure = work_item_ref(_failure_key(fact))
    wanted: list[Ref[Any]] = [key, failure]
    if fact.invoice_id:
        wanted.append(invoice_ref(fact.invoice_id))
    found = ports.store.get_many(wanted)
    invoice = next((one for one in found.values() if isinstance(one, Invoice)), None)
    known = found.get(key)
    if isinstance(known, PaymentKey):
        return _identified(ports, context, known, invoice, fact)
    desk, new_customer = _desk_for(ports, context, invoice, fact)
    payment = _payment(ports, context, desk, fact)
    desk = with_account(desk, accounts.without_pending(desk.account, fact.payment_key, context.at))
    payment = allocated(payment, settling_one(desk, payment, invoice, context.at))
    odd = _oddity(context, payment, invoice, fact)
    writes: list[Write] = [
        Insert(_key(fact, payment)),
        *posting_of(ports, context, desk, payment, {invoice.id: invoice} if invoice else None),
        *new_customer,
        *([Insert(odd)] if odd else []),
        *finishing(context, found.get(failure), "paid"),
    ]
    return writes, f"posted {payment.id}"


def _identified(
    ports: Ports,
    context: Context,
    known: PaymentKey,
    invoice: Invoice | None,
    fact: ProviderFact,
) -> tuple[list[Write], str]:
    # The first event about this money may have named no invoice; this one may.
    payment = ports.store.get(payment_ref(known.payment_id))
    if invoice is None or payment is None or payment.customer_id != UNIDENTIFIED:
        return [], "known already"
    after, writes = assigning(ports, context, payment, invoice.customer_id, invoice)
    item = ports.store.get(work_item_ref(f"odd-{payment.id}"))
    odd = _oddity(context, after, invoice, fact)
    if odd is None or item is None:
        writes += finishing(context, item, "assigned")
    else:
        writes.append(Replace(odd.but(version=item.version + 1)))
    return writes, f"assigned {payment.id}"


def _desk_for(
    ports: Ports, context: Context, invoice: Invoice | None, fact: ProviderFact
) -> tuple[Desk, list[Write]]:
    if invoice is not None:
        return open_desk(ports, invoice.customer_id, fact.currency), []
    if ports.store.get(customer_ref(UNIDENTIFIED)) is not None:
        return open_desk(ports, UNIDENTIFIED, fact.currency), []
    # The first money of an unknown payer opens the account that holds such money.
    company = company_of(ports)
    nobody = Customer(
        id=UNIDENTIFIED,
        name="—",
        country=company.country,
        language=company.language,
        currency=company.currency,
        terms_days=0,
        time_zone=company.time_zone,
        currencies=(fact.currency,),
        created_at=context.at,
    )
    account = new_account(nobody, fact.currency)
    desk = Desk(nobody, account, company, default_policy(), {})
    return desk, [Insert(nobody)]


def _payment(ports: Ports, context: Context, desk: Desk, fact: ProviderFact) -> Payment:
    return Payment(
        id=ports.ids.new("pay", context.at),
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        amount_minor=fact.amount_minor,
        unapplied_minor=fact.amount_minor,
        currency=fact.currency,
        received_on=_value_date(desk, fact),
        method=fact.provider,
        reference=fact.payment_key,
        provider=fact.provider,
        provider_payment_id=fact.payment_key,
        created_at=context.at,
        created_by=fact.provider,
    )


def _value_date(desk: Desk, fact: ProviderFact) -> date:
    return local_date(fact.occurred_at, desk.company.time_zone)


def _oddity(
    context: Context, payment: Payment, invoice: Invoice | None, fact: ProviderFact
) -> WorkItem | None:
    if payment.unapplied_minor == 0:
        return None
    what, detail = _reason(payment, invoice, fact)
    return work_item(
        context,
        f"odd-{payment.id}",
        what,
        detail,
        priority=2,
        customer_id=payment.customer_id,
        customer_name=payment.customer_name,
        invoice_id=invoice.id if invoice else None,
        payment_id=payment.id,
        amount_minor=payment.unapplied_minor,
        currency=payment.currency,
    )


def _reason(payment: Payment, invoice: Invoice | None, fact: ProviderFact) -> tuple[WorkKind, str]:
    if invoice is None:
        return "payment_unmatched", f"{fact.payment_key} → {fact.invoice_id or '?'}"
    if invoice.currency != payment.currency:
        named = f"{invoice.number} ({invoice.currency})"
        return "payment_other_currency", f"{fact.payment_key} → {named}"
    return "payment_excess", f"{fact.payment_key} → {invoice.number or invoice.id}"


def _key(fact: ProviderFact, payment: Payment) -> PaymentKey:
    return PaymentKey(
        provider=fact.provider,
        payment_key=fact.payment_key,
        payment_id=payment.id,
        customer_id=payment.customer_id,
    )


def note_processing(ports: Ports, context: Context, fact: ProviderFact) -> tuple[list[Write], str]:
    """Return the writes of money that is on its way: it rests the chase, and it is not cash."""
    desk = _desk_of_unpaid(ports, fact)
    if desk is None:
        return [], "nothing to rest"
    account = accounts.with_pending(desk.account, _pending(fact, fact.amount_minor))
    return _replanned(context, desk, account), "rests the chase"


def note_failed(ports: Ports, context: Context, fact: ProviderFact) -> tuple[list[Write], str]:
    """Return the writes of a payment that failed: the chase goes on. Settled money stays."""
    desk = _desk_of_unpaid(ports, fact)
    if desk is None:
        return [], "nothing pending"
    account = accounts.with_pending(desk.account, _pending(fact, 0))
    failure = work_item(
        context,
        _failure_key(fact),
        "payment_failed",
        fact.detail or "The payment failed at the provider.",
        priority=6,
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        invoice_id=fact.invoice_id,
        amount_minor=fact.amount_minor,
        currency=fact.currency,
    )
    known = ports.store.get(Ref(WorkItem, (failure.key,)))
    return [
        *_replanned(context, desk, account),
        *([] if known else [Insert(failure)]),
    ], "noted the failure"


def _failure_key(fact: ProviderFact) -> str:
    return f"failed-{fact.provider}-{fact.payment_key}"


def _pending(fact: ProviderFact, amount_minor: int) -> PendingPayment:
    return PendingPayment(
        key=fact.payment_key,
        invoice_id=fact.invoice_id,
        amount_minor=amount_minor,
        since=fact.occurred_at,
        expires_at=accounts.pending_until(fact.occurred_at),
    )


def _desk_of_unpaid(ports: Ports, fact: ProviderFact) -> Desk | None:
    # Once the money is posted, a late "processing" or "failed" says nothing new.
    if fact.invoice_id is None:
        return None
    key = Ref(PaymentKey, (fact.provider, fact.payment_key))
    found = ports.store.get_many([key, invoice_ref(fact.invoice_id)])
    invoice = next((one for one in found.values() if isinstance(one, Invoice)), None)
    if key in found or invoice is None or invoice.currency != fact.currency:
        return None
    return open_desk(ports, invoice.customer_id, invoice.currency)


def _replanned(context: Context, desk: Desk, account: accounts.Account) -> list[Write]:
    zone_name = desk.customer.time_zone
    return save_account(desk, plan(account, desk.policy, zone_name, context.at))

"""What a provider's fact about a payment changes in the books."""

from datetime import date
from typing import Any

from chalicelib.domain import account as accounts
from chalicelib.domain.account import PendingPart, PendingPayment, new_account
from chalicelib.domain.calendar import local_date
from chalicelib.domain.checkout import Checkout
from chalicelib.domain.customer import UNIDENTIFIED, Customer
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ladders import shipped_book
from chalicelib.domain.money_back import MoneyBack
from chalicelib.domain.money_back_books import with_taken
from chalicelib.domain.next_action import plan
from chalicelib.domain.payment import Payment, Wanted
from chalicelib.domain.provider import PaymentKey, ProviderFact
from chalicelib.domain.work import WorkItem, WorkKind
from chalicelib.usecases.assign_payment import assigning
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, open_desk, save_account
from chalicelib.usecases.money_back import Step, follow_money_back, money_back_ref
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace, Require, Write
from chalicelib.usecases.posting import replan, with_account
from chalicelib.usecases.record_payment import posting_of
from chalicelib.usecases.references import customer_ref, invoice_ref, payment_ref, work_item_ref
from chalicelib.usecases.settle import allocated, settling_one
from chalicelib.usecases.work import finishing, work_item
from chalicelib.usecases.write_off import GivingUp, reinstating


def post_paid(ports: Ports, context: Context, fact: ProviderFact) -> Step:
    """Return the writes of money that came in: settled where it fits, unapplied where it does not.

    Unknown invoice, other currency, more than is open: the money is kept as unapplied cash and a
    work item says why. What of it was said to have gone back is left for the steps that follow.
    """
    key = Ref(PaymentKey, (fact.provider, fact.payment_key))
    failure = work_item_ref(_failure_key(fact))
    back_ref = money_back_ref(fact.provider, fact.payment_key)
    wanted: list[Ref[Any]] = [key, failure, back_ref]
    if fact.invoice_id:
        wanted.append(invoice_ref(fact.invoice_id))
    found = ports.store.get_many(wanted)
    invoice = next((one for one in found.values() if isinstance(one, Invoice)), None)
    known = found.get(key)
    back = next((one for one in found.values() if isinstance(one, MoneyBack)), None)
    if isinstance(known, PaymentKey):
        return _known(ports, context, known, invoice, fact, back)
    if (recovered := _to_recover(invoice, fact)) and invoice is not None:
        return _recovery(ports, context, invoice, recovered)
    desk, new_customer = _desk_for(ports, context, invoice, fact)
    payment = payment_of(ports, context, desk, fact)
    desk = with_account(desk, accounts.without_pending(desk.account, fact.payment_key, context.at))
    payment = allocated(payment, settling_one(desk, payment, invoice, context.at))
    odd = _oddity(context, payment, invoice, fact)
    writes: list[Write] = [
        Insert(key_of(fact, payment)),
        Require(back_ref, back.version if back else None),
        *posting_of(ports, context, desk, payment, {invoice.id: invoice} if invoice else None),
        *new_customer,
        *([Insert(odd)] if odd else []),
        *finishing(context, found.get(failure), "paid"),
    ]
    return Step(writes, f"posted {payment.id}", is_last=back is None)


def _to_recover(invoice: Invoice | None, fact: ProviderFact) -> int:
    # Money for what was given up: so much of the write-off was premature.
    if invoice is None or invoice.currency != fact.currency:
        return 0
    lacking = fact.amount_minor - invoice.open_minor
    return max(min(lacking, invoice.settled_minor("write_off")), 0)


def _recovery(ports: Ports, context: Context, invoice: Invoice, amount_minor: int) -> Step:
    desk = open_desk(ports, invoice.customer_id, invoice.currency)
    giving_up = GivingUp(invoice_id=invoice.id, amount_minor=amount_minor, reason="paid")
    _, writes = reinstating(ports, context, desk, invoice, giving_up)
    return Step(writes, f"reinstated {amount_minor} of {invoice.number}", is_last=False)


def _known(
    ports: Ports,
    context: Context,
    known: PaymentKey,
    invoice: Invoice | None,
    fact: ProviderFact,
    back: MoneyBack | None,
) -> Step:
    payment = ports.store.get(payment_ref(known.payment_id))
    if invoice is not None and payment is not None and payment.customer_id == UNIDENTIFIED:
        return _identified(ports, context, payment, invoice, fact, back)
    if back is not None:
        return follow_money_back(ports, context, fact)
    return Step([], "known already")


def _identified(
    ports: Ports,
    context: Context,
    payment: Payment,
    invoice: Invoice,
    fact: ProviderFact,
    back: MoneyBack | None,
) -> Step:
    # The first event about this money named no invoice; this one does.
    after, writes = assigning(ports, context, payment, invoice.customer_id, invoice)
    item = ports.store.get(work_item_ref(f"odd-{payment.id}"))
    odd = _oddity(context, after, invoice, fact)
    if odd is None or item is None:
        writes += finishing(context, item, "assigned")
    else:
        writes.append(Replace(odd.but(version=item.version + 1)))
    if back is not None:
        writes.append(Replace(_missed(back, payment, after, invoice).next()))
    return Step(writes, f"assigned {payment.id}", is_last=back is None)


def _missed(back: MoneyBack, before: Payment, after: Payment, invoice: Invoice) -> MoneyBack:
    # What the invoice would have been settled with, had nothing gone back before it was known.
    if invoice.currency != before.currency:
        return back
    settled = after.allocated_minor - before.allocated_minor
    more = min(invoice.open_minor, before.unapplied_minor + before.returned_minor()) - settled
    if more <= 0:
        return back
    return back.but(taken=with_taken(back.taken, Wanted(invoice_id=invoice.id, amount_minor=more)))


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
    desk = Desk(nobody, account, company, shipped_book(), {})
    return desk, [Insert(nobody)]


def payment_of(ports: Ports, context: Context, desk: Desk, fact: ProviderFact) -> Payment:
    """Return the payment that a fact tells of, all of it still unapplied."""
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


def key_of(fact: ProviderFact, payment: Payment) -> PaymentKey:
    """Return the permanent key under which this money is posted once."""
    return PaymentKey(
        provider=fact.provider,
        payment_key=fact.payment_key,
        payment_id=payment.id,
        customer_id=payment.customer_id,
    )


def note_processing(
    ports: Ports, context: Context, fact: ProviderFact, checkout: Checkout | None = None
) -> Step:
    """Return the writes of money that is on its way: it rests the chase, and it is not cash.

    What waited to go out is called off: so is a letter that asks for this money and is not posted.
    ``checkout`` says for which invoices it is meant, where the fact names none.
    """
    desk = _desk_of_unpaid(ports, fact, checkout)
    if desk is None:
        return Step([], "nothing to rest")
    account = accounts.with_pending(desk.account, _pending(fact, fact.amount_minor, checkout))
    account, called_off = replan(ports, context, desk, account)
    return Step([*save_account(desk, account), *called_off], "rests the chase")


def note_failed(
    ports: Ports, context: Context, fact: ProviderFact, checkout: Checkout | None = None
) -> Step:
    """Return the writes of a payment that failed: the chase goes on. Settled money stays."""
    desk = _desk_of_unpaid(ports, fact, checkout)
    if desk is None:
        return Step([], "nothing pending")
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
    listed = [] if known else [Insert(failure)]
    return Step([*_replanned(context, desk, account), *listed], "noted the failure")


def _failure_key(fact: ProviderFact) -> str:
    return f"failed-{fact.provider}-{fact.payment_key}"


def _pending(
    fact: ProviderFact, amount_minor: int, checkout: Checkout | None = None
) -> PendingPayment:
    parts = [] if checkout is None else meant_for(checkout, amount_minor)
    return PendingPayment(
        key=fact.payment_key,
        invoice_id=fact.invoice_id,
        amount_minor=amount_minor,
        parts=tuple(
            PendingPart(invoice_id=one.invoice_id, amount_minor=one.amount_minor) for one in parts
        ),
        since=fact.occurred_at,
        expires_at=accounts.pending_until(fact.occurred_at),
    )


def meant_for(checkout: Checkout, amount_minor: int) -> list[Wanted]:
    """Return what an amount pays of a checkout: its invoices in their order, as far as it goes."""
    wanted: list[Wanted] = []
    for item in checkout.items:
        part = min(item.amount_minor, amount_minor)
        if part > 0:
            wanted.append(Wanted(invoice_id=item.invoice_id, amount_minor=part))
            amount_minor -= part
    return wanted


def _desk_of_unpaid(ports: Ports, fact: ProviderFact, checkout: Checkout | None) -> Desk | None:
    # Once the money is posted, a late "processing" or "failed" says nothing new.
    key = Ref(PaymentKey, (fact.provider, fact.payment_key))
    if checkout is not None and checkout.currency == fact.currency:
        if ports.store.get(key) is not None:
            return None
        return open_desk(ports, checkout.customer_id, checkout.currency)
    if fact.invoice_id is None:
        return None
    found = ports.store.get_many([key, invoice_ref(fact.invoice_id)])
    invoice = next((one for one in found.values() if isinstance(one, Invoice)), None)
    if key in found or invoice is None or invoice.currency != fact.currency:
        return None
    return open_desk(ports, invoice.customer_id, invoice.currency)


def _replanned(context: Context, desk: Desk, account: accounts.Account) -> list[Write]:
    return save_account(desk, plan(account, desk.rules, context.at))

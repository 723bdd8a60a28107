"""Post what a provider says of a payment, whether it names an invoice or a checkout of several.

A checkout of one invoice is that invoice. One of several is posted in steps of a transaction each,
the first of which posts the money; each finds what the others have left to do.
"""

from collections.abc import Sequence
from typing import Final

from chalicelib.domain import account as accounts
from chalicelib.domain.checkout import Checkout
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.errors import known
from chalicelib.domain.money_back import MoneyBack
from chalicelib.domain.payment import Payment, Wanted
from chalicelib.domain.provider import PaymentKey, ProviderFact
from chalicelib.domain.rf_reference import parse_reference
from chalicelib.domain.work import WorkKind
from chalicelib.usecases.allocate_payment import allocating
from chalicelib.usecases.assign_payment import assigning
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.money_back import Step, follow_money_back, money_back_ref
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace, Require, Write
from chalicelib.usecases.post_provider_payment import (
    key_of,
    meant_for,
    note_failed,
    note_processing,
    payment_of,
    post_paid,
)
from chalicelib.usecases.posting import with_account
from chalicelib.usecases.record_payment import posting_of
from chalicelib.usecases.references import checkout_ref, payment_ref, work_item_ref
from chalicelib.usecases.search import find_documents
from chalicelib.usecases.settle import allocated, fitting
from chalicelib.usecases.work import finishing, work_item

_INVOICE: Final = "inv_"


def pay_checkout(ports: Ports, context: Context, fact: ProviderFact) -> Step:
    """Return the next step of money that came in, its checkout marked as paid by it."""
    fact, checkout = _named(ports, fact)
    if checkout is None:
        return post_paid(ports, context, fact)
    if checkout.invoice_id is not None:
        step = post_paid(ports, context, fact.but(invoice_id=checkout.invoice_id))
    else:
        step = _pay_several(ports, context, fact, checkout)
    return step._replace(writes=[*step.writes, *_marked(ports, fact, checkout, step)])


def rest_checkout(ports: Ports, context: Context, fact: ProviderFact) -> Step:
    """Return the writes of money that is on its way for what its checkout asks for."""
    fact, checkout = _named(ports, fact)
    return note_processing(ports, context, fact, checkout)


def fail_checkout(ports: Ports, context: Context, fact: ProviderFact) -> Step:
    """Return the writes of a payment that failed. Its page stays open for another try."""
    fact, checkout = _named(ports, fact)
    if checkout is not None and checkout.invoice_id is not None:
        fact = fact.but(invoice_id=checkout.invoice_id)
    return note_failed(ports, context, fact, checkout)


def _named(ports: Ports, fact: ProviderFact) -> tuple[ProviderFact, Checkout | None]:
    """Return the checkout that a fact names; an invoice may be named by its number, too."""
    if fact.checkout_id:
        return fact, ports.store.get(checkout_ref(fact.checkout_id))
    named = fact.invoice_id
    if named is None or named.startswith(_INVOICE):
        return fact, None
    is_reference = parse_reference(named) is not None
    found = {
        hit.id
        for hit in find_documents(ports, named)
        if hit.what == "invoice" and (is_reference or hit.title.upper() == named.upper())
    }
    return (fact.but(invoice_id=found.pop()) if len(found) == 1 else fact), None


def _marked(ports: Ports, fact: ProviderFact, checkout: Checkout, step: Step) -> list[Write]:
    if checkout.state == "paid" or not step.is_last:
        return []
    inserted = (write.record for write in step.writes if isinstance(write, Insert))
    key = next((one for one in inserted if isinstance(one, PaymentKey)), None)
    key = key or ports.store.get(Ref(PaymentKey, (fact.provider, fact.payment_key)))
    if key is None:
        return []
    return [Replace(checkout.next(state="paid", payment_id=key.payment_id, outcome="paid"))]


def _pay_several(ports: Ports, context: Context, fact: ProviderFact, checkout: Checkout) -> Step:
    key_ref = Ref(PaymentKey, (fact.provider, fact.payment_key))
    back_ref = money_back_ref(fact.provider, fact.payment_key)
    found = ports.store.get_many([key_ref, back_ref])
    key, back = found.get(key_ref), found.get(back_ref)
    back = back if isinstance(back, MoneyBack) else None
    if not isinstance(key, PaymentKey):
        return _post(ports, context, fact, checkout, back)
    payment = known(ports.store.get(payment_ref(key.payment_id)))
    if payment.customer_id == UNIDENTIFIED:
        _, writes = assigning(ports, context, payment, checkout.customer_id)
        item = ports.store.get(work_item_ref(f"odd-{payment.id}"))
        writes += finishing(context, item, "assigned")
        return Step(writes, f"assigned {payment.id}", is_last=False)
    return _go_on(ports, context, fact, checkout, payment, back)


def _post(
    ports: Ports, context: Context, fact: ProviderFact, checkout: Checkout, back: MoneyBack | None
) -> Step:
    desk = open_desk(ports, checkout.customer_id, fact.currency)
    desk = with_account(desk, accounts.without_pending(desk.account, fact.payment_key, context.at))
    payment = payment_of(ports, context, desk, fact)
    wanted = _still_wanted(desk, checkout, payment)
    chosen = fitting(wanted, desk, payment, context.at)
    payment = allocated(payment, chosen)
    failure = ports.store.get(work_item_ref(f"failed-{fact.provider}-{fact.payment_key}"))
    back_ref = money_back_ref(fact.provider, fact.payment_key)
    is_whole = len(chosen) == len(wanted)
    writes: list[Write] = [
        Insert(key_of(fact, payment)),
        Require(back_ref, back.version if back else None),
        *posting_of(ports, context, desk, payment),
        *finishing(context, failure, "paid"),
        *(_odd(context, payment, checkout) if is_whole else []),
    ]
    return Step(writes, f"posted {payment.id}", is_last=is_whole and back is None)


def _go_on(
    ports: Ports,
    context: Context,
    fact: ProviderFact,
    checkout: Checkout,
    payment: Payment,
    back: MoneyBack | None,
) -> Step:
    desk = open_desk(ports, payment.customer_id, payment.currency)
    wanted = _still_wanted(desk, checkout, payment)
    if not wanted:
        if back is not None:
            return follow_money_back(ports, context, fact)
        return Step([], "known already")
    chosen = fitting(wanted, desk, payment, context.at)
    after = allocated(payment, chosen).next()
    added = after.but(allocations=chosen)
    is_whole = len(chosen) == len(wanted)
    writes = [
        Replace(after),
        *allocating(ports, context, desk, added),
        *(_odd(context, after, checkout) if is_whole else []),
    ]
    return Step(writes, f"allocated {payment.id}", is_last=is_whole and back is None)


def _still_wanted(desk: Desk, checkout: Checkout, payment: Payment) -> Sequence[Wanted]:
    """Return what the payment has not been spent on yet; what a person undid stays undone."""
    if payment.currency != checkout.currency:
        return []
    spent = {one.invoice_id for one in payment.allocations}
    left = [one for one in meant_for(checkout, payment.amount_minor) if one.invoice_id not in spent]
    wanted: list[Wanted] = []
    unapplied = payment.unapplied_minor
    for one in left:
        item = desk.account.item(one.invoice_id)
        part = min(one.amount_minor, unapplied, item.open_minor if item else 0)
        if part > 0:
            wanted.append(one.but(amount_minor=part))
            unapplied -= part
    return wanted


def _odd(context: Context, payment: Payment, checkout: Checkout) -> list[Write]:
    if payment.unapplied_minor == 0:
        return []
    is_other = payment.currency != checkout.currency
    what: WorkKind = "payment_other_currency" if is_other else "payment_excess"
    numbers = ", ".join(item.number for item in checkout.items[:10])
    item = work_item(
        context,
        f"odd-{payment.id}",
        what,
        f"{payment.provider_payment_id} → {numbers}",
        priority=2,
        customer_id=payment.customer_id,
        customer_name=payment.customer_name,
        payment_id=payment.id,
        amount_minor=payment.unapplied_minor,
        currency=payment.currency,
    )
    return [Insert(item)]

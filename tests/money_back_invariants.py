"""What must hold of money that a provider says went back: posted, at rest, on the work list."""

from typing import TYPE_CHECKING

from chalicelib.domain.account import Account
from chalicelib.domain.money_back import MoneyBack, contested, wanted
from chalicelib.domain.money_back_books import held_by
from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import PaymentKey
from chalicelib.domain.work import WorkItem

if TYPE_CHECKING:
    from tests.invariants import Books

_MORE_THAN_ANY = 10**15


def assert_money_back_holds(books: "Books") -> None:
    """Check after any commit that nothing is posted, taken or rests beyond what is known."""
    resting = {
        rest.id: rest.amount_minor
        for account in books.all(Account)
        for rest in account.rests
        if rest.kind == "chargeback"
    }
    keys = {one.key for one in books.all(WorkItem)}
    payments = _payments(books)
    for record in books.all(MoneyBack):
        posted = record.refunded_minor + record.charged_back_minor
        taken = sum(one.amount_minor for one in record.taken)
        payment = payments.get((record.provider, record.payment_key))
        if payment is None:
            assert posted == taken == 0
        else:
            assert 0 <= record.refunded_minor <= payment.returned_minor("refunded")
            assert 0 <= record.charged_back_minor <= payment.returned_minor("charged_back")
            assert taken <= posted
            held = held_by(record, payment)
            waiting = sum(held.get(one.id, 0) for one in contested(record))
            assert resting.pop(payment.id, 0) <= waiting
        for dispute in record.disputes:
            if not dispute.is_decided:
                assert f"chargeback-{record.provider}-{dispute.id}" in keys
    assert resting == {}


def assert_all_went_back(books: "Books") -> None:
    """Check when nothing is under way that all which is known is posted, or a person was asked."""
    payments = _payments(books)
    asked = {one.key for one in books.all(WorkItem)}
    for record in books.all(MoneyBack):
        payment = payments.get((record.provider, record.payment_key))
        name = f"refund-unmatched-{record.provider}-{record.payment_key}"
        if payment is None:
            assert name in asked or wanted(record, _MORE_THAN_ANY, "EUR")[0] == 0
            continue
        posted = (record.refunded_minor, record.charged_back_minor)
        known = wanted(record, payment.amount_minor, payment.currency)
        assert posted == known or name in asked
        held = held_by(record, payment)
        for dispute in record.disputes:
            if dispute.status == "lost" and held.get(dispute.id):
                assert f"chargeback-lost-{record.provider}-{dispute.id}" in asked


def _payments(books: "Books") -> dict[tuple[str, str], Payment]:
    by_id = {one.id: one for one in books.all(Payment)}
    return {(one.provider, one.payment_key): by_id[one.payment_id] for one in books.all(PaymentKey)}

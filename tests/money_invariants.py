"""What must hold of invoices, payments, journal legs, discounts and rests, after every commit."""

from collections import Counter
from typing import TYPE_CHECKING

from chalicelib.domain.account import Account, OpenItem
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.handover import Handover
from chalicelib.domain.hold import Hold
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Entry
from chalicelib.domain.payment import Payment
from chalicelib.domain.promise import Plan, Promise
from chalicelib.domain.prove_rests import Agreement
from chalicelib.domain.provider import PaymentKey
from chalicelib.domain.rest import Rest

if TYPE_CHECKING:
    from tests.invariants import Books

_DRAFTS = ("draft", "pending_approval")
_BILLED = ("invoice_issued", "invoice_voided", "credit_note_issued")
_OF_PAYMENTS = ("payment", "credit", "credit_note")


def assert_money_holds(books: "Books") -> None:
    """Check invoices, payments, the journal and what rests against each other."""
    _invoices_add_up(books)
    _settlements_are_allocations(books)
    _credits_are_credit_notes(books)
    _payments_add_up(books)
    _the_journal_balances(books)
    _rests_are_those_of_their_records(books)


def _invoices_add_up(books: "Books") -> None:
    items = {
        item.invoice_id: (account, item)
        for account in books.all(Account)
        for item in account.open_items
    }
    for invoice in books.all(Invoice):
        settled = sum(one.amount_minor for one in invoice.settlements)
        assert invoice.total_minor == invoice.net_minor + invoice.tax_minor
        if invoice.state in _DRAFTS:
            assert (invoice.number, invoice.open_minor, settled) == (None, 0, 0)
            continue
        if invoice.state == "void":
            assert (invoice.open_minor, settled) == (0, 0)
        else:
            assert invoice.open_minor == invoice.total_minor - settled
            assert invoice.state == _state_by_hand(invoice)
        assert 0 <= invoice.open_minor <= invoice.total_minor
        account, item = items.pop(invoice.id, (None, None))
        assert (item.open_minor if item else 0) == invoice.open_minor
        if account is not None and item is not None:
            _is_its_item(account, item, invoice)
    assert items == {}


def _is_its_item(account: Account, item: OpenItem, invoice: Invoice) -> None:
    assert (account.customer_id, account.currency) == (invoice.customer_id, invoice.currency)
    assert (item.number, item.total_minor, item.due_date, item.discount) == (
        invoice.number,
        invoice.total_minor,
        invoice.due_date,
        invoice.offer,
    )


def _state_by_hand(invoice: Invoice) -> str:
    by_kind = Counter[str]()
    for one in invoice.settlements:
        by_kind[one.kind] += one.amount_minor
    assert min(by_kind.values(), default=0) >= 0
    if invoice.open_minor == 0:
        return "written_off" if by_kind["write_off"] else "paid"
    del by_kind["write_off"], by_kind["credit_note"]
    return "partially_paid" if by_kind.total() else "issued"


def _settlements_are_allocations(books: "Books") -> None:
    allocated: Counter[tuple[str, str, str]] = Counter()
    for payment in books.all(Payment):
        for one in payment.allocations:
            allocated[one.invoice_id, payment.id, "paid"] += one.amount_minor
            allocated[one.invoice_id, payment.id, "discount"] += one.discount_minor
            allocated[one.invoice_id, payment.id, "small_difference"] += one.difference_minor
        assert all(one.amount_minor > 0 for one in payment.standing())
    settled: Counter[tuple[str, str, str]] = Counter()
    for invoice in books.all(Invoice):
        for each in invoice.settlements:
            if each.kind != "write_off":
                kind = "paid" if each.kind in _OF_PAYMENTS else each.kind
                settled[invoice.id, each.payment_id or "", kind] += each.amount_minor
    assert +settled == +allocated


def _credits_are_credit_notes(books: "Books") -> None:
    invoices = {one.id: one for one in books.all(Invoice)}
    payments = {one.id: one for one in books.all(Payment)}
    credited: Counter[tuple[str, str, str]] = Counter()
    for note in books.all(CreditNote):
        assert note.total_minor == note.net_minor + note.tax_minor > 0
        assert note.net_minor == sum(one.base_minor for one in note.taxes)
        assert note.tax_minor == sum(one.tax_minor for one in note.taxes)
        credit = payments[note.payment_id]
        assert (credit.origin, credit.amount_minor, credit.credit_note_id) == (
            "credit_note",
            note.total_minor,
            note.id,
        )
        assert note.issue_date >= (invoices[note.invoice_id].issue_date or note.issue_date)
        for tax in note.taxes:
            credited[note.invoice_id, str(tax.rate), "base"] += tax.base_minor
            credited[note.invoice_id, str(tax.rate), "tax"] += tax.tax_minor
    kept: Counter[tuple[str, str, str]] = Counter()
    for invoice in invoices.values():
        rates = {one.rate: one for one in invoice.taxes}
        for tax in invoice.credited:
            kept[invoice.id, str(tax.rate), "base"] += tax.base_minor
            kept[invoice.id, str(tax.rate), "tax"] += tax.tax_minor
            assert abs(tax.base_minor) <= abs(rates[tax.rate].base_minor)
            assert abs(tax.tax_minor) <= abs(rates[tax.rate].tax_minor)
    assert kept == credited
    notes = sum(one.origin == "credit_note" for one in payments.values())
    assert notes == len(books.all(CreditNote))


def _payments_add_up(books: "Books") -> None:
    unapplied: Counter[tuple[str, str]] = Counter()
    for payment in books.all(Payment):
        gone = payment.returned_minor()
        assert payment.amount_minor == payment.allocated_minor + payment.unapplied_minor + gone
        assert min(payment.unapplied_minor, payment.allocated_minor, gone) >= 0
        unapplied[payment.customer_id, payment.currency] += payment.unapplied_minor
    kept = Counter(
        {(one.customer_id, one.currency): one.unapplied_minor for one in books.all(Account)}
    )
    assert +unapplied == +kept
    posted = {
        (one.provider, one.provider_payment_id): one.id
        for one in books.all(Payment)
        if one.provider is not None
    }
    keys = {(one.provider, one.payment_key): one.payment_id for one in books.all(PaymentKey)}
    assert posted == keys
    assert len(posted) == sum(one.provider is not None for one in books.all(Payment))


def _the_journal_balances(books: "Books") -> None:
    for entry in books.all(Entry):
        sums: Counter[str] = Counter()
        for leg in entry.legs:
            sums[leg.account] += leg.amount_minor
        assert sums.total() == 0
        assert sums["receivable"] == entry.open_delta_minor
        assert sums["customer_credit"] == -entry.unapplied_delta_minor
        assert sums["bad_debt"] == entry.written_off_minor
        earned = -sums["sales"] - sums["sales_returns"] - _tax_of_documents(entry)
        # What was issued or received elsewhere is in the books of elsewhere, against the transfer.
        if entry.what in _BILLED:
            assert (earned - sums["transfer"], sums["bank"]) == (entry.billed_minor, 0)
        else:
            # What is assigned moves between accounts and is collected by neither.
            moved = 0 if entry.what == "payment_assigned" else sums["transfer"]
            assert sums["bank"] + moved == entry.collected_minor
            assert earned == entry.billed_minor


def _tax_of_documents(entry: Entry) -> int:
    # Tax moves with documents, and with discounts that lower the taxable amount.
    documents = ("invoice_issued", "invoice_voided", "credit_note_issued")
    if entry.what not in documents:
        return 0
    return sum(leg.amount_minor for leg in entry.legs if leg.account == "tax")


def _rests_are_those_of_their_records(books: "Books") -> None:
    resting: dict[tuple[str, str], tuple[str, str, Rest]] = {}
    for account in books.all(Account):
        open_by_invoice = {item.invoice_id: item.open_minor for item in account.open_items}
        for rest in account.rests:
            there = sum(part for name, part in open_by_invoice.items() if rest.covers(name))
            if rest.kind not in ("hold", "legal"):  # our own silence outlasts what is open
                assert 0 < rest.amount_minor <= there
            if rest.kind != "chargeback":
                resting[rest.kind, rest.id] = (account.customer_id, account.currency, rest)
    records: list[Agreement] = [
        *books.all(Dispute), *books.all(Promise), *books.all(Plan),
        *books.all(Hold), *books.all(Handover),
    ]  # fmt: skip
    for record in records:
        found = resting.pop((record.rest().kind, record.id), None)
        if record.state != "open":
            assert found is None, record
            continue
        assert found is not None, record
        customer_id, currency, rest = found
        assert (record.customer_id, record.currency) == (customer_id, currency)
        assert rest.invoice_ids == record.rest().invoice_ids
        if not isinstance(record, Promise):
            assert rest == record.rest()
    assert resting == {}

"""The questions that indexes answer. Each is one Query a page (docs/data-model.md)."""

from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.domain.account import Account
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Customer, NameWord
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.numbering import RegisterEntry, Series
from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import InboxEvent
from chalicelib.usecases.ports import Listing

_UP_TO = "~"  # sorts after everything that follows a date or an instant in a sort key


def accounts_due(shard: int, until: datetime) -> Listing[Account]:
    """Return the accounts of a shard whose next action is due, longest waiting first."""
    return Listing(Account, "accounts_due", (str(shard),), before=f"{rfc3339(until)}{_UP_TO}")


def accounts_of(customer_id: str) -> Listing[Account]:
    """Return a customer's accounts."""
    return Listing(Account, "accounts_of_customer", (customer_id,))


def debtors(currency: str) -> Listing[Account]:
    """Return the accounts that owe most in a currency."""
    return Listing(Account, "debtors", (currency,), newest_first=True)


def register_of(series: str, prefix: str | None = None) -> Listing[RegisterEntry]:
    """Return the register of a series in the order of the numbers."""
    return Listing(RegisterEntry, "register", (series,), prefix=prefix)


def register_between(series: str, first: int, last: int) -> Listing[RegisterEntry]:
    """Return a stretch of the register of a series, both numbers included."""
    after, before = f"{first - 1:09d}", f"{last:09d}"
    return Listing(RegisterEntry, "register", (series,), after=after, before=before)


def register_by_amount(total_minor: int) -> Listing[RegisterEntry]:
    """Return the documents with exactly this total, in any currency, latest first."""
    return Listing(RegisterEntry, "register_by_amount", (str(total_minor),), newest_first=True)


def all_series() -> Listing[Series]:
    """Return all series."""
    return Listing(Series, "series")


def customers(prefix: str | None = None) -> Listing[Customer]:
    """Return customers by name."""
    return Listing(Customer, "customers", prefix=prefix)


def customers_by_word(word: str) -> Listing[NameWord]:
    """Return customers one word of whose names begins so."""
    return Listing(NameWord, "customers_by_word", (word[:2],), prefix=word)


def invoices(
    *,
    list_name: str | None,
    customer_id: str | None,
    due_after: date | None,
    due_before: date | None,
    where: tuple[tuple[str, Any], ...] = (),
) -> Listing[Invoice]:
    """Return invoices: of a class, of a customer, of both or all, by due date where they can be.

    The bounds exclude the day they name. All invoices come newest first and are filtered by date.
    """
    bounds: dict[str, Any] = {
        "after": due_after.isoformat() if due_after else None,
        "before": due_before.isoformat() if due_before else None,
    }
    if customer_id and list_name:
        scope = (customer_id, list_name)
        return Listing(Invoice, "invoices_of_customer_in_class", scope, where=where, **bounds)
    if list_name:
        newest_first = list_name in ("paid", "void")
        return Listing(
            Invoice,
            "invoices_in_class",
            (list_name,),
            newest_first=newest_first,
            where=where,
            **bounds,
        )
    dated = tuple(
        (f"due_date {sign}", day.isoformat())
        for sign, day in ((">", due_after), ("<", due_before))
        if day
    )
    if customer_id:
        return Listing(Invoice, "invoices_of_customer", (customer_id,), where=where + dated)
    return Listing(Invoice, "invoices", newest_first=True, where=where + dated)


def payments(*, customer_id: str | None, where: tuple[tuple[str, Any], ...]) -> Listing[Payment]:
    """Return payments, of one customer or all, newest first."""
    if customer_id:
        name, scope = "payments_of_customer", (customer_id,)
        return Listing(Payment, name, scope, newest_first=True, where=where)
    return Listing(Payment, "payments", newest_first=True, where=where)


def payments_between(first: date, last: date, provider: str) -> Listing[Payment]:
    """Return the payments that came by a provider in these days."""
    end = (last + timedelta(days=1)).isoformat()
    where = (("provider", provider),)
    return Listing(Payment, "payments", after=first.isoformat(), before=end, where=where)


def credits_given() -> Listing[Payment]:
    """Return what credit notes gave, newest first."""
    return Listing(Payment, "credits", newest_first=True)


def credit_notes(customer_id: str | None = None) -> Listing[CreditNote]:
    """Return credit notes, of one customer or all, newest first."""
    if customer_id:
        return Listing(CreditNote, "credit_notes_of_customer", (customer_id,), newest_first=True)
    return Listing(CreditNote, "credit_notes", newest_first=True)


def unapplied_payments() -> Listing[Payment]:
    """Return payments with money that settles nothing yet, oldest first."""
    return Listing(Payment, "payments_unapplied")


def timeline_of(customer_id: str) -> Listing[AuditEntry]:
    """Return what happened with a customer, newest first."""
    return Listing(AuditEntry, "timeline_of_customer", (customer_id,), newest_first=True)


def inbox_received(before: datetime) -> Listing[InboxEvent]:
    """Return provider events that arrived before an instant and wait to be processed."""
    return Listing(InboxEvent, "inbox_received", before=rfc3339(before))

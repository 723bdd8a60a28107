"""The questions that indexes answer. Each is one Query a page (docs/data-model.md)."""

from datetime import date, datetime
from typing import Any

from chalicelib.domain.account import Account
from chalicelib.domain.approval import Approval
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.calendar import month_of, rfc3339
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Customer, NameWord
from chalicelib.domain.identity import ApiKey, Person
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.ledger import Entry, Totals
from chalicelib.domain.numbering import RegisterEntry, Series
from chalicelib.domain.payment import Payment
from chalicelib.domain.period import ClosedPeriod
from chalicelib.domain.proof import ProofFinding, ProofRun
from chalicelib.domain.provider import InboxEvent
from chalicelib.domain.recurring import RecurringInvoice, Run
from chalicelib.domain.work import WorkItem
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


def entries_of(customer_id: str, currency: str) -> Listing[Entry]:
    """Return the ledger of an account in order."""
    return Listing(Entry, "entries", (customer_id, currency))


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


def credits_given() -> Listing[Payment]:
    """Return what credit notes gave, newest first."""
    return Listing(Payment, "credits", newest_first=True)


def credit_notes(customer_id: str | None = None) -> Listing[CreditNote]:
    """Return credit notes, of one customer or all, newest first."""
    if customer_id:
        return Listing(CreditNote, "credit_notes_of_customer", (customer_id,), newest_first=True)
    return Listing(CreditNote, "credit_notes", newest_first=True)


def journal_of(month: str) -> Listing[Entry]:
    """Return the entries posted in a month (``YYYY-MM``), as rows, by day and account."""
    return Listing(Entry, "journal", (month,))


def unapplied_payments() -> Listing[Payment]:
    """Return payments with money that settles nothing yet, oldest first."""
    return Listing(Payment, "payments_unapplied")


def timeline_of(customer_id: str) -> Listing[AuditEntry]:
    """Return what happened with a customer, newest first."""
    return Listing(AuditEntry, "timeline_of_customer", (customer_id,), newest_first=True)


def audit_of(month: date) -> Listing[AuditEntry]:
    """Return every change of a month, newest first."""
    return Listing(AuditEntry, "audit", (month_of(month),), newest_first=True)


def late_charges() -> Listing[LateCharge]:
    """Return all late charges, newest first."""
    return Listing(LateCharge, "late_charges", newest_first=True)


def late_charges_in(state: str) -> Listing[LateCharge]:
    """Return the late charges in a state, newest first."""
    return Listing(LateCharge, "late_charges_in_state", (state,), newest_first=True)


def late_charges_of(customer_id: str, where: tuple[tuple[str, Any], ...]) -> Listing[LateCharge]:
    """Return a customer's late charges, newest first."""
    name = "late_charges_of_customer"
    return Listing(LateCharge, name, (customer_id,), newest_first=True, where=where)


def approvals_in(state: str) -> Listing[Approval]:
    """Return the approvals in a state: those that wait longest first, the others latest first."""
    return Listing(Approval, "approvals", (state,), newest_first=state != "waiting")


def open_work() -> Listing[WorkItem]:
    """Return what needs a person, most urgent first."""
    return Listing(WorkItem, "work_open")


def done_work() -> Listing[WorkItem]:
    """Return what people have done, latest first."""
    return Listing(WorkItem, "work_done", newest_first=True)


def inbox_received(before: datetime) -> Listing[InboxEvent]:
    """Return provider events that arrived before an instant and wait to be processed."""
    return Listing(InboxEvent, "inbox_received", before=rfc3339(before))


def recurring_invoices() -> Listing[RecurringInvoice]:
    """Return all recurring invoices, newest first."""
    return Listing(RecurringInvoice, "recurring", newest_first=True)


def recurring_in(state: str) -> Listing[RecurringInvoice]:
    """Return the recurring invoices in a state, the next to be issued first."""
    return Listing(RecurringInvoice, "recurring_in_state", (state,))


def recurring_due(until: date) -> Listing[RecurringInvoice]:
    """Return the active recurring invoices with an occurrence up to and including a day."""
    bound = f"{until.isoformat()}{_UP_TO}"
    return Listing(RecurringInvoice, "recurring_in_state", ("active",), before=bound)


def recurring_of(customer_id: str) -> Listing[RecurringInvoice]:
    """Return a customer's recurring invoices, newest first."""
    return Listing(RecurringInvoice, "recurring_of_customer", (customer_id,), newest_first=True)


def runs() -> Listing[Run]:
    """Return all runs, latest change first."""
    return Listing(Run, "runs", newest_first=True)


def runs_in(state: str) -> Listing[Run]:
    """Return the runs in a state, latest day first."""
    return Listing(Run, "runs_in_state", (state,), newest_first=True)


def runs_due(state: str, until: date) -> Listing[Run]:
    """Return the runs in a state whose day is not after this one, earliest day first."""
    return Listing(Run, "runs_in_state", (state,), before=f"{until.isoformat()}{_UP_TO}")


def runs_of(recurring_id: str) -> Listing[Run]:
    """Return the runs of a recurring invoice, latest day first."""
    return Listing(Run, "runs_of_recurring", (recurring_id,), newest_first=True)


def proofs() -> Listing[ProofRun]:
    """Return the runs of the nightly proof, newest first."""
    return Listing(ProofRun, "proofs", newest_first=True)


def findings_of(run_id: str) -> Listing[ProofFinding]:
    """Return what a run of the proof has found."""
    return Listing(ProofFinding, "findings_of_proof", (run_id,))


def closed_periods() -> Listing[ClosedPeriod]:
    """Return the months whose journal is closed, in order."""
    return Listing(ClosedPeriod, "closed_periods")


def totals_of_months(before: date) -> Listing[Totals]:
    """Return the totals of all months before that of a day."""
    return Listing(Totals, "totals_of_months", before=month_of(before))


def totals_of_days(until: date) -> Listing[Totals]:
    """Return the totals of the days of a month up to and including one of them."""
    bound = f"{until.isoformat()}{_UP_TO}"
    return Listing(Totals, "totals_of_days", (month_of(until),), before=bound)


def api_keys() -> Listing[ApiKey]:
    """Return all API keys, newest first."""
    return Listing(ApiKey, "api_keys", newest_first=True)


def people() -> Listing[Person]:
    """Return all members of staff."""
    return Listing(Person, "people")

"""The questions about the books that indexes answer: ledgers, journal, totals, proofs."""

from datetime import date

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.calendar import month_of
from chalicelib.domain.ledger import Entry, Totals
from chalicelib.domain.period import ClosedPeriod
from chalicelib.domain.proof import ProofFinding, ProofRun
from chalicelib.usecases.ports import Listing

_UP_TO = "~"  # sorts after everything that follows a date or an instant in a sort key


def entries_of(customer_id: str, currency: str) -> Listing[Entry]:
    """Return the ledger of an account in order."""
    return Listing(Entry, "entries", (customer_id, currency))


def journal_of(month: str) -> Listing[Entry]:
    """Return the entries posted in a month (``YYYY-MM``), as rows, by day and account."""
    return Listing(Entry, "journal", (month,))


def audit_of(month: date) -> Listing[AuditEntry]:
    """Return every change of a month, newest first."""
    return Listing(AuditEntry, "audit", (month_of(month),), newest_first=True)


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

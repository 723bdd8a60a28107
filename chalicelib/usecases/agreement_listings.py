"""The questions about what rests that indexes answer: disputes, promises, plans, pauses."""

from datetime import date, datetime

from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.handover import Handover
from chalicelib.domain.hold import Hold
from chalicelib.domain.legal_file import LegalFile
from chalicelib.domain.promise import Plan, Promise
from chalicelib.usecases.ports import Listing


def disputes(state: str | None = None, customer_id: str | None = None) -> Listing[Dispute]:
    """Return disputes: of a customer, in a state (next deadline first), or all, newest first."""
    if customer_id:
        where = (("state", state),) if state else ()
        return Listing(Dispute, "disputes_of_customer", (customer_id,), where=where)
    if state:
        return Listing(Dispute, "disputes_in_state", (state,))
    return Listing(Dispute, "disputes", newest_first=True)


def overdue_disputes(today: date) -> Listing[Dispute]:
    """Return the open disputes whose deadline has passed."""
    return Listing(Dispute, "disputes_in_state", ("open",), before=today.isoformat())


def promises(state: str | None = None, customer_id: str | None = None) -> Listing[Promise]:
    """Return promises: of a customer, in a state (earliest day first), or all, newest first."""
    if customer_id:
        where = (("state", state),) if state else ()
        return Listing(Promise, "promises_of_customer", (customer_id,), where=where)
    if state:
        return Listing(Promise, "promises_in_state", (state,))
    return Listing(Promise, "promises", newest_first=True)


def missed_promises(today: date) -> Listing[Promise]:
    """Return the open promises whose day has passed."""
    return Listing(Promise, "promises_in_state", ("open",), before=today.isoformat())


def plans(state: str | None = None, customer_id: str | None = None) -> Listing[Plan]:
    """Return instalment plans: of a customer, in a state (next due first), or all, newest first."""
    if customer_id:
        where = (("state", state),) if state else ()
        return Listing(Plan, "plans_of_customer", (customer_id,), where=where)
    if state:
        return Listing(Plan, "plans_in_state", (state,))
    return Listing(Plan, "plans", newest_first=True)


def missed_plans(today: date) -> Listing[Plan]:
    """Return the open plans of which an instalment is missing."""
    return Listing(Plan, "plans_in_state", ("open",), before=today.isoformat())


def holds(state: str | None = None, customer_id: str | None = None) -> Listing[Hold]:
    """Return holds: of a customer, in a state (first to end first), or all, newest first."""
    if customer_id:
        where = (("state", state),) if state else ()
        return Listing(Hold, "holds_of_customer", (customer_id,), where=where)
    if state:
        return Listing(Hold, "holds_in_state", (state,))
    return Listing(Hold, "holds", newest_first=True)


def passed_holds(today: date) -> Listing[Hold]:
    """Return the open holds whose last day has passed."""
    return Listing(Hold, "holds_in_state", ("open",), before=today.isoformat())


def handovers(state: str | None = None, customer_id: str | None = None) -> Listing[Handover]:
    """Return hand-overs: of a customer, in a state, or all, newest first."""
    if customer_id:
        where = (("state", state),) if state else ()
        scope = (customer_id,)
        return Listing(Handover, "handovers_of_customer", scope, newest_first=True, where=where)
    if state:
        return Listing(Handover, "handovers_in_state", (state,), newest_first=True)
    return Listing(Handover, "handovers", newest_first=True)


def legal_files_waiting(before: datetime) -> Listing[LegalFile]:
    """Return pre-legal files that have waited since before then, longest first."""
    return Listing(LegalFile, "legal_files_waiting", before=rfc3339(before))


def legal_files_of(customer_id: str) -> Listing[LegalFile]:
    """Return a customer's pre-legal files, newest first."""
    return Listing(LegalFile, "legal_files_of_customer", (customer_id,), newest_first=True)

"""Lists of invoices: which index answers a filter."""

from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from chalicelib.domain.errors import InvalidField
from chalicelib.domain.invoice import OPEN_STATES, Invoice, State
from chalicelib.usecases.listings import invoices
from chalicelib.usecases.ports import Ports, Ref, Rows
from chalicelib.usecases.search import find_documents

TABS = ("all", "draft", "open", "overdue", "paid", "void")
MAX_NUMBERS = 25


@dataclass(frozen=True, kw_only=True)
class InvoiceFilter:
    """What is wanted. The due bounds exclude the day they name."""

    state: str | None = None
    tab: str | None = None
    customer_id: str | None = None
    currency: str | None = None
    due_before: date | None = None
    due_after: date | None = None
    number: str | None = None


def list_invoices(
    ports: Ports, wanted: InvoiceFilter, *, today: date, limit: int, cursor: str | None
) -> Rows[Invoice]:
    """Return a page of invoices as rows. InvalidField for a state or tab that does not exist."""
    if wanted.number is not None:
        return _by_number(ports, wanted.number)
    listing = invoices(
        list_name=_list_name(wanted),
        customer_id=wanted.customer_id,
        due_after=wanted.due_after,
        due_before=_due_before(wanted, today),
        where=_where(wanted),
    )
    return ports.store.rows(listing, limit=limit, cursor=cursor)


def _list_name(wanted: InvoiceFilter) -> str | None:
    if wanted.state is not None:
        if wanted.state not in get_args(State):
            raise InvalidField("/state", f"A state is one of {', '.join(get_args(State))}.")
        return "open" if wanted.state in OPEN_STATES else wanted.state
    if wanted.tab is None or wanted.tab == "all":
        return None
    if wanted.tab not in TABS:
        raise InvalidField("/tab", f"A tab is one of {', '.join(TABS)}.")
    return "open" if wanted.tab == "overdue" else wanted.tab


def _due_before(wanted: InvoiceFilter, today: date) -> date | None:
    if wanted.tab != "overdue":
        return wanted.due_before
    return min(today, wanted.due_before or today)


def _where(wanted: InvoiceFilter) -> tuple[tuple[str, Any], ...]:
    # Both open states share a list; one of them alone is filtered out of it.
    found: list[tuple[str, Any]] = []
    if wanted.state in OPEN_STATES:
        found.append(("state", wanted.state))
    if wanted.currency is not None:
        found.append(("currency", wanted.currency))
    return tuple(found)


def _by_number(ports: Ports, number: str) -> Rows[Invoice]:
    hits = find_documents(ports, number)
    ids = [hit.id for hit in hits if hit.what == "invoice"][:MAX_NUMBERS]
    found = ports.store.get_many([Ref(Invoice, (invoice_id,)) for invoice_id in ids])
    rows = [
        one.model_dump(mode="json") | {"customer_name": one.customer.name}
        for one in found.values()
        if isinstance(one, Invoice)
    ]
    return Rows(items=tuple(sorted(rows, key=lambda row: str(row["number"]))), cursor=None)

"""A chunk of rows about customers: each is judged, and entered once somebody has confirmed it."""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.errors import DomainError
from chalicelib.domain.import_customer_row import ImportedCustomer, read_customer_row
from chalicelib.domain.import_row import Defaults, Row
from chalicelib.domain.import_run import Import
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import Context
from chalicelib.usecases.create_customer import NewCustomer
from chalicelib.usecases.enter_customer import enter_customer
from chalicelib.usecases.import_files import Planned, RowResult, plan_of, rows_of
from chalicelib.usecases.import_plan import RowReader, defaults_of
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.read_all import find_all
from chalicelib.usecases.references import customer_ref

_SHOWN: Final = ("name", "code", "tax_id", "email", "country", "terms_days")


def do_customers(ports: Ports, context: Context, one: Import, chunk: int) -> list[RowResult]:
    """Judge the rows of a chunk; enter or change them if the import is being carried out."""
    rows = rows_of(ports, one.id, chunk)
    plan = plan_of(ports, one, chunk)
    reader, defaults = RowReader(one), defaults_of(one, company_of(ports), context)
    names = {each.found.customer_id or "" for each in plan.values()} - {""}
    found = find_all(ports, (customer_ref(name) for name in sorted(names)))
    there = {each.id: each for each in found.values() if isinstance(each, Customer)}
    results: list[RowResult] = []
    for place, cells in rows:
        row = reader.row(cells)
        said = read_customer_row(row, defaults)
        outcome = _judged(one, row, said, plan[place], there)
        if one.state == "importing" and said is not None:
            outcome = _entered(ports, context, plan[place], row, said, outcome, defaults)
        results.append(_result(row, said, plan[place], outcome))
    return results


def _judged(
    one: Import,
    row: Row,
    said: ImportedCustomer | None,
    planned: Planned,
    there: Mapping[str, Customer],
) -> str:
    found = planned.found
    if said is not None and found.problem is not None:
        row.note(found.problem, "code" if row.has_column("code") else "name")
    if said is None or found.customer_id is None:
        return "reject"
    if planned.again is not None:
        row.note("repeated_customer", "name", expected=str(planned.again), is_error=False)
        return "skip"
    customer = there.get(found.customer_id)
    if customer is None or found.is_new:
        if "name" not in said.said:
            row.note("missing", "name")
            return "reject"
        return "create"
    if one.options.existing == "skip" or not _changes(customer, said):
        return "skip"
    _warn_of_currency(customer, row, said)
    return "reject" if row.is_wrong else "update"


def _warn_of_currency(customer: Customer, row: Row, said: ImportedCustomer) -> None:
    moves = said.said.get("currency", customer.currency) != customer.currency
    is_limited = customer.credit_limit_minor is not None
    if moves and is_limited and "credit_limit_minor" not in said.said:
        row.note("limit_in_other_currency", "credit_limit", expected=customer.currency)


def _changes(customer: Customer, said: ImportedCustomer) -> dict[str, Any]:
    changed = {name: value for name, value in said.said.items() if getattr(customer, name) != value}
    contacts = _with_contacts(customer.contacts, said.contacts)
    return changed if contacts == customer.contacts else {**changed, "contacts": contacts}


def _with_contacts(there: tuple[Contact, ...], said: tuple[Contact, ...]) -> tuple[Contact, ...]:
    # What the file says of an address is added to the contact that has it; no contact is lost.
    known = {(one.email or "").lower() for one in there}
    return (*there, *(one for one in said if (one.email or "").lower() not in known))


def _entered(
    ports: Ports,
    context: Context,
    planned: Planned,
    row: Row,
    said: ImportedCustomer,
    outcome: str,
    defaults: Defaults,
) -> str:
    customer_id = planned.found.customer_id or ""
    try:
        if outcome == "create":
            enter_customer(ports, context, _new(said, defaults), customer_id)
        elif outcome == "update":
            customer = ports.store.get(customer_ref(customer_id))
            changes = {} if customer is None else _changes(customer, said)
            change_customer(ports, context, customer_id, changes, expected_version=None)
    except DomainError as refusal:
        row.note(refusal.code, "name", expected=str(refusal)[:200])
        return "reject"
    return outcome


def _new(said: ImportedCustomer, defaults: Defaults) -> NewCustomer:
    fields: dict[str, Any] = {
        "country": defaults.country,
        "language": defaults.language,
        "currency": defaults.currency,
        "terms_days": defaults.terms_days,
    }
    return NewCustomer(**(fields | said.said), contacts=said.contacts)


def _result(row: Row, said: ImportedCustomer | None, planned: Planned, outcome: str) -> RowResult:
    fields = {} if said is None else said.said
    return RowResult(
        row=planned.row,
        outcome=outcome,
        issues=tuple(row.issues),
        shown={name: fields[name] for name in _SHOWN if name in fields},
        customer_id=planned.found.customer_id,
        is_new_customer=planned.found.is_new and outcome == "create",
    )

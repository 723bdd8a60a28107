"""A chunk of rows about invoices: each is judged, and entered once somebody has confirmed it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chalicelib.domain.company import Company
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import DomainError, StateConflict
from chalicelib.domain.import_chase import is_due_by, is_past_ladder, step_on_arrival
from chalicelib.domain.import_identity import Found
from chalicelib.domain.import_invoice_row import (
    ImportedInvoice,
    read_invoice_row,
    require_due_date,
)
from chalicelib.domain.import_row import Defaults, Issue, Row
from chalicelib.domain.import_run import Import, ImportedNumber
from chalicelib.domain.policy import DunningBook
from chalicelib.usecases.context import Context
from chalicelib.usecases.create_customer import NewCustomer
from chalicelib.usecases.desk import book_of
from chalicelib.usecases.enter_customer import enter_customer
from chalicelib.usecases.enter_invoice import (
    InvoiceOrder,
    enter_invoice,
    require_not_ours,
    verdict_on,
)
from chalicelib.usecases.import_files import Planned, RowResult, plan_of, rows_of
from chalicelib.usecases.import_plan import RowReader, defaults_of
from chalicelib.usecases.imported_numbers import imported_number_ref, series_like
from chalicelib.usecases.listings import all_series
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.read_all import find_all
from chalicelib.usecases.references import customer_ref

_FIELD_OF = {"number_taken": "number", "number_of_ours": "number", "period_closed": "issue_date"}


@dataclass
class _Bench:
    """What a chunk needs to be judged, read in a few requests."""

    one: Import
    company: Company
    book: DunningBook
    defaults: Defaults
    series: frozenset[str]
    numbers: Mapping[str, ImportedNumber]
    customers: dict[str, Customer]


@dataclass(frozen=True)
class _Judged:
    """A row with what it says, and what becomes of it."""

    row: Row
    place: int
    found: Found
    order: InvoiceOrder | None
    outcome: str


def do_invoices(ports: Ports, context: Context, one: Import, chunk: int) -> list[RowResult]:
    """Judge the rows of a chunk; enter them if the import is being carried out."""
    rows = rows_of(ports, one.id, chunk)
    plan = plan_of(ports, one, chunk)
    reader, defaults = RowReader(one), defaults_of(one, company_of(ports), context)
    read = [
        (place, row := reader.row(cells), read_invoice_row(row, defaults)) for place, cells in rows
    ]
    bench = _bench(ports, one, defaults, [each for _, _, each in read], plan.values())
    judged = [_judge(bench, plan[place], row, invoice) for place, row, invoice in read]
    if one.state == "importing":
        judged = [_entered(ports, context, bench, each) for each in judged]
    return [_result(bench, each) for each in judged]


def _bench(
    ports: Ports,
    one: Import,
    defaults: Defaults,
    invoices: Iterable[ImportedInvoice | None],
    plan: Iterable[Planned],
) -> _Bench:
    keys = {invoice.key for invoice in invoices if invoice is not None}
    names = {each.found.customer_id for each in plan if each.found.customer_id is not None}
    refs = [imported_number_ref(key) for key in sorted(keys)]
    found = find_all(ports, [*refs, *(customer_ref(name) for name in sorted(names))])
    return _Bench(
        one=one,
        company=company_of(ports),
        book=book_of(ports),
        defaults=defaults,
        series=frozenset(series.code for series in ports.store.records(all_series())),
        numbers={each.key: each for each in found.values() if isinstance(each, ImportedNumber)},
        customers={each.id: each for each in found.values() if isinstance(each, Customer)},
    )


def _judge(bench: _Bench, planned: Planned, row: Row, invoice: ImportedInvoice | None) -> _Judged:
    found = planned.found
    if found.problem is not None:
        row.note(found.problem, "customer_name" if row.has_column("customer_name") else _who(row))
    if planned.again is not None:
        code = "repeated_differs" if planned.differs else "repeated"
        row.note(code, "number", expected=str(planned.again), is_error=planned.differs)
    if invoice is None or found.customer_id is None:
        return _Judged(row, planned.row, found, None, "reject")
    order = InvoiceOrder(
        import_id=bench.one.id,
        row=planned.row,
        invoice=invoice,
        customer_id=found.customer_id,
        due_date=require_due_date(invoice, found, bench.defaults),
        options=bench.one.options,
    )
    if planned.again is not None:
        return _Judged(row, planned.row, found, order, "reject" if planned.differs else "skip")
    _require_open_books(bench.company, row, invoice)
    outcome = _verdict(bench, row, order)
    return _Judged(row, planned.row, found, order, "reject" if row.is_wrong else outcome)


def _who(row: Row) -> str:
    names = ("customer_code", "customer_tax_id", "customer_email")
    return next((name for name in names if row.has_column(name)), "customer_name")


def _require_open_books(company: Company, row: Row, invoice: ImportedInvoice) -> None:
    closed = company.books_closed_until
    if closed is None:
        return
    expected = f"> {closed.isoformat()}"
    if invoice.issue_date <= closed:
        row.note("period_closed", "issue_date", expected=expected)
    if invoice.paid_on is not None and invoice.paid_on <= closed:
        row.note("period_closed", "paid_on", expected=expected)


def _verdict(bench: _Bench, row: Row, order: InvoiceOrder) -> str:
    taken = bench.numbers.get(order.invoice.key)
    try:
        require_not_ours(
            order.invoice.number, is_series=series_like(order.invoice.number) in bench.series
        )
        outcome: str = "create" if taken is None else verdict_on(taken, order)
    except StateConflict as refusal:
        row.note(refusal.code, "number", expected=_there(taken))
        return "reject"
    if outcome == "skip" and taken is not None:
        row.note("imported_before", "number", is_error=False)
        if taken.open_minor != order.invoice.open_minor:
            row.note("payment_not_taken", "open_amount", is_error=False)
    return outcome


def _there(taken: ImportedNumber | None) -> str:
    if taken is None:
        return ""
    return f"{taken.customer_name}, {taken.issue_date.isoformat()}"


def _entered(ports: Ports, context: Context, bench: _Bench, judged: _Judged) -> _Judged:
    order = judged.order
    if judged.outcome != "create" or order is None:
        return judged
    try:
        if order.customer_id not in bench.customers:
            new = _new_customer(bench, order.invoice)
            customer = enter_customer(ports, context, new, order.customer_id)
            bench.customers[customer.id] = customer
        outcome = enter_invoice(ports, context, order)
    except DomainError as refusal:
        field = _FIELD_OF.get(refusal.code, "number")
        judged.row.note(refusal.code, field, expected=str(refusal)[:200])
        outcome = "reject"  # type: ignore[assignment] # a row's own words for it
    return _Judged(judged.row, judged.place, judged.found, order, outcome)


def _new_customer(bench: _Bench, invoice: ImportedInvoice) -> NewCustomer:
    who = invoice.who
    return NewCustomer(
        name=who.name or who.code or who.tax_id or who.email or "",
        country=invoice.country,
        tax_id=who.tax_id,
        email=who.email,
        code=who.code,
        language=bench.defaults.language,
        currency=invoice.currency,
        terms_days=bench.defaults.terms_days,
    )


def _result(bench: _Bench, judged: _Judged) -> RowResult:
    issues: Sequence[Issue] = judged.row.issues
    chase = _chase(bench, judged)
    return RowResult(
        row=judged.place,
        outcome=judged.outcome,
        issues=tuple(issues),
        shown=_shown(judged),
        customer_id=judged.found.customer_id,
        is_new_customer=judged.found.is_new and judged.outcome == "create",
        is_mailed=chase[0],
        is_past_ladder=chase[1],
    )


def _chase(bench: _Bench, judged: _Judged) -> tuple[bool, bool]:
    order = judged.order
    if judged.outcome != "create" or order is None or not order.invoice.open_minor:
        return False, False
    customer = bench.customers.get(order.customer_id)
    policy = (
        bench.book.of_customer(customer) if customer else bench.book.find(bench.book.default_id)
    )
    if policy is None:
        return False, False
    today = bench.defaults.today
    behind = step_on_arrival(
        order.due_date, order.invoice.issue_date, today, policy, order.options.passed_steps
    )
    tomorrow, until = today + timedelta(days=1), order.options.rest_until
    is_silent = order.invoice.is_disputed or (until is not None and until >= tomorrow)
    address = customer.email if customer is not None else order.invoice.who.email
    is_silent = is_silent or address is None
    is_mailed = not is_silent and is_due_by(tomorrow, order.due_date, behind, policy)
    return is_mailed, is_past_ladder(behind, policy)


def _shown(judged: _Judged) -> dict[str, Any]:
    order = judged.order
    if order is None:
        return {"number": judged.row.line("number"), "customer": judged.row.line("customer_name")}
    one = order.invoice
    who = one.who
    return {
        "number": one.number,
        "customer": who.name or who.code or who.tax_id or who.email,
        "issue_date": one.issue_date.isoformat(),
        "due_date": order.due_date.isoformat(),
        "currency": one.currency,
        "total_minor": one.total_minor,
        "open_minor": one.open_minor,
        "paid_minor": one.paid_minor,
        "is_disputed": one.is_disputed,
    }

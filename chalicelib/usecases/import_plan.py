"""Look through a whole file at once: whom each row is about, and which rows say the same twice.

One pass over all rows and one over all customers, so that the chunks can be worked on in any order.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.domain.calendar import local_date
from chalicelib.domain.company import Company
from chalicelib.domain.customer import UNIDENTIFIED, Customer
from chalicelib.domain.import_columns import Reading, readings_of
from chalicelib.domain.import_customer_row import read_customer_row
from chalicelib.domain.import_identity import Directory, Found
from chalicelib.domain.import_invoice_row import read_invoice_row, read_who
from chalicelib.domain.import_row import Defaults, Row
from chalicelib.domain.import_run import Import
from chalicelib.usecases.context import Context
from chalicelib.usecases.import_files import Planned, keep_plan, rows_of
from chalicelib.usecases.listings import customers
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.read_all import all_rows, find_all
from chalicelib.usecases.references import customer_ref


def make_plan(ports: Ports, context: Context, one: Import) -> None:
    """Find the customer of every row, and the rows that repeat an earlier one; keep it by chunk."""
    directory = Directory(_customers(ports))
    defaults = defaults_of(one, company_of(ports), context)
    reader = RowReader(one)
    seen: dict[str, tuple[int, str]] = {}
    for chunk in range(one.chunks):
        plan: list[Planned] = []
        for row, cells in rows_of(ports, one.id, chunk):
            key, said, found = _looked_at(one, reader.row(cells), directory, defaults)
            first, before = seen.setdefault(key, (row, said)) if key else (row, said)
            again = None if first == row else first
            plan.append(Planned(row=row, found=found, again=again, differs=said != before))
        keep_plan(ports, one, chunk, plan)


def _looked_at(
    one: Import, row: Row, directory: Directory, defaults: Defaults
) -> tuple[str, str, Found]:
    """Return what the row is about, what two rows about it have to agree in, and its customer.

    Nothing for a row that stays out: another one about the same may come in.
    """
    if one.what == "invoices":
        found = directory.find(read_who(row), may_create=one.options.create_customers)
        invoice = read_invoice_row(row, defaults)
        return (invoice.key, invoice.gist, found) if invoice is not None else ("", "", found)
    customer = read_customer_row(row, defaults)
    if customer is None:
        return "", "", Found()
    found = directory.find(customer.who, may_create=True)
    return found.customer_id or "", "", found


def _customers(ports: Ports) -> Iterable[Mapping[str, Any]]:
    rows = [row for row in all_rows(ports, customers()) if row["id"] != UNIDENTIFIED]
    # Rows of customers that have not been written since codes and tax numbers are listed lack them.
    bare = {row["id"] for row in rows if "tax_id" not in row}
    found = find_all(ports, (customer_ref(name) for name in sorted(bare)))
    yield from (row for row in rows if row["id"] not in bare)
    yield from (each.model_dump() for each in found.values() if isinstance(each, Customer))


def defaults_of(one: Import, company: Company, context: Context) -> Defaults:
    """Return what an empty cell means: what the import says, else the company's own setting."""
    options = one.options
    return Defaults(
        currency=options.currency or company.currency,
        country=options.country or company.country or "ES",
        language=options.language or company.language,
        terms_days=company.terms_days if options.terms_days is None else options.terms_days,
        today=local_date(context.at, company.time_zone),
    )


class RowReader:
    """Reads the rows of one import by what its columns were said to be."""

    def __init__(self, one: Import) -> None:
        self.readings: tuple[Reading, ...] = readings_of(one.columns, one.choices)
        self._headings = {column.place: column.heading for column in one.columns}

    def row(self, cells: list[str]) -> Row:
        """Return one row, to be read field by field."""
        return Row(cells, self.readings, self._headings)

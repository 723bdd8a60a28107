"""Imports as tests need them: files made on the spot, taken in and carried out like real ones."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

from chalicelib.domain.import_columns import Choice
from chalicelib.domain.import_fields import ImportKind
from chalicelib.domain.import_run import Import, ImportOptions
from chalicelib.usecases.import_choices import choose_columns
from chalicelib.usecases.imports import (
    check_import,
    complete_file,
    find_import,
    run_import,
    start_import,
    take_part,
)
from tests.builders import Book, by_ana
from tests.worker import drain

DAY = datetime.fromisoformat("2026-03-02T11:00:00+00:00")


@dataclass
class Importing:
    """One import of a book, driven to wherever a test wants it."""

    book: Book
    id: str
    when: datetime = DAY

    @property
    def now(self) -> Import:
        """The import as it stands."""
        return find_import(self.book.ports, self.id)

    def work(self) -> Import:
        """Do everything that waits."""
        drain(self.book.fakes, self.when)
        return self.now

    def choose(self, fields: Mapping[int, str] | None = None, **options: Any) -> Import:
        """Say what the columns are: as guessed, or these."""
        now = self.now
        choices = now.choices if fields is None else tuple(
            Choice(place=place, field=field) for place, field in fields.items()
        )  # fmt: skip
        return self.choose_these(choices, **options)

    def choose_these(self, choices: Sequence[Choice], **options: Any) -> Import:
        """Say what the columns are, and how they are written."""
        said = ImportOptions(**options)
        return choose_columns(self.book.ports, by_ana(self.when), self.id, choices, said)

    def check(self) -> Import:
        """Have the rows checked."""
        check_import(self.book.ports, by_ana(self.when), self.id)
        return self.work()

    def run(self) -> Import:
        """Carry it out."""
        run_import(self.book.ports, by_ana(self.when), self.id)
        return self.work()


def an_import(
    book: Book,
    content: bytes | str,
    what: ImportKind = "invoices",
    *,
    part_bytes: int = 2_000_000,
    when: datetime = DAY,
) -> Importing:
    """Bring a file in and have it read."""
    data = content if isinstance(content, bytes) else content.encode()
    context = by_ana(when)
    one = start_import(book.ports, context, what, "export.csv", len(data))
    for number, begin in enumerate(range(0, len(data), part_bytes), start=1):
        take_part(book.ports, context, one.id, number, data[begin : begin + part_bytes])
    complete_file(book.ports, context, one.id)
    drain(book.fakes, when)
    return Importing(book, one.id, when)


def imported(
    book: Book, content: bytes | str, what: ImportKind = "invoices", **options: Any
) -> Import:
    """Bring a file in, take the columns as they are guessed, and carry it out."""
    one = an_import(book, content, what)
    one.choose(**options)
    one.check()
    return one.run()


def a_file(rows: Iterable[Sequence[Any]], delimiter: str = ",") -> str:
    """Write rows as CSV."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


HEADINGS = ("Número", "Código cliente", "Cliente", "Fecha", "Vencimiento", "Total", "Pagado",
            "Fecha cobro")  # fmt: skip


def a_ledger(count: int, customers: int = 100, *, paid_every: int = 3) -> list[list[Any]]:
    """Make up a year of invoices in the shape of real exports: some paid, some late, some open."""
    first = date(2025, 1, 2)
    rows: list[list[Any]] = [list(HEADINGS)]
    for number in range(count):
        issued = first + timedelta(days=number * 7 % 360)
        total = 1_000 + number * 7_919 % 90_000
        is_paid = number % paid_every != 0
        rows.append(
            [
                f"F25/{number:06d}",
                f"C-{number % customers:04d}",
                f"Cliente {number % customers}",
                issued.strftime("%d/%m/%Y"),
                (issued + timedelta(days=30)).strftime("%d/%m/%Y"),
                f"{total // 100},{total % 100:02d}",
                f"{total // 100},{total % 100:02d}" if is_paid else "",
                (issued + timedelta(days=20 + number % 40)).strftime("%d/%m/%Y") if is_paid else "",
            ]
        )
    return rows


INVOICE_HEADINGS = (
    "Factura", "Código cliente", "Cliente", "Email cliente", "Fecha", "Vencimiento", "Base", "IVA",
    "Total", "Pagado", "Fecha cobro", "Pendiente", "Disputada",
)  # fmt: skip


def an_invoice_row(number: str = "F-1", **changes: str) -> tuple[str, ...]:
    """One row: an open invoice of 121,00 due on 30 January."""
    cells = {
        "Factura": number, "Código cliente": "C-1", "Cliente": "Uno, S.L.",
        "Email cliente": "uno@x.example", "Fecha": "31/12/2025", "Vencimiento": "30/01/2026",
        "Base": "100,00", "IVA": "21,00", "Total": "121,00",
    }  # fmt: skip
    return tuple((cells | changes).get(name, "") for name in INVOICE_HEADINGS)


def an_invoice_file(*rows: tuple[str, ...]) -> str:
    """Write such rows as a file."""
    return a_file([INVOICE_HEADINGS, *rows], ";")

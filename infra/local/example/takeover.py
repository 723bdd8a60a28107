"""What the example's company brought along from its previous program: two files, imported."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from io import StringIO
from typing import Final

from chalicelib.domain.import_fields import ImportKind
from chalicelib.domain.import_run import ImportOptions
from chalicelib.usecases.context import Context
from chalicelib.usecases.import_choices import choose_columns
from chalicelib.usecases.imports import (
    check_import,
    complete_file,
    find_import,
    run_import,
    start_import,
    take_part,
)
from infra.local.example.past import Past

NEW: Final = ("Viveros Alto Aragón, S.L.", "Imprenta Escolar Ebro, S. Coop.")
TAKEN_OVER: Final = 10
"""So many days ago."""
OLD: Final = 6
"""Invoices that were issued with the previous program."""
_ADMIN: Final = 0
_RESTS_DAYS: Final = 30
_CUSTOMERS: Final = (
    ("Código", "Razón social", "NIF", "Dirección", "CP", "Población", "Email", "Teléfono", "Plazo"),
    ("C-0412", NEW[0], "B22998871", "Carretera de Sariñena, 8", "22002", "Huesca",
     "pagos@viveros-alto-aragon.example", "974 555 012", "30"),
    ("C-0418", NEW[1], "F50998874", "Camino de las Torres, 61", "50008", "Zaragoza",
     "administracion@imprenta-escolar-ebro.example", "976 555 730", "60"),
    ("C-0421", "Papelería sin correo", "", "Plaza Mayor, 2", "44500", "Andorra",
     "no tiene", "", "30"),
)  # fmt: skip
_INVOICES: Final = ("Factura", "Código cliente", "Cliente", "Fecha", "Vencimiento", "Total",
                    "Cobrado", "Fecha cobro", "Concepto")  # fmt: skip


def take_over(past: Past, today: date) -> None:
    """Import both files, as it was done so many days before today."""
    day = today - timedelta(days=TAKEN_OVER)
    context = past.by(_ADMIN, past.at(day, 9, 30))
    _import(past, context, "customers", "clientes_2025.csv", _CUSTOMERS, ImportOptions())
    rest = ImportOptions(rest_until=day + timedelta(days=_RESTS_DAYS))
    rows = (_INVOICES, *_invoices(today))
    _import(past, context, "invoices", "facturas_abiertas.csv", rows, rest)


def _invoices(today: date) -> Iterable[Sequence[str]]:
    """Of two customers: some paid, some open, one in part."""
    sold = (
        (1, 0, 210, "1.452,00", "1.452,00", "Bolsas de papel, 10.000 uds."),
        (2, 1, 160, "968,00", "968,00", "Cuadernos con logotipo"),
        (3, 0, 96, "2.178,00", "1.000,00", "Catálogo de temporada"),
        (4, 1, 88, "605,00", "", "Carteles para el concurso"),
        (5, 0, 64, "847,00", "", "Etiquetas para macetas"),
        (6, 1, 41, "1.815,00", "", "Libros de lectura, 3.º"),
    )
    terms = (30, 60)
    for number, buyer, days_ago, total, paid, what in sold:
        issued = today - timedelta(days=days_ago)
        due = issued + timedelta(days=terms[buyer])
        paid_on = f"{due + timedelta(days=9):%d/%m/%Y}" if paid else ""
        code = ("C-0412", "C-0418")[buyer]
        yield (f"25/{number:04d}", code, NEW[buyer], f"{issued:%d/%m/%Y}", f"{due:%d/%m/%Y}",
               total, paid, paid_on, what)  # fmt: skip


def _import(
    past: Past,
    context: Context,
    what: ImportKind,
    file_name: str,
    rows: Sequence[Sequence[str]],
    options: ImportOptions,
) -> None:
    """As the wizard does: the file, its columns as they were guessed, the check, the import."""
    text = StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    content = text.getvalue().encode("cp1252")
    ports = past.ports
    one = start_import(ports, context, what, file_name, len(content))
    take_part(ports, context, one.id, 1, content)
    complete_file(ports, context, one.id)
    past.finish(context.at)
    choices = find_import(ports, one.id).choices
    choose_columns(ports, context, one.id, choices, options)
    check_import(ports, context, one.id)
    past.finish(context.at)
    run_import(ports, context, one.id)
    past.finish(context.at)

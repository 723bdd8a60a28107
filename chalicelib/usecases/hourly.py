"""What every hour brings: each line of the table finds what has fallen due. It decides nothing."""

from typing import Final

from chalicelib.usecases.chores import Producer, one, queue_chores
from chalicelib.usecases.context import Context
from chalicelib.usecases.due_runs import due_recurring_invoices, due_runs
from chalicelib.usecases.imports import stalled_imports
from chalicelib.usecases.legal_files import waiting_legal_files
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.statement_runs import due_statements

CHORES: Final[dict[str, Producer]] = {
    "recurring": due_recurring_invoices,
    "run": due_runs,
    "end_rests": one,
    "deliverability": one,
    "legal_file": waiting_legal_files,
    "statements": due_statements,
    "import": stalled_imports,
}
"""Name of a chore (see ``events/chores.py``), and what finds those that are due."""


def queue_hourly_chores(ports: Ports, context: Context) -> dict[str, int]:
    """Queue what is due at the context's instant; return how many chores of each name."""
    return queue_chores(ports, context, CHORES)

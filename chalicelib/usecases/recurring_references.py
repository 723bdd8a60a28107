"""Keys of recurring invoices and their runs, by name."""

from chalicelib.domain.recurring import RecurringInvoice, Run
from chalicelib.usecases.ports import Ref


def recurring_ref(recurring_id: str) -> Ref[RecurringInvoice]:
    """Return the key of a recurring invoice."""
    return Ref(RecurringInvoice, (recurring_id,))


def run_ref(run_id: str) -> Ref[Run]:
    """Return the key of a run."""
    return Ref(Run, (run_id,))

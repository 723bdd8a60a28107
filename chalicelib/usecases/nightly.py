"""What every night brings, at two o'clock UTC. It decides nothing."""

from typing import Final

from chalicelib.usecases.chores import Producer, one, queue_chores
from chalicelib.usecases.compare_provider import due_comparisons
from chalicelib.usecases.context import Context
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.waive_unsent import unsent_reminders

CHORES: Final[dict[str, Producer]] = {
    "proof": one,
    "end_ladders": one,
    "waive_unsent": unsent_reminders,
    "compare_provider": due_comparisons,
}
"""Name of a chore (see ``events/chores.py``), and what finds it; ``one`` for just one a night."""


def queue_nightly_chores(ports: Ports, context: Context) -> dict[str, int]:
    """Queue the work of this night; return how many chores of each name."""
    return queue_chores(ports, context, CHORES)

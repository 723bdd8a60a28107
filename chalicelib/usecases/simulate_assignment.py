"""What another company's ladder, or another one of a segment, would change on today's book."""

from collections.abc import Mapping

from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, book_of
from chalicelib.usecases.outgoing import with_book
from chalicelib.usecases.policies import require_known
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.simulate_policy import Change, Simulation, ladders_of, simulate


def simulate_assignment(
    ports: Ports,
    context: Context,
    default_id: str,
    segments: Mapping[str, str],
    cursor: str | None = None,
) -> Simulation:
    """Return what the accounts whose ladder would be another one would get.

    Nothing is written. InvalidField for a ladder that does not exist.
    """
    present = book_of(ports)
    require_known(present, default_id, segments)
    drafted = present.but(default_id=default_id, segments=dict(segments))

    def moves(desk: Desk) -> bool:
        return ladders_of(desk) != ladders_of(with_book(desk, present))

    return simulate(ports, context, Change(present, drafted, moves), cursor)

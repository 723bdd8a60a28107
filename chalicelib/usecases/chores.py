"""Chores: work that a schedule finds and a queue hands out, one message each.

``events/chores.py`` knows who does which. A chore may come twice, late and in any order; what it
is about is checked when its turn comes.
"""

import json
from collections.abc import Callable, Iterable, Mapping

from chalicelib.domain.calendar import rfc3339
from chalicelib.usecases.context import Context
from chalicelib.usecases.ports import Ports

Facts = Mapping[str, str]
Producer = Callable[[Ports, Context], Iterable[Facts]]
"""Finds the chores of one name that are due at the context's instant: what each is about."""


def queue_chore(ports: Ports, context: Context, chore: str, facts: Facts) -> None:
    """Queue one chore as of the context's instant."""
    body = {"v": 1, "chore": chore, "time": rfc3339(context.at), **facts}
    ports.queues.put("chores", json.dumps(body))


def queue_chores(
    ports: Ports, context: Context, producers: Mapping[str, Producer]
) -> dict[str, int]:
    """Queue what each producer finds, and return how many of each name.

    A producer that fails does not hold up the others; its exception is raised at the end.
    """
    counts = dict.fromkeys(producers, 0)
    failure: Exception | None = None
    for chore, find in producers.items():
        try:
            for facts in find(ports, context):
                queue_chore(ports, context, chore, facts)
                counts[chore] += 1
        except Exception as exc:  # noqa: BLE001 - raised below, after the others had their turn
            failure = exc
    if failure is not None:
        raise failure
    return counts


def one(_ports: Ports, _context: Context) -> Iterable[Facts]:
    """Find one chore about nothing in particular, whenever it is asked."""
    return ({},)

"""What a proof keeps in files while it runs: its plan, and what each chunk has counted.

The table would charge for each kilobyte, and a chunk's sums are larger than an item may be.
"""

import hashlib
from collections.abc import Iterable, Mapping

from chalicelib.domain.base import Value
from chalicelib.domain.errors import InvariantBroken, known
from chalicelib.domain.ledger import Totals
from chalicelib.domain.proof import ProofRun
from chalicelib.usecases.ports import Ports

_JSON = "application/json"


class Plan(Value):
    """The chores of one round, one a chunk, and the totals as they stood before it."""

    chores: tuple[dict[str, str], ...]
    before: tuple[Totals, ...]


class Part(Value):
    """What one chunk has counted. ``unproven`` are currency and shard of ledgers with a gap."""

    counts: dict[str, int]
    totals: tuple[Totals, ...] = ()
    unproven: tuple[tuple[str, int], ...] = ()


def keep_plan(ports: Ports, run: ProofRun, plan: Plan) -> str:
    """Store a plan and return its key, which names its contents: no other plan overwrites it."""
    content = plan.model_dump_json().encode()
    name = hashlib.sha256(content).hexdigest()[:16]
    key = f"proof/{run.id}/{run.round}-plan-{name}.json"
    ports.files.put(key, content, _JSON)
    return key


def plan_of(ports: Ports, run: ProofRun) -> Plan:
    """Return the plan of the run's round."""
    return Plan.model_validate_json(_read(ports, known(run.plan)))


def keep_part(ports: Ports, run: ProofRun, chunk: int, part: Part) -> None:
    """Store what a chunk has counted; a repeated chunk replaces it by what is true now."""
    ports.files.put(_part_key(run, chunk), part.model_dump_json().encode(), _JSON)


def parts_of(ports: Ports, run: ProofRun) -> Iterable[Part]:
    """Return what the chunks of the run's round have counted."""
    for chunk in run.done:
        yield Part.model_validate_json(_read(ports, _part_key(run, chunk)))


def _part_key(run: ProofRun, chunk: int) -> str:
    return f"proof/{run.id}/{run.round}-{chunk}.json"


def _read(ports: Ports, key: str) -> bytes:
    content = ports.files.get(key)
    if content is None:
        raise InvariantBroken(f"File {key} of a proof is missing.")
    return content


def counted(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return the sums of counts by name."""
    sums: dict[str, int] = {}
    for part in parts:
        for name, count in part.items():
            sums[name] = sums.get(name, 0) + count
    return sums

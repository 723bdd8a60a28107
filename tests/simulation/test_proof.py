"""Whatever has happened to a company: the proof of its books finds nothing, at any moment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.proof import ProofFinding, ProofRun
from chalicelib.usecases.context import system_context
from chalicelib.usecases.proof_run import start_proof
from tests.fakes import FakeQueues
from tests.simulation.world import World
from tests.worker import handle

STEPS = 160
EVERY = 20


def prove(world: World) -> None:
    """Prove the books between two events, with queues that nothing else uses."""
    queues = FakeQueues()
    ports = replace(world.fakes.ports(), queues=queues)
    start_proof(ports, system_context(world.now + timedelta(seconds=len(world.log))))
    while waiting := queues.take():
        for queue, body in waiting:
            handle(ports, queue, body, world.now)


@pytest.mark.parametrize("seed", range(6))
def test_a_book_that_a_simulation_has_written_has_no_finding(seed: int) -> None:
    world = World(seed)

    for step in range(STEPS):
        world.step()
        if step % EVERY == 0:
            prove(world)
    world.quiesce()
    prove(world)

    books = world.books()
    runs = books.all(ProofRun)
    assert books.all(ProofFinding) == []
    assert {run.state for run in runs} == {"clean"}
    assert len(runs) == STEPS // EVERY + 1
    assert sum(run.counts["entries"] for run in runs) > STEPS // 2

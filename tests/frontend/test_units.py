"""The front end's own tests are part of all tests."""

from infra.local.install import FRONTEND
from infra.local.processes import run


def test_the_front_end_passes_its_unit_tests() -> None:
    output = run(["npm", "test", "--silent"], folder=FRONTEND)

    assert "passed" in output

"""Every operation of openapi.json answers what it says, whatever a program sends it.

Schemathesis makes the requests: valid ones, and ones that break the schema in one place.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_schema_conformance,
    status_code_conformance,
)

from tests.journeys.clerk import Clerk
from tests.local.running import API_KEY, Running

pytestmark = pytest.mark.cloud
_DESCRIPTION = Path(__file__).parents[2] / "chalicelib" / "api" / "openapi.json"
# Sign-in and portal links answer with redirects, cookies and pages, webhooks with rules of their
# providers: all have tests of their own.
_ELSEWHERE = ("/auth/", "/webhooks/", "/portal/open/")
_EXAMPLES = 8
_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    ignored_auth,
]


def _operations() -> list[Any]:
    schema = schemathesis.openapi.from_path(str(_DESCRIPTION))
    found = [result.ok() for result in schema.get_all_operations()]
    return [one for one in found if not one.path.startswith(_ELSEWHERE)]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    system = Running(tmp_path_factory.mktemp("openapi"))
    clerk = Clerk(system)
    clerk.issued(clerk.customer(), 1_000)
    yield system
    system.stop()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize("operation", _operations(), ids=lambda one: one.label)
def test_an_operation_answers_as_described(
    running: Running, operation: Any, mode: GenerationMode
) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def answers_as_described(case: Any) -> None:
        case.call_and_validate(
            base_url=running.url, headers={"Authorization": f"Bearer {API_KEY}"}, checks=_CHECKS
        )

    try:
        answers_as_described()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # this operation has nothing that could be wrong

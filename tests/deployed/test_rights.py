"""What each Lambda may really do: the same few things are tried under the role of each."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deployed.conftest import Deployed

pytestmark = pytest.mark.deployed

PROBE = Path(__file__).with_name("probe.py")

# Every service has its own word for it.
DENIED = {"AccessDenied", "AccessDeniedException", "403"}

MAY = {
    "APIHandler": {"read", "write", "hand over mail", "send mail"}
    | {"read a secret", "read a document", "read a key", "keep a key"},
    "ReminderTick": {"read"},
    "Sweep": {"read", "write", "hand over mail"},
    "OnProviderEvent": {"read", "write", "read a key"},
    "OnMail": {"read", "write", "send mail", "read a document"},
    "OnReminders": {"read", "write", "send mail", "read a document"},
    "Hourly": {"read"},
    "Nightly": {"read"},
    "OnChore": {"read", "write", "hand over mail", "read a document", "read a key"},
    "OnFailedWork": {"read", "write"},
    "OnMailEvent": {"read", "write"},
    "OnWebhook": {"read", "write"},
    "Egress": set(),
}


@pytest.fixture(params=MAY)
def role_of(request: pytest.FixtureRequest, deployed: Deployed) -> Iterator[tuple[str, str]]:
    """A Lambda's logical id, and the name of a probe that runs under its role."""
    functions = deployed.cloud.client("lambda")
    own = functions.get_function_configuration(FunctionName=deployed.resource(request.param))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as code:
        code.write(PROBE, "probe.py")
    probe = functions.create_function(
        FunctionName=f"probe-{request.param}",
        Role=own["Role"],
        Runtime=own["Runtime"],
        Handler="probe.probe",
        Code={"ZipFile": archive.getvalue()},
        Timeout=30,
    )["FunctionName"]
    yield request.param, probe
    functions.delete_function(FunctionName=probe)


def test_a_lambda_may_do_its_own_work_and_nothing_else(
    role_of: tuple[str, str], deployed: Deployed
) -> None:
    logical_id, probe = role_of

    answer = deployed.cloud.client("lambda").invoke(
        FunctionName=probe, Payload=json.dumps(deployed.outputs).encode()
    )
    done = json.loads(answer["Payload"].read())

    assert {what for what, error in done.items() if error == ""} == MAY[logical_id], done
    assert {error for error in done.values() if error} <= DENIED

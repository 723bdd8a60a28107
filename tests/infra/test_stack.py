import json
from pathlib import Path
from typing import Any

import pytest

from infra import stack
from infra.local.cloud import LocalCloud
from infra.stack import DeployError

pytestmark = pytest.mark.cloud


class CloudSession:
    """Stands for botocore's session, with the clients of the local cloud."""

    def __init__(self, cloud: LocalCloud) -> None:
        self._cloud = cloud

    def create_client(self, service: str) -> Any:
        return self._cloud.client(service)


@pytest.fixture
def session(cloud: LocalCloud) -> CloudSession:
    return CloudSession(cloud)


def a_package(folder: Path, **properties: Any) -> Path:
    """A package with one queue of the given properties."""
    template = {
        "Parameters": {"Seconds": {"Type": "Number", "Default": 30}},
        "Resources": {
            "Queue": {
                "Type": "AWS::SQS::Queue",
                "Properties": {"VisibilityTimeout": {"Ref": "Seconds"}, **properties},
            }
        },
        "Outputs": {"Url": {"Value": {"Ref": "Queue"}}},
    }
    folder.mkdir(exist_ok=True)
    (folder / "sam.json").write_text(json.dumps(template))
    (folder / "code.zip").write_bytes(b"code")
    return folder


def status(session: CloudSession, name: str) -> str:
    described = stack.describe(session, name) or {}
    return str(described.get("StackStatus"))


def test_a_new_stack_is_created_and_tells_its_outputs(
    session: CloudSession, tmp_path: Path
) -> None:
    release = stack.upload(session, a_package(tmp_path, QueueName="new-queue"))

    stack.apply(session, "new", release, {})

    assert stack.outputs(session, "new")["Url"].endswith("/new-queue")
    assert status(session, "new") == "CREATE_COMPLETE"


def test_a_parameter_that_is_not_given_keeps_its_value(
    session: CloudSession, tmp_path: Path
) -> None:
    stack.apply(session, "kept", stack.upload(session, a_package(tmp_path)), {"Seconds": "60"})

    changed = a_package(tmp_path, DelaySeconds=5)
    stack.apply(session, "kept", stack.upload(session, changed), {})

    described = stack.describe(session, "kept") or {}
    assert described["StackStatus"] == "UPDATE_COMPLETE"
    assert [each["ParameterValue"] for each in described["Parameters"]] == ["60"]


def test_deploying_again_without_a_change_touches_nothing(
    session: CloudSession, tmp_path: Path
) -> None:
    release = stack.upload(session, a_package(tmp_path))
    stack.apply(session, "same", release, {})

    stack.apply(session, "same", release, {})

    assert status(session, "same") == "CREATE_COMPLETE"


def test_a_failed_update_is_rolled_back_and_explained(
    session: CloudSession, tmp_path: Path
) -> None:
    stack.apply(session, "broken", stack.upload(session, a_package(tmp_path)), {})
    broken = stack.upload(session, a_package(tmp_path, RedrivePolicy={"maxReceiveCount": 0}))

    with pytest.raises(DeployError, match="UPDATE_ROLLBACK_COMPLETE\nQueue: "):
        stack.apply(session, "broken", broken, {})

    assert status(session, "broken") == "UPDATE_ROLLBACK_COMPLETE"


def test_a_stack_that_never_came_up_has_to_be_deleted_first(
    session: CloudSession, tmp_path: Path
) -> None:
    broken = stack.upload(session, a_package(tmp_path, RedrivePolicy={"maxReceiveCount": 0}))
    with pytest.raises(DeployError, match="ROLLBACK_COMPLETE"):
        stack.apply(session, "never", broken, {})

    with pytest.raises(DeployError, match="delete the stack"):
        stack.apply(session, "never", broken, {})


def test_a_misspelt_parameter_is_refused_before_anything_happens(
    session: CloudSession, tmp_path: Path
) -> None:
    release = stack.upload(session, a_package(tmp_path))

    with pytest.raises(DeployError, match="No such parameter: Second"):
        stack.apply(session, "misspelt", release, {"Second": "60"})

    assert stack.describe(session, "misspelt") is None


def test_the_bucket_of_packages_is_closed(
    cloud: LocalCloud, session: CloudSession, tmp_path: Path
) -> None:
    bucket = stack.upload(session, a_package(tmp_path)).template_url.split("/")[3]

    access = cloud.client("s3").get_public_access_block(Bucket=bucket)

    assert set(access["PublicAccessBlockConfiguration"].values()) == {True}

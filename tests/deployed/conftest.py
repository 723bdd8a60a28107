"""The proof that Saldo deploys: its package for this machine, as a stack in the local cloud.

The cloud runs with AUTH=true, so each Lambda has the rights of its own role and no others.
"""

import fcntl
import json
import os
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from infra.deploy import Company, deploy
from infra.local.cloud import LocalCloud
from infra.package import package

# Far above what anything here takes; a cold Lambda starts in a second.
PATIENCE_SECONDS = 120

T = TypeVar("T")


class Answer:
    """Status, headers and body of an HTTP answer."""

    def __init__(self, answer: Any) -> None:
        self.status: int = answer.status
        self.headers: dict[str, str] = dict(answer.headers)
        self.body: bytes = answer.read()

    def json(self) -> Any:
        return json.loads(self.body)


class Deployed:
    """A company's stack as the outside sees it: by HTTP, by queue, by schedule."""

    def __init__(self, cloud: LocalCloud, built: Path, site: Path) -> None:
        self.cloud = cloud
        self.built = built
        self._site = site
        self._company = Company(stage="proof", stack="saldo", parameters={})
        self.outputs: dict[str, str] = {}

    def deploy(self, **parameters: str) -> None:
        company = Company(stage="proof", stack="saldo", parameters=parameters)
        session = CloudSession(self.cloud)
        self.outputs = deploy(session, company, built=self.built, site=self._site)

    def call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        url = f"{self.cloud.url}/restapis/{self.outputs['RestAPIId']}/api/_user_request_{path}"
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - the address is the local cloud's
            url, data, headers or {}, method=method
        )
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
                return Answer(answer)
        except urllib.error.HTTPError as answer:
            with answer:
                return Answer(answer)

    def resource(self, logical_id: str) -> str:
        """Name that CloudFormation gave to a resource."""
        formation = self.cloud.client("cloudformation")
        answer = formation.describe_stack_resource(StackName="saldo", LogicalResourceId=logical_id)
        return str(answer["StackResourceDetail"]["PhysicalResourceId"])

    def invoke(self, logical_id: str, event: dict[str, Any]) -> Any:
        """Run a Lambda and return its result; a failed run fails the test with its report."""
        answer = self.cloud.client("lambda").invoke(
            FunctionName=self.resource(logical_id), Payload=json.dumps(event).encode()
        )
        result = json.loads(answer["Payload"].read() or b"null")
        assert "FunctionError" not in answer, result
        return result

    def log(self, logical_id: str) -> str:
        """All that a Lambda has logged."""
        pages = self.cloud.client("logs").get_paginator("filter_log_events")
        group = f"/aws/lambda/{self.resource(logical_id)}"
        return "\n".join(
            event["message"]
            for page in pages.paginate(logGroupName=group)
            for event in page["events"]
        )


class CloudSession:
    """Stands for botocore's session, which `make deploy` takes from the environment."""

    def __init__(self, cloud: LocalCloud) -> None:
        self._cloud = cloud

    def create_client(self, service: str) -> Any:
        return self._cloud.client(service)


def eventually(condition: Callable[[], T | None]) -> T:
    """The condition's first true value; the test fails when it does not come."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (value := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)
    return value


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package for this machine, made by the first worker that needs it."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    with (shared / "package.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = shared / "package"
        return made if (made / "sam.json").exists() else package("proof", made)


def emulated(built: Path, folder: Path) -> Path:
    """The package with the one difference that the local cloud needs.

    It asks for the right to send mail on "*", where AWS asks for it on the identity.
    """
    template = json.loads((built / "sam.json").read_text())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::IAM::Role":
            for statement in resource["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]:
                if "ses:SendEmail" in statement["Action"]:
                    statement["Resource"] = "*"
    (folder / "sam.json").write_text(json.dumps(template))
    shutil.copy(built / "code.zip", folder)
    return folder


@pytest.fixture(scope="session")
def guarded_cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTH", "true")
        local = LocalCloud(tmp_path_factory.mktemp("cloud"))
    yield local
    local.stop()


@pytest.fixture(scope="session")
def deployed(
    guarded_cloud: LocalCloud, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Deployed:
    site = tmp_path_factory.mktemp("site")
    (site / "assets").mkdir()
    (site / "index.html").write_text("<!doctype html><title>Saldo</title>")
    (site / "assets/app-5f3a.js").write_text("'use strict';")
    stack = Deployed(guarded_cloud, emulated(built, tmp_path_factory.mktemp("emulated")), site)
    stack.deploy(Sender="cobros@saldo.test")
    return stack

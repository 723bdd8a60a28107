"""Creates or updates a company's stack by a change set, and says what went wrong when it did."""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError
from botocore.session import Session

# CloudFront takes up to a quarter of an hour to create; an hour means that something hangs.
LONGEST_SECONDS = 3600


class DeployError(Exception):
    """The stack did not become what was asked for; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Release:
    """An uploaded package: the address of its template, and the parameters that this declares."""

    template_url: str
    parameters: frozenset[str]


def upload(session: Session, package: Path) -> Release:
    """Put code and template where CloudFormation finds them.

    Both are named by content, so an unchanged Lambda is not touched by the deployment.
    """
    s3 = session.create_client("s3")
    bucket = _artifact_bucket(session, s3)
    code = (package / "code.zip").read_bytes()
    code_key = f"code/{hashlib.sha256(code).hexdigest()}.zip"
    if not _holds(s3, bucket, code_key):
        s3.put_object(Bucket=bucket, Key=code_key, Body=code)
    template = (package / "sam.json").read_text()
    template = template.replace('"./code.zip"', f'"s3://{bucket}/{code_key}"')
    template_key = f"template/{hashlib.sha256(template.encode()).hexdigest()}.json"
    s3.put_object(Bucket=bucket, Key=template_key, Body=template.encode())
    return Release(
        template_url=f"{s3.meta.endpoint_url}/{bucket}/{template_key}",
        parameters=frozenset(json.loads(template).get("Parameters", {})),
    )


def apply(session: Session, name: str, release: Release, given: Mapping[str, str]) -> None:
    """Make the stack what the release says; a parameter that is not given keeps its value."""
    if unknown := set(given) - release.parameters:
        raise DeployError(f"No such parameter: {', '.join(sorted(unknown))}")
    client = session.create_client("cloudformation")
    before = describe(session, name)
    if before and before["StackStatus"] == "ROLLBACK_COMPLETE":
        raise DeployError(f"The first creation of {name} failed: delete the stack, then try again")
    is_new = before is None or before["StackStatus"] == "REVIEW_IN_PROGRESS"
    change_set = client.create_change_set(
        StackName=name,
        ChangeSetName=f"deploy-{time.time_ns()}",
        ChangeSetType="CREATE" if is_new else "UPDATE",
        TemplateURL=release.template_url,
        Parameters=_parameters(release, before, given),
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    )["Id"]
    if _has_changes(client, change_set):
        started = _event_ids(client, name)
        client.execute_change_set(ChangeSetName=change_set)
        _wait_for_stack(session, name, started)


def describe(session: Session, name: str) -> dict[str, Any] | None:
    """CloudFormation's description of the stack, or None when there is none."""
    try:
        answer = session.create_client("cloudformation").describe_stacks(StackName=name)
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
    stack: dict[str, Any] = answer["Stacks"][0]
    return stack


def outputs(session: Session, name: str) -> dict[str, str]:
    """The stack's outputs by name."""
    stack = describe(session, name) or {}
    return {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])}


def _artifact_bucket(session: Session, s3: Any) -> str:
    """Bucket for code and templates, made before the first stack and kept apart from all."""
    account = session.create_client("sts").get_caller_identity()["Account"]
    region = s3.meta.region_name
    bucket = f"saldo-artifacts-{account}-{region}"
    if not _holds(s3, bucket):
        # S3 refuses us-east-1 as a constraint: there it is the place without one.
        place = {} if region == "us-east-1" else {"LocationConstraint": region}
        s3.create_bucket(Bucket=bucket, **({"CreateBucketConfiguration": place} if place else {}))
        closed = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy")
        s3.put_public_access_block(
            Bucket=bucket,
            PublicAccessBlockConfiguration=dict.fromkeys((*closed, "RestrictPublicBuckets"), True),
        )
    return bucket


def _holds(s3: Any, bucket: str, key: str | None = None) -> bool:
    try:
        if key is None:
            s3.head_bucket(Bucket=bucket)
        else:
            s3.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response["Error"]["Code"] in {"404", "NoSuchKey", "NoSuchBucket"}:
            return False
        raise
    return True


def _parameters(
    release: Release, before: dict[str, Any] | None, given: Mapping[str, str]
) -> list[dict[str, Any]]:
    had = {each["ParameterKey"] for each in (before or {}).get("Parameters", [])}
    kept = sorted(had & release.parameters - set(given))
    return [
        *({"ParameterKey": name, "ParameterValue": value} for name, value in given.items()),
        *({"ParameterKey": name, "UsePreviousValue": True} for name in kept),
    ]


def _has_changes(client: Any, change_set: str) -> bool:
    """Wait until the change set is computed; an empty one is removed again."""
    answer = _poll(
        lambda: client.describe_change_set(ChangeSetName=change_set),
        lambda answer: answer["Status"] in {"CREATE_COMPLETE", "FAILED"},
    )
    if answer["Status"] == "CREATE_COMPLETE":
        return True
    reason = answer.get("StatusReason", "")
    client.delete_change_set(ChangeSetName=change_set)
    if "didn't contain changes" in reason or "No updates" in reason:
        return False
    raise DeployError(f"The change set failed: {reason}")


def _wait_for_stack(session: Session, name: str, earlier: set[str]) -> None:
    stack = _poll(
        lambda: describe(session, name) or {"StackStatus": "GONE"},
        lambda stack: not stack["StackStatus"].endswith("_IN_PROGRESS"),
    )
    if stack["StackStatus"] not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        client = session.create_client("cloudformation")
        raise DeployError(f"{name} is {stack['StackStatus']}\n{_failures(client, name, earlier)}")


def _poll(ask: Any, is_done: Any) -> dict[str, Any]:
    deadline = time.monotonic() + LONGEST_SECONDS
    pause = 0.1
    while time.monotonic() < deadline:
        answer: dict[str, Any] = ask()
        if is_done(answer):
            return answer
        time.sleep(pause)
        pause = min(pause * 1.5, 3)
    raise DeployError(f"CloudFormation was not done after {LONGEST_SECONDS} s")


def _events(client: Any, name: str) -> list[dict[str, Any]]:
    pages = client.get_paginator("describe_stack_events").paginate(StackName=name)
    return [event for page in pages for event in page["StackEvents"]]


def _event_ids(client: Any, name: str) -> set[str]:
    return {event["EventId"] for event in _events(client, name)}


def _failures(client: Any, name: str, earlier: set[str]) -> str:
    """What failed in this deployment, the first cause first."""
    failed = [
        f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason given')}"
        for event in _events(client, name)
        if event["ResourceStatus"].endswith("_FAILED") and event["EventId"] not in earlier
    ]
    return "\n".join(reversed(failed))

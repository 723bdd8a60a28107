"""The company's stack in the local cloud, made from the same template as in AWS."""

import os
import time
from pathlib import Path
from typing import Any, Final

from botocore.exceptions import ClientError

from infra.local.cloud import LocalCloud
from infra.local.stamps import PROJECT

TEMPLATE: Final = PROJECT / "infra/template.yaml"
SENDER: Final = "cobros@saldo.local"
_LONGEST_SECONDS: Final = 60


class StackError(Exception):
    """The local cloud could not make what the template asks for."""


class Stack:
    """What exists after the template was applied: names and addresses by output."""

    def __init__(self, cloud: LocalCloud, name: str, outputs: dict[str, str]) -> None:
        self.cloud = cloud
        self.name = name
        self.outputs = outputs

    def queue_url(self, queue_name: str) -> str:
        """The address of a queue at the port where the local cloud listens this time."""
        return f"{self.cloud.url}/000000000000/{queue_name}"

    def client_secret(self) -> str:
        """The secret with which the app exchanges a sign-in code."""
        secrets = self.cloud.client("secretsmanager")
        arn = self.outputs["SignInClientSecretArn"]
        return str(secrets.get_secret_value(SecretId=arn)["SecretString"])


def apply(cloud: LocalCloud, name: str, origin: str) -> Stack:
    """Creates what is missing, changes what differs, and touches nothing else."""
    formation = cloud.client("cloudformation")
    parameters = {"Stage": "local", "Sender": SENDER, "Origin": origin}
    request = {
        "StackName": name,
        "TemplateBody": TEMPLATE.read_text(encoding="utf-8"),
        "Capabilities": ["CAPABILITY_IAM"],
        "Parameters": [
            {"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()
        ],
    }
    if _describe(formation, name) is None:
        formation.create_stack(**request)
    else:
        _update(formation, request)
    outputs = _wait_for_outputs(formation, name)
    cloud.snapshot()
    return Stack(cloud, name, outputs)


def settings(stack: Stack, base_url: str) -> dict[str, str]:
    """The app's environment variables, as a deployed stack would set them."""
    outputs, cloud = stack.outputs, stack.cloud
    pool, sign_in = outputs["StaffPoolId"], f"{base_url}/_local/sign-in"
    issuer = f"https://cognito-idp.{cloud.client('cognito-idp').meta.region_name}.amazonaws.com"
    return {
        "SALDO_STAGE": "local",
        "SALDO_LOCAL": "1",
        "SALDO_BASE_URL": base_url,
        "SALDO_TABLE": outputs["TableName"],
        "SALDO_QUEUE_PROVIDER_EVENTS": stack.queue_url(f"{stack.name}-provider-events"),
        "SALDO_QUEUE_MAIL": stack.queue_url(f"{stack.name}-mail"),
        "SALDO_QUEUE_REMINDERS": stack.queue_url(f"{stack.name}-reminders"),
        "SALDO_QUEUE_CHORES": stack.queue_url(f"{stack.name}-chores"),
        "SALDO_QUEUE_MAIL_EVENTS": stack.queue_url(f"{stack.name}-mail-events"),
        "SALDO_QUEUE_WEBHOOKS": stack.queue_url(f"{stack.name}-webhooks"),
        "SALDO_DOCUMENTS_BUCKET": outputs["DocumentBucketName"],
        "SALDO_SENDER": SENDER,
        "SALDO_CONFIGURATION_SET": outputs["ConfigurationSet"],
        "SALDO_MAILS_A_SECOND": "10000",
        "SALDO_VAULT": f"/{stack.name}",
        "SALDO_USER_POOL_ID": pool,
        "SALDO_OIDC_ISSUER": f"{issuer}/{pool}",
        "SALDO_OIDC_CLIENT_ID": outputs["StaffClientId"],
        "SALDO_OIDC_CLIENT_SECRET": stack.client_secret(),
        "SALDO_OIDC_AUTHORIZE_URL": f"{sign_in}/authorize",
        "SALDO_OIDC_LOGOUT_URL": f"{sign_in}/logout",
        "SALDO_OIDC_TOKEN_URL": f"{cloud.url}/oauth2/token",
        "SALDO_OIDC_JWKS_URL": f"{cloud.url}/{pool}/.well-known/jwks.json",
    }


def data_folder() -> Path:
    """Where the local cloud keeps its data: SALDO_DATA, or a folder that git ignores."""
    return Path(os.environ.get("SALDO_DATA") or PROJECT / ".data").expanduser().resolve()


def _update(formation: Any, request: dict[str, Any]) -> None:
    try:
        formation.update_stack(**request)
    except ClientError as error:
        if "No updates are to be performed" not in str(error):
            raise


def _wait_for_outputs(formation: Any, name: str) -> dict[str, str]:
    end = time.monotonic() + _LONGEST_SECONDS
    while time.monotonic() < end:
        stack = _describe(formation, name)
        if stack and stack["StackStatus"] in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
        if not stack or not stack["StackStatus"].endswith("IN_PROGRESS"):
            raise StackError(f"The local stack failed: {stack}")
        time.sleep(0.02)
    raise StackError(f"The local stack was not ready after {_LONGEST_SECONDS} s")


def _describe(formation: Any, name: str) -> dict[str, Any] | None:
    try:
        stacks: list[dict[str, Any]] = formation.describe_stacks(StackName=name)["Stacks"]
    except ClientError:
        return None
    return stacks[0]

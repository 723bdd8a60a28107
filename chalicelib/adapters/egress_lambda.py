"""The Egress port by a Lambda of its own, whose role may do nothing but write its log."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.usecases.egress_ports import CallAnswer, Egress, EgressUnavailable, OutgoingCall


class LambdaEgress:
    """Calls by a function that reaches the internet and nothing of ours."""

    allows_local = False

    def __init__(self, client: Any, function: str) -> None:
        self._client = client
        self._function = function

    def call(self, call: OutgoingCall) -> CallAnswer:
        """Return what the function answers. EgressUnavailable when it fails itself."""
        asked = {"url": call.url, "headers": dict(call.headers), "body": call.body}
        try:
            answer = self._client.invoke(
                FunctionName=self._function, Payload=json.dumps(asked).encode()
            )
            said = answer["Payload"].read()
        except (BotoCoreError, ClientError) as exc:
            raise EgressUnavailable(str(exc)) from exc
        if "FunctionError" in answer:
            raise EgressUnavailable(said.decode("utf-8", "replace")[:500])
        return CallAnswer(**json.loads(said))


def answer_to(egress: Egress, event: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the function answers to an event: the other side of LambdaEgress."""
    call = OutgoingCall(url=event["url"], headers=event["headers"], body=event["body"])
    return asdict(egress.call(call))

"""The egress function and whoever calls it say the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.adapters.egress_http import HttpEgress
from chalicelib.adapters.egress_lambda import LambdaEgress, answer_to
from chalicelib.usecases.egress_ports import EgressUnavailable, OutgoingCall
from tests.adapters.receiver import HOST, Net, Receiver, certificate, receiver

__all__ = ["certificate", "receiver"]  # fixtures


class FakeLambda:
    """Lambda's client, in front of the egress function itself."""

    def __init__(self, egress: HttpEgress | None) -> None:
        self._egress = egress
        self.functions: list[str] = []

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803
        self.functions.append(FunctionName)
        if self._egress is None:
            return {"FunctionError": "Unhandled", "Payload": _Body(b'{"errorMessage": "no"}')}
        said = answer_to(self._egress, json.loads(Payload))
        return {"Payload": _Body(json.dumps(said).encode())}


class _Body:
    def __init__(self, said: bytes) -> None:
        self._said = said

    def read(self) -> bytes:
        return self._said


def test_the_function_answers_what_the_call_would_have(
    receiver: Receiver, certificate: Path
) -> None:
    net = Net(receiver, certificate)
    client = FakeLambda(HttpEgress(allows_local=False, wire=net.wire()))
    egress = LambdaEgress(client, "saldo-egress")

    answer = egress.call(OutgoingCall(url=f"https://{HOST}/", headers={"a": "b"}, body="{}"))
    refused = egress.call(OutgoingCall(url="https://10.0.0.1/", headers={}, body=""))

    assert (answer.status, answer.body) == (200, "ok")
    assert refused.error == "url_host"
    assert client.functions == ["saldo-egress"] * 2
    assert egress.allows_local is False


def test_a_function_that_fails_is_our_own_trouble() -> None:
    egress = LambdaEgress(FakeLambda(None), "saldo-egress")

    with pytest.raises(EgressUnavailable, match="no"):
        egress.call(OutgoingCall(url=f"https://{HOST}/", headers={}, body=""))

"""Ports for measurements: the real store, ids and writer; queues, files and mail go nowhere."""

import time
from collections.abc import Mapping
from typing import IO, Any, cast

from chalicelib.adapters.dynamodb.store import DynamoStore
from chalicelib.adapters.dynamodb.table import DynamoTable
from chalicelib.adapters.mail_writer import TemplateMailWriter
from chalicelib.adapters.mime import mime
from chalicelib.adapters.public_holidays import PublicHolidays
from chalicelib.adapters.random_ids import RandomIds
from chalicelib.usecases.contents import OutgoingMail
from chalicelib.usecases.egress_ports import CallAnswer, OutgoingCall
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.provider_ports import Gateway


class NullQueues:
    """Counts messages and forgets them."""

    def __init__(self) -> None:
        self.count = 0

    def put(self, queue: str, body: str, *, delay_seconds: int = 0) -> None:
        """Forget a message."""
        del queue, body, delay_seconds
        self.count += 1


class NullMailer:
    """Builds the MIME of each mail and accepts it at once: no provider, no network."""

    def __init__(self) -> None:
        self.count = 0

    def send(self, mail: OutgoingMail) -> str:
        """Accept a mail."""
        mime(mail, "facturas@saldo.local")
        self.count += 1
        return f"null-{self.count}"

    def readmit(self, address: str) -> None:
        """Keep no list."""


class NullFiles:
    """Keeps nothing."""

    def put(self, key: str, content: bytes | IO[bytes], content_type: str) -> None:
        """Forget a file."""

    def get(self, key: str) -> bytes | None:
        """Find nothing."""
        del key
        return None

    def link(self, key: str, file_name: str) -> str:
        """Lead nowhere."""
        return f"/{key}/{file_name}"


class NullVault:
    """Keeps nothing."""

    def read(self, name: str) -> dict[str, str]:
        """Find nothing."""
        del name
        return {}

    def write(self, name: str, secrets: Mapping[str, str]) -> None:
        """Forget it."""
        del name, secrets


class NullEgress:
    """Calls nobody."""

    allows_local = False

    def call(self, call: OutgoingCall) -> CallAnswer:
        """Say that it was taken."""
        del call
        return CallAnswer(status=200)


class NullGateway:
    """No payment provider at all."""

    def __getattr__(self, name: str) -> Any:
        """Say so."""
        raise NotImplementedError(f"The measurements ask no provider to {name}.")


def ports_over(client: Any, table: str) -> Ports:
    """Return ports over a table in the emulator."""
    return Ports(
        store=DynamoStore(DynamoTable(client, table)),
        queues=NullQueues(),
        mailer=NullMailer(),
        writer=TemplateMailWriter(),
        files=NullFiles(),
        holidays=PublicHolidays(),
        vault=NullVault(),
        egress=NullEgress(),
        gateway=cast("Gateway", NullGateway()),
        ids=RandomIds(),
        pause=time.sleep,
    )

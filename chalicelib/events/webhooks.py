"""The queue of webhooks: make deliveries of what happened, send those that are due."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib import bootstrap
from chalicelib.events.batches import Failures, each_message
from chalicelib.usecases.announce import announce
from chalicelib.usecases.context import Context, system_context
from chalicelib.usecases.deliver_webhook import deliver_webhook, delivery_ref
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.webhook_deliveries import carry_out_replay


def handle(event: Mapping[str, Any]) -> Failures:
    """Do the work of each message of a batch."""
    return each_message(event, lambda body: work(bootstrap.app().ports, body, bootstrap.now()))


def work(ports: Ports, body: Mapping[str, Any], now: datetime) -> None:
    """Announce, begin a replay, or make one attempt; ``now`` is the time that is signed.

    A message of a later time than now comes from a clock that was put forward: its time counts.
    """
    context = system_context(max(datetime.fromisoformat(body["time"]), now))
    if "announce" in body:
        announce(ports, context)
    elif "replay" in body:
        carry_out_replay(ports, context, body["replay"])
    else:
        _deliver(ports, context, body, now)


def _deliver(ports: Ports, context: Context, body: Mapping[str, Any], now: datetime) -> None:
    ref = delivery_ref(body["endpoint"], body["event"])
    deliver_webhook(ports, context, ref, signed_at=now)

"""The tick: queue the accounts whose next action is due. It decides nothing about them."""

import json
from collections.abc import Iterator
from typing import Final

from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.ledger import SHARDS
from chalicelib.usecases.context import Context
from chalicelib.usecases.listings import accounts_due
from chalicelib.usecases.ports import Ports

ACCOUNTS_A_MESSAGE: Final = 10
_PAGE: Final = 1_000
MAX_PAGES: Final = 100  # 100,000 accounts a shard; what is left is due at the next tick as well


def queue_due_reminders(ports: Ports, context: Context) -> int:
    """Queue every account due at the context's instant, ten a message; return how many.

    Run twice, early or late it does no harm: each account is decided about when its turn comes.
    """
    waiting: list[tuple[str, str]] = []
    queued = 0
    for account in _due(ports, context):
        waiting.append(account)
        if len(waiting) == ACCOUNTS_A_MESSAGE:
            _put(ports, context, waiting)
            queued += len(waiting)
            waiting = []
    if waiting:
        _put(ports, context, waiting)
    return queued + len(waiting)


def _due(ports: Ports, context: Context) -> Iterator[tuple[str, str]]:
    for shard in range(SHARDS):
        cursor = None
        for _ in range(MAX_PAGES):
            page = ports.store.rows(accounts_due(shard, context.at), limit=_PAGE, cursor=cursor)
            for row in page.items:
                yield row["customer_id"], row["currency"]
            cursor = page.cursor
            if cursor is None:
                break


def _put(ports: Ports, context: Context, accounts: list[tuple[str, str]]) -> None:
    body = {"v": 1, "time": rfc3339(context.at), "accounts": accounts}
    ports.queues.put("reminders", json.dumps(body))

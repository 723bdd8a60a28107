"""The tick: queue the accounts whose next action is due. It decides nothing about them."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Final

from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.shards import SHARDS
from chalicelib.usecases.context import Context
from chalicelib.usecases.listings import accounts_due
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.read_all import in_batches

ACCOUNTS_A_MESSAGE: Final = 10
LONGEST_DELAY: Final = 900
"""Seconds that SQS holds a message back at most, and the time until the next tick."""

AS_FAST_AS_POSSIBLE: Final = 1e9
_PAGE: Final = 1_000
MAX_PAGES: Final = 100  # 100,000 accounts a shard; what is left is due at the next tick as well


def queue_due_reminders(
    ports: Ports, context: Context, mails_a_second: float = AS_FAST_AS_POSSIBLE
) -> int:
    """Queue every account due at the context's instant, ten a message; return how many.

    They are spread so that mails leave no faster than the provider takes them; what does not fit
    before the next tick is left for it. Run twice, early or late it does no harm: each account is
    decided about when its turn comes.
    """
    most = int(LONGEST_DELAY * mails_a_second)
    queued = 0
    for some in in_batches(islice(_due(ports, context), most), ACCOUNTS_A_MESSAGE):
        body = {"v": 1, "time": rfc3339(context.at), "accounts": some}
        delay = int(queued / mails_a_second)
        ports.queues.put("reminders", json.dumps(body), delay_seconds=delay)
        queued += len(some)
    return queued


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

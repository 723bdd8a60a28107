"""Write down that what a reminder claimed is waived, since that reminder never went out.

Whoever reads a late charge sees it so already (late_file); the lists follow with this chore.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, Final

from chalicelib.domain.calendar import rfc3339
from chalicelib.usecases.chores import Facts
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.late_charge_listings import late_charges_in
from chalicelib.usecases.late_charges import noted_unsent
from chalicelib.usecases.late_file import open_late_file
from chalicelib.usecases.mail_listings import messages_in
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.references import message_ref

_LOOKS_BACK: Final = timedelta(days=3)  # nights that may fail before a list says less than a page
_PAGE: Final = 1_000
_MAX_PAGES: Final = 20


def unsent_reminders(ports: Ports, context: Context) -> Iterable[Facts]:
    """Find the reminders that were called off lately, if anything is claimed at all."""
    if not ports.store.rows(late_charges_in("claimed"), limit=1).items:
        return
    for row in _called_off(ports, context):
        if row["purpose"] == "reminder":
            yield {"customer_id": row["customer_id"], "message_id": row["id"]}


def _called_off(ports: Ports, context: Context) -> Iterator[Any]:
    since = rfc3339(context.at - _LOOKS_BACK)
    listing = replace(messages_in("suppressed"), after=since)
    cursor = None
    for _ in range(_MAX_PAGES):
        page = ports.store.rows(listing, limit=_PAGE, cursor=cursor)
        yield from page.items
        cursor = page.cursor
        if cursor is None:
            return


def waive_unsent(ports: Ports, context: Context, facts: Facts) -> None:
    """Waive what a reminder claimed that was called off, invoice by invoice."""
    message = ports.store.get(message_ref(facts["customer_id"], facts["message_id"]))
    if message is None:
        return
    for invoice_id in message.invoice_ids:
        until_committed(ports, partial(_waive, ports, context, invoice_id))


def _waive(ports: Ports, context: Context, invoice_id: str) -> None:
    writes = noted_unsent(ports, context, open_late_file(ports, invoice_id))
    if writes:
        ports.store.commit(writes)

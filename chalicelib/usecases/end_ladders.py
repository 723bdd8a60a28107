"""Find accounts whose ladder has run out while money is open: from here on a person decides."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

from chalicelib.domain.calendar import local_date
from chalicelib.domain.ladder_end import at_the_end
from chalicelib.usecases.context import Context, audit, until_committed
from chalicelib.usecases.desk import open_desk
from chalicelib.usecases.listings import debtors
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports, Require
from chalicelib.usecases.read_all import all_rows
from chalicelib.usecases.references import account_ref, work_item_ref
from chalicelib.usecases.reports import read_aging
from chalicelib.usecases.staff_listings import open_work
from chalicelib.usecases.work import closing, on_the_list, work_item

_KIND: Final = "ladder_ended"
_SEPARATOR: Final = ", "


def end_ladders(ports: Ports, context: Context) -> int:
    """Put what has come to its end on the work list, once for each invoice; return how many.

    What was put there and is paid or otherwise settled by now leaves the list. Two reads for each
    account that is overdue; repeated, it changes nothing.
    """
    today = local_date(context.at, company_of(ports).time_zone)
    count = 0
    listed = {_account_of(row["key"]) for row in all_rows(ports, open_work())
              if row["what"] == _KIND}  # fmt: skip
    for account in sorted(listed | set(_overdue(ports, today))):
        count += until_committed(ports, partial(_look_at, ports, context, *account))
    return count


def _overdue(ports: Ports, today: date) -> Iterator[tuple[str, str]]:
    for aging in read_aging(ports, today):
        for row in all_rows(ports, debtors(aging.currency)):
            oldest = row["oldest_due_date"]
            if oldest is not None and oldest < today.isoformat():
                yield row["customer_id"], row["currency"]


def _look_at(ports: Ports, context: Context, customer_id: str, currency: str) -> int:
    key = f"ladder-ended-{customer_id}-{currency}"
    desk = open_desk(ports, customer_id, currency, [work_item_ref(key)])
    known = desk.found(work_item_ref(key))
    items = at_the_end(desk.account, desk.rules, context.at)
    if not items:
        gone = closing(ports, context, key, "settled")
        if gone:
            ports.store.commit(gone)
        return 0
    numbers = [item.number for item in items]
    if known is not None and set(numbers) <= set(known.detail.split(_SEPARATOR)):
        return 0
    amount_minor = sum(item.open_minor for item in items)
    item = work_item(
        context,
        key,
        "ladder_ended",
        _SEPARATOR.join(numbers),
        priority=3,
        customer_id=customer_id,
        customer_name=desk.customer.name,
        amount_minor=amount_minor,
        currency=currency,
    )
    entry = audit(
        ports,
        context,
        "ladder_ended",
        subject=("customer", customer_id),
        customer_id=customer_id,
        amount_minor=amount_minor,
        currency=currency,
        invoices=numbers[:10],
    )
    still_so = Require(account_ref(customer_id, currency), desk.account.version)
    ports.store.commit([on_the_list(item, known), entry, still_so])
    return 1


def _account_of(key: str) -> tuple[str, str]:
    customer_id, _, currency = key.removeprefix("ladder-ended-").rpartition("-")
    return customer_id, currency

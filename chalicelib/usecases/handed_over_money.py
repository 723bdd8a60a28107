"""Tell staff about money on invoices that lawyers have: whoever has the case must know at once."""

from collections.abc import Mapping
from typing import Final

from chalicelib.domain.account import Account
from chalicelib.domain.rest import Rest
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.context import Context
from chalicelib.usecases.ports import Ports, Write
from chalicelib.usecases.references import work_item_ref
from chalicelib.usecases.work import on_the_list, work_item

_MOST_NUMBERS: Final = 20  # told by number; the amount is of all


def told_of_money(
    ports: Ports,
    context: Context,
    account: Account,
    paid: Mapping[str, int],
    payment_id: str | None,
) -> list[Write]:
    """Return the work items about money that settles something handed over; a read only if any.

    ``account`` is as it was before; ``paid`` is what came in, by invoice. One item for each payment
    and hand-over, and what of it settles in several batches adds up.
    """
    sums = {
        rest.id: (rest, amount)
        for rest in account.rests
        if rest.kind == "legal" and (amount := _on(rest, paid))
    }
    if not sums:
        return []
    keys = {name: f"handed-over-{name}-{payment_id or 'credit'}" for name in sums}
    found = ports.store.get_many([work_item_ref(key) for key in keys.values()])
    writes: list[Write] = []
    for name, (rest, amount) in sums.items():
        known = found.get(work_item_ref(keys[name]))
        before = known if isinstance(known, WorkItem) else None
        so_far = before.amount_minor or 0 if before and before.state == "open" else 0
        item = work_item(
            context,
            keys[name],
            "payment_on_handed_over",
            " ".join(_numbers(account, rest, paid)),
            priority=2,
            customer_id=account.customer_id,
            customer_name=account.customer_name,
            payment_id=payment_id,
            amount_minor=so_far + amount,
            currency=account.currency,
        )
        writes.append(on_the_list(item, before))
    return writes


def _on(rest: Rest, paid: Mapping[str, int]) -> int:
    return sum(amount for name, amount in paid.items() if amount > 0 and rest.covers(name))


def _numbers(account: Account, rest: Rest, paid: Mapping[str, int]) -> list[str]:
    settled = [name for name, amount in paid.items() if amount > 0 and rest.covers(name)]
    items = [account.item(name) for name in settled[:_MOST_NUMBERS]]
    return [item.number for item in items if item is not None]

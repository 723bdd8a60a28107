"""Keep the chase to what is proven: park an account that differs, un-park it when it is right.

Postings go on. Only nothing is asked of the customer while nobody knows what is owed.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from chalicelib.domain.account import Account
from chalicelib.domain.next_action import plan
from chalicelib.domain.proof import Difference, ProofFinding, finding
from chalicelib.usecases.context import Context, audit
from chalicelib.usecases.desk import open_desk
from chalicelib.usecases.ports import Conflict, Insert, Ports, Ref, Replace, Write
from chalicelib.usecases.references import work_item_ref
from chalicelib.usecases.work import closing, on_the_list, work_item

MAX_KEPT: Final = 40
"""Findings of one account: one cause seldom has more, and a transaction holds a hundred writes."""

_LONGEST_DETAIL: Final = 500


def account_key(account: Account) -> str:
    """Return the key of the work item about an account."""
    return f"proof-{account.customer_id}-{account.currency}"


def keep_to_the_proof(
    ports: Ports, context: Context, run_id: str, account: Account, found: Sequence[Difference]
) -> None:
    """Park or un-park an account as its proof says, and note the findings. Conflict if it moved.

    What is found of an account that is gone belongs to nobody's account.
    """
    if found and not account.version:
        note(ports, [finding(run_id, one.but(customer_id=None)) for one in found])
    elif found:
        _park(ports, context, run_id, account, found[:MAX_KEPT])
    elif account.parked_since is not None:
        _un_park(ports, context, account)


def _park(
    ports: Ports, context: Context, run_id: str, account: Account, found: Sequence[Difference]
) -> None:
    item = work_item(
        context,
        account_key(account),
        "proof_difference",
        detail_of(found),
        priority=1,
        customer_id=account.customer_id,
        customer_name=account.customer_name,
        currency=account.currency,
    )
    writes: list[Write] = [on_the_list(item, ports.store.get(work_item_ref(item.key)))]
    if account.parked_since is None:
        writes.append(Replace(account.next(parked_since=context.at)))
        writes.append(_said(ports, context, account, "account_parked"))
    findings = [finding(run_id, one, account.customer_name) for one in found]
    ports.store.commit([*writes, *unknown(ports, findings)])


def unknown(ports: Ports, findings: Iterable[ProofFinding]) -> list[Write]:
    """Return the writes of those findings that are not noted yet."""
    refs = {Ref(ProofFinding, (one.run_id, one.key)): one for one in findings}
    noted = ports.store.get_many(list(refs))
    return [Insert(one) for ref, one in refs.items() if ref not in noted]


def note(ports: Ports, findings: Iterable[ProofFinding]) -> None:
    """Note findings that concern no account. Conflict when somebody else notes them too."""
    writes = unknown(ports, findings)
    if writes:
        ports.store.commit(writes)


def detail_of(found: Iterable[Difference | ProofFinding]) -> str:
    """Return what a work item says about differences."""
    text = " · ".join(f"{one.what} {one.subject}: {one.detail}" for one in found)
    return text if len(text) <= _LONGEST_DETAIL else f"{text[:_LONGEST_DETAIL]} …"


def _un_park(ports: Ports, context: Context, account: Account) -> None:
    desk = open_desk(ports, account.customer_id, account.currency)
    if desk.account.version != account.version:
        raise Conflict([])
    free = account.but(parked_since=None)
    after = plan(free, desk.rules, context.at).next()
    ports.store.commit(
        [
            Replace(after),
            *closing(ports, context, account_key(account), "proven"),
            _said(ports, context, account, "account_unparked"),
        ]
    )


def _said(ports: Ports, context: Context, account: Account, action: str) -> Write:
    return audit(
        ports,
        context,
        action,
        subject=("customer", account.customer_id),
        customer_id=account.customer_id,
        currency=account.currency,
    )

"""Set the next action of every account anew, after a change of the rules by which it is set."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from chalicelib.domain.account import Account
from chalicelib.domain.next_action import plan
from chalicelib.usecases.chores import Facts, queue_chore
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.desk import open_desk, save_account
from chalicelib.usecases.listings import customers
from chalicelib.usecases.ports import Ports, Ref
from chalicelib.usecases.read_all import find_all
from chalicelib.usecases.references import account_ref
from chalicelib.usecases.withdraw_approval import withdrawn

CUSTOMERS_A_CHORE: Final = 200
"""Some seconds of a Lambda that has five minutes, if each account gets another time."""


def plan_accounts_anew(ports: Ports, context: Context, facts: Facts) -> None:
    """Plan the accounts of some customers anew, and queue those of the next ones.

    Repeating it is harmless. What is posted meanwhile is planned by the new rules anyway.
    """
    page = ports.store.rows(customers(), limit=CUSTOMERS_A_CHORE, cursor=facts.get("cursor"))
    if page.cursor is not None:
        queue_chore(ports, context, "plan_anew", {"cursor": page.cursor})
    for account in _accounts(ports, page.items):
        if account.open_items:
            _plan(ports, context, account.customer_id, account.currency)


def _accounts(ports: Ports, rows: Iterable[Mapping[str, Any]]) -> Iterable[Account]:
    refs: list[Ref[Any]] = [
        account_ref(row["id"], currency) for row in rows for currency in row["currencies"] or ()
    ]
    return (one for one in find_all(ports, refs).values() if isinstance(one, Account))


def _plan(ports: Ports, context: Context, customer_id: str, currency: str) -> None:
    def attempt() -> None:
        desk = open_desk(ports, customer_id, currency)
        account, answered = withdrawn(ports, context, desk, desk.account)
        account = plan(account, desk.rules, context.at)
        if account != desk.account:
            ports.store.commit([*save_account(desk, account), *answered])

    until_committed(ports, attempt)

"""Who owes most in a currency."""

from datetime import date
from typing import Any

from chalicelib.domain.account import Account
from chalicelib.usecases.listings import debtors
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.references import account_ref


def read_debtors(ports: Ports, currency: str, *, today: date, limit: int) -> list[dict[str, Any]]:
    """Return the accounts that owe most, largest first: one query and one batch of reads."""
    rows = ports.store.rows(debtors(currency), limit=limit).items
    refs = [account_ref(row["customer_id"], currency) for row in rows]
    found = ports.store.get_many(refs)
    accounts = [one for ref in refs if isinstance(one := found.get(ref), Account)]
    return [_row(account, today) for account in accounts]


def _row(account: Account, today: date) -> dict[str, Any]:
    items = account.open_items
    return {
        "customer_id": account.customer_id,
        "customer_name": account.customer_name,
        "currency": account.currency,
        "open_minor": account.open_minor,
        "overdue_minor": account.overdue_minor(today),
        "unapplied_minor": account.unapplied_minor,
        "oldest_due_date": items[0].due_date.isoformat() if items else None,
    }

"""What a person is asked to do where a statement reaches nobody."""

from chalicelib.domain.account import Account
from chalicelib.domain.customer import Customer
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.context import Context
from chalicelib.usecases.work import work_item


def unreachable_item(
    context: Context, customer: Customer, account: Account, detail: str
) -> WorkItem:
    """Return the task to correct an address: one for the account, the same as for reminders."""
    return work_item(
        context,
        f"no-address-{customer.id}-{account.currency}",
        "no_address",
        detail,
        priority=3,
        customer_id=customer.id,
        customer_name=customer.name,
        amount_minor=account.open_minor,
        currency=account.currency,
    )

"""Change a customer: what documents say from now on, where mail goes, when it may go."""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.access import require_role
from chalicelib.domain.account import Account
from chalicelib.domain.customer import Customer, NameWord, name_words
from chalicelib.domain.errors import InvalidField, NotFound, Stale
from chalicelib.domain.next_action import plan
from chalicelib.usecases.contacts import require_contacts, with_contact_ids
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, book_of
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.policies import require_policy
from chalicelib.usecases.ports import Mirror, Ports, Ref, Remove, Replace, Write
from chalicelib.usecases.references import account_ref, customer_ref

_ON_ACCOUNTS: Final = ("name", "time_zone", "country", "region", "segment", "policy_id")
"""What the accounts show, or what their next action depends on."""


def change_customer(
    ports: Ports,
    context: Context,
    customer_id: str,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
) -> Customer:
    """Change fields of a customer. Stale when it is no longer at the expected version.

    Issued invoices keep what they froze. A new name moves its search words and its accounts' name;
    a new time zone sets the time of the next reminder anew. The credit limit is an accountant's
    (NotAllowed), and in another currency it has to be said anew (InvalidField).
    InvalidField, too, for contacts that contradict each other or a policy that does not exist.
    """
    changes = _checked(ports, context, changes)

    def attempt() -> Customer:
        customer = ports.store.get(customer_ref(customer_id))
        if customer is None:
            raise NotFound("customer", customer_id)
        if expected_version not in (None, customer.version):
            raise Stale("customer", expected=expected_version or 0, present=customer.version)
        changed = {
            name: value for name, value in changes.items() if getattr(customer, name) != value
        }
        if not changed:
            return customer
        _require_credit_limit_may_change(context, customer, changes, changed)
        after = customer.next(**changed)
        writes = _writes(ports, context, customer, after)
        commit(ports, context, writes, resource=f"/v1/customers/{customer_id}")
        return after

    return until_committed(ports, attempt)


def _checked(ports: Ports, context: Context, changes: Mapping[str, Any]) -> dict[str, Any]:
    if "policy_id" in changes:
        require_policy(ports, changes["policy_id"], "/policy_id")
    if "contacts" not in changes:
        return dict(changes)
    require_contacts(changes["contacts"])
    return {**changes, "contacts": with_contact_ids(ports, context, changes["contacts"])}


def _require_credit_limit_may_change(
    context: Context, customer: Customer, changes: Mapping[str, Any], changed: Mapping[str, Any]
) -> None:
    if "credit_limit_minor" in changed:
        require_role(context.actor, "accountant")
    is_limited = customer.credit_limit_minor is not None
    if "currency" in changed and is_limited and "credit_limit_minor" not in changes:
        raise InvalidField(
            "/credit_limit_minor",
            f"The limit is in {customer.currency}; say what it is in {changed['currency']}.",
            field_code="limit_in_other_currency",
        )


def _writes(ports: Ports, context: Context, before: Customer, after: Customer) -> list[Write]:
    changed = [
        name for name in Customer.model_fields
        if name != "version" and getattr(before, name) != getattr(after, name)
    ]  # fmt: skip
    entry = audit(
        ports,
        context,
        "customer_changed",
        subject=("customer", after.id),
        customer_id=after.id,
        changed=changed,
    )
    return [
        Replace(after),
        *_moved_words(before, after),
        *_moved_accounts(ports, context, before, after),
        entry,
    ]


def _moved_words(before: Customer, after: Customer) -> list[Write]:
    if before.name == after.name:
        return []
    old = {word.word: word for word in name_words(before)}
    new = {word.word: word for word in name_words(after)}
    gone = [word for word in old if word not in new]
    return [
        *(Remove(Ref(NameWord, (word, after.id)), version=1) for word in gone),
        *(Mirror(one) for one in new.values()),  # those that stay show the new name too
    ]


def _moved_accounts(
    ports: Ports, context: Context, before: Customer, after: Customer
) -> list[Write]:
    if all(getattr(before, name) == getattr(after, name) for name in _ON_ACCOUNTS):
        return []
    refs = [account_ref(after.id, currency) for currency in after.currencies]
    found = ports.store.get_many(refs)
    if not found:
        return []
    company, book = company_of(ports), book_of(ports)
    desks = (
        Desk(after, record, company, book, {})
        for record in found.values()
        if isinstance(record, Account)
    )
    return [
        Replace(plan(desk.account.next(customer_name=after.name), desk.rules, context.at))
        for desk in desks
    ]

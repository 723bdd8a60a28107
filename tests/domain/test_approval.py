"""Rules and limits as arithmetic, compared with the obvious way to say the same."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.account import Account, OpenItem
from chalicelib.domain.approval import ApprovalRule
from chalicelib.domain.company import Company
from chalicelib.domain.credit import exposure_of
from chalicelib.domain.customer import Customer
from chalicelib.usecases.approvals import approval_needed
from tests.builders import NOON

AMOUNTS = st.integers(0, 10)
ACTIONS = st.sampled_from(["issue", "write_off"])
CURRENCIES = st.sampled_from(["EUR", "USD"])
NAMES = st.sampled_from(["a", "b"])
RULES = st.lists(
    st.builds(
        ApprovalRule,
        what=ACTIONS,
        over_minor=AMOUNTS,
        currency=CURRENCIES,
        customer_id=st.none() | NAMES,
        series=st.none() | NAMES,
    ),
    max_size=4,
)
LIMITS = st.none() | st.integers(0, 30)


@given(RULES, ACTIONS, AMOUNTS, CURRENCIES, NAMES, NAMES)
def test_rules_ask_as_a_table_of_them_would_be_read(
    rules: list[ApprovalRule], what: str, amount: int, currency: str, customer: str, series: str
) -> None:
    company = Company(name="X", approval_rules=tuple(rules))
    thresholds = [
        rule.over_minor
        for rule in rules
        if (rule.what, rule.currency) == (what, currency)
        and (rule.customer_id or customer, rule.series or series) == (customer, series)
    ]

    needed = approval_needed(
        company, what, amount_minor=amount, currency=currency, customer_id=customer, series=series  # type: ignore[arg-type]
    )  # fmt: skip

    assert needed == (amount > min(thresholds, default=amount))


@given(st.lists(st.integers(1, 20), max_size=4), st.integers(0, 50), AMOUNTS, LIMITS)
def test_an_exposure_never_counts_money_twice(
    opens: list[int], unapplied: int, added: int, limit: int | None
) -> None:
    customer = Customer(
        id="c", name="C", country="ES", language="es", currency="EUR", terms_days=30,
        time_zone="Europe/Madrid", credit_limit_minor=limit, created_at=NOON,
    )  # fmt: skip
    day = NOON.date()
    items = tuple(
        OpenItem(invoice_id=f"i{n}", number=f"A-{n}", issue_date=day, due_date=day,
                 total_minor=amount, open_minor=amount)
        for n, amount in enumerate(opens)
    )  # fmt: skip
    account = Account(
        customer_id="c", customer_name="C", currency="EUR", open_items=items,
        unapplied_minor=unapplied,
    )  # fmt: skip

    exposure = exposure_of(customer, account, added_minor=added)

    owed = sum(opens) + added
    assert exposure.exposure_minor == (owed - unapplied if owed > unapplied else 0)
    assert exposure.is_exceeded == (limit is not None and exposure.exposure_minor > limit)
    if limit is not None:
        assert exposure.available_minor == limit - exposure.exposure_minor
    assert exposure_of(customer, account.but(currency="USD")).limit_minor is None

"""What becomes of an invoice: each story waits so many days (``yield``), then acts."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, Final

from tests.season import agreements
from tests.season.business import Business

Story = Iterator[int]
Begin = Callable[[Business, Random, str], Story]


def account_of(b: Business, name: str) -> tuple[str, str]:
    account: tuple[str, str] = b.model.bills[name].account
    return account


def settles(b: Business, name: str) -> None:
    """The customer transfers all that is open of an invoice."""
    if b.open(name):
        b.pay(account_of(b, name), b.open(name), {name: b.open(name)})


def never(_b: Business, _random: Random, _name: str) -> Story:
    yield 1


def in_full(b: Business, random: Random, name: str) -> Story:
    yield random.randint(12, 55)
    b.pay(account_of(b, name), b.open(name), {name: b.open(name)}, ago=random.choice((0, 0, 1, 4)))


def early(b: Business, random: Random, name: str) -> Story:
    """Whoever pays early keeps the discount back, or forgets to."""
    yield random.randint(1, 9)
    terms = b.terms.get(account_of(b, name)[0])
    rate = Fraction(terms.rate) if terms else Fraction(0)
    discount = int(b.open(name) * rate + Fraction(1, 2))
    amount = b.open(name) - random.choice((discount, discount, discount, 0))
    b.pay(account_of(b, name), amount, {name: amount})
    yield 30
    settles(b, name)


def early_in_part(b: Business, random: Random, name: str) -> Story:
    for share in (3, 2):
        yield random.randint(1, 9)
        amount = -(-b.open(name) // share)
        b.pay(account_of(b, name), amount, {name: amount})
        if not b.open(name):
            return
    yield 40
    settles(b, name)


def in_parts(b: Business, random: Random, name: str) -> Story:
    for _ in range(random.randint(1, 3)):
        yield random.randint(5, 25)
        amount = -(-b.open(name) * random.randint(20, 70) // 100)
        b.pay(account_of(b, name), amount, {name: amount})
        if not b.open(name):
            return
    yield 20
    settles(b, name)


def short_by_cents(b: Business, random: Random, name: str) -> Story:
    """Up to the tolerance is forgiven, a cent more is not."""
    yield random.randint(12, 40)
    amount = max(b.open(name) - random.choice((1, 17, 49, 50, 51)), 1)
    b.pay(account_of(b, name), amount, {name: amount})


def keeps_back(b: Business, random: Random, name: str) -> Story:
    """The customer pays less and says why: a case, which is then credited or rejected."""
    yield random.randint(30, 45)
    kept_back = b.open(name) // 4
    amount = b.open(name) - kept_back
    if kept_back <= 50:
        return
    b.pay(account_of(b, name), amount, {name: amount}, kept_back=kept_back)
    yield random.randint(3, 20)
    case = agreements.case_of(b, name)
    agreements.decide(b, case, name, random.choice(("credited", "rejected")))
    yield 10
    settles(b, name)


def void(b: Business, random: Random, name: str) -> Story:
    yield random.randint(0, 6)
    b.void(name)


def credited(b: Business, random: Random, name: str) -> Story:
    """The whole, a part by amount, or one of its lines; in steps that end at nothing."""
    yield random.randint(2, 20)
    left = b.model.bills[name].left
    whole = sum(base + tax for base, tax in left.values())
    kind = random.randrange(4)
    if kind == 0:
        b.credit(name)
        return
    if kind == 1:
        b.credit(name, lines=b.lines[name][:1])
    else:
        b.credit(name, amount=-(-whole * random.randint(10, 60) // 100))
    yield random.randint(2, 20)
    if kind == 2:
        b.credit(name)
    settles(b, name)


def credited_when_paid(b: Business, random: Random, name: str) -> Story:
    """What is credited beyond what is open settles another invoice, or is given back."""
    yield random.randint(20, 50)
    settles(b, name)
    yield random.randint(1, 15)
    whole = sum(base + tax for base, tax in b.model.bills[name].left.values())
    credit = b.credit(name, amount=-(-whole // 3))
    yield random.randint(1, 15)
    if random.random() < 0.4:
        b.give_back(credit, b.model.money[credit].left, "refunded")
        return
    other = b.issue(account_of(b, name), b.lines[name])
    b.allocate(credit, {other: min(b.open(other), b.model.money[credit].left)})
    yield random.randint(10, 40)
    settles(b, other)


def on_the_wrong_one(b: Business, random: Random, name: str) -> Story:
    """A transfer is put on another invoice, which is noticed."""
    other = b.issue(account_of(b, name), b.lines[name])
    yield random.randint(15, 35)
    amount = b.open(name)
    payment = b.pay(account_of(b, name), amount, {name: amount})
    yield random.randint(1, 9)
    b.undo(payment, name)
    left = b.model.money[payment].left
    b.allocate(payment, {other: min(left, b.open(other))})
    yield random.randint(1, 9)
    settles(b, name)


def never_was(b: Business, random: Random, name: str) -> Story:
    """A payment was entered by mistake, and is paid in truth some time later."""
    yield random.randint(10, 30)
    payment = b.pay(account_of(b, name), b.open(name), {name: b.open(name)})
    yield random.randint(0, 9)
    money = b.model.money[payment]
    b.give_back(payment, sum(on[0] for on in money.on.values()) + money.left, "reversed")
    yield random.randint(5, 30)
    settles(b, name)


def pays_too_much(b: Business, random: Random, name: str) -> Story:
    """What is over goes back, or settles a later invoice."""
    yield random.randint(10, 30)
    account, amount = account_of(b, name), b.open(name)
    payment = b.pay(account, amount + random.randint(100, 30_000), {name: amount})
    yield random.randint(3, 20)
    left = b.model.money[payment].left
    if random.random() < 0.5:
        b.give_back(payment, left, "refunded")
        return
    other = b.issue(account, b.lines[name])
    b.allocate(payment, {other: min(left, b.open(other))})
    yield 25
    settles(b, other)


def refunded_by_hand(b: Business, random: Random, name: str) -> Story:
    """A part of what settled the invoice goes back, and comes again."""
    yield random.randint(10, 30)
    payment = b.pay(account_of(b, name), b.open(name), {name: b.open(name)})
    yield random.randint(30, 40)
    b.give_back(payment, -(-b.model.money[payment].on[name][0] // 3), "refunded")
    yield random.randint(5, 20)
    settles(b, name)


def given_up(b: Business, random: Random, name: str) -> Story:
    """Written off after months, in whole or part; sometimes hope or money returns."""
    yield random.randint(60, 100)
    amount = b.open(name) if random.random() < 0.7 else -(-b.open(name) // 2)
    b.give_up(name, amount, answer=random.random() < 0.8)
    sum_up = b.model.bills[name].sums["written_off"]
    yield random.randint(10, 40)
    if sum_up and random.random() < 0.4:
        b.reinstate(name, -sum_up)
        yield random.randint(5, 15)
        settles(b, name)


def is_late(b: Business, random: Random, name: str) -> Story:
    """Interest and compensation are claimed; they are waived, or invoiced and paid."""
    yield random.randint(45, 70)
    is_euro, charged = account_of(b, name)[1] == "EUR", None
    if is_euro:
        charged = agreements.charge(b, name, waive=random.random() < 0.4)
    yield random.randint(2, 12)
    settles(b, name)
    if charged is not None:
        issued = agreements.issue_charge(b, name, *charged)
        yield random.randint(10, 30)
        settles(b, issued)


NAMED: Final[tuple[tuple[int, Begin], ...]] = (
    (36, in_full), (3, never), (12, early), (6, early_in_part), (9, in_parts), (5, short_by_cents),
    (4, keeps_back), (3, void), (7, credited), (5, credited_when_paid), (2, on_the_wrong_one),
    (2, never_was), (3, pays_too_much), (2, refunded_by_hand), (4, given_up), (4, is_late),
    (6, agreements.disputes), (6, agreements.promises), (4, agreements.plans),
)  # fmt: skip


def of_oldest(b: Business, random: Random, name: str) -> Story:
    """Customers who pay what is oldest: of a single invoice only mistakes are told."""
    yield random.randint(0, 3)
    if random.random() < 0.02 and not b.model.bills[name].sums["paid"]:
        b.void(name)


def pays_oldest(b: Business, random: Random, account: tuple[str, str], last: int) -> Story:
    """Now and then a transfer that names nothing: all, a part, or too much."""
    while b.day.toordinal() < last:
        yield random.randint(9, 30)
        owed = sum(one.open for one in b.model.bills.values() if one.account == account)
        amount = owed * random.choice((40, 70, 100, 100, 100)) // 100
        if not amount:
            continue
        payment = b.pay(account, amount + random.choice((0, 0, 0, 7_000)), ago=random.randint(0, 3))
        yield random.randint(1, 9)
        if b.model.money[payment].left and b.model.oldest_first(payment):
            b.allocate(payment)
        elif random.random() < 0.04:
            b.give_back(payment, amount // 3, random.choice(("refunded", "reversed")))


def terms_of(number: int) -> tuple[Decimal, Any] | None:
    """The discount that a customer is offered: rate, and what part payments get."""
    if number % 5 == 1:
        return Decimal("0.02"), "strict"
    return (Decimal("0.03"), "proportional") if number % 5 == 2 else None

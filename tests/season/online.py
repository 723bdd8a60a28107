"""Stories of invoices that are paid at the payment provider, whose events come in any order."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Final

from tests.season.business import Business
from tests.season.stories import account_of, settles

Story = Iterator[int]
Begin = Callable[[Business, Random, str], Story]


def key_of(name: str) -> str:
    """The provider's name of the payment of an invoice."""
    return f"pi_{name}"


def plainly(b: Business, random: Random, name: str) -> Story:
    yield random.randint(0, 40)
    b.paid_online(key_of(name), name, b.open(name))


def in_any_order(b: Business, random: Random, name: str) -> Story:
    """Processing, failed and paid: before, after, more than once."""
    yield random.randint(1, 35)
    key, amount = key_of(name), b.open(name)
    before, after = random.choice((
        (("processing",), ()), (("failed",), ()), (("processing", "failed"), ()),
        ((), ("processing",)), ((), ("failed", "processing")), (("failed",), ("failed", "paid")),
    ))  # fmt: skip
    for what in before:
        b.hears(what, key, name, amount)
        yield random.randint(0, 3)
    b.paid_online(key, name, amount)
    for what in after:
        yield random.randint(0, 3)
        b.hears(what, key, name, amount)


def failed(b: Business, random: Random, name: str) -> Story:
    """It fails at the provider, and is paid by transfer."""
    yield random.randint(5, 35)
    b.hears("processing", key_of(name), name, b.open(name))
    yield random.randint(0, 4)
    b.hears("failed", key_of(name), name, b.open(name))
    yield random.randint(5, 30)
    settles(b, name)


def too_much(b: Business, random: Random, name: str) -> Story:
    """The excess stays the customer's."""
    yield random.randint(5, 35)
    b.paid_online(key_of(name), name, b.open(name) + random.randint(1, 9_000))


def refunded(b: Business, random: Random, name: str) -> Story:
    """Some is refunded, then more: the provider says how much in all. Perhaps it is paid again."""
    yield random.randint(5, 35)
    key, amount = key_of(name), b.open(name)
    payment = b.paid_online(key, name, amount)
    so_far = 0
    for more in random.choice(((amount,), (amount // 3,), (amount // 3, amount // 4))):
        yield random.randint(1, 15)
        so_far += more
        b.hears("refunded_so_far", key, name, so_far)
        b.model.give_back(payment, more, b.day)
    yield random.randint(5, 25)
    if random.random() < 0.7:
        settles(b, name)


def charged_back(b: Business, random: Random, name: str) -> Story:
    """The payer's bank takes money back; the dispute is won or lost."""
    yield random.randint(5, 35)
    key, amount = key_of(name), b.open(name)
    payment = b.paid_online(key, name, amount + random.choice((0, 0, 500)))
    taken = amount if random.random() < 0.7 else -(-amount // 2)
    yield random.randint(1, 15)
    began = {"object_id": f"du_{name}", "began_at": b.at(), "due_by": b.at() + timedelta(days=9)}
    b.hears("dispute", key, name, taken, dispute_status="contested", money="out", **began)
    before = b.open(name)
    b.model.give_back(payment, taken, b.day)
    freed = b.open(name) - before
    yield random.randint(5, 25)
    if random.random() < 0.5:
        b.hears("dispute", key, name, taken, dispute_status="lost", money="out", **began)
        yield random.randint(5, 25)
        settles(b, name)
        return
    b.hears("dispute", key, name, taken, dispute_status="won", money="back", **began)
    b.model.come(payment, taken, b.day, "collected")
    b.model.spend(payment, {name: freed}, b.day)


def after_it_was_given_up(b: Business, random: Random, name: str) -> Story:
    """Money comes for what was written off: the write-off was premature."""
    yield random.randint(60, 90)
    amount = b.open(name)
    b.give_up(name, amount)
    yield random.randint(5, 40)
    b.model.change(name, amount, b.day, "written_off")
    b.paid_online(key_of(name), name, amount)


def of_nobody(b: Business, random: Random, name: str) -> Story:
    """Money comes of which nobody knows whose it is, until somebody finds out."""
    account = account_of(b, name)
    yield random.randint(5, 35)
    if account[1] != "EUR":
        return
    payment = b.paid_online(key_of(name), None, b.open(name))
    yield random.randint(1, 12)
    b.assign(payment, account)
    yield random.randint(0, 5)
    b.allocate(payment, {name: b.model.money[payment].left})


ONLINE: Final[tuple[tuple[int, Begin], ...]] = (
    (45, plainly), (25, in_any_order), (6, failed), (5, too_much), (7, refunded),
    (7, charged_back), (3, after_it_was_given_up), (4, of_nobody),
)  # fmt: skip

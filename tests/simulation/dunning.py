"""What staff of a simulated company do to the chase: contacts, ladders, and one account's turn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from chalicelib.domain.account import Account
from chalicelib.domain.customer import Contact
from chalicelib.domain.handover import Handover
from chalicelib.domain.hold import Hold
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.policy import Step
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.chase_control import approve_reminder, send_now, skip_step, take_back
from chalicelib.usecases.context import Context
from chalicelib.usecases.handovers import NewHandover, hand_over_invoices
from chalicelib.usecases.handovers import take_back as take_back_handover
from chalicelib.usecases.holds import NewHold, lift_hold, make_hold
from chalicelib.usecases.invoice_policy import set_invoice_policy
from chalicelib.usecases.policies import assign_policies, change_policy
from chalicelib.usecases.ports import Ports

if TYPE_CHECKING:
    from tests.simulation.world import World

Control = Callable[[Ports, Context, str, str], Account]
POLICIES: Final = ("default", "gentle", "firm", "own")
_MAILS: Final = ("reminder_before", "reminder_first", "reminder_second", "reminder_last")


def _contacts(world: "World") -> None:
    random = world.random
    contacts = tuple(
        Contact(
            id=f"con_{number}",
            name=f"Persona {number}",
            email=f"persona{number}-{random.randint(0, 3)}@x.example",
            roles=random.choice((("reminders",), ("reminders", "invoices"), ("statements",))),
            language=random.choice((None, "en")),
            is_copy=random.random() < 0.3,
        )
        for number in range(random.randint(0, 3))
    )
    _change(
        world,
        contacts=contacts,
        address=random.choice((None, "Calle Mayor 1")),
        phone=random.choice((None, "600 100 200")),
        region=random.choice((None, "MD")),
    )


def _own_ladder(world: "World") -> None:
    _change(world, policy_id=world.random.choice((None, *POLICIES[:3])))


def _change(world: "World", **changes: Any) -> None:
    customer = world.random.choice(world.customers)
    world.request(
        lambda ports, context: change_customer(
            ports, replace(context, repeat_key=None), customer, changes, expected_version=None
        )
    )


def _ladder(world: "World") -> None:
    random = world.random
    days = sorted(random.sample(range(-6, 40), random.randint(1, 6)))
    steps = [_step(world, day) for day in days]
    name = random.choice(POLICIES)
    least = {"EUR": random.choice((0, 0, 2_000))}
    world.request(
        lambda ports, context: change_policy(
            ports, context, name, name=name, steps=steps, minimum_minor=least,
            expected_version=None,
        )
    )  # fmt: skip


def _step(world: "World", day: int) -> Step:
    random = world.random
    return Step(
        id="",
        offset_days=day,
        channel=random.choice(("email", "email", "email", "letter", "call")),
        template=random.choice(_MAILS),
        claim=random.choice(("none", "none", "interest")),
        fee_minor=random.choice((None, None, 500)),
        needs_approval=random.random() < 0.2,
    )


def _assign(world: "World") -> None:
    name = world.random.choice(POLICIES)
    world.request(
        lambda ports, context: assign_policies(
            ports, context, default_id=name, segments={}, expected_version=None
        )
    )


def _ladder_of_an_invoice(world: "World") -> None:
    invoices = world.books().all(Invoice)
    if invoices:
        invoice, name = world.random.choice(invoices), world.random.choice((None, *POLICIES[:3]))
        world.request(lambda ports, context: set_invoice_policy(ports, context, invoice.id, name))


def _control(what: Control) -> Callable[["World"], None]:
    def act(world: "World") -> None:
        account = _owing(world)
        if account is not None:
            world.request(
                lambda ports, context: what(ports, context, account.customer_id, account.currency)
            )

    return act


def _hold(world: "World") -> None:
    account = _owing(world)
    if account is None:
        return
    random = world.random
    some = random.sample(account.open_items, 1) if random.random() < 0.5 else []
    new = NewHold(
        customer_id=account.customer_id,
        currency=account.currency,
        until=world.now.date() + timedelta(days=random.randint(1, 30)),
        reason="agreed",
        invoice_ids=[item.invoice_id for item in some],
        amount_minor=random.choice((None, 1_000)),
    )
    world.request(lambda ports, context: make_hold(ports, context, new))


def _lift(world: "World") -> None:
    holds = [one for one in world.books().all(Hold) if one.state == "open"]
    if holds:
        hold = world.random.choice(holds)
        world.request(lambda ports, context: lift_hold(ports, context, hold.id))


def _hand_over(world: "World") -> None:
    account = _owing(world)
    if account is not None:
        item = world.random.choice(account.open_items)
        new = NewHandover(
            customer_id=account.customer_id, currency=account.currency, to_name="Abogados",
            invoice_ids=[item.invoice_id],
        )  # fmt: skip
        world.request(lambda ports, context: hand_over_invoices(ports, context, new))


def _take_from_legal(world: "World") -> None:
    handovers = [one for one in world.books().all(Handover) if one.state == "open"]
    if handovers:
        one = world.random.choice(handovers)
        world.request(lambda ports, context: take_back_handover(ports, context, one.id))


def _owing(world: "World") -> Account | None:
    owing = [one for one in world.books().all(Account) if one.open_items]
    return world.random.choice(owing) if owing else None


ACTIONS: Final[tuple[tuple[str, Callable[["World"], None]], ...]] = (
    *(("contacts", _contacts),) * 2,
    ("own ladder", _own_ladder),
    *(("ladder", _ladder),) * 2,
    ("assign ladder", _assign),
    ("ladder of an invoice", _ladder_of_an_invoice),
    *(("send now", _control(send_now)),) * 2,
    ("take back", _control(take_back)),
    ("skip", _control(skip_step)),
    *(("let go", _control(approve_reminder)),) * 2,
    ("hold", _hold),
    ("lift", _lift),
    ("hand over", _hand_over),
    ("take from legal", _take_from_legal),
)

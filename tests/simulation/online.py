"""Payments at the provider of a simulated company: pages, events that come anyhow or never, nights.

What the provider knows is on its list from the start; of its events some are lost.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from chalicelib.domain.checkout import Checkout
from chalicelib.domain.errors import ProviderUnavailable
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.provider import FactKind, ProviderFact
from chalicelib.usecases.compare_provider import compare_provider
from chalicelib.usecases.context import system_context
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.provider_ports import Listed
from chalicelib.usecases.receive_provider_event import receive_provider_event
from chalicelib.usecases.start_checkout import NewCheckout, start_checkout
from tests.simulation import money_back

if TYPE_CHECKING:
    from tests.simulation.world import World

STORIES: Final[tuple[tuple[FactKind, ...], ...]] = (
    ("paid",), ("processing", "paid"), ("processing", "failed"), ("failed", "paid"),
    ("processing", "failed", "paid"), ("paid", "paid"),
)  # fmt: skip


def _pay_invoice(world: "World") -> None:
    """One payment at the provider that names an invoice, or nothing that we know."""
    random = world.random
    invoices = world.books().all(Invoice)
    invoice = random.choice(invoices) if invoices else None
    amount = (invoice.total_minor if invoice else 0) or 5_000
    named = {"invoice_id": invoice.id} if invoice and random.random() < 0.9 else {}
    currency = invoice.currency if invoice and random.random() < 0.95 else "USD"
    _pay(world, amount, currency, named)


def _pay_checkout(world: "World") -> None:
    """Somebody pays at a page, be it open, paid or closed already."""
    pages = [one for one in world.books().all(Checkout) if one.url]
    if pages:
        page = world.random.choice(pages)
        _pay(world, page.amount_minor, page.currency, {"checkout_id": page.id})


def _pay(world: "World", amount: int, currency: str, named: dict[str, str]) -> None:
    random = world.random
    key = f"pi_{len(world.at_the_provider)}_{len(world.log)}"
    amount += random.choice((0, 0, 0, 700, -1)) if amount > 1 else 0
    story = random.choice(STORIES)
    if "paid" in story:
        world.paid_keys[key] = amount
    for number, what in enumerate(story * random.choice((1, 1, 2))):
        fact = ProviderFact(
            what=what, provider="stripe", event_id=f"evt_{key}_{number % len(story)}",
            payment_key=key, amount_minor=amount, currency=currency,
            occurred_at=world.now + timedelta(seconds=number % len(story)),
            invoice_id=named.get("invoice_id"), checkout_id=named.get("checkout_id"),
        )  # fmt: skip
        _tell(world, fact)
    if random.random() < 0.5:
        _goes_back(world, key, amount, currency)


def _goes_back(world: "World", key: str, amount: int, currency: str) -> None:
    """Of the payment, whether it was heard of or not, some is refunded or charged back."""
    random = world.random
    story = money_back.a_story(random)
    world.went_back[key] = money_back.ends(story, amount)
    at = world.now + timedelta(minutes=random.choice((1, 300)))
    for fact in money_back.facts(story, key, amount, currency, at):
        for _ in range(random.choice((1, 1, 2))):
            _tell(world, fact)


def _tell(world: "World", fact: ProviderFact) -> None:
    known = world.at_the_provider.setdefault(fact.payment_key, [])
    if fact not in known:
        known.append(fact)
    if world.random.random() < 0.15:
        return  # lost on its way: only the provider's list will tell
    minutes = world.random.choice((0, 1, 90, 2_880))
    world.post("webhook", _webhook(world, fact), minutes=minutes)


def _webhook(world: "World", fact: ProviderFact) -> Callable[[Ports], object]:
    return lambda ports: receive_provider_event(
        ports, system_context(world.now), provider="stripe", event_id=fact.event_id,
        event_type=fact.what, raw=fact.model_dump_json(),
    )  # fmt: skip


def _begin(world: "World") -> None:
    """A customer wants to pay what is open, all of it or one invoice."""
    random = world.random
    customer = random.choice(world.customers)
    currency = random.choice(("EUR", "EUR", "CLP"))
    open_ones = [
        one.id for one in world.books().all(Invoice)
        if one.customer_id == customer and one.currency == currency and one.open_minor
    ]  # fmt: skip
    chosen = random.sample(open_ones, random.randint(1, len(open_ones))) if open_ones else None
    new = NewCheckout(
        customer_id=customer, currency=currency, provider=random.choice(("stripe", "redsys")),
        return_url="https://saldo.example/p/return?checkout={checkout}",
        webhook_url="https://saldo.example/webhooks/stripe",
        invoice_ids=random.choice((None, chosen)),
    )  # fmt: skip
    if world.strikes(0.1):
        world.fakes.gateway.faults = [ProviderUnavailable("stripe", "no answer")]
    world.request(lambda ports, context: start_checkout(ports, context, new))


def _night(world: "World") -> None:
    world.attempt(lambda ports: _compare(world, ports))


def night(world: "World") -> None:
    """Compare the books with the provider's list; nothing fails."""
    _compare(world, world.fakes.ports())


def _compare(world: "World", ports: Ports) -> None:
    world.fakes.gateway.lists["stripe"] = [
        Listed(payment_key=key, raw=json.dumps([one.model_dump(mode="json") for one in facts]))
        for key, facts in world.at_the_provider.items()
    ]
    compare_provider(ports, system_context(world.now), "stripe")


def assert_every_page_came_to_an_end(world: "World") -> None:
    """Check that no page is left open, and that what was paid led to its payment."""
    for page in world.books().all(Checkout):
        assert page.state in ("paid", "closed"), page
        assert (page.payment_id is not None) == (page.state == "paid"), page


_Action = Callable[["World"], Any]
ACTIONS: Final[tuple[tuple[str, _Action], ...]] = (
    *(("pay online", _pay_invoice),) * 2,
    *(("begin a checkout", _begin),) * 2,
    *(("pay at a page", _pay_checkout),) * 2,
    ("night", _night),
)

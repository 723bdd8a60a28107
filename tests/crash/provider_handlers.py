"""What is crashed of payment providers: their set-up and the comparison with their lists."""

from collections.abc import Callable

from chalicelib.usecases.compare_provider import ask_for_comparison, compare_provider
from chalicelib.usecases.context import system_context
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.provider_ports import Listed
from chalicelib.usecases.provider_settings import (
    ProviderChange,
    change_provider,
    try_provider,
)
from tests.builders import NOON, Book, a_fact, by_ana, provider_says

Act = Callable[[Ports], object]


def change(book: Book) -> Act:
    """Replace a webhook secret."""
    for secret in ("whsec_first", "whsec_second"):
        new = ProviderChange(keys={"webhook_secret": secret, "account": "acct_1"})
        change_provider(book.ports, by_ana(), "stripe", new, expected_version=None)
    newest = ProviderChange(keys={"webhook_secret": "whsec_third"}, mode="sandbox")
    return lambda ports: change_provider(ports, by_ana(), "stripe", newest, expected_version=None)


def test(book: Book) -> Act:
    """Try keys."""
    return lambda ports: try_provider(ports, by_ana(), "stripe", {"account": "acct_1"})


def compare(book: Book) -> Act:
    """Look through a list with what was missed, what differs, and without what only we have."""
    facts = [
        a_fact(invoice_id=book.issued(80_000).id, payment_key=f"pi_{number}", event_id=f"e{number}")
        for number in range(3)
    ]
    for fact in facts[1:]:
        provider_says(book.ports, fact)
    said = [facts[0], facts[1].but(amount_minor=90_000)]
    book.fakes.gateway.lists["stripe"] = [
        Listed(payment_key=one.payment_key, raw=one.model_dump_json()) for one in said
    ]
    return lambda ports: compare_provider(ports, system_context(NOON), "stripe")


def ask(book: Book) -> Act:
    """Ask for a comparison."""
    return lambda ports: ask_for_comparison(ports, by_ana(), "stripe")


HANDLERS = {
    "change a provider": change,
    "try a provider": test,
    "compare with a list": compare,
    "ask for a comparison": ask,
}

"""A provider's notifications heard through its real adapter, in any order and more than once.

Its API is a dictionary that goes from state to state. A notification exists once its state is
there, and is read in that state or a later one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import permutations
from typing import Any, NamedTuple

from chalicelib.adapters.providers.port import Event, Notification, Provider, Setup
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import InboxEvent, ProviderFact
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.context import system_context
from chalicelib.usecases.provider_ports import COMPARED, Listed
from chalicelib.usecases.receive_provider_event import receive_provider_event
from tests.adapters.provider_api import Api, a_setup_with
from tests.builders import Book
from tests.checkouts import a_checkout, checkout_now
from tests.invariants import assert_quiet


class Moment(NamedTuple):
    """What the API answers from then on, and the notification that tells of it."""

    answers: Mapping[str, Any]
    notification: Notification


@dataclass
class Story:
    """A company with one open invoice and a checkout for it at a provider."""

    provider: Provider
    now: datetime
    keys: Mapping[str, str]
    secret: str
    currency: str
    amount_minor: int = 100_000
    book: Book = field(default_factory=Book)
    api: Api = field(default_factory=Api)

    def __post_init__(self) -> None:
        self.invoice = self.book.issued(self.amount_minor, currency=self.currency)
        self.checkout = a_checkout(
            self.book, [self.invoice], provider=self.provider.name, currency=self.currency
        )

    @property
    def setup(self) -> Setup:
        """What the company has agreed with the provider."""
        return a_setup_with(self.api, self.secret, **self.keys)

    def happens(self, moment: Moment) -> None:
        """Let the API show a moment; nobody has heard of it."""
        self.api.answers.update(moment.answers)

    def hears(self, moment: Moment) -> str:
        """Take a notification in and work on it, as the webhook and its worker do."""
        self.provider.verify(moment.notification, self.setup, self.now)
        return "".join(self._works_on(one) for one in self.provider.events(moment.notification))

    def goes(self, moment: Moment) -> str:
        """Let something happen and be heard of at once."""
        self.happens(moment)
        return self.hears(moment)

    def compares(self) -> None:
        """Hear what the provider's own list says, as the nightly comparison does."""
        assert self.provider.listed is not None
        for one in self.provider.listed(self.now, self.now, self.setup):
            self._works_on(self._listed(one))

    def _listed(self, one: Listed) -> Event:
        return Event(f"list-{one.payment_key}-{len(one.raw)}", COMPARED, one.raw)

    def _works_on(self, event: Event) -> str:
        name, context = self.provider.name, system_context(self.now)
        receive_provider_event(
            self.book.ports,
            context,
            provider=name,
            event_id=event.id,
            event_type=event.type,
            raw=event.raw,
        )
        stored = find_event(self.book.ports, name, event.id)
        return apply_provider_event(self.book.ports, context, stored, *self._facts(stored))

    def _facts(self, stored: InboxEvent) -> Sequence[ProviderFact]:
        read = self.provider.facts
        if stored.event_type == COMPARED:
            assert self.provider.listed_facts is not None
            read = self.provider.listed_facts
        return read(stored.raw, self.setup)

    @property
    def owed(self) -> int:
        """What is open on the invoice."""
        return self.book.invoice(self.invoice).open_minor

    @property
    def payments(self) -> list[Payment]:
        """The provider's payments in our books."""
        return [one for one in self.book.all(Payment) if one.provider]

    def tasks(self) -> list[tuple[str, int | None]]:
        """What people are asked to look at."""
        return sorted((item.what, item.amount_minor) for item in self.book.work())

    def ending(self) -> tuple[Any, ...]:
        """What the books come to; nothing is left half done."""
        assert_quiet(self.book.fakes.table)
        invoice: Invoice = self.book.invoice(self.invoice)
        returned = [
            (one.amount_minor, one.unapplied_minor, one.returned_minor("refunded"),
             one.returned_minor("charged_back"))
            for one in self.payments
        ]  # fmt: skip
        rests = len(self.book.account(currency=self.currency).rests)
        state = checkout_now(self.book, self.checkout).state
        return invoice.state, invoice.open_minor, sorted(returned), rests, state, self.tasks()


def endings(
    begin: Callable[[], Story], moments: Callable[[Story], Sequence[Moment]]
) -> Iterator[tuple[tuple[int, ...], tuple[Any, ...]]]:
    """Tell a story in every order, each notification twice, and yield how each telling ends.

    Each order is told once with an API that shows no more than what was told, and once with one
    that has come to its last state before anybody listens.
    """
    count = len(moments(begin()))
    for order in permutations(range(count)):
        for is_late in (False, True):
            story = begin()
            parts = moments(story)
            shown = count if is_late else 0
            for part in parts[:shown]:
                story.happens(part)
            for number in order:
                for part in parts[shown : number + 1]:
                    story.happens(part)
                shown = max(shown, number + 1)
                story.hears(parts[number])
                story.hears(parts[number])
            yield order, story.ending()

"""The operations of the book, each with what it may cost, measured one after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final

from chalicelib.domain.invoice import Invoice, LineInput
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.context import system_context
from chalicelib.usecases.draft_invoice import NewInvoice, draft_invoice
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.list_invoices import InvoiceFilter, list_invoices
from chalicelib.usecases.outgoing import outgoing
from chalicelib.usecases.read_invoice import read_invoice
from chalicelib.usecases.receive_provider_event import receive_provider_event
from chalicelib.usecases.reports import read_aging, read_home
from chalicelib.usecases.send_reminder import send_reminder
from chalicelib.usecases.simulate_policy import Draft, simulate_policy
from chalicelib.usecases.tick import queue_due_reminders
from chalicelib.usecases.void_invoice import void_invoice
from infra.bench.book import Book
from infra.bench.meter import Meter, Spent, typical
from infra.bench.specimen import NOW, by_clerk

RUNS: Final = 11
_THREE_YEARS: Final = timedelta(days=3 * 365 - 30)
_TODAY: Final = NOW.date()


@dataclass(frozen=True)
class Operation:
    """A name, and a maker of one run's work: what it needs first is not measured."""

    name: str
    prepare: Callable[[Book, int], Callable[[], object]]


def measure_all(book: Book) -> dict[str, Spent]:
    """Return the median of each operation's runs; the first entry is the floor, a bare GetItem."""
    meter = Meter(book.client)
    found = {}
    for operation in (FLOOR, *OPERATIONS):
        runs = []
        for run in range(RUNS + 1):  # the first warms up and does not count
            work = operation.prepare(book, run)
            runs.append(meter.measure(work))
        found[operation.name] = typical(runs[1:])
    return found


def _get_item(book: Book, run: int) -> Callable[[], object]:
    key = {"PK": {"S": f"INV#{book.invoices[run]}"}, "SK": {"S": "#"}}
    return lambda: book.client.get_item(TableName=book.table, Key=key, ConsistentRead=True)


def _open_invoice(book: Book, run: int) -> Callable[[], object]:
    return lambda: read_invoice(book.ports, book.invoices[run])


def _page(book: Book, run: int) -> Callable[[], object]:
    del run
    return lambda: _listed(book, InvoiceFilter(tab="open"))


def _page_of_customer(book: Book, run: int) -> Callable[[], object]:
    customer_id = book.customers[run % len(book.customers)]
    return lambda: _listed(book, InvoiceFilter(customer_id=customer_id))


def _listed(book: Book, wanted: InvoiceFilter) -> object:
    return list_invoices(book.ports, wanted, today=_TODAY, limit=50, cursor=None)


def _draft(book: Book, run: int) -> Invoice:
    line = LineInput(
        description="Catálogo A4, 32 páginas, cosido",
        quantity=Decimal(3),
        unit_price_minor=12_500,
        tax_rate=Decimal("0.21"),
    )
    customer_id = book.customers[run % len(book.customers)]
    new = NewInvoice(customer_id=customer_id, currency=None, lines=[line, line])
    return draft_invoice(book.ports, by_clerk(NOW), new)


def _issued(book: Book, run: int) -> Invoice:
    draft = _draft(book, run)
    return issue_invoice(book.ports, by_clerk(NOW), draft.id, expected_version=None)


def _issue(book: Book, run: int) -> Callable[[], object]:
    draft = _draft(book, run)
    return lambda: issue_invoice(book.ports, by_clerk(NOW), draft.id, expected_version=None)


def _void(book: Book, run: int) -> Callable[[], object]:
    issued = _issued(book, run)
    return lambda: void_invoice(
        book.ports, by_clerk(NOW), issued.id, reason="error", expected_version=None
    )


def _fact(invoice: Invoice) -> ProviderFact:
    return ProviderFact(
        what="paid",
        provider="stripe",
        event_id=f"evt_{invoice.id}",
        payment_key=f"pi_{invoice.id}",
        invoice_id=invoice.id,
        amount_minor=invoice.total_minor,
        currency=invoice.currency,
        occurred_at=NOW,
    )


def _receive_fact(book: Book, fact: ProviderFact) -> None:
    receive_provider_event(
        book.ports,
        system_context(NOW),
        provider=fact.provider,
        event_id=fact.event_id,
        event_type="payment_intent.succeeded",
        raw=fact.model_dump_json() + " " * 2_500,  # as long as Stripe's
    )


def _receive(book: Book, run: int) -> Callable[[], object]:
    fact = _fact(_issued(book, run))
    return lambda: _receive_fact(book, fact)


def _apply(book: Book, run: int) -> Callable[[], object]:
    fact = _fact(_issued(book, run))
    _receive_fact(book, fact)
    event = find_event(book.ports, fact.provider, fact.event_id)
    return lambda: apply_provider_event(book.ports, system_context(NOW), event, fact)


def _home(book: Book, run: int) -> Callable[[], object]:
    del run
    return lambda: read_home(book.ports, _TODAY)


def _aging(book: Book, run: int) -> Callable[[], object]:
    del run
    return lambda: read_aging(book.ports, _TODAY)


def _old_aging(book: Book, run: int) -> Callable[[], object]:
    del run
    return lambda: read_aging(book.ports, _TODAY - _THREE_YEARS)


def _tick(book: Book, run: int) -> Callable[[], object]:
    del run
    return lambda: queue_due_reminders(book.ports, system_context(NOW))


def _remind(book: Book, run: int) -> Callable[[], object]:
    customer_id = book.due[run]
    return lambda: send_reminder(book.ports, system_context(NOW), customer_id, "EUR")


def _outgoing(book: Book, run: int) -> Callable[[], object]:
    del run
    return lambda: outgoing(book.ports, by_clerk(NOW), _TODAY)


def _simulate(book: Book, run: int) -> Callable[[], object]:
    del run
    draft = Draft(policy_id="default")
    return lambda: simulate_policy(book.ports, by_clerk(NOW), draft)


FLOOR: Final = Operation("bare GetItem (the floor)", _get_item)
OPERATIONS: Final = (
    Operation("open one invoice", _open_invoice),
    Operation("page of 50 open invoices", _page),
    Operation("page of a customer's invoices", _page_of_customer),
    Operation("create a draft", lambda book, run: lambda: _draft(book, run)),
    Operation("issue it", _issue),
    Operation("void it", _void),
    Operation("webhook received", _receive),
    Operation("payment applied", _apply),
    Operation("home: tiles, aging, months", _home),
    Operation("aging as of today", _aging),
    Operation("aging as of three years ago", _old_aging),
    Operation("tick", _tick),
    Operation("what goes out today, 30 accounts", _outgoing),
    Operation("simulate a ladder, up to 1,000 customers", _simulate),
    Operation("one reminder, null mailer", _remind),
)


def names() -> Iterator[str]:
    """Return the names of all rows, the floor first."""
    return (operation.name for operation in (FLOOR, *OPERATIONS))

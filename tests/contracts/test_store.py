"""The procedures on each implementation of storage, from many threads: one book comes out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.numbering import RegisterEntry
from chalicelib.usecases.context import system_context
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.listings import accounts_due, invoices, register_of
from chalicelib.usecases.references import account_ref, invoice_ref
from chalicelib.usecases.send_reminder import send_reminder
from tests.builders import (
    a_customer,
    a_draft,
    a_fact,
    a_payment,
    aging_as_of,
    at,
    by_ana,
    found,
    provider_says,
)
from tests.fakes import Fakes

PARALLEL = 3


def test_a_book_kept_by_many_at_once_is_right_on_every_storage(any_table: Table) -> None:
    fakes = Fakes()
    ports = fakes.ports(any_table)
    customer = a_customer(ports).id
    drafts = [a_draft(ports, customer, 10_000, series="CONTRACT") for _ in range(2 * PARALLEL)]

    with ThreadPoolExecutor(PARALLEL) as pool:
        issued = list(
            pool.map(
                lambda draft: issue_invoice(ports, by_ana(), draft.id, expected_version=None),
                drafts,
            )
        )
    first, second = sorted(issued, key=lambda one: one.sequence or 0)[:2]
    fact = a_fact(invoice_id=first.id, amount_minor=10_000, payment_key=first.id)
    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(lambda _: provider_says(ports, fact), range(PARALLEL)))
    a_payment(ports, customer, 4_000)
    send_reminder(ports, system_context(at("2026-04-06")), customer, "EUR")

    register = ports.store.records(register_of("CONTRACT"))
    assert [entry.sequence for entry in register] == list(range(1, 2 * PARALLEL + 1))
    assert all(isinstance(entry, RegisterEntry) for entry in register)
    account = found(ports, account_ref(customer, "EUR"))
    assert (account.open_minor, account.unapplied_minor) == (46_000, 0)
    assert found(ports, invoice_ref(first.id)).state == "paid"
    assert found(ports, invoice_ref(second.id)).open_minor == 6_000
    assert [row.total_minor for row in aging_as_of(ports, date(2026, 3, 2))] == [46_000]
    assert len(fakes.mailer.accepted) == 1
    open_ones = invoices(list_name="open", customer_id=customer, due_after=None, due_before=None)
    rows = ports.store.rows(open_ones, limit=50)
    assert {row["number"] for row in rows.items} == {one.number for one in issued} - {first.number}
    due = [
        row["customer_id"]
        for shard in range(4)
        for row in ports.store.rows(accounts_due(shard, at("2027-01-01")), limit=10).items
    ]
    assert due == [customer]

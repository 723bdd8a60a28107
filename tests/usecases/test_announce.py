"""What other systems are told of what happens, once, whatever happens to the process."""

import json
from datetime import timedelta

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.payment import Payment
from chalicelib.domain.webhook_delivery import WebhookDelivery
from chalicelib.usecases import announce as announcing
from chalicelib.usecases.announce import announce_soon
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import system_context
from chalicelib.usecases.disputes import NewDispute, Resolution, open_dispute, resolve_dispute
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.ports import Conflict
from chalicelib.usecases.promises import NewPromise, make_promise
from chalicelib.usecases.return_payment import Giving, return_payment, undo_allocations
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.void_invoice import void_invoice
from chalicelib.usecases.watch_webhooks import watch_webhooks
from chalicelib.usecases.webhook_endpoints import delete_endpoint
from chalicelib.usecases.write_off import GivingUp, write_off
from tests.builders import NOON, Book, a_customer, a_draft, a_fact, by_ana, provider_says
from tests.fakes import CountingTable
from tests.staff import joins
from tests.staff import tell as tell_staff
from tests.staff import told as told_to
from tests.webhooks import deliveries, endpoint, listens, said, switch, tell, told
from tests.worker import drain

LATER = NOON + timedelta(minutes=5)


def waiting(book: Book) -> list[AuditEntry]:
    return [one for one in book.all(AuditEntry) if one.announce_after is not None]


def test_an_issued_invoice_says_which_for_how_much_by_whom_and_where_to_look(book: Book) -> None:
    made = listens(book)
    invoice = book.issued(121_000)

    assert tell(book) == 1

    (one,) = deliveries(book)
    body = json.loads(one.body)
    assert (one.state, one.due_at, one.endpoint_id) == ("waiting", NOON, made.record.id)
    assert body == {
        "type": "invoice.issued",
        "timestamp": "2026-03-02T11:00:00Z",
        "data": {
            "resource": f"/v1/invoices/{invoice.id}",
            "customer_id": book.customer.id,
            "invoice_id": invoice.id,
            "number": invoice.number,
            "total_minor": 121_000,
            "currency": "EUR",
            "by": {"id": "ana@saldo.example", "name": "Ana"},
        },
    }
    assert waiting(book) == []
    assert book.fakes.queues.bodies("webhooks") == [
        {"v": 1, "endpoint": made.record.id, "event": one.event_id, "time": NOON.isoformat()}
    ]


def test_a_payment_tells_what_it_made_of_each_invoice(book: Book) -> None:
    first, second = book.issued(30_000), book.issued(50_000)
    listens(book)
    payment = book.paid(40_000)

    tell(book)

    assert told(book) == ["invoice.paid", "invoice.partially_paid", "payment.received"]
    paid, partly = said(book, "invoice.paid"), said(book, "invoice.partially_paid")
    assert (paid["invoice_id"], paid["open_minor"], paid["number"]) == (first.id, 0, first.number)
    assert (partly["invoice_id"], partly["open_minor"]) == (second.id, 40_000)
    assert paid["payment_id"] == partly["payment_id"] == payment.id
    received = said(book, "payment.received")
    assert (received["amount_minor"], received["payment_id"]) == (40_000, payment.id)
    assert received["invoices"] == [first.number, second.number]


def test_what_an_invoice_became_stays_true_whatever_happened_before_it_is_told(book: Book) -> None:
    invoice = book.issued(30_000)
    listens(book)
    payment = book.paid(30_000)
    undo_allocations(book.ports, by_ana(LATER), payment.id, None)
    return_payment(book.ports, by_ana(LATER + timedelta(1)), payment.id, Giving(kind="reversed"))

    tell(book, LATER)

    assert told(book) == [
        "invoice.paid", "invoice.reopened", "payment.received", "payment.reversed",
        "payment.unallocated",
    ]  # fmt: skip
    assert said(book, "invoice.paid")["open_minor"] == 0
    assert said(book, "invoice.reopened")["open_minor"] == 30_000
    assert said(book, "invoice.reopened")["invoice_id"] == invoice.id


def test_a_chargeback_and_its_return_are_told_as_what_they_are(book: Book) -> None:
    invoice = book.issued(30_000)
    listens(book, "payment.charged_back", "payment.restored", "invoice.reopened")
    provider_says(book.ports, a_fact(invoice_id=invoice.id, amount_minor=30_000))
    (payment,) = book.all(Payment)
    return_payment(book.ports, by_ana(LATER), payment.id, Giving(kind="charged_back"))

    tell(book)

    assert told(book) == ["invoice.reopened", "payment.charged_back"]
    assert said(book, "payment.charged_back")["amount_minor"] == 30_000


def test_a_credit_note_over_all_of_it_leaves_nothing_to_pay(book: Book) -> None:
    invoice = book.issued(30_000)
    listens(book)
    note = book.credited(invoice, 30_000)

    tell(book)

    assert told(book) == ["credit_note.issued", "invoice.paid"]
    credited = said(book, "credit_note.issued")
    assert credited["resource"] == f"/v1/credit-notes/{note.id}"
    assert (credited["invoice_id"], credited["credit_note_id"]) == (invoice.id, note.id)
    assert said(book, "invoice.paid")["payment_id"] == note.payment_id


def test_texts_that_people_wrote_and_addresses_stay_in_the_house(book: Book) -> None:
    invoice = book.issued(30_000)
    listens(book)
    new = NewDispute(invoice_id=invoice.id, reason="Una caja rota")
    dispute = open_dispute(book.ports, by_ana(), new)
    resolve_dispute(
        book.ports, by_ana(), dispute.id, Resolution(outcome="rejected", note="No es cierto")
    )
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    drain(book.fakes, NOON)
    write_off(
        book.ports, by_ana(), GivingUp(invoice_id=invoice.id, reason="Quiebra"),
        expected_version=None,
    )  # fmt: skip
    tell(book)

    assert told(book) == [
        "dispute.opened", "dispute.resolved", "invoice.sent", "invoice.written_off",
    ]  # fmt: skip
    everything = "".join(one.body for one in deliveries(book))
    for secret in ("caja", "cierto", "Quiebra", "@penarroya"):
        assert secret not in everything
    assert said(book, "dispute.opened")["resource"] == f"/v1/disputes/{dispute.id}"
    assert said(book, "dispute.resolved")["outcome"] == "rejected"
    sent = said(book, "invoice.sent")
    assert sent["resource"] == f"/v1/messages/{book.customer.id}/{sent['message_id']}"


def test_promises_voids_and_customers_are_told_with_the_place_to_look(book: Book) -> None:
    invoice = book.issued(30_000)
    draft = a_draft(book.ports, book.customer.id)
    listens(book)
    void_invoice(book.ports, by_ana(), invoice.id, reason="x", expected_version=None)
    other = a_customer(book.ports, name="Otra, S.L.")
    change_customer(book.ports, by_ana(), other.id, {"terms_days": 15}, expected_version=None)
    issue_invoice(book.ports, by_ana(), draft.id, expected_version=None)
    promise = make_promise(
        book.ports, by_ana(),
        NewPromise(customer_id=book.customer.id, currency="EUR", amount_minor=500,
                   promised_on=NOON.date()),
    )  # fmt: skip

    tell(book)

    assert told(book) == [
        "customer.created", "customer.updated", "invoice.issued", "invoice.voided", "promise.made",
    ]  # fmt: skip
    made = said(book, "promise.made")
    assert made["resource"] == f"/v1/promises/{promise.id}"
    assert (made["promise_id"], made["until"]) == (promise.id, "2026-03-02")
    assert said(book, "customer.updated")["changed"] == ["terms_days"]


def test_an_endpoint_is_told_of_what_it_chose_and_since_it_is_there(book: Book) -> None:
    chose = listens(book, "invoice.paid", when=LATER).record
    every = listens(book, when=LATER + timedelta(minutes=1)).record
    book.issued()
    book.paid(100_000, when=LATER)
    an_hour_later = NOON + timedelta(hours=1)
    book.issued(when=an_hour_later)

    tell(book, an_hour_later)

    assert told(book, chose.id) == ["invoice.paid"]
    assert told(book, every.id) == ["invoice.issued"]
    (before,) = waiting(book)  # what happened before anybody listened stays where it is
    assert before.action == "invoice_issued"


def test_what_happens_while_an_endpoint_is_off_is_kept_for_later(book: Book) -> None:
    made = listens(book).record
    switch(book, made.id, on=False)
    book.issued()

    tell(book)

    (one,) = deliveries(book)
    assert (one.state, one.reason, one.attempts) == ("failed", "endpoint_disabled", 0)
    assert book.fakes.queues.bodies("webhooks") == []


def test_telling_staff_and_telling_systems_do_not_get_in_each_others_way(book: Book) -> None:
    joins(book, "Carla")
    listens(book, "payment.received")
    book.paid(1_000)
    tell_staff(book)
    book.paid(2_000)

    assert tell(book) == 2
    tell_staff(book)

    assert told_to(book, "Carla") == ["payment_received"] * 2
    assert told(book) == ["payment.received"] * 2
    assert waiting(book) == []


def test_a_payment_in_several_batches_tells_each_invoice_once(book: Book) -> None:
    invoices = [
        book.issued(10, series=f"S{n}", issue_date=f"2026-01-{1 + n // 2:02d}") for n in range(45)
    ]
    listens(book)
    book.paid(450)

    tell(book)
    tell(book)

    told_of = [
        json.loads(one.body)["data"] for one in deliveries(book) if one.type == "invoice.paid"
    ]
    assert sorted(one["invoice_id"] for one in told_of) == sorted(one.id for one in invoices)
    assert len({one.event_id for one in deliveries(book)}) == len(deliveries(book))


def test_more_than_a_transaction_holds_is_told_in_several(book: Book) -> None:
    for n in range(40):
        book.issued(10, series=f"S{n}", issue_date="2026-01-05")
    for n in range(4):
        listens(book, url=f"https://erp{n}.example.com/")
    book.paid(400)

    tell(book)

    assert len(deliveries(book)) == 4 * (1 + 40)
    assert waiting(book) == []
    assert max(len(each) for each in book.fakes.table.log[-10:]) <= 100


def test_two_workers_at_once_make_every_delivery_once(book: Book) -> None:
    listens(book)
    for _ in range(3):
        book.issued()
    commit = book.ports.store.commit
    ran: list[int] = []

    def race(writes: object) -> None:
        if not ran:
            ran.append(0)
            ran[0] = tell(book)
        commit(writes)  # type: ignore[arg-type]

    book.ports.store.commit = race  # type: ignore[method-assign]
    second = tell(book)
    del book.ports.store.commit

    assert (ran, second) == ([3], 0)
    assert len(deliveries(book)) == 3


def test_an_index_that_lags_behind_makes_nothing_twice(book: Book) -> None:
    listens(book)
    book.issued()
    book.fakes.table.lag = 100

    first = announcing.announce(book.ports, system_context(NOON))
    again = announcing.announce(book.ports, system_context(NOON))
    book.fakes.table.catch_up()
    last = announcing.announce(book.ports, system_context(NOON))

    assert sorted((first, again, last)) == [0, 0, 1]
    assert len(deliveries(book)) == 1


def test_work_that_is_more_than_one_turn_goes_on_with_another_message(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "MAX_ROUNDS", 1)
    monkeypatch.setattr(announcing, "ENTRIES", 2)
    listens(book)
    for _ in range(5):
        book.issued()

    tell(book)
    assert len(deliveries(book)) == 2
    drain(book.fakes, NOON)

    assert len(deliveries(book)) == 5


def test_the_sweeper_finds_what_a_dead_process_left(book: Book) -> None:
    listens(book)
    book.issued()
    book.ports.bell.take()  # the process died before it could ring

    counts = watch_webhooks(book.ports, system_context(LATER))
    drain(book.fakes, LATER)

    assert counts == {"announcements": 1, "webhooks": 0, "replays": 0}
    assert [one.state for one in deliveries(book)] == ["delivered"]
    again = watch_webhooks(book.ports, system_context(LATER))
    assert again == {"announcements": 0, "webhooks": 0, "replays": 0}


def test_after_a_change_the_work_begins_at_once_if_anybody_listens(book: Book) -> None:
    assert announce_soon(book.ports, NOON) is False  # the customer of this book: nobody listens
    listens(book)
    book.issued()

    assert announce_soon(book.ports, NOON) is True
    assert announce_soon(book.ports, NOON) is False  # nothing new
    assert [one["announce"] for one in book.fakes.queues.bodies("webhooks")] == [True]

    drain(book.fakes, NOON)
    assert len(deliveries(book)) == 1


def test_another_process_hears_of_a_new_endpoint_within_seconds(book: Book) -> None:
    other = book.fakes.ports()
    other.bell.ring()
    announce_soon(other, NOON)
    listens(book)

    other.bell.ring()
    assert announce_soon(other, NOON + timedelta(seconds=9)) is False
    other.bell.ring()
    assert announce_soon(other, NOON + timedelta(seconds=10)) is True


def test_with_no_endpoint_one_request_in_ten_seconds_is_all_that_changes_cost(book: Book) -> None:
    table = CountingTable(book.fakes.table)
    ports = book.fakes.ports(table)  # what a change itself costs: test_prices

    for tenth in range(100):
        ports.bell.ring()
        announce_soon(ports, NOON + timedelta(seconds=tenth / 10))
    assert dict(table.requests) == {"query": 1}

    table.reset()
    watch_webhooks(ports, system_context(NOON))
    assert dict(table.requests) == {"query": 1}
    assert book.fakes.queues.messages == []


def test_one_change_for_two_endpoints_costs_a_handful_of_requests(book: Book) -> None:
    listens(book, url="https://a.example.com/")
    listens(book, url="https://b.example.com/")
    book.issued(30_000)
    book.paid(30_000)
    table = CountingTable(book.fakes.table)

    announcing.announce(book.fakes.ports(table), system_context(NOON))

    assert len(book.all(WebhookDelivery)) == 6
    assert dict(table.requests) == {"query": 5, "batch_get": 4, "transact_write": 1}


def test_a_conflict_that_goes_on_is_reported_and_loses_nothing(book: Book) -> None:
    listens(book)
    book.issued()
    before = book.snapshot()

    def fail(_: object) -> None:
        raise Conflict([])

    book.ports.store.commit = fail  # type: ignore[method-assign, assignment]
    with pytest.raises(Exception, match="60"):
        tell(book)

    assert book.snapshot() == before


def test_a_deleted_endpoint_hears_nothing_more(book: Book) -> None:
    gone, stays = listens(book).record, listens(book, url="https://b.example.com/").record
    delete_endpoint(book.ports, by_ana(), gone.id)
    book.issued()

    tell(book)

    assert (told(book, gone.id), told(book, stays.id)) == ([], ["invoice.issued"])
    assert endpoint(book, stays.id).is_enabled

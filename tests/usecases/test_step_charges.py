"""What reminders claim by their step: once an invoice and step, however often it is tried."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.late_charge import LateCharge
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.charge_turns import MAX_CHARGED
from chalicelib.usecases.contents import StepCharge
from chalicelib.usecases.context import until_committed
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.interest_rates import change_interest_rates
from chalicelib.usecases.late_file import open_late_file
from chalicelib.usecases.step_charges import charges_of_step, preview_charges
from tests.builders import Book, at, by_ana, change_company
from tests.fakes import CountingTable
from tests.usecases.charging import (
    AGAIN,
    CLAIMS,
    FEE,
    amounts,
    charges_in,
    claimed_by_step,
    climbs,
    due,
)
from tests.usecases.late import claimed, day, invoiced, late_invoice, waived

ON_THE_DAY = "2026-06-30"
"""Thirty days after 31 May."""


def facts(book: Book, action: str) -> list[dict[str, object]]:
    return [one.facts for one in book.all(AuditEntry) if one.action == action]


def test_a_step_that_claims_makes_a_charge_with_its_derivation(book: Book) -> None:
    climbs(book, CLAIMS)
    invoice = late_invoice(book)

    told = claimed_by_step(book.ports, book, ON_THE_DAY)

    (charge,) = charges_in(book)
    assert told == (
        StepCharge(
            invoice_id=invoice.id, number="A-000001", interest_minor=1_009, compensation_minor=4_000
        ),
    )
    assert (charge.id, charge.state, charge.claimed_by) == (f"{invoice.id}-1", "claimed", "system")
    assert (charge.from_day, charge.until_day) == (day("2026-06-01"), day("2026-06-30"))
    assert (charge.step_id, charge.reminder) == ("claims", f"default-claims-{invoice.id}")
    assert amounts([charge]) == [(1_009, 4_000, 0)]


def test_a_claim_is_no_part_of_what_is_owed(book: Book) -> None:
    climbs(book, CLAIMS)
    invoice = late_invoice(book)
    account = book.account()

    claimed_by_step(book.ports, book, ON_THE_DAY)

    assert (book.invoice(invoice), book.account()) == (invoice, account)


def test_a_claim_is_on_the_timeline_of_its_invoice(book: Book) -> None:
    climbs(book, CLAIMS)
    late_invoice(book)

    claimed_by_step(book.ports, book, ON_THE_DAY)

    (said,) = facts(book, "late_charge_claimed")
    assert (said["interest_minor"], said["compensation_minor"], said["fee_minor"]) == (
        1_009, 4_000, 0,
    )  # fmt: skip


def test_a_step_that_claims_nothing_reads_and_writes_nothing(book: Book) -> None:
    climbs(book, CLAIMS.but(claim="none"))
    late_invoice(book)
    context, desk, reminder = due(book, ON_THE_DAY)
    counter = CountingTable(book.fakes.table)

    said = charges_of_step(book.fakes.ports(counter), context, desk, reminder)

    assert said == ([], ())
    assert counter.requests == {}


def test_a_step_that_is_tried_a_thousand_times_charges_once(book: Book) -> None:
    climbs(book, AGAIN)
    late_invoice(book)

    told = {claimed_by_step(book.ports, book, "2026-07-30") for _ in range(1_000)}

    assert len(told) == 1
    assert amounts(charges_in(book)) == [(1_009 + 1_034, 4_000, 1_500)]


def test_a_step_that_is_tried_again_days_later_says_what_it_claimed_first(book: Book) -> None:
    climbs(book, CLAIMS)
    late_invoice(book)
    first = claimed_by_step(book.ports, book, ON_THE_DAY)

    again = claimed_by_step(book.ports, book, "2026-07-13")

    assert again == first
    assert len(charges_in(book)) == 1


def test_ten_workers_at_once_charge_once(book: Book) -> None:
    climbs(book, CLAIMS)
    late_invoice(book)

    def claim(_: int) -> object:
        return until_committed(book.ports, lambda: claimed_by_step(book.ports, book, ON_THE_DAY))

    with ThreadPoolExecutor(10) as pool:
        told = set(pool.map(claim, range(10)))

    assert len(told) == 1
    assert amounts(charges_in(book)) == [(1_009, 4_000, 0)]


def test_a_second_step_claims_the_days_since_and_its_fee(book: Book) -> None:
    climbs(book, CLAIMS)
    late_invoice(book)
    claimed_by_step(book.ports, book, ON_THE_DAY)
    climbs(book, AGAIN)

    claimed_by_step(book.ports, book, "2026-07-31")

    assert amounts(charges_in(book)) == [(1_009, 4_000, 0), (1_069, 0, 1_500)]


def test_a_step_after_a_claim_by_hand_has_nothing_left_to_claim(book: Book) -> None:
    climbs(book, CLAIMS)
    invoice = late_invoice(book)
    claimed(book, invoice)
    before = book.snapshot()

    assert claimed_by_step(book.ports, book, "2026-08-31") == ()
    assert book.snapshot() == before


def test_a_claim_by_hand_at_the_same_moment_leaves_each_day_claimed_once(book: Book) -> None:
    climbs(book, CLAIMS)
    invoice = late_invoice(book)
    context, desk, reminder = due(book, "2026-08-31")
    writes, _ = charges_of_step(book.ports, context, desk, reminder)
    by_hand = claimed(book, invoice)

    with pytest.raises(Exception, match="Conditions failed"):
        book.ports.store.commit(writes)

    assert charges_in(book) == [by_hand]


def test_what_a_person_has_waived_is_not_claimed_again_by_its_step(book: Book) -> None:
    climbs(book, CLAIMS)
    late_invoice(book)
    claimed_by_step(book.ports, book, ON_THE_DAY)
    charge = waived(book, charges_in(book)[0])

    claimed_by_step(book.ports, book, "2026-07-13")

    assert charges_in(book) == [charge]


def test_a_fee_is_charged_by_each_step_that_has_one_and_once_by_each(book: Book) -> None:
    climbs(book, FEE)
    late_invoice(book)
    claimed_by_step(book.ports, book, "2026-06-10")
    claimed_by_step(book.ports, book, "2026-06-11")
    climbs(book, FEE.but(id="fee-2", offset_days=20, fee_minor=2_000))

    claimed_by_step(book.ports, book, "2026-06-22")

    assert amounts(charges_in(book)) == [(0, 0, 1_500), (0, 0, 2_000)]


def test_interest_runs_through_the_day_of_a_fee(book: Book) -> None:
    climbs(book, FEE)
    invoice = late_invoice(book)
    claimed_by_step(book.ports, book, "2026-06-10")

    by_hand = claimed(book, invoice, "2026-07-31")

    assert (by_hand.interest_minor, by_hand.compensation_minor) == (2_078, 4_000)


def test_consumers_are_charged_nothing_and_the_reason_is_on_the_timeline(book: Book) -> None:
    climbs(book, AGAIN)
    invoice = late_invoice(book)
    become = {"type": "consumer"}
    change_customer(book.ports, by_ana(), book.customer.id, become, expected_version=None)

    assert claimed_by_step(book.ports, book, "2026-07-31") == ()

    assert book.all(LateCharge) == []
    (said,) = [one for one in book.all(AuditEntry) if one.action == "late_charge_skipped"]
    assert (said.subject, said.subject_id) == ("invoice", invoice.id)
    assert said.facts == {"number": "A-000001", "step_id": "again", "why": "not_for_consumers"}


def test_an_invoice_that_is_disputed_in_part_is_not_charged_by_itself(book: Book) -> None:
    climbs(book, CLAIMS)
    invoice = late_invoice(book)
    dispute = NewDispute(invoice_id=invoice.id, amount_minor=21_000, reason="other")
    open_dispute(book.ports, by_ana(at("2026-06-15")), dispute)

    assert claimed_by_step(book.ports, book, ON_THE_DAY) == ()

    assert [said["why"] for said in facts(book, "late_charge_skipped")] == ["partly_at_rest"]


def test_a_rate_that_is_missing_leaves_the_fee_and_one_task_for_the_half_year(book: Book) -> None:
    climbs(book, AGAIN)
    change_interest_rates(book.ports, by_ana(), rates=[], day_count=365, expected_version=None)
    late_invoice(book)
    late_invoice(book)

    claimed_by_step(book.ports, book, "2026-07-31")
    claimed_by_step(book.ports, book, "2026-07-31")

    assert amounts(charges_in(book)) == [(0, 0, 1_500), (0, 0, 1_500)]
    assert [(one.what, one.detail) for one in book.work()] == [("rate_missing", "2026-01-01")]


def test_interest_whose_rate_was_missing_is_claimed_by_the_next_step(book: Book) -> None:
    shipped = open_late_file(book.ports, late_invoice(book).id).table.rates
    change_interest_rates(book.ports, by_ana(), rates=[], day_count=365, expected_version=None)
    climbs(book, CLAIMS)
    claimed_by_step(book.ports, book, ON_THE_DAY)
    change_interest_rates(
        book.ports, by_ana(), rates=list(shipped), day_count=365, expected_version=None
    )
    climbs(book, AGAIN)

    claimed_by_step(book.ports, book, "2026-07-31")

    assert amounts(charges_in(book)) == [(2_078, 4_000, 1_500)]


def test_a_fee_is_charged_in_the_companys_currency_only(book: Book) -> None:
    change_company(book.ports, currency="MXN")
    climbs(book, FEE)
    late_invoice(book)

    assert claimed_by_step(book.ports, book, "2026-06-10") == ()
    assert [one["why"] for one in facts(book, "late_charge_skipped")] == ["fee_in_other_currency"]


def test_each_invoice_is_charged_by_the_step_that_it_takes_itself(book: Book) -> None:
    climbs(book, FEE, CLAIMS)
    older = late_invoice(book)
    newer = late_invoice(book, due_date="2026-06-20")

    claimed_by_step(book.ports, book, ON_THE_DAY)

    by_invoice = {one.invoice_id: one for one in charges_in(book)}
    assert amounts([by_invoice[older.id], by_invoice[newer.id]]) == [
        (1_009, 4_000, 0),
        (0, 0, 1_500),
    ]
    assert {one.reminder for one in by_invoice.values()} == {f"default-claims-{older.id}"}


def test_a_letter_over_many_invoices_charges_the_oldest_twenty_and_names_the_rest(
    book: Book,
) -> None:
    climbs(book, CLAIMS)
    invoices = [late_invoice(book, 100_000) for _ in range(45)]

    told = claimed_by_step(book.ports, book, ON_THE_DAY)

    assert [one.invoice_id for one in told] == [one.id for one in invoices[:MAX_CHARGED]]
    assert len(charges_in(book)) == MAX_CHARGED == 20
    (task,) = book.work()
    assert (task.what, task.amount_minor) == ("charges_left", 25 * 100_000)
    assert task.detail.split(", ")[0] == "A-000021"


def test_the_preview_says_what_will_be_claimed_and_writes_nothing(book: Book) -> None:
    climbs(book, AGAIN)
    late_invoice(book)
    context, desk, reminder = due(book, "2026-07-31")
    before = book.snapshot()

    seen = preview_charges(book.ports, context, desk, reminder)

    assert book.snapshot() == before
    assert seen == claimed_by_step(book.ports, book, "2026-07-31")
    assert preview_charges(book.ports, context, desk, reminder) == seen


def test_a_charge_with_a_fee_becomes_a_draft_with_a_line_for_each(book: Book) -> None:
    climbs(book, AGAIN)
    late_invoice(book)
    claimed_by_step(book.ports, book, "2026-07-31")

    after = invoiced(book, charges_in(book)[0])

    draft = book.invoice(after.charge_invoice_id or "")
    assert [(one.description, one.net_minor) for one in draft.lines] == [
        ("Intereses de demora de la factura A-000001, del 01/06/2026 al 31/07/2026", 2_078),
        ("Indemnización por costes de cobro de la factura A-000001", 4_000),
        ("Gastos de reclamación según contrato de la factura A-000001", 1_500),
    ]
    assert (draft.total_minor, draft.tax_minor) == (7_578, 0)


def test_a_fee_alone_becomes_a_draft_of_one_line(book: Book) -> None:
    climbs(book, FEE)
    late_invoice(book)
    claimed_by_step(book.ports, book, "2026-06-10")

    draft = book.invoice(invoiced(book, charges_in(book)[0]).charge_invoice_id or "")

    assert [one.net_minor for one in draft.lines] == [1_500]
    assert draft.notes == "Factura A-000001 por 1.210,00 €, vencida el 31/05/2026."


def test_a_fee_on_what_turns_out_to_have_been_paid_in_time_is_not_invoiced(book: Book) -> None:
    climbs(book, FEE)
    late_invoice(book)
    claimed_by_step(book.ports, book, "2026-06-10")
    book.paid(121_000, when=at("2026-06-11"), received_on=day("2026-05-30"))

    (standing,) = open_late_file(book.ports, charges_in(book)[0].invoice_id).charges

    assert open_late_file(book.ports, standing.invoice_id).known_today(standing) is None


def test_a_claim_of_one_invoice_costs_a_query_and_a_batch(book: Book) -> None:
    climbs(book, CLAIMS)
    late_invoice(book)
    late_invoice(book)
    context, desk, reminder = due(book, ON_THE_DAY)
    counter = CountingTable(book.fakes.table)

    charges_of_step(book.fakes.ports(counter), context, desk, reminder)

    assert dict(counter.requests) == {"query": 2, "batch_get": 1}

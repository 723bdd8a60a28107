"""Late charges and the table of rates over HTTP."""

from typing import Any

import pytest

from chalicelib.adapters.dynamodb.table import Put
from chalicelib.domain.access import IdempotencyRecord
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import LateCharge
from chalicelib.usecases.ports import Replace
from tests.api.conftest import Api
from tests.api.staff import Staff
from tests.builders import a_customer, a_payment, an_issued_invoice, at
from tests.invariants import records_in

JUNE_TO_JULY = [("2026-06-01", "2026-06-30", 30), ("2026-07-01", "2026-07-31", 31)]


@pytest.fixture
def late(api: Api) -> Invoice:
    """1,210.00 due on 31 May, paid on 31 July; today is 31 August."""
    api.now = at("2026-08-31")
    customer = a_customer(api.ports)
    invoice = an_issued_invoice(
        api.ports, customer.id, 121_000, at("2026-05-01"), issue_date="2026-05-01",
        due_date="2026-05-31",
    )  # fmt: skip
    a_payment(api.ports, customer.id, 121_000, at("2026-07-31"))
    return invoice


@pytest.fixture
def staff(api: Api) -> Staff:
    """The staff of the company."""
    return Staff(api)


def claims_of(invoice: Invoice) -> str:
    return f"/v1/invoices/{invoice.id}/late-charges"


def test_the_preview_derives_interest_step_by_step(staff: Staff, late: Invoice) -> None:
    staff.send("GET", "/v1/me", role="viewer")
    before = staff.api.snapshot()

    status, shown = staff.send("GET", claims_of(late), role="viewer")

    assert status == 200
    assert (shown["as_of"], shown["due_date"]) == ("2026-08-31", "2026-05-31")
    assert [
        (one["from_day"], one["until_day"], one["days"]) for one in shown["segments"]
    ] == JUNE_TO_JULY
    assert [(one["annual_rate"], one["interest_minor"]) for one in shown["segments"]] == [
        ("0.1015", 1_009),
        ("0.104", 1_069),
    ]
    assert (shown["interest_minor"], shown["compensation_minor"], shown["total_minor"]) == (
        2_078,
        4_000,
        6_078,
    )
    assert (shown["days"], shown["reason_none"], shown["charges"]) == (61, None, [])
    assert staff.api.snapshot() == before


def test_the_preview_of_another_day_tells_what_was_or_will_be_owed(
    staff: Staff, late: Invoice
) -> None:
    _, then = staff.send("GET", claims_of(late) + "?as_of=2026-06-30")
    _, never = staff.send("GET", claims_of(late) + "?as_of=2026-05-31")
    status, problem = staff.send("GET", claims_of(late) + "?as_of=2126-01-01")

    assert (then["total_minor"], then["days"]) == (5_009, 30)
    assert (never["total_minor"], never["reason_none"]) == (0, "nothing_to_claim")
    assert (status, problem["errors"][0]["code"]) == (422, "too_far_ahead")


def test_a_claim_is_made_waived_and_shown(staff: Staff, late: Invoice) -> None:
    made, charge = staff.send("POST", claims_of(late), {"as_of": "2026-06-30"})
    path = f"/v1/late-charges/{charge['id']}"
    done, waived = staff.send("POST", f"{path}/waive", {"reason": "a good customer"})
    _, shown = staff.send("GET", claims_of(late))

    assert (made, charge["state"], charge["total_minor"]) == (201, "claimed", 5_009)
    assert charge["supported_minor"] == 5_009
    assert (done, waived["state"], waived["reason"]) == (200, "waived", "a good customer")
    assert shown["charges"] == [waived]
    assert (shown["segments"][0]["from_day"], shown["compensation_minor"]) == ("2026-07-01", 0)


def test_a_charge_becomes_a_draft_that_can_be_edited(staff: Staff, late: Invoice) -> None:
    _, charge = staff.send("POST", claims_of(late))

    done, invoiced = staff.send("POST", f"/v1/late-charges/{charge['id']}/invoice")
    draft_path = f"/v1/invoices/{invoiced['charge_invoice_id']}"
    _, draft = staff.send("GET", draft_path)
    edited, _ = staff.send("PATCH", draft_path, {"notes": draft["notes"]})

    assert (done, invoiced["state"], edited) == (200, "invoiced", 200)
    assert (draft["state"], draft["total_minor"], draft["tax_minor"]) == ("draft", 6_078, 0)
    assert draft["notes"].startswith("Factura A-000001 por 1.210,00 €")


def test_a_charge_shows_what_the_book_still_supports(staff: Staff, late: Invoice) -> None:
    customer_id = late.customer_id
    other = an_issued_invoice(
        staff.api.ports, customer_id, 121_000, at("2026-05-01"), issue_date="2026-05-01",
        due_date="2026-05-31",
    )  # fmt: skip
    staff.send("POST", claims_of(other))
    entered_late: dict[str, Any] = {"received_on": at("2026-06-30").date()}
    a_payment(staff.api.ports, customer_id, 121_000, staff.api.now, **entered_late)

    (charge,) = staff.send("GET", claims_of(other))[1]["charges"]

    assert (charge["total_minor"], charge["supported_minor"]) == (3_147 + 4_000, 1_009 + 4_000)


def test_a_claim_sent_twice_with_one_key_is_one_claim(staff: Staff, late: Invoice) -> None:
    first = staff.send("POST", claims_of(late), {}, Idempotency_Key="once")
    again = staff.send("POST", claims_of(late), {}, Idempotency_Key="once")

    assert first == again
    assert first[0] == 201
    assert (
        len([one for one in records_in(staff.api.fakes.table) if isinstance(one, LateCharge)]) == 1
    )


@pytest.mark.parametrize("act", ["claim", "waive", "invoice"])
def test_an_answer_that_was_never_sent_is_given_to_the_repetition(
    staff: Staff, late: Invoice, act: str
) -> None:
    path, body, expected = claims_of(late), {}, 201
    if act != "claim":
        charge = staff.send("POST", path)[1]
        path, expected = f"/v1/late-charges/{charge['id']}/{act}", 200
        body = {"reason": "x"} if act == "waive" else {}
    first = staff.send("POST", path, body, Idempotency_Key="once")
    (record,) = [
        one for one in records_in(staff.api.fakes.table) if isinstance(one, IdempotencyRecord)
    ]
    staff.api.ports.store.commit([Replace(record.next(status=None, body=None))])

    again = staff.send("POST", path, body, Idempotency_Key="once")

    assert first[0] == expected
    assert again == first


def test_charges_are_listed_by_state_and_by_customer(staff: Staff, late: Invoice) -> None:
    first = staff.send("POST", claims_of(late), {"as_of": "2026-06-30"})[1]
    second = staff.send("POST", claims_of(late))[1]
    staff.send("POST", f"/v1/late-charges/{first['id']}/waive", {"reason": "x"})
    staff.api.fakes.table.catch_up()

    def listed(query: str) -> list[tuple[str, int]]:
        items = staff.send("GET", f"/v1/late-charges{query}", role="viewer")[1]["items"]
        return [(one["id"], one["total_minor"]) for one in items]

    one, two = (first["id"], 5_009), (second["id"], 1_069)
    assert listed("") == [two, one]
    assert (listed("?state=claimed"), listed("?state=waived")) == ([two], [one])
    assert listed(f"?customer_id={late.customer_id}") == [two, one]
    assert listed(f"?customer_id={late.customer_id}&state=waived") == [one]
    assert listed("?customer_id=cus_none") == []
    assert staff.send("GET", "/v1/late-charges?state=paid")[0] == 422


def test_what_a_step_claimed_is_listed_with_its_fee(staff: Staff, api: Api, late: Invoice) -> None:
    charge = staff.send("POST", claims_of(late))[1]
    (stored,) = [one for one in records_in(api.fakes.table) if isinstance(one, LateCharge)]
    by_step = stored.next(fee_minor=1_500, step_id="last", reminder=f"default-last-{late.id}")
    api.ports.store.commit([Replace(by_step)])
    api.fakes.table.catch_up()

    (row,) = staff.send("GET", "/v1/late-charges", role="viewer")[1]["items"]
    shown = staff.send("GET", claims_of(late), role="viewer")[1]["charges"][0]

    assert (charge["fee_minor"], charge["step_id"], charge["is_unsent"]) == (0, None, False)
    assert (row["fee_minor"], row["total_minor"], row["step_id"]) == (1_500, 7_578, "last")
    assert (shown["fee_minor"], shown["total_minor"], shown["supported_minor"]) == (
        1_500, 7_578, 7_578,
    )  # fmt: skip


def test_rows_from_before_there_were_fees_are_still_listed(
    staff: Staff, api: Api, late: Invoice
) -> None:
    staff.send("POST", claims_of(late))
    for item in api.fakes.table.items():
        if item["kind"] == "late_charge":
            for name in ("fee_minor", "step_id", "is_unsent"):
                item["row"].pop(name)
            api.fakes.table.write([Put(item, version=None)])
    api.fakes.table.catch_up()

    (row,) = staff.send("GET", "/v1/late-charges", role="viewer")[1]["items"]

    assert (row["fee_minor"], row["total_minor"], row["is_unsent"]) == (0, 6_078, False)


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": None}, {"reason": "x", "why": 1}])
def test_a_charge_is_not_waived_without_a_reason(
    staff: Staff, late: Invoice, body: dict[str, Any]
) -> None:
    charge = staff.send("POST", claims_of(late))[1]

    status, _ = staff.send("POST", f"/v1/late-charges/{charge['id']}/waive", body)

    assert status == 422
    assert staff.send("GET", claims_of(late))[1]["charges"] == [charge]


def test_if_match_guards_a_decision(staff: Staff, late: Invoice) -> None:
    charge = staff.send("POST", claims_of(late))[1]
    path = f"/v1/late-charges/{charge['id']}/invoice"

    assert staff.send("POST", path, If_Match='"9"')[0] == 412
    assert staff.send("POST", path, If_Match=f'"{charge["version"]}"')[0] == 200


def test_the_table_of_rates_is_read_and_replaced(staff: Staff) -> None:
    _, shipped = staff.send("GET", "/v1/interest-rates", role="viewer")
    rates = [
        {"from_day": "2026-01-01", "annual_rate": "10.15", "source": "BOE-A-2025-27201"},
        {"from_day": "2026-07-01", "annual_rate": "0.104", "source": "BOE"},
    ]

    status, table = staff.send("PUT", "/v1/interest-rates", {"rates": rates}, role="admin")

    assert (shipped["version"], len(shipped["rates"])) == (0, 4)
    assert (status, table["version"], table["day_count"]) == (200, 1, 365)
    assert [one["annual_rate"] for one in table["rates"]] == ["0.1015", "0.104"]
    assert staff.send("GET", "/v1/interest-rates")[1] == table


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"from_day": "2026-02-01"}, "/rates/0/from_day", "not_a_half_year"),
        ({"annual_rate": "-0.1"}, "/rates/0/annual_rate", "value_error"),
        ({"annual_rate": "101"}, "/rates/0/annual_rate", "value_error"),
        ({"annual_rate": 0.1}, "/rates/0/annual_rate", "value_error"),
        ({"source": " "}, "/rates/0/source", "value_error"),
    ],
)
def test_a_row_of_the_table_that_cannot_be_is_refused(
    staff: Staff, changes: dict[str, Any], pointer: str, code: str
) -> None:
    row = {"from_day": "2026-01-01", "annual_rate": "0.1", "source": "BOE"} | changes

    status, problem = staff.send("PUT", "/v1/interest-rates", {"rates": [row]}, role="admin")

    assert status == 422
    assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [(pointer, code)]
    assert staff.send("GET", "/v1/interest-rates")[1]["version"] == 0


def test_a_half_year_twice_or_a_strange_day_count_is_refused(staff: Staff) -> None:
    row = {"from_day": "2026-01-01", "annual_rate": "0.1", "source": "BOE"}

    for body in ({"rates": [row, row]}, {"rates": [row], "day_count": 366}, {}):
        assert staff.send("PUT", "/v1/interest-rates", body, role="admin")[0] == 422


def test_the_type_of_a_customer_can_be_changed_and_not_cleared(staff: Staff) -> None:
    customer = a_customer(staff.api.ports)
    path = f"/v1/customers/{customer.id}"

    _, shown = staff.send("GET", path)
    _, changed = staff.send("PATCH", path, {"type": "public"})
    cleared, problem = staff.send("PATCH", path, {"type": None})

    assert (shown["type"], changed["type"]) == ("business", "public")
    assert (cleared, problem["errors"][0]["pointer"]) == (422, "/type")
    assert staff.send("PATCH", path, {"type": "friend"})[0] == 422

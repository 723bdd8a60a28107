"""Recurring invoices, their runs and scheduled drafts as callers see them."""

import json
from typing import Any

import pytest

from chalicelib.domain.recurring import RecurringInvoice, Run
from tests.api.conftest import OWN_PAGE, Api
from tests.builders import Book, at
from tests.recurring import hour

CUSTOMER = {
    "name": "Talleres Ibáñez", "country": "ES", "email": "pagos@ibanez.example",
    "language": "es", "currency": "EUR", "terms_days": 30,
}  # fmt: skip
LINE = {"description": "Cuota", "quantity": "1", "unit_price_minor": 10_000, "tax_rate": "0.21"}
SCHEDULE = {"every": "month", "on_day": 31, "start_on": "2026-03-31", "auto_send": True}


class Clerk:
    """An accountant who calls the API, with a book of one customer."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self._shown = api.credentials("accountant", "key") | OWN_PAGE
        self.book = Book(api.fakes)
        self.customer_id = self.call(201, "POST", "/v1/customers", CUSTOMER)["id"]

    def call(self, status: int, method: str, path: str, body: object = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.api.call(method, path, self._shown | named, body)
        assert answer.status_code == status, answer.body
        return json.loads(answer.body) if answer.body else None

    def template(self, **changes: Any) -> dict[str, Any]:
        return {"customer_id": self.customer_id, "currency": "EUR", "lines": [LINE]} | changes

    def recurring(self, **changes: Any) -> Any:
        body = self.template() | SCHEDULE | changes
        return self.call(201, "POST", "/v1/recurring-invoices", body)

    def hour(self, when: str) -> None:
        hour(self.book, at(when))


@pytest.fixture
def clerk(api: Api) -> Clerk:
    return Clerk(api)


def test_it_is_written_with_its_template_beside_the_schedule_or_inside(clerk: Clerk) -> None:
    flat = clerk.recurring(notes="Gracias")
    nested = clerk.call(
        201, "POST", "/v1/recurring-invoices",
        {"template": clerk.template(notes="Gracias")} | SCHEDULE,
    )  # fmt: skip

    own = ("id", "timeline")
    assert {n: v for n, v in flat.items() if n not in own} == {
        n: v for n, v in nested.items() if n not in own
    }
    assert (flat["state"], flat["next_on"], flat["total_minor"]) == ("active", "2026-03-31", 12_100)
    assert flat["lines"] == [LINE | {"discount_rate": "0", "net_minor": 10_000}]
    assert [one["action"] for one in flat["timeline"]] == ["recurring_created"]


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"template": {"currency": "EUR"}}, "/template/currency", "invalid"),
        ({"template": {"colour": "red"}}, "/colour", "extra_forbidden"),
        ({"template": "x"}, "/template", "extra_forbidden"),
        ({"every": "day"}, "/every", "literal_error"),
        ({"on_day": 0}, "/on_day", "greater_than_equal"),
        ({"every": "week", "on_day": 9}, "/on_day", "no_such_day"),
        ({"start_on": "31/03/2026"}, "/start_on", "date_parsing"),
        ({"customer_id": "cus_0"}, "/customer_id", "unknown_customer"),
    ],
)
def test_a_body_that_cannot_be_is_refused_with_its_field(
    clerk: Clerk, changes: dict[str, Any], pointer: str, code: str
) -> None:
    before = clerk.api.snapshot()

    body = clerk.template() | SCHEDULE | changes
    problem = clerk.call(422, "POST", "/v1/recurring-invoices", body)

    assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [(pointer, code)]
    assert clerk.api.snapshot() == before


def test_what_is_no_json_is_said_to_be_none(clerk: Clerk) -> None:
    answer = clerk.api.http.request(
        "POST", "/v1/recurring-invoices", headers=clerk._shown, body=b'{"template": '
    )

    assert answer.status_code == 400


def test_the_same_key_gives_the_first_answer(clerk: Clerk) -> None:
    body = clerk.template() | SCHEDULE

    answers = [
        clerk.call(201, "POST", "/v1/recurring-invoices", body, Idempotency_Key="k")
        for _ in range(2)
    ]

    assert answers[0] == answers[1]
    assert len(clerk.book.all(RecurringInvoice)) == 1


def test_a_preview_shows_the_days_before_anything_is_stored(clerk: Clerk) -> None:
    before = clerk.api.snapshot()

    body = clerk.template() | SCHEDULE
    shown = clerk.call(200, "POST", "/v1/recurring-invoices/preview?count=3", body)

    assert shown["currency"] == "EUR"
    assert [(one["on"], one["due_date"], one["total_minor"]) for one in shown["items"]] == [
        ("2026-03-31", "2026-04-30", 12_100),
        ("2026-04-30", "2026-05-30", 12_100),
        ("2026-05-31", "2026-06-30", 12_100),
    ]
    assert clerk.api.snapshot() == before
    clerk.call(422, "POST", "/v1/recurring-invoices/preview?count=61", body)
    stored = clerk.recurring()
    path = f"/v1/recurring-invoices/{stored['id']}/preview"
    assert clerk.call(200, "GET", f"{path}?count=3") == shown
    assert len(clerk.call(200, "GET", path)["items"]) == 12
    clerk.call(404, "GET", "/v1/recurring-invoices/rec_0/preview")


def test_lists_are_by_state_and_customer(clerk: Clerk) -> None:
    first, second = clerk.recurring(), clerk.recurring(start_on="2026-03-15", on_day=15)
    clerk.call(200, "POST", f"/v1/recurring-invoices/{first['id']}/pause")

    def listed(query: str) -> list[str]:
        page = clerk.call(200, "GET", f"/v1/recurring-invoices{query}")
        return [row["id"] for row in page["items"]]

    assert listed("") == [second["id"], first["id"]]
    assert listed("?state=paused") == [first["id"]]
    assert listed(f"?customer_id={clerk.customer_id}") == [second["id"], first["id"]]
    assert listed(f"?customer_id={clerk.customer_id}&state=active") == [second["id"]]
    assert listed("?customer_id=cus_0") == []
    clerk.call(422, "GET", "/v1/recurring-invoices?state=asleep")


def test_it_is_changed_only_by_who_has_seen_it(clerk: Clerk) -> None:
    path = f"/v1/recurring-invoices/{clerk.recurring()['id']}"

    changed = clerk.call(200, "PATCH", path, {"lines": [LINE, LINE], "on_day": 15}, If_Match='"1"')
    stale = clerk.call(412, "PATCH", path, {"notes": "x"}, If_Match='"1"')
    refused = clerk.call(422, "PATCH", path, {"auto_send": None})

    assert (changed["version"], changed["total_minor"], changed["next_on"]) == (
        2, 24_200, "2026-04-15",
    )  # fmt: skip
    assert stale["type"] == "urn:saldo:problem:stale"
    assert refused["errors"][0]["pointer"] == "/auto_send"
    assert clerk.call(200, "PATCH", path, {"notes": None, "end_on": None})["version"] == 3


def test_it_is_paused_resumed_and_ended(clerk: Clerk) -> None:
    path = f"/v1/recurring-invoices/{clerk.recurring()['id']}"

    states = [
        clerk.call(200, "POST", f"{path}/{act}")["state"] for act in ("pause", "resume", "end")
    ]
    refused = clerk.call(409, "POST", f"{path}/resume")

    assert states == ["paused", "active", "ended"]
    assert refused["type"] == "urn:saldo:problem:recurring_ended"
    actions = [one["action"] for one in clerk.call(200, "GET", path)["timeline"]]
    assert actions == [
        "recurring_created", "recurring_paused", "recurring_resumed", "recurring_ended",
    ]  # fmt: skip


def test_the_run_report_shows_what_was_done_and_what_failed(clerk: Clerk) -> None:
    clerk.call(200, "PATCH", f"/v1/customers/{clerk.customer_id}", {"email": None})
    recurring = clerk.recurring()
    clerk.hour("2026-03-31")

    (row,) = clerk.call(200, "GET", "/v1/recurring-runs?state=failed")["items"]
    clerk.call(200, "PATCH", f"/v1/customers/{clerk.customer_id}", {"email": "a@b.example"})
    path = f"/v1/recurring-runs/{row['id']}/retry"
    done = clerk.call(200, "POST", path, Idempotency_Key="k")
    again = clerk.call(200, "POST", path, Idempotency_Key="k")
    refused = clerk.call(409, "POST", path)

    assert (row["id"], row["due_on"]) == (f"{recurring['id']}-2026-03-31", "2026-03-31")
    assert (row["code"], row["number"], row["total_minor"]) == ("no_address", "A-000001", 12_100)
    assert (done["state"], done["code"], done) == ("done", None, again)
    assert refused["type"] == "urn:saldo:problem:nothing_to_retry"
    of_one = f"/v1/recurring-runs?recurring_id={recurring['id']}"
    assert [one["state"] for one in clerk.call(200, "GET", of_one)["items"]] == ["done"]
    assert clerk.call(200, "GET", f"{of_one}&state=failed")["items"] == []
    clerk.call(422, "GET", "/v1/recurring-runs?state=lost")
    clerk.call(404, "POST", "/v1/recurring-runs/rec_0-2026-03-31/retry")


def test_the_invoice_of_a_run_names_what_it_recurs_for(clerk: Clerk) -> None:
    recurring = clerk.recurring(terms_days=7)
    clerk.hour("2026-03-31")

    (row,) = clerk.call(200, "GET", "/v1/invoices")["items"]
    invoice = clerk.call(200, "GET", f"/v1/invoices/{row['id']}")

    assert (invoice["recurring_id"], invoice["terms_days"]) == (recurring["id"], 7)
    assert (invoice["issue_date"], invoice["due_date"]) == ("2026-03-31", "2026-04-07")


def test_a_draft_is_scheduled_and_shows_its_day(clerk: Clerk) -> None:
    draft = clerk.call(201, "POST", "/v1/invoices", clerk.template())
    path = f"/v1/invoices/{draft['id']}"

    scheduled = clerk.call(
        200, "POST", f"{path}/schedule", {"issue_on": "2026-03-06", "send": True}
    )
    (row,) = clerk.call(200, "GET", "/v1/invoices?state=draft")["items"]
    (run,) = clerk.call(200, "GET", "/v1/recurring-runs?state=waiting")["items"]
    plain = clerk.call(200, "POST", f"{path}/unschedule")

    assert (scheduled["scheduled_on"], scheduled["scheduled_send"]) == ("2026-03-06", True)
    assert (row["scheduled_on"], run["invoice_id"], run["recurring_id"]) == (
        "2026-03-06", draft["id"], None,
    )  # fmt: skip
    assert (plain["scheduled_on"], plain["scheduled_send"]) == (None, False)
    assert [run.state for run in clerk.book.all(Run)] == ["cancelled"]


def test_an_issued_invoice_shows_no_schedule_any_more(clerk: Clerk) -> None:
    draft = clerk.call(201, "POST", "/v1/invoices", clerk.template())
    path = f"/v1/invoices/{draft['id']}"
    clerk.call(200, "POST", f"{path}/schedule", {"issue_on": "2026-03-06"})

    clerk.hour("2026-03-06")

    (row,) = clerk.call(200, "GET", "/v1/invoices")["items"]
    invoice = clerk.call(200, "GET", path)
    assert (row["state"], row["scheduled_on"], invoice["scheduled_on"]) == ("issued", None, None)
    refused = clerk.call(409, "POST", f"{path}/schedule", {"issue_on": "2026-03-07"})
    assert refused["type"] == "urn:saldo:problem:not_a_draft"


@pytest.mark.parametrize("act", ["schedule", "unschedule"])
def test_a_stale_page_schedules_nothing(clerk: Clerk, act: str) -> None:
    draft = clerk.call(201, "POST", "/v1/invoices", clerk.template())
    path = f"/v1/invoices/{draft['id']}"
    clerk.call(200, "POST", f"{path}/schedule", {"issue_on": "2026-03-06"})
    before = clerk.api.snapshot()
    body = {"issue_on": "2026-03-07"} if act == "schedule" else {}

    clerk.call(412, "POST", f"{path}/{act}", body, If_Match='"1"')

    assert clerk.api.snapshot() == before

"""Small differences, the days for a dispute and days off, as settings over HTTP."""

import pytest

from tests.api.conftest import Api
from tests.api.staff import Staff

SETTINGS = {"name": "Talleres", "tolerances": {"EUR": 5, "JPY": 10}, "dispute_days": 14}


@pytest.fixture
def staff(api: Api) -> Staff:
    return Staff(api)


def test_small_differences_and_the_days_for_a_dispute_are_kept(staff: Staff) -> None:
    status, _ = staff.send("PUT", "/v1/company", SETTINGS, role="admin")

    _, shown = staff.send("GET", "/v1/company", role="admin")
    assert status == 200
    assert (shown["tolerances"], shown["dispute_days"]) == ({"EUR": 5, "JPY": 10}, 14)


def test_a_program_that_does_not_know_them_does_not_change_them(staff: Staff) -> None:
    staff.send("PUT", "/v1/company", SETTINGS, role="admin")

    _, shown = staff.send("PUT", "/v1/company", {"name": "Talleres"}, role="admin")

    assert (shown["tolerances"], shown["dispute_days"]) == ({"EUR": 5, "JPY": 10}, 14)


@pytest.mark.parametrize(
    "wrong",
    [
        {"tolerances": {"EUR": -1}},
        {"tolerances": {"euro": 1}},
        {"dispute_days": 0},
        *({"name": f"Talleres{one}Ibáñez"} for one in "\n\r\x00\x7f\x85\u2028\u2029"),
    ],
)
def test_what_is_out_of_range_is_refused_and_changes_nothing(
    staff: Staff, wrong: dict[str, object]
) -> None:
    staff.send("PUT", "/v1/company", SETTINGS, role="admin")
    _, before = staff.send("GET", "/v1/company", role="admin")

    status, _ = staff.send("PUT", "/v1/company", SETTINGS | wrong, role="admin")

    assert status == 422
    assert staff.send("GET", "/v1/company", role="admin") == (200, before)


def test_days_off_are_kept_in_order_and_each_once(staff: Staff) -> None:
    days = ["2026-12-31", "2026-12-24", "2026-12-31"]
    status, shown = staff.send(
        "PUT", "/v1/company", {"name": "Talleres", "days_off": days}, role="admin"
    )
    _, after = staff.send("PUT", "/v1/company", {"name": "Talleres"}, role="admin")

    assert status == 200
    assert shown["days_off"] == after["days_off"] == ["2026-12-24", "2026-12-31"]


def test_there_are_no_days_off_until_some_are_entered_and_all_can_be_taken_back(
    staff: Staff,
) -> None:
    _, before = staff.send("GET", "/v1/company", role="admin")
    staff.send("PUT", "/v1/company", {"name": "Talleres", "days_off": ["2026-12-24"]}, role="admin")

    _, after = staff.send("PUT", "/v1/company", {"name": "Talleres", "days_off": []}, role="admin")

    assert before["days_off"] == after["days_off"] == []


def test_more_days_off_than_anybody_plans_are_refused(staff: Staff) -> None:
    days = [f"{year}-01-{day:02d}" for year in range(2026, 2034) for day in range(1, 32)]
    staff.send("PUT", "/v1/company", SETTINGS, role="admin")
    before = staff.api.snapshot()

    status, problem = staff.send(
        "PUT", "/v1/company", {"name": "Talleres", "days_off": days}, role="admin"
    )

    assert (status, problem["errors"][0]["pointer"]) == (422, "/days_off")
    assert staff.api.snapshot() == before

"""Small differences and the days for a dispute, as settings over HTTP."""

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
    "wrong", [{"tolerances": {"EUR": -1}}, {"tolerances": {"euro": 1}}, {"dispute_days": 0}]
)
def test_what_is_out_of_range_is_refused_and_changes_nothing(
    staff: Staff, wrong: dict[str, object]
) -> None:
    staff.send("PUT", "/v1/company", SETTINGS, role="admin")
    _, before = staff.send("GET", "/v1/company", role="admin")

    status, _ = staff.send("PUT", "/v1/company", SETTINGS | wrong, role="admin")

    assert status == 422
    assert staff.send("GET", "/v1/company", role="admin") == (200, before)

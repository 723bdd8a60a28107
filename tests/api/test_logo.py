"""The company's logo over HTTP: put in, shown to everybody, taken away."""

import base64
import hashlib
import json

import pytest

from tests.api.conftest import Api
from tests.api.staff import Staff
from tests.pictures import a_picture

PICTURE = a_picture()
KEPT = b"clean " + PICTURE  # what the stand-in for the decoder makes of it
HASH = hashlib.sha256(KEPT).hexdigest()


@pytest.fixture
def staff(api: Api) -> Staff:
    return Staff(api)


def upload(
    staff: Staff, content: bytes = PICTURE, role: str = "admin"
) -> tuple[int, dict[str, object]]:
    body = {"content": base64.b64encode(content).decode()}
    return staff.send("PUT", "/v1/company/logo", body, role=role)


def test_without_a_logo_there_is_nothing_to_show(api: Api, staff: Staff) -> None:
    assert staff.send("GET", "/v1/company/logo", role="viewer") == (200, {"logo": None})
    assert api.call("GET", "/portal/logo").status_code == 404


def test_a_logo_that_was_put_in_is_shown_to_everybody(api: Api, staff: Staff) -> None:
    status, company = upload(staff)

    shown = api.call("GET", f"/portal/logo?v={HASH}")

    assert status == 200
    assert company["logo"] == {"url": f"/portal/logo?v={HASH}", "width": 300, "height": 100}
    assert (shown.status_code, shown.body) == (200, KEPT)
    assert {name: shown.headers[name] for name in (
        "Content-Type", "Cache-Control", "X-Content-Type-Options", "Cross-Origin-Resource-Policy"
    )} == {
        "Content-Type": "image/png",
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }  # fmt: skip


@pytest.mark.parametrize("asked", ["", "?v=", "?v=0123", "?v=../../invoices/A/A-000001"])
def test_only_under_its_own_hash_may_it_be_kept_for_good(
    api: Api, staff: Staff, asked: str
) -> None:
    upload(staff)

    shown = api.call("GET", f"/portal/logo{asked}")

    assert (shown.body, shown.headers["Cache-Control"]) == (KEPT, "public, max-age=300")


def test_the_same_logo_again_changes_nothing(api: Api, staff: Staff) -> None:
    _, first = upload(staff)
    before = api.snapshot()

    _, again = upload(staff)

    assert first == again
    assert api.snapshot() == before


def test_another_logo_takes_its_place_and_the_old_file_stays(api: Api, staff: Staff) -> None:
    upload(staff)
    other = a_picture("JPEG")

    upload(staff, other)

    shown = api.call("GET", f"/portal/logo?v={HASH}")
    assert shown.body == b"clean " + other
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert api.fakes.files.get(f"logos/{HASH}.png") == KEPT


def test_a_logo_that_was_taken_away_is_shown_to_nobody(api: Api, staff: Staff) -> None:
    upload(staff)

    status, company = staff.send("DELETE", "/v1/company/logo", {}, role="admin")
    again, _ = staff.send("DELETE", "/v1/company/logo", {}, role="admin")

    assert (status, again, company["logo"]) == (200, 200, None)
    assert api.call("GET", f"/portal/logo?v={HASH}").status_code == 404


def test_other_settings_leave_the_logo_as_it_is(staff: Staff) -> None:
    upload(staff)

    staff.send("PUT", "/v1/company", {"name": "Talleres"}, role="admin")

    _, company = staff.send("GET", "/v1/company/logo")
    assert company["logo"]["width"] == 300


def test_the_settings_can_be_read_and_written_back_with_a_logo_too(staff: Staff) -> None:
    upload(staff)
    _, company = staff.send("GET", "/v1/company", role="admin")
    fields = {name: value for name, value in company.items() if name != "version"}

    status, after = staff.send("PUT", "/v1/company", fields, role="admin")

    assert (status, after) == (200, company | {"version": company["version"] + 1})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (base64.b64encode(b"<svg/>").decode(), "image_type"),
        (base64.b64encode(a_picture(size=(8, 8))).decode(), "image_sides"),
        ("no base64!", "invalid"),
        ("", "string_too_short"),
        ("A" * 700_000, "string_too_long"),
    ],
)
def test_what_is_no_logo_is_refused_and_changes_nothing(
    api: Api, staff: Staff, content: str, code: str
) -> None:
    upload(staff)
    before = api.snapshot(), dict(api.fakes.files.stored)

    status, problem = staff.send("PUT", "/v1/company/logo", {"content": content}, role="admin")

    assert status == 422
    assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [("/content", code)]
    assert (api.snapshot(), dict(api.fakes.files.stored)) == before


def test_the_largest_file_that_may_be_a_logo_fits_the_request(staff: Staff) -> None:
    largest = PICTURE + b"\x00" * (512 * 1024 - len(PICTURE))

    assert upload(staff, largest)[0] == 200
    assert upload(staff, largest + b"\x00")[0] == 422


def test_a_file_store_that_does_not_answer_changes_nothing(api: Api, staff: Staff) -> None:
    staff.send("GET", "/v1/company", role="admin")
    before = api.snapshot()
    api.fakes.files.faults.append(OSError("gone"))

    status, _ = upload(staff)

    assert status == 500
    assert api.snapshot() == before


def test_the_change_is_in_the_audit_log(api: Api, staff: Staff) -> None:
    upload(staff)

    assert '"changed": ["logo"]' in json.dumps(api.fakes.table.items())

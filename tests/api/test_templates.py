"""The texts of mails over HTTP."""

from typing import Any
from urllib.parse import quote

import pytest

from chalicelib.adapters.mail_writer import TemplateMailWriter
from chalicelib.domain.placeholders import PLACEHOLDERS
from chalicelib.domain.template import TEMPLATES
from tests.api.conftest import Api
from tests.api.staff import Staff
from tests.builders import a_customer, an_issued_invoice
from tests.fakes import FakeWriter

PATH = "/v1/templates/reminder_first"
SOUND = {"subject": "Aviso", "opening": "{{lo_que_se_debe}}", "closing": "Gracias."}


@pytest.fixture
def staff(api: Api) -> Staff:
    return Staff(api)


def put(staff: Staff, path: str = PATH, role: str = "admin", **changes: Any) -> tuple[int, Any]:
    headers = {"If_Match": changes.pop("if_match")} if "if_match" in changes else {}
    return staff.send("PUT", path, SOUND | changes, role=role, **headers)


def test_all_texts_are_listed_with_who_changed_them(staff: Staff) -> None:
    put(staff)

    _, shown = staff.send("GET", "/v1/templates", role="viewer")

    assert len(shown["items"]) == 2 * len(TEMPLATES)
    (own,) = [one for one in shown["items"] if one["is_own"]]
    assert (own["id"], own["language"], own["version"]) == ("reminder_first", "es", 1)
    assert own["changed_by"] == "Admin"
    assert own["changed_at"] == "2026-03-02T11:00:00Z"


def test_a_text_is_read_changed_and_read_again(staff: Staff) -> None:
    _, before = staff.send("GET", f"{PATH}?language=en", role="viewer")
    status, changed = put(staff, f"{PATH}?language=en", if_match='"0"')

    assert (before["version"], before["is_own"], before["subject"]) == (
        0, False, "{{invoices_title}}: payment outstanding"
    )  # fmt: skip
    assert status == 200
    assert (changed["version"], changed["is_own"], changed["subject"]) == (1, True, "Aviso")
    assert changed["shipped"]["subject"] == before["subject"]
    assert staff.send("GET", f"{PATH}?language=en") == (200, changed)


def test_the_version_goes_along_and_an_older_one_is_refused(staff: Staff, api: Api) -> None:
    put(staff, if_match='"0"')
    before = api.snapshot()

    status, problem = put(staff, if_match='"0"', subject="Otro")

    assert (status, problem["type"]) == (412, "urn:saldo:problem:stale")
    assert api.snapshot() == before


def test_what_is_wrong_is_said_with_line_and_column(staff: Staff, api: Api) -> None:
    staff.send("GET", PATH, role="admin")
    before = api.snapshot()

    status, problem = put(staff, opening="{{lo_que_se_debe}}\n\n  {{inporte}}")

    assert status == 422
    assert problem["errors"] == [
        {
            "pointer": "/opening",
            "message": "line 3, column 3: There is no placeholder {{inporte}}. "
            "Did you mean {{importe}}?",
            "code": "unknown_placeholder",
        }
    ]
    assert api.snapshot() == before


def test_a_text_is_checked_without_being_stored(staff: Staff, api: Api) -> None:
    staff.send("GET", PATH, role="collector")
    before = api.snapshot()
    draft = SOUND | {"language": "es", "opening": "\n{{inporte}}", "subject": "A\r\nBcc: x@y.zz"}

    status, shown = staff.send("POST", f"{PATH}/check", draft, role="collector")

    assert status == 200
    assert [(one["code"], one["field"], one["line"], one["column"], one["names"])
            for one in shown["problems"]] == [
        ("template_control_character", "subject", 1, 2, []),
        ("unknown_placeholder", "opening", 2, 1, ["importe"]),
        ("missing_placeholder", "opening", 2, 12,
         ["lo_que_se_debe", "importe", "importe_a_pagar"]),
    ]  # fmt: skip
    assert api.snapshot() == before


def test_a_sound_text_has_no_problems(staff: Staff) -> None:
    answer = staff.send("POST", f"{PATH}/check", SOUND | {"language": "es"}, role="collector")

    assert answer == (200, {"problems": []})


def test_a_megabyte_is_not_even_read(staff: Staff) -> None:
    big = SOUND | {"language": "es", "opening": "{{x}}" * 220_000}

    status, _ = staff.send("POST", f"{PATH}/check", big, role="collector")

    assert status == 400


def test_texts_of_segments_have_versions_of_their_own(staff: Staff) -> None:
    path = f"{PATH}?language=es&segment={quote('VIP / ñ#1')}"
    put(staff, path)
    put(staff, path, subject="Dos")
    put(staff, subject="Para todos")

    _, versions = staff.send("GET", path.replace("?", "/versions?"), role="viewer")

    assert [(one["number"], one["subject"]) for one in versions["items"]] == [
        (2, "Dos"), (1, "Aviso"),
    ]  # fmt: skip
    assert versions["next_cursor"] is None


def test_an_earlier_version_is_brought_back_once(staff: Staff) -> None:
    put(staff)
    put(staff, subject="Dos")
    body = {"language": "es", "number": 1}

    first = staff.send("POST", f"{PATH}/restore", body, role="admin", Idempotency_Key="k1")
    again = staff.send("POST", f"{PATH}/restore", body, role="admin", Idempotency_Key="k1")

    assert first == again
    assert (first[0], first[1]["version"], first[1]["subject"]) == (200, 3, "Aviso")


def test_a_restore_whose_answer_was_lost_is_answered_with_the_text(staff: Staff, api: Api) -> None:
    path = f"{PATH}?language=es&segment={quote('a/b?c&d')}"
    put(staff, path)
    body = {"language": "es", "segment": "a/b?c&d", "number": 0}
    _, first = staff.send("POST", f"{PATH}/restore", body, role="admin", Idempotency_Key="k1")
    (stored,) = [one for one in api.fakes.table.items() if one["kind"] == "idempotency"]
    stored["body"] |= {"body": None, "status": None}

    status, again = staff.send("POST", f"{PATH}/restore", body, role="admin", Idempotency_Key="k1")

    assert (status, again) == (200, first)
    assert (again["segment"], again["version"], again["is_own"]) == ("a/b?c&d", 2, False)


def test_a_preview_shows_the_customers_own_account(staff: Staff, api: Api) -> None:
    vars(api.ports.writer).update(vars(TemplateMailWriter()))
    api.ports.writer.__class__ = TemplateMailWriter  # the real words
    customer = a_customer(api.ports)
    an_issued_invoice(api.ports, customer.id, 70_000)
    draft = SOUND | {"language": "es", "customer_id": customer.id, "closing": "<b>{{cliente}}</b>"}

    status, shown = staff.send("POST", f"{PATH}/preview", draft, role="collector")

    assert (status, shown["is_example"], shown["subject"]) == (200, False, "Aviso")
    assert "La factura A-000001, de 700,00 €, vence el 1 de abril de 2026" in shown["text"]
    assert "&lt;b&gt;Distribuciones Peñarroya, S.A.&lt;/b&gt;" in shown["html"]
    assert "<script" not in shown["html"]


def test_a_preview_for_nobody_is_an_example(staff: Staff) -> None:
    _, shown = staff.send("POST", f"{PATH}/preview", SOUND | {"language": "en"}, role="collector")

    assert shown["is_example"]


def test_a_preview_for_an_unknown_customer_is_not_found(staff: Staff) -> None:
    draft = SOUND | {"language": "es", "customer_id": "cus_none"}

    assert staff.send("POST", f"{PATH}/preview", draft, role="collector")[0] == 404


def test_a_test_goes_to_the_caller_and_a_repetition_sends_none(staff: Staff, api: Api) -> None:
    draft = SOUND | {"language": "en"}

    for _ in range(2):
        answer = staff.send("POST", f"{PATH}/test", draft, role="collector", Idempotency_Key="k1")
        assert answer == (200, {"to": "collector@saldo.example"})

    assert [mail.to for mail in api.fakes.mailer.accepted] == ["collector@saldo.example"]


def test_the_sixth_test_of_a_minute_is_too_many(staff: Staff, api: Api) -> None:
    draft = SOUND | {"language": "en"}
    statuses = [staff.send("POST", f"{PATH}/test", draft, role="collector")[0] for _ in range(6)]

    assert statuses == [200] * 5 + [429]
    assert len(api.fakes.mailer.accepted) == 5


def test_a_test_names_no_other_address(staff: Staff, api: Api) -> None:
    draft = SOUND | {"language": "en", "to": "someone@else.example"}

    status, _ = staff.send("POST", f"{PATH}/test", draft, role="collector")

    assert status == 422
    assert api.fakes.mailer.accepted == []


def test_the_list_of_placeholders_is_complete(staff: Staff) -> None:
    _, shown = staff.send("GET", "/v1/placeholders", role="viewer")

    assert len(shown["items"]) == len(PLACEHOLDERS)
    assert shown["items"][0]["name_es"] == "lo_que_se_debe"


def test_a_placeholder_of_the_company_is_explained_with_the_company_itself(staff: Staff) -> None:
    company = {
        "name": "Imprenta Nueva, S.L.",
        "email": "hola@imprenta.example",
        "iban": "ES7921000813610123456789",
    }
    staff.send("PUT", "/v1/company", company, role="admin")

    _, shown = staff.send("GET", "/v1/placeholders", role="viewer")

    examples = {one["name"]: (one["example_en"], one["example_es"]) for one in shown["items"]}
    assert examples["company"] == ("Imprenta Nueva, S.L.",) * 2
    assert examples["company_email"] == ("hola@imprenta.example",) * 2
    assert examples["iban"] == ("ES79 2100 0813 6101 2345 6789",) * 2
    assert examples["company_phone"] == ("+34 936 37 00 00",) * 2  # it has none: an invented one


@pytest.mark.parametrize("path", ["/v1/templates/none", "/v1/templates/none/preview"])
def test_a_template_that_there_is_not_is_not_found(staff: Staff, path: str) -> None:
    body = SOUND | {"language": "es"}

    answer = staff.send("POST", path, body) if "preview" in path else staff.send("GET", path)

    assert answer[0] == 404


@pytest.mark.parametrize("query", ["language=fr", "segment=a%0Ab", f"segment={'x' * 201}"])
def test_a_place_that_cannot_be_is_refused(staff: Staff, query: str) -> None:
    assert staff.send("GET", f"{PATH}?{query}")[0] == 422


def test_a_collector_reads_and_tries_but_does_not_change(staff: Staff, api: Api) -> None:
    staff.send("GET", PATH, role="collector")
    before = api.snapshot()

    assert put(staff, role="collector")[0] == 403
    body = {"language": "es", "number": 0}
    assert staff.send("POST", f"{PATH}/restore", body, role="collector")[0] == 403
    assert api.snapshot() == before


def test_stand_ins_and_the_real_writer_ship_the_same_texts() -> None:
    assert FakeWriter().shipped_text("invoice", "es") == TemplateMailWriter().shipped_text(
        "invoice", "es"
    )

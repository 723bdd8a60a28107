"""What a customer contests in the portal, with the files that show why."""

from typing import Any

import pytest

from chalicelib.domain.dispute import Dispute
from chalicelib.usecases.disputes import NewDispute, Resolution, open_dispute, resolve_dispute
from tests.api.conftest import Api
from tests.api.staff import Staff
from tests.api.visitors import PDF, House, Visitor
from tests.builders import by_ana
from tests.invariants import records_in

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20


@pytest.fixture
def house(api: Api) -> House:
    house = House(api)
    house.takes("stripe", "redsys", "wompi")
    return house


@pytest.fixture
def visitor(house: House) -> Visitor:
    return house.visitor(contact_id="con_1")


@pytest.fixture
def staff(api: Api) -> Staff:
    return Staff(api)


def stored(house: House, kind: type) -> list[Any]:
    return [one for one in records_in(house.api.fakes.table) if isinstance(one, kind)]


def the_account(visitor: Visitor) -> Any:
    return visitor.get("/portal/home")[1]["accounts"][0]


def test_a_dispute_with_a_file_reaches_staff_who_can_save_it(
    house: House, visitor: Visitor, staff: Staff
) -> None:
    _, file = visitor.upload(PDF, name="albar%C3%A1n%20(firma).PDF")
    body = {
        "invoice_id": house.late.id, "amount_minor": 21_000, "category": "defective",
        "comment": "Dos de diez cajas mojadas", "file_ids": [file["id"]],
    }  # fmt: skip
    status, made = visitor.send("/portal/disputes", body)
    _, seen = staff.send("GET", f"/v1/disputes/{made['id']}", role="viewer")
    saved = house.api.call(
        "GET", f"/v1/disputes/{made['id']}/files/{file['id']}", staff.shown["viewer"]
    )

    assert (status, made["by_you"], made["files"]) == (201, True, ["albarán (firma).pdf"])
    assert (seen["reason"], seen["amount_minor"], seen["by_customer"]) == (
        "Defectuoso o incompleto: Dos de diez cajas mojadas", 21_000, True,
    )  # fmt: skip
    assert (seen["category"], seen["created_by"]) == ("defective", "Carmen Ruiz")
    assert saved.body == PDF
    assert saved.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''albar%C3%A1n%20%28firma%29.pdf"
    )
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    row = the_account(visitor)["invoices"][0]
    assert row["parts"] == [{"kind": "dispute", "amount_minor": 21_000, "until": None}]


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"amount_minor": 1_000}, "/comment", "comment_needed"),
        ({"amount_minor": 1_000, "comment": "  "}, "/comment", "comment_needed"),
        ({"category": "other"}, "/comment", "comment_needed"),
        ({"amount_minor": 121_001, "comment": "x"}, "/amount_minor", "more_than_free"),
        ({"file_ids": ["unknown"]}, "/file_ids/0", "unknown_file"),
    ],
)
def test_a_dispute_needs_its_words_and_its_files(
    house: House, visitor: Visitor, changes: dict[str, Any], pointer: str, code: str
) -> None:
    body = {"invoice_id": house.late.id, "category": "wrong_price"} | changes
    before = house.api.snapshot()

    status, problem = visitor.send("/portal/disputes", body)

    assert (status, problem["errors"][0]["pointer"], problem["errors"][0]["code"]) == (
        422, pointer, code,
    )  # fmt: skip
    assert house.api.snapshot() == before


def test_what_staff_refused_is_not_contested_again_by_a_click(
    house: House, visitor: Visitor
) -> None:
    body = {"invoice_id": house.late.id, "category": "not_received"}
    _, made = visitor.send("/portal/disputes", body)
    resolve_dispute(house.ports, by_ana(), made["id"], Resolution(outcome="rejected", note="No"))

    status, problem = visitor.send("/portal/disputes", body)

    assert (status, problem["type"]) == (409, "urn:saldo:problem:disputed_before")
    assert len(stored(house, Dispute)) == 1


def test_what_staff_wrote_of_their_own_dispute_is_theirs(house: House, visitor: Visitor) -> None:
    new = NewDispute(invoice_id=house.late.id, amount_minor=100, reason="Cliente difícil")
    open_dispute(house.ports, by_ana(), new)

    _, shown = visitor.get(f"/portal/invoices/{house.late.id}")

    (dispute,) = shown["disputes"]
    assert (dispute["by_you"], dispute["comment"], dispute["amount_minor"]) == (False, None, 100)


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        (PDF, "application/pdf", 201, None),
        (PNG, "image/png", 201, None),
        (b"\xff\xd8\xff\xe0JFIF", "image/jpeg", 201, None),
        (b"<svg onload=alert(1)>", "image/png", 422, "file_type"),
        (b"<!doctype html><script>", "application/pdf", 422, "file_type"),
        (b"MZ\x90\x00", "application/pdf", 422, "file_type"),
        (b"PK\x03\x04", "application/pdf", 422, "file_type"),
        (b"", "application/pdf", 422, "file_type"),
        (PDF + b"0" * (4 * 1024 * 1024), "application/pdf", 422, "file_too_large"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(
    house: House, visitor: Visitor, content: bytes, media_type: str, status: int, code: str | None
) -> None:
    answered, told = visitor.upload(content, "x.exe", media_type)

    assert answered == status
    if code is None:
        suffix = {"application/pdf": "pdf", "image/png": "png"}.get(media_type, "jpg")
        assert told["name"] == f"x.{suffix}"
    else:
        assert told["errors"][0]["code"] == code
        assert house.api.fakes.files.stored == {}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..%2F..%2Fetc%2Fpasswd", "passwd.pdf"),
        ("C%3A%5CUsers%5Cana%5Cfactura.pdf.exe", "factura.pdf.pdf"),
        ("a%0D%0ASet-Cookie%3A%20x", "a Set-Cookie x.pdf"),
        ("", "file.pdf"),
        (".pdf", "file.pdf"),
    ],
)
def test_the_name_of_a_file_is_made_harmless(visitor: Visitor, name: str, kept: str) -> None:
    assert visitor.upload(PDF, name)[1]["name"] == kept


def test_the_same_file_twice_is_one_and_twenty_are_enough(house: House, visitor: Visitor) -> None:
    first = visitor.upload(PDF)
    assert visitor.upload(PDF) == first
    for count in range(19):
        assert visitor.upload(PDF + str(count).encode())[0] == 201

    status, problem = visitor.upload(PDF + b"one more")

    assert (status, problem["type"]) == (429, "urn:saldo:problem:too_often")
    assert len(house.api.fakes.files.stored) == 20


def test_a_file_of_another_customer_is_not_there(house: House, visitor: Visitor) -> None:
    _, file = house.visitor(customer_id=house.other.id).upload(PDF)
    body = {"invoice_id": house.late.id, "category": "defective", "file_ids": [file["id"]]}

    status, problem = visitor.send("/portal/disputes", body)

    assert (status, problem["errors"][0]["code"]) == (422, "unknown_file")

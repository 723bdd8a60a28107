"""The pre-legal file: complete, checkable, the same bytes for the same book; and safe to open."""

import csv
import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from chalicelib.adapters.mail_writer import TemplateMailWriter
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.legal_file import LegalFile
from chalicelib.usecases import legal_files
from chalicelib.usecases.build_legal_file import build_legal_file
from chalicelib.usecases.context import system_context
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.holds import NewHold, make_hold
from chalicelib.usecases.hourly import queue_hourly_chores
from chalicelib.usecases.late_charges import claim_late_charge, waive_late_charge
from chalicelib.usecases.legal_files import (
    find_legal_file,
    link_to_legal_file,
    request_legal_file,
)
from chalicelib.usecases.letters import Posted, mark_posted
from chalicelib.usecases.ports import NotKept
from chalicelib.usecases.record_mail_event import MailEvent, record_mail_event
from tests.builders import Book, an_issued_invoice, at, by_ana, change_company
from tests.usecases.test_reminder_channels import LETTER, given, given_ladder
from tests.worker import drain

JULY = at("2026-07-31")
NAMES = "00-expediente.pdf"


def asked_for(book: Book, *invoices: Invoice, when: Any = JULY) -> LegalFile:
    names = [one.id for one in invoices]
    return request_legal_file(book.ports, by_ana(when), book.customer.id, "EUR", names)


def made(book: Book, *invoices: Invoice, when: Any = JULY) -> zipfile.ZipFile:
    file = asked_for(book, *invoices, when=when)
    drain(book.fakes, when)
    return opened(book, file)


def opened(book: Book, file: LegalFile) -> zipfile.ZipFile:
    ready = find_legal_file(book.ports, file.id)
    assert ready.state == "ready"
    assert ready.key is not None
    content = book.fakes.files.stored[ready.key]
    assert ready.sha256 == hashlib.sha256(content).hexdigest()
    assert ready.size_bytes == len(content)
    return zipfile.ZipFile(io.BytesIO(content))


def table(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    text = archive.read(f"datos/{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def chased(book: Book) -> tuple[Invoice, Invoice]:
    """Two late invoices: one was reminded, paid in part and contested; the other is untouched."""
    change_company(
        book.ports,
        name="Talleres Ibáñez, S.L.",
        tax_id="B12345678",
        iban="ES9121000418450200051332",
    )
    first, second = book.issued(121_000), book.issued(50_000, due_date="2026-05-04")
    book.remind("2026-04-06")
    (message,) = book.messages()
    event = MailEvent(
        reached="delivered", customer_id=message.customer_id, message_id=message.id,
        provider_message_id="ses-1", occurred_at=at("2026-04-06T11:01"),
    )  # fmt: skip
    record_mail_event(book.ports, system_context(at("2026-04-06T11:02")), event)
    book.paid(21_000, wanted=[(first.id, 21_000)], when=at("2026-04-10"), reference="=SUM(A1)")
    dispute = NewDispute(invoice_id=first.id, reason="@rotura", amount_minor=1_000)
    open_dispute(book.ports, by_ana(at("2026-04-11")), dispute)
    hold = NewHold(
        customer_id=book.customer.id, currency="EUR", until=date(2026, 4, 20), reason="other"
    )
    make_hold(book.ports, by_ana(at("2026-04-11")), hold)
    return first, second


def test_the_file_has_everything_and_a_manifest_that_fits(book: Book) -> None:
    first, second = chased(book)

    archive = made(book)

    names = archive.namelist()
    assert names == [
        "00-expediente.pdf",
        f"facturas/{first.number}.pdf",
        f"facturas/{second.number}.pdf",
        "comunicaciones/001-2026-04-06-recordatorio.txt",
        "comunicaciones/001-2026-04-06-recordatorio.html",
        "datos/reclamacion.csv",
        "datos/intereses.csv",
        "datos/cobros-y-aplicaciones.csv",
        "datos/comunicaciones.csv",
        "datos/estado-de-las-comunicaciones.csv",
        "datos/disputas-promesas-planes-y-pausas.csv",
        "datos/cuenta.csv",
        "datos/historial-de-las-facturas.csv",
        "manifiesto-sha256.txt",
    ]
    lines = archive.read("manifiesto-sha256.txt").decode().splitlines()
    assert {line[66:]: line[:64] for line in lines} == {
        name: hashlib.sha256(archive.read(name)).hexdigest() for name in names[:-1]
    }
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_claim_adds_up_and_its_interest_is_derived(book: Book) -> None:
    chased(book)

    archive = made(book)

    rows = table(archive, "reclamacion")
    assert [
        (row["Total"], row["Liquidado"], row["Pendiente"], row["Días de demora"]) for row in rows
    ] == [("1210,00", "210,00", "1000,00", "121"), ("500,00", "0,00", "500,00", "88")]
    segments = table(archive, "intereses")
    first = [row for row in segments if row["Factura"] == rows[0]["Factura"]]
    assert [(row["Desde"], row["Hasta"], row["Principal"]) for row in first] == [
        ("2026-04-02", "2026-04-10", "1210,00"),
        ("2026-04-11", "2026-06-30", "1000,00"),
        ("2026-07-01", "2026-07-31", "1000,00"),
    ]
    interest = sum(cents(row["Intereses"]) for row in first)
    assert cents(rows[0]["Intereses"]) == interest > 0
    assert cents(rows[0]["Total reclamado"]) == 100_000 + interest + 4_000


def cents(text: str) -> int:
    return int(text.replace(",", ""))


def test_each_message_is_told_with_the_proof_of_its_sending_and_its_text(book: Book) -> None:
    chased(book)

    archive = made(book)

    page = archive.read("comunicaciones/001-2026-04-06-recordatorio.txt").decode()
    (mail,) = book.fakes.mailer.accepted
    assert mail.content.text.strip() in page
    for told in (
        "Para: pagos@penarroya.example",
        "Identificador del servidor de correo: ses-1",
        "Entregado al servidor de correo: 2026-04-06T11:00:00Z",
        "Clase: recordatorio",
        "Importe: 1.710,00 €",
        "Estado: entregado",
        "2026-04-06T11:01:00Z  entregado",
    ):
        assert told in page, page
    assert (
        archive.read("comunicaciones/001-2026-04-06-recordatorio.html").decode()
        == mail.content.html
    )
    (row,) = table(archive, "comunicaciones")
    assert (row["Estado"], row["Archivo"]) == (
        "entregado", "comunicaciones/001-2026-04-06-recordatorio.txt"
    )  # fmt: skip


def test_tables_hold_no_formula_and_tell_the_history(book: Book) -> None:
    chased(book)

    archive = made(book)

    (payment,) = table(archive, "cobros-y-aplicaciones")
    assert (payment["Referencia"], payment["Aplicado"]) == ("'=SUM(A1)", "210,00")
    agreements = table(archive, "disputas-promesas-planes-y-pausas")
    assert [(row["Clase"], row["Estado"], row["Motivo"]) for row in agreements] == [
        ("dispute", "open", "'@rotura"),
        ("hold", "open", "other"),
    ]
    account = table(archive, "cuenta")
    assert account[-1]["Saldo pendiente"] == "1500,00"
    audit = [row["Qué"] for row in table(archive, "historial-de-las-facturas")]
    assert "invoice_issued" in audit
    assert "dispute_opened" in audit


def test_the_same_book_and_day_give_the_same_bytes(book: Book) -> None:
    chased(book)

    one, two = asked_for(book), asked_for(book, when=at("2026-07-31T17:00"))
    drain(book.fakes, JULY)

    first, second = (find_legal_file(book.ports, file.id) for file in (one, two))
    assert first.sha256 == second.sha256
    assert first.key != second.key


def test_it_is_of_the_invoices_that_were_named(book: Book) -> None:
    _, second = chased(book)

    archive = made(book, second)

    assert [name for name in archive.namelist() if name.startswith("facturas/")] == [
        f"facturas/{second.number}.pdf"
    ]
    assert len(table(archive, "reclamacion")) == 1


def test_what_was_waived_is_not_claimed_and_what_was_claimed_is_claimed_once(book: Book) -> None:
    invoice = book.issued(121_000)
    charge = claim_late_charge(book.ports, by_ana(at("2026-05-31")), invoice.id, None)
    whole = table(made(book), "reclamacion")[0]
    waive_late_charge(book.ports, by_ana(JULY), charge.id, reason="x", expected_version=None)

    less = table(made(book), "reclamacion")[0]

    assert cents(whole["Intereses"]) - cents(less["Intereses"]) == charge.interest_minor
    assert (cents(whole["Indemnización"]), cents(less["Indemnización"])) == (4_000, 0)


def test_the_cover_is_a_pdf_that_says_who_claims_what_of_whom(book: Book) -> None:
    chased(book)
    ports = replace(book.ports, writer=TemplateMailWriter())
    file = asked_for(book)
    build_legal_file(ports, system_context(JULY), file.id)

    archive = opened(book, file)

    pages = PdfReader(io.BytesIO(archive.read("00-expediente.pdf"))).pages
    text = " ".join("\n".join(page.extract_text() for page in pages).split())
    for told in (
        "Expediente prejudicial", "Talleres Ibáñez, S.L.", "Distribuciones Peñarroya, S.A.",
        "Total reclamado", "1.210,00", "Indemnización por costes de cobro", "80,00 €",
        "Ley 3/2004", "sha256sum -c",
    ):  # fmt: skip
        assert told in text, text
    for name in archive.namelist():
        if name.startswith("facturas/"):
            assert PdfReader(io.BytesIO(archive.read(name))).pages


def test_an_english_company_has_an_english_file(book: Book) -> None:
    chased(book)
    change_company(book.ports, language="en")

    archive = made(book)

    assert {"00-file.pdf", "data/claim.csv", "manifest-sha256.txt"} <= set(archive.namelist())
    assert archive.read("data/claim.csv").decode("utf-8-sig").startswith("Invoice,Issued,Due")


def test_a_consumer_owes_no_interest_and_the_file_says_so(book: Book) -> None:
    from tests.builders import a_customer

    person = a_customer(book.ports, name="Eva Ruiz", type="consumer")
    invoice = an_issued_invoice(book.ports, person.id, 50_000)
    file = request_legal_file(book.ports, by_ana(JULY), person.id, "EUR", [invoice.id])
    drain(book.fakes, JULY)

    (row,) = table(opened(book, file), "reclamacion")

    assert (row["Intereses"], row["Indemnización"], row["Total reclamado"]) == (
        "0,00", "0,00", "500,00"
    )  # fmt: skip
    assert row["Observación"] == "Sin intereses: el deudor es un consumidor."


def test_a_file_is_fetched_when_it_is_ready_and_not_before(book: Book) -> None:
    chased(book)
    file = asked_for(book)
    with pytest.raises(StateConflict) as refusal:
        link_to_legal_file(book.ports, file.id)
    assert refusal.value.code == "not_ready"

    drain(book.fakes, JULY)

    assert link_to_legal_file(book.ports, file.id).endswith(
        f"?as=expediente-{book.customer.id}-2026-07-31.zip"
    )


def test_a_file_whose_chore_was_lost_is_made_by_the_next_hour(book: Book) -> None:
    chased(book)
    file = asked_for(book)
    book.fakes.queues.take()
    book.fakes.table.catch_up()
    queue_hourly_chores(book.ports, system_context(at("2026-07-31T11:10")))
    drain(book.fakes, at("2026-07-31T11:10"))
    assert find_legal_file(book.ports, file.id).state == "waiting"  # its own run may be under way

    queue_hourly_chores(book.ports, system_context(at("2026-07-31T12:00")))
    drain(book.fakes, at("2026-07-31T12:00"))

    assert find_legal_file(book.ports, file.id).state == "ready"


def test_a_file_that_cannot_be_stored_waits_and_is_made_again(book: Book) -> None:
    chased(book)
    asked_for(book)  # so that all documents are drawn and stored
    drain(book.fakes, JULY)
    file = asked_for(book)
    book.fakes.files.faults = [NotKept("down")]
    with pytest.raises(NotKept):
        build_legal_file(book.ports, system_context(JULY), file.id)

    build_legal_file(book.ports, system_context(JULY), file.id)
    version = find_legal_file(book.ports, file.id).version
    build_legal_file(book.ports, system_context(JULY), file.id)

    assert find_legal_file(book.ports, file.id).version == version == 2


def test_what_cannot_be_claimed_is_refused(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StateConflict) as nothing:
        asked_for(book)
    assert nothing.value.code == "nothing_overdue"
    first, _ = chased(book)
    usd = an_issued_invoice(book.ports, book.customer.id, currency="USD")
    before = book.snapshot()
    with pytest.raises(InvalidField) as unknown:
        asked_for(book, first, usd)
    assert (unknown.value.pointer, unknown.value.field_code) == (
        "/invoice_ids/1", "unknown_invoice"
    )  # fmt: skip
    with pytest.raises(NotFound):
        request_legal_file(book.ports, by_ana(JULY), "unidentified", "EUR", [])
    monkeypatch.setattr(legal_files, "MAX_FILE_INVOICES", 1)
    with pytest.raises(StateConflict) as much:
        asked_for(book)
    assert much.value.code == "too_many_for_a_file"
    assert book.snapshot() == before
    assert book.fakes.queues.messages == []


def test_a_paid_invoice_can_be_part_of_a_file(book: Book) -> None:
    first, _ = chased(book)
    book.paid(100_000, wanted=[(first.id, 100_000)], when=at("2026-07-30"))

    archive = made(book, first)

    (row,) = table(archive, "reclamacion")
    assert (row["Pendiente"], row["Liquidado"]) == ("0,00", "1210,00")


def test_a_letter_that_was_posted_is_in_the_file_with_its_proof(book: Book) -> None:
    given(book, address="Calle Mayor 1\n28013 Madrid")
    given_ladder(book, LETTER)
    book.issued(100_000)
    book.remind("2026-04-06")
    (letter,) = book.messages()
    posted = Posted(
        customer_id=letter.customer_id, message_id=letter.id, posted_on=date(2026, 4, 7),
        carrier="Correos", tracking="RR123456785ES",
    )  # fmt: skip
    mark_posted(book.ports, by_ana(at("2026-04-07")), posted)

    archive = made(book)

    page = archive.read("comunicaciones/001-2026-04-06-recordatorio.txt").decode()
    assert "Enviado por correo postal el: 2026-04-07" in page
    assert "Seguimiento: RR123456785ES" in page
    assert "Carta en papel" in page
    assert (
        archive.read("cartas/001-2026-04-06-recordatorio.pdf")
        == (book.fakes.files.stored[letter.file or ""])
    )
    (row,) = table(archive, "comunicaciones")
    assert (row["Canal"], row["Enviado"], row["Id. del proveedor"]) == (
        "letter", "2026-04-07", "RR123456785ES"
    )  # fmt: skip


def test_what_is_not_due_yet_is_in_a_file_only_where_somebody_names_it(book: Book) -> None:
    overdue = book.issued(10_000)
    later = book.issued(20_000, due_date="2026-12-01")
    context = by_ana(at("2026-05-04"))

    whole = request_legal_file(book.ports, context, book.customer.id, "EUR", [])
    named = request_legal_file(book.ports, context, book.customer.id, "EUR", [later.id])

    assert (whole.invoice_ids, named.invoice_ids) == ((overdue.id,), (later.id,))

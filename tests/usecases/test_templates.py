"""The company's own texts of mails: changed, brought back, chosen, tried on oneself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.access import Actor
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.customer import Language
from chalicelib.domain.errors import InvalidField, NotFound, Stale, StateConflict, TooOften
from chalicelib.domain.mail_template import MailTemplate, MailTemplateVersion
from chalicelib.domain.message import Suppression
from chalicelib.domain.template import TEMPLATES, TemplateText
from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.ports import Insert, MailRefused, MailUncertain
from chalicelib.usecases.preview_template import Draft, preview_template
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.templates import (
    Place,
    Present,
    change_template,
    list_templates,
    own_text,
    read_template,
    restore_template,
    template_refs,
    text_for,
)
from chalicelib.usecases.try_template import try_template
from tests.builders import NOON, Book, a_customer, by_ana

FIRST = Place("reminder_first", "es")
VIP = replace(FIRST, segment="VIP / ñ#1")


def a_text(subject: str = "Aviso", opening: str = "{{lo_que_se_debe}}") -> TemplateText:
    return TemplateText(subject=subject, opening=opening, closing="Gracias.")


def change(
    book: Book, text: TemplateText, place: Place = FIRST, expected: int | None = None
) -> Present:
    return change_template(book.ports, by_ana(), place, text, expected_version=expected)


def restore(book: Book, number: int, place: Place = FIRST) -> Present:
    return restore_template(book.ports, by_ana(), place, number, expected_version=None)


def chosen(book: Book, segment: str | None, language: Language = "es") -> TemplateText | None:
    found = book.ports.store.get_many(template_refs("reminder_first", language, segment))
    return own_text(found, "reminder_first", language, segment)


def test_every_template_is_the_shipped_one_until_somebody_touches_it(book: Book) -> None:
    shown = list_templates(book.ports)

    assert [one.place for one in shown] == [
        Place(template_id, language) for template_id in TEMPLATES for language in ("es", "en")
    ]
    assert {one.version for one in shown} == {0}
    assert all(one.text == one.shipped and not one.is_own for one in shown)


def test_a_change_is_the_next_version_and_every_version_is_kept(book: Book) -> None:
    change(book, a_text("Uno"), expected=0)

    after = change(book, a_text("Dos"), expected=1)

    assert (after.version, after.is_own, after.text.subject) == (2, True, "Dos")
    assert read_template(book.ports, FIRST) == after
    kept = book.all(MailTemplateVersion)
    assert [(one.number, one.subject, one.changed_by) for one in kept] == [
        (1, "Uno", "Ana"),
        (2, "Dos", "Ana"),
    ]
    audited = [one for one in book.all(AuditEntry) if one.subject == "template"]
    assert [(one.action, one.facts["number"]) for one in audited] == [
        ("template_changed", 1),
        ("template_changed", 2),
    ]


def test_the_same_text_again_changes_nothing(book: Book) -> None:
    change(book, a_text())
    before = book.snapshot()

    change(book, a_text(opening="\n{{lo_que_se_debe}}\n\n"))

    assert book.snapshot() == before


def test_two_editors_do_not_overwrite_each_other(book: Book) -> None:
    change(book, a_text(), expected=0)
    before = book.snapshot()

    with pytest.raises(Stale):
        change(book, a_text("Otro"), expected=0)

    assert book.snapshot() == before


def test_a_text_that_cannot_be_used_is_refused_with_its_place(book: Book) -> None:
    before = book.snapshot()

    with pytest.raises(InvalidField) as refused:
        change(book, a_text(opening="{{lo_que_se_debe}}\n{{inporte}}"))

    assert (refused.value.pointer, refused.value.field_code) == ("/opening", "unknown_placeholder")
    assert refused.value.message == (
        "line 2, column 1: There is no placeholder {{inporte}}. Did you mean {{importe}}?"
    )
    assert book.snapshot() == before


def test_a_template_that_is_none_of_ours_is_not_found(book: Book) -> None:
    with pytest.raises(NotFound):
        change(book, a_text(), Place("../../etc/passwd", "es"))
    with pytest.raises(NotFound):
        restore(book, 0, Place("password_reset", "es"))
    with pytest.raises(NotFound):
        read_template(book.ports, Place("", "es"))


def test_an_earlier_version_comes_back_as_the_next(book: Book) -> None:
    change(book, a_text("Uno"))
    change(book, a_text("Dos"))

    after = restore(book, 1)

    assert (after.version, after.text.subject, after.is_own) == (3, "Uno", True)
    assert [one.restored_from for one in book.all(MailTemplateVersion)] == [None, None, 1]


def test_going_back_to_the_shipped_text_is_a_version_too(book: Book) -> None:
    change(book, a_text("Uno"))

    after = restore(book, 0)

    assert (after.version, after.is_own, after.text) == (2, False, after.shipped)
    assert chosen(book, None) is None
    assert restore(book, 1).text.subject == "Uno"


def test_going_back_twice_changes_nothing(book: Book) -> None:
    change(book, a_text())
    restore(book, 0)
    before = book.snapshot()

    restore(book, 0)

    assert book.snapshot() == before


def test_a_version_that_never_was_cannot_come_back(book: Book) -> None:
    change(book, a_text())
    before = book.snapshot()

    with pytest.raises(NotFound):
        restore(book, 7)

    assert book.snapshot() == before


def test_segment_and_language_go_before_language_and_that_before_the_shipped(book: Book) -> None:
    assert chosen(book, VIP.segment) is None

    change(book, a_text("Para todos"))
    change(book, a_text("Para VIP"), VIP)

    subjects = [chosen(book, segment) for segment in (VIP.segment, "otros", None)]
    assert [one.subject for one in subjects if one] == ["Para VIP", "Para todos", "Para todos"]
    assert chosen(book, VIP.segment, "en") is None


def test_a_segment_that_goes_back_reads_the_text_for_all(book: Book) -> None:
    change(book, a_text("Para todos"))
    change(book, a_text("Para VIP"), VIP)

    after = restore(book, 0, VIP)

    assert (after.is_own, after.text.subject) == (False, "Para todos")
    text = chosen(book, VIP.segment)
    assert text is not None
    assert text.subject == "Para todos"


def test_segments_stand_after_the_text_for_all(book: Book) -> None:
    change(book, a_text(), VIP)

    shown = [one.place for one in list_templates(book.ports)]

    assert shown.index(VIP) == shown.index(FIRST) + 1
    assert len(shown) == 2 * len(TEMPLATES) + 1


def store_broken(book: Book, place: Place = FIRST, opening: str = "{{retirado}}") -> None:
    """Store a text whose placeholder a later release no longer has."""
    record = MailTemplate(
        id=place.template_id, language=place.language, segment=place.segment, subject="Viejo",
        opening=opening, closing="", changed_at=NOON, changed_by="Ana",
    )  # fmt: skip
    book.ports.store.commit([Insert(record)])


def test_a_text_with_a_retired_placeholder_gives_way_and_staff_are_told_once(book: Book) -> None:
    store_broken(book, VIP)

    for _ in range(2):
        found = book.ports.store.get_many(template_refs("reminder_first", "es", VIP.segment))
        text = text_for(
            book.ports, by_ana(), found,
            template_id="reminder_first", language="es", segment=VIP.segment,
        )  # fmt: skip
        assert text is None

    (item,) = book.work()
    assert (item.what, item.detail) == ("template_broken", "reminder_first · es · VIP / ñ#1")
    assert own_text(found, "reminder_first", "es", VIP.segment) is None


def test_a_broken_version_cannot_be_brought_back(book: Book) -> None:
    broken = MailTemplateVersion(
        template_id="reminder_first", language="es", number=1, subject="Viejo",
        opening="{{retirado}}", closing="", changed_at=NOON, changed_by="Ana",
    )  # fmt: skip
    store_broken(book)
    book.ports.store.commit([Insert(broken)])
    before = book.snapshot()

    with pytest.raises(InvalidField):
        restore(book, 1)

    assert book.snapshot() == before


def sent_invoice_subject(book: Book) -> str:
    invoice = book.issued()
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    context = system_context(NOON)
    deliver_document(book.ports, context, book.customer.id, f"{invoice.id}-1")
    return book.fakes.mailer.accepted[-1].content.subject


def test_an_invoice_is_mailed_in_the_words_for_its_customers_segment(book: Book) -> None:
    book.customer = a_customer(book.ports, name="Otra, S.L.", segment="VIP")
    text = TemplateText(subject="Suya: {{numero}}", opening="{{numero}}", closing="")
    change(book, text, Place("invoice", "es", "VIP"))

    assert sent_invoice_subject(book) == "Suya: {{numero}}"  # FakeWriter fills nothing


def test_an_invoice_whose_text_is_broken_is_mailed_in_the_shipped_words(book: Book) -> None:
    store_broken(book, Place("invoice", "es"))

    assert sent_invoice_subject(book) == "Invoice A-000001"
    assert [item.what for item in book.work()] == ["template_broken"]


def draft(book: Book, template_id: str = "reminder_first", **changes: object) -> Draft:
    text = book.ports.writer.shipped_text(template_id, "es")
    fields: dict[str, object] = {"customer_id": book.customer.id, "text": text} | changes
    return Draft(template_id=template_id, language="es", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("template_id", TEMPLATES)
def test_every_template_can_be_shown_without_a_customer(book: Book, template_id: str) -> None:
    before = book.snapshot()

    shown = preview_template(book.ports, by_ana(), draft(book, template_id, customer_id=None))

    assert shown.is_example
    assert shown.content.text
    assert book.snapshot() == before


def test_a_preview_is_of_the_customers_own_account(book: Book) -> None:
    book.issued(70_000)

    shown = preview_template(book.ports, by_ana(), draft(book))

    assert not shown.is_example
    assert shown.content.text == "A-000001=70000 open=70000 unapplied=0"


def test_who_owes_nothing_is_shown_with_an_example(book: Book) -> None:
    assert preview_template(book.ports, by_ana(), draft(book)).is_example
    assert preview_template(book.ports, by_ana(), draft(book, "invoice")).is_example
    assert preview_template(book.ports, by_ana(), draft(book, "credit_note")).is_example


def test_documents_are_previewed_with_the_latest_of_the_customer(book: Book) -> None:
    invoice = book.issued(70_000)
    book.issued(90_000)
    book.credited(invoice, 1_000)

    shown = preview_template(book.ports, by_ana(), draft(book, "invoice"))
    note = preview_template(book.ports, by_ana(), draft(book, "credit_note"))

    assert (shown.is_example, shown.content.text) == (False, "90000 EUR")
    assert (note.is_example, note.content.text) == (False, "1000 EUR")


def test_a_test_goes_to_the_person_who_asks_and_to_nobody_else(book: Book) -> None:
    book.issued()
    before = book.messages()

    address = try_template(book.ports, by_ana(), draft(book, text=a_text("Hola")))

    (mail,) = book.fakes.mailer.accepted
    assert address == mail.to == "ana@saldo.example"
    assert (mail.cc, mail.bcc, mail.attachments) == ((), (), ())
    assert mail.content.subject == "[Prueba] Hola"
    assert "message_id" not in mail.tags
    assert book.messages() == before


def test_a_program_cannot_be_sent_a_test(book: Book) -> None:
    program = replace(by_ana(), actor=Actor(id="key_1", name="Shop", role="admin"))

    with pytest.raises(StateConflict) as refused:
        try_template(book.ports, program, draft(book))

    assert refused.value.code == "no_own_address"
    assert book.fakes.mailer.accepted == []


def test_a_handful_of_tests_a_minute_are_enough(book: Book) -> None:
    for _ in range(5):
        try_template(book.ports, by_ana(), draft(book))

    with pytest.raises(TooOften):
        try_template(book.ports, by_ana(NOON + timedelta(seconds=59)), draft(book))
    try_template(book.ports, by_ana(NOON + timedelta(seconds=61)), draft(book))

    assert len(book.fakes.mailer.accepted) == 6


def test_no_test_goes_out_while_sending_is_frozen(book: Book) -> None:
    book.freeze_sending()

    with pytest.raises(StateConflict) as refused:
        try_template(book.ports, by_ana(), draft(book))

    assert refused.value.code == "sending_frozen"
    assert book.fakes.mailer.accepted == []


def test_no_test_goes_to_an_address_that_bounced(book: Book) -> None:
    stopped = Suppression(address="ana@saldo.example", reason="bounced", since=NOON)
    book.ports.store.commit([Insert(stopped)])

    with pytest.raises(StateConflict) as refused:
        try_template(book.ports, by_ana(), draft(book))

    assert refused.value.code == "address_suppressed"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (MailRefused("not verified", is_temporary=False), "trial_refused"),
        (MailUncertain("timeout"), "trial_uncertain"),
    ],
)
def test_a_test_that_did_not_go_out_says_so(book: Book, fault: Exception, code: str) -> None:
    book.fakes.mailer.faults = [fault]

    with pytest.raises(StateConflict) as refused:
        try_template(book.ports, by_ana(), draft(book))

    assert refused.value.code == code
    assert book.work() == []


def test_a_broken_draft_is_neither_shown_nor_sent(book: Book) -> None:
    with pytest.raises(InvalidField):
        preview_template(book.ports, by_ana(), draft(book, text=a_text(opening="{{x}}")))
    with pytest.raises(InvalidField):
        try_template(book.ports, by_ana(), draft(book, text=a_text(opening="{{x}}")))

    assert book.fakes.mailer.accepted == []

"""Any text that the checker accepts can be mailed to anybody about anything."""

from collections.abc import Mapping
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chalicelib.adapters.mail.credit_note import credit_note_values
from chalicelib.adapters.mail.debt import debt_values
from chalicelib.adapters.mail.invoice import invoice_values
from chalicelib.adapters.mail.statement import statement_values
from chalicelib.adapters.mail_writer import TemplateMailWriter
from chalicelib.adapters.mime import mime
from chalicelib.domain.account import OpenItem
from chalicelib.domain.placeholders import PLACEHOLDERS, offered
from chalicelib.domain.template import TEMPLATES, TemplateText, can_be_filled, check
from chalicelib.usecases.contents import MailContent, OutgoingMail, ReminderLetter, StepCharge
from chalicelib.usecases.template_examples import example_customer, example_statement
from tests.adapters.credit_notes import a_credit_note
from tests.adapters.invoices import a_company, an_invoice
from tests.adapters.letters import TODAY, a_letter, an_item

_CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])
_SAYABLE = st.characters(
    codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="{}"
)
_NAMES = [f"{{{{{name}}}}}" for one in offered("reminder") for name in (one.name, one.spanish)]
_MARKUP = ["<b>", "</td></table>", "&amp;", '"', "'", "<script>x</script>", "=?utf-8?q?x?="]
_WORDS = st.lists(
    st.one_of(st.text(_SAYABLE, max_size=12), st.sampled_from(_MARKUP), st.sampled_from(_NAMES)),
    max_size=9,
).map("".join)
_TEXTS = st.lists(st.one_of(_WORDS, st.sampled_from(["", " "])), max_size=5).map("\n".join)
_ANYTHING = st.lists(
    st.one_of(
        st.text(_CHARACTERS, max_size=9),
        st.sampled_from(["{", "}", "{{", "}}", "{%", "{{x}}", "\r\n", *_NAMES]),
    ),
    max_size=12,
).map("".join)
_PROMISED = "{{what_is_owed}} {{amount}} {{deadline}}"
_MONEY = st.integers(0, 10**12)
_ITEMS = st.lists(
    st.builds(
        lambda number, due_in, open_minor, paid: an_item(
            number, due_in=due_in, open_minor=open_minor, total_minor=open_minor + paid
        ),
        st.integers(1, 10**6), st.integers(-900, 400), st.integers(1, 10**10), _MONEY,
    ),
    min_size=1, max_size=5,
)  # fmt: skip
_CHARGES = st.lists(
    st.builds(
        lambda interest, compensation, fee: StepCharge(
            invoice_id="inv_1", number="A-000001", interest_minor=interest,
            compensation_minor=compensation, fee_minor=fee,
        ),
        _MONEY, _MONEY, _MONEY,
    ),
    max_size=2,
)  # fmt: skip


@st.composite
def letters(draw: Any) -> ReminderLetter:
    items: list[OpenItem] = sorted(draw(_ITEMS), key=lambda one: one.due_date)
    more = draw(st.integers(0, 9))
    letter = a_letter(
        draw(st.sampled_from([one for one in TEMPLATES if TEMPLATES[one] == "reminder"])),
        *items,
        language=draw(st.sampled_from(["es", "en"])),
        currency=draw(st.sampled_from(["EUR", "JPY", "TND", "PEN"])),
        customer_name=draw(st.text(_CHARACTERS, min_size=1, max_size=30)),
        more_items=more,
        more_minor=more * 100,
        unapplied_minor=draw(st.one_of(st.just(0), _MONEY)),
    )
    return letter.but(
        tone=draw(st.sampled_from(["friendly", "neutral", "firm"])),
        contact_name=draw(st.one_of(st.none(), st.text(_CHARACTERS, max_size=20))),
        late_charges=tuple(draw(_CHARGES)),
        reply_by=draw(st.one_of(st.none(), st.just(TODAY + timedelta(days=12)))),
    )


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            assert name != "href" or (value or "").startswith("mailto:")


ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "table", "tr", "td", "th", "p", "br", "span",
    "div", "a",
}  # fmt: skip


def mailed(content: MailContent) -> Any:
    mail = OutgoingMail(
        sender_name="Talleres", reply_to=None, to="ana@saldo.example", content=content, tags={}
    )
    return message_from_bytes(mime(mail, "saldo@saldo.example"), policy=default)


@given(letters(), _WORDS, _TEXTS, _TEXTS)
@settings(max_examples=300, deadline=None)
def test_what_the_checker_accepts_can_be_mailed(
    letter: ReminderLetter, subject: str, opening: str, closing: str
) -> None:
    text = TemplateText(subject=subject, opening=f"{_PROMISED}\n{opening}", closing=closing)
    assume(not check(text, letter.template, "es"))

    content = TemplateMailWriter().reminder_mail(letter, a_company(), text)

    tags = _Tags()
    tags.feed(content.html)
    assert tags.tags <= ALLOWED
    assert content.subject.strip()
    assert content.subject.splitlines() == [content.subject]
    mail = mailed(content)
    assert {name.lower() for name in mail} >= {"from", "to", "subject"}
    assert mail["Bcc"] is None
    assert mail["To"] == "ana@saldo.example"


@given(letters())
@settings(max_examples=100, deadline=None)
def test_the_shipped_texts_leave_no_placeholder_and_no_gap(letter: ReminderLetter) -> None:
    letter = letter.but(customer_name="Uno, S.L.", contact_name=None)

    content = TemplateMailWriter().reminder_mail(letter, a_company())

    head, foot = content.text.split("\n\n")[:4], content.text.split("\n\n")[-3:]
    words = "\n".join([content.subject, *head, *foot])
    assert [bad for bad in ("{{", "}}", "None", " ,", " .", "()") if bad in words] == []


@given(_ANYTHING, _ANYTHING, _ANYTHING)
@settings(max_examples=300, deadline=None)
def test_anything_at_all_is_checked_and_a_broken_one_is_never_half_filled(
    subject: str, opening: str, closing: str
) -> None:
    text = TemplateText(subject=subject, opening=opening, closing=closing)

    found = check(text, "reminder_first", "es")

    for one in found:
        lines = text.field(one.field).split("\n")
        assert 1 <= one.line <= len(lines)
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1
    letter = a_letter("reminder_first", an_item(1, due_in=-3))
    shipped = TemplateMailWriter().reminder_mail(letter, a_company())
    if not can_be_filled(text, "reminder_first"):
        assert found
        assert TemplateMailWriter().reminder_mail(letter, a_company(), text) == shipped


def test_every_placeholder_that_is_offered_has_a_value() -> None:
    company = a_company()
    letter = a_letter("reminder_first", an_item(1, due_in=-3))
    customer = example_customer("es", "EUR", TODAY)
    values: Mapping[str, dict[str, str]] = {
        "reminder": debt_values(letter, company),
        "letter": debt_values(letter, company),
        "invoice": invoice_values(an_invoice(), company),
        "credit_note": credit_note_values(a_credit_note(), company),
        "statement": statement_values(example_statement(customer, TODAY), company),
    }

    for purpose, found in values.items():
        names = {one.name for one in offered(purpose)}  # type: ignore[arg-type]
        assert found.keys() == names, purpose
        empty = {name for name, value in found.items() if not value}
        assert empty <= {one.name for one in PLACEHOLDERS if one.may_be_empty}

"""What the text of a mail may say: names from a list, and nothing that looks like logic."""

import time

import pytest

from chalicelib.domain.customer import Language
from chalicelib.domain.placeholders import BY_NAME, EVERY, PLACEHOLDERS, offered
from chalicelib.domain.step import LETTERS
from chalicelib.domain.step import TEMPLATES as REMINDERS
from chalicelib.domain.template import (
    MAX_BYTES,
    TEMPLATES,
    Problem,
    TemplateText,
    can_be_filled,
    check,
    filled,
)

SOUND = "{{lo_que_se_debe}}"


def a_text(opening: str = SOUND, subject: str = "Aviso", closing: str = "") -> TemplateText:
    return TemplateText(subject=subject, opening=opening, closing=closing)


def problems(
    text: TemplateText, template_id: str = "reminder_first", language: Language = "es"
) -> list[Problem]:
    return list(check(text, template_id, language))


def the_problem(text: TemplateText, template_id: str = "reminder_first") -> Problem:
    (one,) = problems(text, template_id)
    return one


@pytest.mark.parametrize(
    "trick",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ cliente|attr('__class__') }}",
        "{{cliente|safe}}",
        "{{ cliente.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ config }}",
        "{{ 7*7 }}",
        "{{ lipsum.__globals__['os'].popen('id').read() }}",
        "{{ {{importe}} }}",
        "{{{importe}}}",
        "{{#importe}}x{{/importe}}",
        "{{> importe}}",
        "{{ importe importe }}",
        "{% for i in range(10**9) %}x{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{# nada #}",
        "${importe}",
        "#{importe}",
        "<%= importe %> {",
        "{importe}",
        "{{IMPORTE}}",
        "{{importe\n}}",
        "{{}}",
        "}}",
        "{{" * 500,
        "{{importe" + " " * 500 + "}}",
    ],
)
def test_what_looks_like_logic_is_an_error(trick: str) -> None:
    text = a_text(f"{SOUND} {trick}")

    found = problems(text)

    assert found
    assert {one.field for one in found} == {"opening"}
    assert not can_be_filled(text, "reminder_first")


def test_a_template_of_a_megabyte_is_refused_at_once() -> None:
    started = time.perf_counter()

    found = the_problem(a_text(SOUND + "{{x}} { }} " * 100_000))

    assert (found.code, found.field) == ("template_too_long", "opening")
    assert time.perf_counter() - started < 1


def test_the_longest_text_full_of_mistakes_is_read_quickly() -> None:
    started = time.perf_counter()

    found = problems(a_text("{" + "{ x" * ((MAX_BYTES - 100) // 3)))

    assert len(found) == 20
    assert time.perf_counter() - started < 1


def test_bytes_count_and_not_characters() -> None:
    assert problems(a_text(SOUND + "ñ" * 9_900)) == []
    assert the_problem(a_text(SOUND + "ñ" * 10_000)).code == "template_too_long"


def test_an_unknown_placeholder_is_shown_with_line_column_and_what_was_meant() -> None:
    found = the_problem(a_text(f"{SOUND}\n\nDebe {{{{inporte}}}} ya."))

    assert found == Problem(
        code="unknown_placeholder",
        field="opening",
        line=3,
        column=6,
        length=11,
        message="There is no placeholder {{inporte}}. Did you mean {{importe}}?",
        name="inporte",
        names=("importe",),
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{{Importe}}", "importe"),
        ("{{ teléfono }}", "telefono"),
        ("{{ fecha limite }}", "fecha_limite"),
        ("{{deadlin}}", "fecha_limite"),
        ("{importe}", "importe"),
        ("{{importe", "importe"),
    ],
)
def test_what_was_meant_is_guessed_from_near_misses(written: str, meant: str) -> None:
    found = problems(a_text(f"{SOUND} {written}"))

    assert found[0].names == (meant,)


def test_what_is_like_nothing_gets_no_guess() -> None:
    assert the_problem(a_text(f"{SOUND} {{{{xyzzy}}}}")).names == ()


def test_an_open_brace_says_that_it_is_not_closed() -> None:
    found = the_problem(a_text(f"{SOUND} {{{{importe"))

    assert (found.code, found.line, found.column) == ("unclosed_placeholder", 1, 20)


def test_a_placeholder_of_another_purpose_says_so() -> None:
    found = the_problem(a_text(f"{SOUND} {{{{motivo}}}}"))

    assert (found.code, found.name) == ("placeholder_not_here", "motivo")


@pytest.mark.parametrize("template_id", [one for one in TEMPLATES if TEMPLATES[one] == "reminder"])
def test_a_reminder_must_say_what_is_owed(template_id: str) -> None:
    found = the_problem(a_text("Pague, por favor."), template_id)

    assert found.code == "missing_placeholder"
    assert found.names == ("lo_que_se_debe", "importe", "importe_a_pagar")


def test_the_subject_alone_does_not_say_what_is_owed() -> None:
    assert the_problem(a_text("Pague.", "Debe {{importe}}")).code == "missing_placeholder"


def test_a_last_notice_must_name_its_term() -> None:
    found = the_problem(a_text(), "letter_last_notice")

    assert (found.code, found.names) == ("missing_placeholder", ("fecha_limite",))


@pytest.mark.parametrize("bad", ["\r\n", "\n", "\r", "\x00", "\x0b", "\u2028", "\u2029", "\x85"])
def test_a_subject_cannot_bring_a_header_of_its_own(bad: str) -> None:
    found = the_problem(a_text(subject=f"Aviso{bad}Bcc: x@evil.example"))

    assert (found.code, found.field, found.column) == ("template_control_character", "subject", 6)


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\u2028", "\x7f"])
def test_a_text_has_no_control_characters(bad: str) -> None:
    assert the_problem(a_text(f"{SOUND}{bad}")).code == "template_control_character"


@pytest.mark.parametrize("subject", ["", "   ", "{{correo}}", " {{telefono}} {{correo}} "])
def test_a_subject_says_something_in_every_mail(subject: str) -> None:
    assert the_problem(a_text(subject=subject)).code == "subject_may_be_empty"


def test_a_subject_is_no_essay() -> None:
    assert the_problem(a_text(subject="x" * 201)).code == "subject_too_long"


def test_either_language_may_be_used_in_either() -> None:
    text = a_text("{{what_is_owed}} {{importe}}")

    assert problems(text, language="es") == problems(text, language="en") == []


VALUES = {one.name: one.example_es for one in PLACEHOLDERS}


def test_a_value_is_put_in_as_it_is_and_never_read() -> None:
    text = a_text("{{cliente}} debe {{importe}}.")

    done = filled(text, VALUES | {"customer": "{{importe}} {{ 7*7 }}"})

    assert done.opening == ("{{importe}} {{ 7*7 }} debe 1.210,00 €.",)


def test_an_empty_line_parts_paragraphs_and_a_line_break_stays() -> None:
    done = filled(a_text("Uno\ndos\n\n\n  \ntres"), VALUES)

    assert done.opening == ("Uno\ndos", "tres")


def test_what_a_value_leaves_empty_is_left_out() -> None:
    done = filled(a_text("Uno\n\n{{pronto_pago}}\n\ndos {{pronto_pago}}"),
                  VALUES | {"early_payment": ""})  # fmt: skip

    assert done.opening == ("Uno", "dos")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{{facturas}} vence", "La factura A-000127 vence"),
        ("Hola. {{facturas}} vence", "Hola. La factura A-000127 vence"),
        ("¿{{las_facturas}} está bien?", "¿La factura está bien?"),
        ("Aviso: {{facturas}}", "Aviso: la factura A-000127"),
        ("{{correo}} es nuestro", "facturas@ibanez.example es nuestro"),
    ],
)
def test_a_sentence_begins_with_a_capital_but_a_name_stays_as_it_is(
    written: str, read: str
) -> None:
    assert filled(a_text(written), VALUES).opening == (read,)


def test_the_list_of_placeholders_is_sound() -> None:
    assert len(BY_NAME) == len({one.name for one in PLACEHOLDERS} |
                               {one.spanish for one in PLACEHOLDERS})  # fmt: skip
    for one in PLACEHOLDERS:
        assert BY_NAME[one.name] is BY_NAME[one.spanish] is one
        assert all((one.meaning, one.meaning_es, one.example, one.example_es))
    assert all(len(offered(purpose)) >= 9 for purpose in EVERY)


def test_ladders_name_templates_that_there_are() -> None:
    assert {one for one in TEMPLATES if TEMPLATES[one] == "reminder"} == set(REMINDERS)
    assert {one for one in TEMPLATES if TEMPLATES[one] == "letter"} == set(LETTERS)

"""Numbers and the chain over issued documents."""

from datetime import date

import pytest

from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.numbering import (
    GENESIS,
    Series,
    format_number,
    link,
    parse_series,
    require_order,
)
from tests.adapters.invoices import an_invoice


@pytest.mark.parametrize(
    ("series", "sequence", "number"),
    [("A", 1, "A-000001"), ("R2026", 42, "R2026-000042"), ("A", 1_234_567, "A-1234567")],
)
def test_a_number_is_the_series_and_the_place_in_it(
    series: str, sequence: int, number: str
) -> None:
    assert format_number(series, sequence) == number


@pytest.mark.parametrize("code", ["", "a", "A-1", "ABCDEFGHIJK", "A\n", "Ñ"])
def test_a_series_is_capital_letters_and_digits(code: str) -> None:
    with pytest.raises(InvalidField, match="/series"):
        parse_series(code)


def test_dates_of_a_series_never_go_back_and_may_repeat() -> None:
    series = Series(code="A", last_date=date(2026, 3, 2))

    require_order(series, date(2026, 3, 2))
    require_order(Series(code="B"), date(1999, 1, 1))
    with pytest.raises(StateConflict, match="2026-03-02"):
        require_order(series, date(2026, 3, 1))


@pytest.mark.parametrize(
    "change",
    [
        {"number": "A-000128"},
        {"issue_date": date(2026, 3, 3)},
        {"due_date": date(2026, 9, 9)},
        {"total_minor": 1},
        {"currency": "USD"},
        {"customer_id": "cus_2"},
        {"lines": ()},
        {"seller": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_link_tells_every_change_of_a_document(change: dict[str, object]) -> None:
    invoice = an_invoice(seller=an_invoice().customer)

    assert link(invoice.but(**change), GENESIS) != link(invoice, GENESIS)


def test_the_link_depends_on_the_document_before_and_on_nothing_that_may_change() -> None:
    invoice = an_invoice()

    assert link(invoice, "1" * 64) != link(invoice, GENESIS)
    paid = invoice.next(state="paid", open_minor=0, mail_state="sent", void_reason="x")
    assert link(paid, GENESIS) == link(invoice, GENESIS)
    assert len(link(invoice, GENESIS)) == 64

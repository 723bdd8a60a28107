"""Credit notes: what may be taken back, and its tax by rate to the cent."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.credit_note import (
    Credited,
    added,
    credit_amount,
    credit_lines,
    credit_note_id,
    creditable,
    require_creditable,
)
from chalicelib.domain.customer import Party
from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.invoice import Invoice, LineInput, TaxTotal, price
from chalicelib.domain.names import invoice_of


def a_line(net_minor: int, rate: str = "0.21", *, quantity: str = "1") -> LineInput:
    return LineInput(
        description="Pieza",
        quantity=Decimal(quantity),
        unit_price_minor=net_minor,
        tax_rate=Decimal(rate),
    )


def an_invoice(*lines: LineInput, **changes: Any) -> Invoice:
    """Return an issued invoice over these lines."""
    priced = price(lines, changes.get("discount"))
    fields: dict[str, Any] = {name: getattr(priced, name) for name in type(priced).model_fields}
    fields |= {
        "id": "inv_1", "number": "A-000001", "state": "issued", "series": "A",
        "customer_id": "cus_1", "customer": Party(name="Peña", country="ES"), "language": "es",
        "currency": "EUR", "open_minor": priced.total_minor,
        "created_at": datetime(2026, 3, 2, tzinfo=UTC),
    }  # fmt: skip
    return Invoice(**(fields | changes))


def by_rate(credited: Credited) -> dict[str, tuple[int, int]]:
    return {str(one.rate): (one.base_minor, one.tax_minor) for one in credited.taxes}


def after(invoice: Invoice, credited: Credited) -> Invoice:
    return invoice.but(credited=added(invoice.credited, credited.taxes))


def left_by_rate(invoice: Invoice) -> set[tuple[int, int]]:
    return {(one.base_minor, one.tax_minor) for one in creditable(invoice)}


TWO_RATES = an_invoice(a_line(100_003), a_line(12_347, "0.04"))


def test_the_whole_takes_back_exactly_what_was_invoiced_by_rate() -> None:
    credited = credit_amount(TWO_RATES, TWO_RATES.total_minor)

    assert by_rate(credited) == {"0.21": (100_003, 21_001), "0.04": (12_347, 494)}
    assert (credited.net_minor, credited.tax_minor) == (112_350, 21_495)
    assert credited.total_minor == TWO_RATES.total_minor
    assert left_by_rate(after(TWO_RATES, credited)) == {(0, 0)}


def test_an_amount_is_divided_over_the_rates_in_proportion_to_what_is_left() -> None:
    credited = credit_amount(TWO_RATES, 10_000)

    # 121,004 and 12,841 of 133,845: 9,040.60 and 959.39; the tax of each in proportion to its part.
    assert by_rate(credited) == {"0.21": (7_472, 1_569), "0.04": (922, 37)}
    assert credited.total_minor == 10_000


def test_one_cent_is_of_one_rate_only() -> None:
    assert by_rate(credit_amount(TWO_RATES, 1)) == {"0.21": (1, 0)}


def test_what_was_credited_before_is_not_there_any_more() -> None:
    first = credit_lines(TWO_RATES, [a_line(100_003)])

    rest = credit_amount(after(TWO_RATES, first), 12_841)

    assert by_rate(rest) == {"0.04": (12_347, 494)}


@pytest.mark.parametrize("amount", [0, -1, 133_846])
def test_more_than_is_left_or_nothing_cannot_be_credited(amount: int) -> None:
    with pytest.raises(InvalidField) as refusal:
        credit_amount(TWO_RATES, amount)

    assert (refusal.value.pointer, refusal.value.field_code) == (
        "/amount_minor",
        "more_than_creditable",
    )


def test_lines_are_priced_as_on_an_invoice() -> None:
    credited = credit_lines(TWO_RATES, [a_line(333, quantity="2.5"), a_line(100, "0.04")])

    assert [line.net_minor for line in credited.lines] == [833, 100]
    assert by_rate(credited) == {"0.21": (833, 175), "0.04": (100, 4)}


def test_lines_of_an_invoice_with_mixed_discount_have_its_lowered_tax() -> None:
    terms = DiscountTerms(rate=Decimal("0.02"), days=10, tax="mixed")
    invoice = an_invoice(a_line(100_000), discount=terms)

    assert by_rate(credit_lines(invoice, [a_line(50_000)])) == {"0.21": (50_000, 10_290)}


def test_the_last_part_takes_the_tax_that_earlier_roundings_left() -> None:
    invoice = an_invoice(a_line(10))  # tax 2.10, that is 2

    first = credit_lines(invoice, [a_line(7)])  # 1.47: 1
    second = credit_lines(after(invoice, first), [a_line(3)])  # 0.63: 1

    assert [by_rate(one) for one in (first, second)] == [{"0.21": (7, 1)}, {"0.21": (3, 1)}]
    assert left_by_rate(after(after(invoice, first), second)) == {(0, 0)}


def test_roundings_never_take_back_more_tax_than_there_was() -> None:
    invoice = an_invoice(a_line(9))  # tax 1.89, that is 2
    parts = []
    for _ in range(3):  # 0.63 each: 1, 1 and nothing more
        parts.append(credit_lines(invoice, [a_line(3)]))
        invoice = after(invoice, parts[-1])

    assert [one.tax_minor for one in parts] == [1, 1, 0]
    assert left_by_rate(invoice) == {(0, 0)}


@pytest.mark.parametrize(
    "lines",
    [
        [a_line(100_004)],
        [a_line(100_003), a_line(1)],
        [a_line(1, "0.10")],
        [a_line(100), a_line(-1, "0.04")],
    ],
    ids=["more", "more in all", "another rate", "less than nothing"],
)
def test_lines_beyond_what_is_left_of_their_rate_are_refused(lines: list[LineInput]) -> None:
    with pytest.raises(InvalidField) as refusal:
        credit_lines(TWO_RATES, lines)

    assert (refusal.value.pointer, refusal.value.field_code) == ("/lines", "more_than_creditable")


def test_lines_that_come_to_nothing_are_refused() -> None:
    with pytest.raises(InvalidField) as refusal:
        credit_lines(TWO_RATES, [a_line(0)])

    assert refusal.value.field_code == "not_positive"


WITH_REBATE = an_invoice(a_line(10_000), a_line(-2_005, "0.10"))  # 12,100 − 2,206


def test_a_negative_line_goes_with_the_whole() -> None:
    credited = credit_amount(WITH_REBATE, WITH_REBATE.total_minor)

    assert by_rate(credited) == {"0.21": (10_000, 2_100), "0.10": (-2_005, -201)}
    assert left_by_rate(after(WITH_REBATE, credited)) == {(0, 0)}


def test_a_part_by_amount_of_an_invoice_with_a_negative_rate_is_refused() -> None:
    with pytest.raises(InvalidField) as refusal:
        credit_amount(WITH_REBATE, 500)

    assert refusal.value.field_code == "negative_rate"


def test_a_negative_line_under_a_rate_that_stays_positive_counts_like_any_other() -> None:
    invoice = an_invoice(a_line(10_000), a_line(-1_000))

    credited = credit_lines(invoice, [a_line(5_000), a_line(-1_000)])

    assert by_rate(credited) == {"0.21": (4_000, 840)}


def test_negative_lines_are_credited_by_line_to_the_last_cent_of_tax() -> None:
    invoice = an_invoice(a_line(10_000), a_line(-9, "0.21"), a_line(-7, "0.10"))  # −0.70: −1
    halves = ([a_line(5_000), a_line(-3, "0.10")], [a_line(4_991), a_line(-4, "0.10")])

    parts = []
    for lines in halves:
        parts.append(credit_lines(invoice, lines))
        invoice = after(invoice, parts[-1])

    assert [by_rate(one)["0.10"] for one in parts] == [(-3, 0), (-4, -1)]
    assert left_by_rate(invoice) == {(0, 0)}


def test_a_negative_rate_never_gives_back_more_tax_than_it_took() -> None:
    invoice = an_invoice(a_line(10_000), a_line(-9, "0.10"))  # −0.90: −1

    first = credit_lines(invoice, [a_line(1_000), a_line(-5, "0.10")])  # −0.50: −1
    second = credit_lines(after(invoice, first), [a_line(1_000), a_line(-3, "0.10")])

    assert [by_rate(one)["0.10"] for one in (first, second)] == [(-5, -1), (-3, 0)]


def test_a_line_alone_never_takes_back_more_than_the_invoice_came_to() -> None:
    with pytest.raises(InvalidField) as refusal:
        credit_lines(WITH_REBATE, [a_line(10_000)])

    assert refusal.value.field_code == "more_than_creditable"


@pytest.mark.parametrize("state", ["draft", "pending_approval", "void"])
def test_only_what_is_issued_can_be_credited(state: Any) -> None:
    number = "A-000001" if state == "void" else None

    with pytest.raises(StateConflict) as refusal:
        require_creditable(TWO_RATES.but(state=state, number=number))

    assert refusal.value.code == "not_creditable"


def test_the_id_of_a_credit_note_names_its_invoice() -> None:
    name = credit_note_id("inv_01KAJ7", "crn_01KAJ8ABCDEFGH")

    assert name == "crn_01KAJ7_ABCDEFGH"
    assert invoice_of(name) == "inv_01KAJ7"
    assert [invoice_of(text) for text in ("", "crn", "crn_1", "inv_1", "a_b_c_d")] == [""] * 5


def test_what_was_credited_adds_up_by_rate() -> None:
    first = (TaxTotal(rate=Decimal("0.21"), base_minor=100, tax_minor=21),)
    more = (*first, TaxTotal(rate=Decimal("0.04"), base_minor=5, tax_minor=0))

    assert added(first, more) == (
        TaxTotal(rate=Decimal("0.21"), base_minor=200, tax_minor=42),
        TaxTotal(rate=Decimal("0.04"), base_minor=5, tax_minor=0),
    )


RATES = ("0.21", "0.10", "0.04", "0", "0.052")
NETS = st.lists(st.tuples(st.integers(1, 50_000), st.sampled_from(RATES)), min_size=1, max_size=6)
SHARES = st.lists(st.tuples(st.booleans(), st.integers(1, 100)), max_size=8)


@given(nets=NETS, shares=SHARES)
def test_any_parts_that_end_at_the_whole_leave_nothing_under_any_rate(
    nets: list[tuple[int, str]], shares: list[tuple[bool, int]]
) -> None:
    invoice = an_invoice(*(a_line(net, rate) for net, rate in nets))
    parts: list[Credited] = []

    for is_amount, share in shares:
        part = _part_of(invoice, share, is_amount=is_amount)
        if part is not None:
            parts.append(part)
            invoice = after(invoice, part)
            assert all(base >= 0 and tax >= 0 for base, tax in left_by_rate(invoice))
    rest = sum(base + tax for base, tax in _lefts(invoice))
    if rest:
        parts.append(credit_amount(invoice, rest))
        invoice = after(invoice, parts[-1])

    assert left_by_rate(invoice) == {(0, 0)}
    assert sum(part.total_minor for part in parts) == invoice.total_minor
    assert sum(part.tax_minor for part in parts) == invoice.tax_minor
    for part in parts:
        assert part.total_minor == part.net_minor + part.tax_minor > 0
        assert part.net_minor == sum(one.base_minor for one in part.taxes)


def _lefts(invoice: Invoice) -> Sequence[tuple[int, int]]:
    return [(one.base_minor, one.tax_minor) for one in creditable(invoice)]


def _part_of(invoice: Invoice, share: int, *, is_amount: bool) -> Credited | None:
    """Return a credit over so many percent of what is left, or None when that is nothing."""
    whole = sum(base + tax for base, tax in _lefts(invoice))
    if is_amount:
        amount = whole * share // 100
        return credit_amount(invoice, amount) if amount else None
    lines = [
        a_line(one.base_minor * share // 100, str(one.rate))
        for one in creditable(invoice)
        if one.base_minor * share // 100
    ]
    return credit_lines(invoice, lines) if lines else None

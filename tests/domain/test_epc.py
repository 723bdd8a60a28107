"""What an EPC QR code says, with segno's own text of it as the judge."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from segno import helpers

from chalicelib.domain.epc import MOST_BYTES, Remittance, epc_payload, remittance_for
from chalicelib.domain.rf_reference import references_in, rf_reference

IBAN = "ES9121000418450200051332"


def a_payload(
    name: str = "Talleres Ibáñez",
    iban: str = IBAN,
    amount_minor: int = 121_000,
    currency: str = "EUR",
    remittance: Remittance = Remittance(reference="RF05A000000127"),  # noqa: B008 - a tuple
) -> str | None:
    return epc_payload(
        name=name, iban=iban, amount_minor=amount_minor, currency=currency, remittance=remittance
    )


def test_a_transfer_for_one_invoice_carries_its_reference() -> None:
    assert a_payload(name="Talleres  Ibáñez\nBIC", iban="es91 2100 0418 4502 0005 1332") == (
        "BCD\n002\n1\nSCT\n\nTalleres Ibáñez BIC\nES9121000418450200051332\nEUR1210\n\n"
        "RF05A000000127"
    )


def test_a_transfer_for_several_carries_a_text() -> None:
    text = a_payload(remittance=Remittance(text="A-000127 A-000128"))

    assert text is not None
    assert text.endswith("EUR1210\n\n\nA-000127 A-000128")


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=70),
    st.integers(1, 99_999_999_999),
    st.sampled_from([Remittance(reference="RF18539007547034"), Remittance(text="A-1 A-2")]),
)
def test_the_text_is_the_one_that_segno_makes(
    name: str, amount_minor: int, remittance: Remittance
) -> None:
    ours = a_payload(name=name, amount_minor=amount_minor, remittance=remittance)

    try:
        theirs = vars(helpers)["_make_epc_qr_data"](
            name=name, iban=IBAN, amount=Decimal(amount_minor).scaleb(-2),
            text=remittance.text or None, reference=remittance.reference or None,
            encoding="utf-8",
        )  # fmt: skip
    except ValueError:
        theirs = None
    assert (ours.encode() if ours else None) == theirs


@pytest.mark.parametrize(
    "change",
    [
        {"currency": "USD"},
        {"iban": "ES9121000418450200051333"},
        {"iban": ""},
        {"amount_minor": 0},
        {"amount_minor": -1},
        {"amount_minor": 10**11},
        {"name": " \n"},
        {"name": "木" * 70, "remittance": Remittance(text="木" * 140)},
    ],
)
def test_where_the_standard_has_no_room_there_is_no_code(change: dict[str, object]) -> None:
    assert a_payload(**change) is None  # type: ignore[arg-type]


def test_the_longest_of_everything_that_fits_is_within_the_limit() -> None:
    text = a_payload(name="x" * 99, remittance=Remittance(text="y" * 199))

    assert text is not None
    assert len(text.encode()) <= MOST_BYTES


def test_one_invoice_is_paid_with_its_reference() -> None:
    assert remittance_for(["A-000127"]) == Remittance(reference=rf_reference("A-000127"))


def test_several_are_named_whole_as_many_as_there_is_room_for() -> None:
    numbers = [f"A-{number:06d}" for number in range(1, 41)]

    said = remittance_for(numbers)

    assert said.reference == ""
    assert said.text.split() == numbers[:15]
    assert len(said.text) <= 140


def test_without_a_number_something_else_is_said() -> None:
    assert remittance_for([], instead="Editorial Cierzo") == Remittance(text="Editorial Cierzo")


def test_what_the_code_of_one_invoice_carries_is_found_again() -> None:
    said = remittance_for(["007-000001"])

    assert references_in(said.reference) == (rf_reference("007-000001"),)

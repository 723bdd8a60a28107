"""Account numbers, with python-stdnum as the judge."""

from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as oracle

from chalicelib.domain.iban import is_iban

TRUE = (
    "ES9121000418450200051332", "DE89370400440532013000", "FR1420041010050500013M02606",
    "GB29NWBK60161331926819", "MT84MALT011000012345MTLCAST001S", "NO9386011117947",
)  # fmt: skip
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_account_numbers_as_printed_by_banks_are_known() -> None:
    assert [is_iban(one) for one in TRUE] == [True] * len(TRUE)


@given(st.sampled_from(TRUE), st.data())
def test_no_single_slip_of_the_pen_goes_unnoticed(iban: str, data: st.DataObject) -> None:
    digits = [place for place, letter in enumerate(iban) if letter.isdigit()]
    place = data.draw(st.sampled_from(digits))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != iban[place]]))

    assert not is_iban(iban[:place] + digit + iban[place + 1 :])


def test_what_lacks_a_letter_or_has_one_more_is_none() -> None:
    for iban in TRUE:
        assert not is_iban(iban[:-1])
        assert not is_iban(f"{iban}0")
        assert not is_iban(iban.lower())
        assert not is_iban(f"{iban[:4]} {iban[4:]}")


def test_what_is_no_iban_at_all_is_none() -> None:
    for text in ("", "ES", "ES91", "US64SVBKUS6S3300958879", "ES00" + "0" * 20, "ES91\u0661"):
        assert not is_iban(text)


@given(st.sampled_from(["ES", "DE", "FR", "IT", "PT", "NL", "MT", "US"]), st.data())
def test_whatever_we_take_for_an_account_number_the_oracle_does_too(
    country: str, data: st.DataObject
) -> None:
    text = country + data.draw(st.text(LETTERS, min_size=12, max_size=32))

    if is_iban(text):
        assert oracle.is_valid(text, check_country=False)


@given(st.integers(0, 10**20 - 1))
def test_every_spanish_account_has_a_number_and_the_oracle_agrees(account: int) -> None:
    bban = f"{account:020d}"
    iban = f"ES{oracle.calc_check_digits(f'ES00{bban}')}{bban}"

    assert is_iban(iban)

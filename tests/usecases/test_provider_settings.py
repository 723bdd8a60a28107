"""Keys of providers are kept where nobody reads them, and what is shown tells enough."""

from datetime import timedelta

import pytest

from chalicelib.adapters.providers.gateway import Providers
from chalicelib.domain.errors import InvalidField, NotFound, ProviderUnavailable, Stale
from chalicelib.domain.provider_settings import shown
from chalicelib.settings import Settings
from chalicelib.usecases.payment_ways import payment_ways
from chalicelib.usecases.provider_settings import (
    ProviderChange,
    change_provider,
    settings_of_all,
    try_provider,
)
from tests.builders import NOON, Book, by_ana

SECRET = "whsec_0123456789abcdef"


@pytest.fixture
def book() -> Book:
    return Book()


def set_up(book: Book, provider: str = "stripe", **changes: object) -> int:
    change = ProviderChange(**({"keys": {"account": "acct_1"}} | changes))  # type: ignore[arg-type]
    return change_provider(book.ports, by_ana(), provider, change, expected_version=None).version


def test_a_key_is_in_the_vault_and_its_end_on_record(book: Book) -> None:
    set_up(book, keys={"webhook_secret": f" {SECRET}\n", "account": "acct_1"})

    assert book.fakes.vault.kept == {
        "providers/stripe": {"webhook_secret": SECRET, "account": "acct_1"}
    }
    assert settings_of_all(book.ports)["stripe"].filled == {
        "webhook_secret": "…cdef", "account": "acct_1",
    }  # fmt: skip
    assert SECRET not in book.snapshot()


@pytest.mark.parametrize("text", ["short", "elevenchars"])
def test_of_a_short_secret_nothing_is_shown(text: str) -> None:
    assert shown(text, is_secret=True) == "…"


def test_a_key_that_is_not_named_stays_and_an_empty_one_goes(book: Book) -> None:
    set_up(book, keys={"webhook_secret": SECRET, "account": "acct_1"})

    set_up(book, keys={"account": ""}, mode="sandbox")

    assert book.fakes.vault.kept["providers/stripe"] == {
        "webhook_secret": SECRET, "mode": "sandbox",
    }  # fmt: skip


def test_a_replaced_webhook_secret_verifies_for_another_day(book: Book) -> None:
    set_up(book, keys={"webhook_secret": "whsec_old"})
    set_up(book, keys={"webhook_secret": "whsec_new"})

    kept = book.fakes.vault.kept["providers/stripe"]
    assert kept["webhook_secret_before"] == "whsec_old"
    assert kept["webhook_secret_before_until"] == "2026-03-03T11:00:00Z"
    # The day is long over by the clock of this machine.
    assert list(Providers(Settings(), book.fakes.vault).setup("stripe").secrets) == ["whsec_new"]
    kept["webhook_secret_before_until"] = "2999-01-01T00:00:00Z"
    assert list(Providers(Settings(), book.fakes.vault).setup("stripe").secrets) == [
        "whsec_new", "whsec_old",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "pointer"),
    [
        ({"password": "x"}, "/keys/password"),
        ({"account": "a\nb"}, "/keys/account"),
        ({"account": "x" * 2_001}, "/keys/account"),
        ({"account": "sk_live_…"}, "/keys/account"),
        ({"account": "a\u200bb"}, "/keys/account"),
        ({"account": "a\x7fb"}, "/keys/account"),
    ],
)
def test_what_is_no_key_changes_nothing(book: Book, keys: dict[str, str], pointer: str) -> None:
    before = book.snapshot()

    with pytest.raises(InvalidField) as refused:
        set_up(book, keys=keys)

    assert refused.value.pointer == pointer
    assert (book.snapshot(), book.fakes.vault.kept) == (before, {})


def test_nobody_sets_up_a_provider_that_there_is_not(book: Book) -> None:
    with pytest.raises(NotFound):
        set_up(book, "bitcoin")


def test_who_edits_an_older_version_is_told(book: Book) -> None:
    set_up(book)
    set_up(book, is_offered=False)

    with pytest.raises(Stale):
        change_provider(
            book.ports, by_ana(), "stripe", ProviderChange(keys={"account": "x"}),
            expected_version=1,
        )  # fmt: skip

    assert book.fakes.vault.kept["providers/stripe"] == {"account": "acct_1"}


def test_ways_to_pay_are_those_set_up_offered_and_of_the_currency(book: Book) -> None:
    set_up(book, "redsys", position=1)
    set_up(book, "stripe", position=2)
    set_up(book, "wompi", position=0)

    assert [way.name for way in payment_ways(book.ports, "EUR")] == ["redsys", "stripe"]
    assert [way.name for way in payment_ways(book.ports, "COP")] == ["wompi", "stripe"]
    assert payment_ways(book.ports, "EUR", 49) == ()

    set_up(book, "stripe", currencies=("COP",))
    set_up(book, "redsys", is_offered=False)
    assert payment_ways(book.ports, "EUR") == ()

    set_up(book, "wompi", keys={"account": ""})
    assert [way.name for way in payment_ways(book.ports, "COP")] == ["stripe"]


def test_before_anything_is_set_up_there_is_no_way_to_pay(book: Book) -> None:
    assert payment_ways(book.ports, "EUR") == ()


def test_a_trial_says_whose_account_it_is_and_keeps_no_key(book: Book) -> None:
    set_up(book, keys={"webhook_secret": SECRET})

    tried = try_provider(book.ports, by_ana(), "stripe", {"account": "acct_2"})

    assert (tried.checked_ok, tried.checked_said) == (True, "stripe of the test")
    assert book.fakes.gateway.checked == [
        ("stripe", {"webhook_secret": SECRET, "account": "acct_2"})
    ]
    assert book.fakes.vault.kept["providers/stripe"] == {"webhook_secret": SECRET}


def test_a_trial_that_fails_is_on_record_with_its_reason(book: Book) -> None:
    set_up(book)
    book.fakes.gateway.faults = [ProviderUnavailable("stripe", "it answered 503")]

    tried = try_provider(book.ports, by_ana(NOON + timedelta(hours=1)), "stripe", {})

    assert (tried.checked_ok, tried.checked_said) == (False, "it answered 503")

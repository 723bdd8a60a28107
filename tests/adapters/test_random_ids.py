"""Identifiers sort by the time they are made."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from chalicelib.adapters.random_ids import RandomIds

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_identifiers_of_one_instant_keep_their_order() -> None:
    ids = RandomIds()

    made = [ids.new("aud", NOON) for _ in range(100)]

    assert made == sorted(made)
    assert len(set(made)) == 100


def test_identifiers_sort_by_their_instant() -> None:
    ids = RandomIds()

    later, earlier = ids.new("inv", NOON + timedelta(milliseconds=1)), ids.new("inv", NOON)

    assert earlier < later
    assert len(earlier) == len("inv_") + 26


def test_threads_never_get_the_same_identifier() -> None:
    ids = RandomIds()

    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: ids.new("pay", NOON), range(2_000)))

    assert len(set(made)) == 2_000

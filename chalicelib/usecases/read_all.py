"""Read many rows or records, page by page and batch by batch, with a limit."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

from chalicelib.domain.base import Record
from chalicelib.usecases.ports import Listing, Ports, Ref

T = TypeVar("T")
PAGE: Final = 1_000
MAX_PAGES: Final = 1_000  # a million rows: more than a company has customers, or one bills a month
_BATCH: Final = 100  # what one request reads at most


def all_rows(ports: Ports, listing: Listing[Any]) -> Iterator[Any]:
    """Return all rows of an index, up to MAX_PAGES pages."""
    cursor = None
    for _ in range(MAX_PAGES):
        page = ports.store.rows(listing, limit=PAGE, cursor=cursor)
        yield from page.items
        cursor = page.cursor
        if cursor is None:
            break


def find_all(ports: Ports, refs: Iterable[Ref[Any]]) -> dict[Ref[Any], Record]:
    """Return those records that exist, as they are now."""
    found: dict[Ref[Any], Record] = {}
    for some in in_batches(refs, _BATCH):
        found |= ports.store.get_many(some)
    return found


def in_batches(items: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    """Return items in lists of so many; the last may be shorter."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some

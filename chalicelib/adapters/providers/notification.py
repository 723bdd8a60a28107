"""A request to our webhook address, before anybody knows who sent it."""

from collections.abc import Mapping
from typing import NamedTuple


class Notification(NamedTuple):
    """The request as it came. Header names are lower case."""

    raw: bytes
    headers: Mapping[str, str]
    query: Mapping[str, str]

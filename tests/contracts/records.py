"""Hypothesis strategies for every type of record, from their own field types."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Final, get_args, get_origin

from hypothesis import strategies as st

from chalicelib.adapters.dynamodb.homes import all_records
from chalicelib.domain.base import Record, Value

Strategy = st.SearchStrategy[Any]
RECORDS: Final = sorted(all_records(), key=lambda record: record.kind)

_SECONDS = st.integers(0, 4_000_000_000)
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
_LEAVES: Final[dict[Any, Strategy]] = {
    str: _TEXT,
    int: st.integers(-(10**15), 10**15),
    bool: st.booleans(),
    date: st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    datetime: _SECONDS.map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    time: st.times().map(lambda one: one.replace(microsecond=0)),
    Decimal: st.decimals(-1000, 1000, places=4),
    type(None): st.none(),
    Any: st.one_of(st.integers(), _TEXT, st.lists(_TEXT, max_size=2), st.none()),
}
# Fields whose values the keys constrain.
_FIELDS: Final[dict[tuple[str, str], Strategy]] = {
    ("totals", "period"): st.one_of(
        _LEAVES[date].map(date.isoformat), _LEAVES[date].map(lambda day: day.isoformat()[:7])
    ),
    ("totals", "currency"): st.sampled_from(["EUR", "JPY"]),
    ("totals", "shard"): st.integers(0, 3),
    ("policy_version", "number"): st.integers(1, 10**5),
    ("entry", "sequence"): st.integers(1, 10**8),
    ("register_entry", "sequence"): st.integers(1, 10**8),
}


def a_record(record: type[Record]) -> Strategy:
    """Return valid values of a record type, every field filled at random."""
    return _value(record)


def _value(model: type[Value]) -> Strategy:
    kind = getattr(model, "kind", "")
    fields: dict[str, Strategy] = {}
    for name, field in model.model_fields.items():
        place = (kind, name)
        fields[name] = _FIELDS[place] if place in _FIELDS else _of(field.annotation)
    if "version" in fields:
        fields["version"] = st.integers(1, 10**6)
    make: Callable[..., Value] = model
    return st.builds(make, **fields)


def _of(annotation: Any) -> Strategy:
    if annotation in _LEAVES:
        return _LEAVES[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return st.deferred(lambda: _value(annotation))
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is tuple:
        return st.lists(_of(arguments[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(_of(arguments[0]), _of(arguments[1]), max_size=2)
    if all(isinstance(each, str) for each in arguments):
        return st.sampled_from(arguments)
    return st.one_of([_of(each) for each in arguments])

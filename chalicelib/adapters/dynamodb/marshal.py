"""Python values to DynamoDB's wire types and back. No float passes: money is integers."""

from typing import Any

from chalicelib.domain.errors import InvariantBroken

Wire = dict[str, Any]


def to_wire(value: Any) -> Wire:
    """Return a value as DynamoDB's AttributeValue. InvariantBroken for a type we never store."""
    if value is None:
        return {"NULL": True}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, int):
        return {"N": str(value)}
    if isinstance(value, dict):
        return {"M": {name: to_wire(member) for name, member in value.items()}}
    if isinstance(value, list | tuple):
        return {"L": [to_wire(member) for member in value]}
    raise InvariantBroken(f"A {type(value).__name__} cannot be stored.")


def from_wire(wire: Wire) -> Any:
    """Return the Python value of an AttributeValue."""
    ((code, value),) = wire.items()
    if code == "N":
        return int(value)
    if code == "NULL":
        return None
    if code == "M":
        return {name: from_wire(member) for name, member in value.items()}
    if code == "L":
        return [from_wire(member) for member in value]
    return value


def item_to_wire(item: dict[str, Any]) -> dict[str, Wire]:
    """Return a whole item as attributes."""
    return {name: to_wire(value) for name, value in item.items()}


def item_from_wire(item: dict[str, Wire]) -> dict[str, Any]:
    """Return the Python values of a whole item."""
    return {name: from_wire(value) for name, value in item.items()}

"""The base of every value and record in the domain."""

from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen, strict value; a change is a new value.

    Schemas are built at first use: a Lambda pays only for the values its request touches.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    def but(self, **changes: object) -> Self:
        """Return a copy with these fields changed; the copy is validated like any other value."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**(fields | changes))


class Record(Value):
    """A value that is stored under a key of its own.

    ``version`` counts the writes of the record: the first is 1. Whoever replaces a record names
    the version that was read, so that no update is lost.
    """

    kind: ClassVar[str]
    version: int = 1

    def next(self, **changes: object) -> Self:
        """Return the record as it stands after one more write."""
        return self.but(version=self.version + 1, **changes)

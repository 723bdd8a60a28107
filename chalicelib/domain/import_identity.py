"""Whom a row of an imported file is about: by our id, the company's own code, tax id, name or mail.

Whoever is entered by an import gets an id that follows from how the file names them, so that the
same row twice, or two rows of two files at once, enter one customer.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from chalicelib.domain.base import Value
from chalicelib.domain.search_text import normal

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SPANISH_VAT: Final = len("ESB12345678")
_CHARACTERS: Final = 26  # as many as our other ids have after their prefix


class Who(Value):
    """How a row names a customer."""

    id: str | None = None
    code: str | None = None
    tax_id: str | None = None
    email: str | None = None
    name: str | None = None

    def names(self) -> tuple[str, ...]:
        """Return the ways in which it is named, the surest first."""
        named = (
            ("id", self.id or ""),
            ("code", folded_code(self.code)),
            ("tax", folded_tax_id(self.tax_id)),
            ("name", normal(self.name or "")),
            ("email", (self.email or "").lower()),
        )
        return tuple(f"{kind}:{value}" for kind, value in named if value)

    def new_id(self) -> str:
        """Return the id that this customer has if an import enters it; for ever the same."""
        return derived_id("cus", self.names()[0])


def folded_code(text: str | None) -> str:
    """Return a code or an invoice number as two files spell it alike: no spaces, small letters."""
    return "".join((text or "").casefold().split())


def folded_tax_id(text: str | None) -> str:
    """Return a tax number without spaces, dots, dashes and the country before a Spanish one."""
    bare = "".join(one for one in (text or "").casefold() if one.isalnum())
    return bare.removeprefix("es") if len(bare) == _SPANISH_VAT else bare


def derived_id(prefix: str, text: str) -> str:
    """Return an identifier of the usual form that follows from a text."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest())
    digits = []
    for _ in range(_CHARACTERS):
        number, rest = divmod(number, len(_ALPHABET))
        digits.append(_ALPHABET[rest])
    return f"{prefix}_{''.join(digits)}"


class Found(Value):
    """The customer of a row. ``customer_id`` None: ``problem`` says why there is none."""

    customer_id: str | None = None
    is_new: bool = False
    terms_days: int | None = None
    problem: str | None = None


class Directory:
    """The customers there are, and those that earlier rows of the file enter, by their names."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._ids: dict[str, set[str]] = {}
        self._people: dict[str, Who] = {}
        self._terms: dict[str, int] = {}
        self._new: set[str] = set()
        for row in rows:
            self._terms[row["id"]] = row["terms_days"]
            self._enter(Who(**{name: row.get(name) for name in Who.model_fields}), row["id"])

    def _enter(self, who: Who, customer_id: str) -> None:
        self._people[customer_id] = who
        for name in who.names():
            self._ids.setdefault(name, set()).add(customer_id)

    def find(self, who: Who, *, may_create: bool) -> Found:
        """Return whom a row names: the first of its names that is known decides.

        Two customers with this name, or names of two customers in one row, are a problem.
        """
        names = who.names()
        if not names:
            return Found(problem="customer_missing")
        hits = [ids for name in names if (ids := self._agreeing(name, who))]
        if hits and len(hits[0]) > 1:
            return Found(problem="customer_ambiguous")
        if hits and self._names_another(names, hits[0], who):
            return Found(problem="customers_differ")
        if hits:
            return self._found(next(iter(hits[0])))
        if who.id is not None or not may_create:
            return Found(problem="customer_unknown")
        customer_id = who.new_id()
        self._new.add(customer_id)
        self._enter(who, customer_id)
        return self._found(customer_id)

    def _agreeing(self, name: str, who: Who) -> set[str]:
        # Branches share a tax number and companies a name: a code or number of its own tells apart.
        found = self._ids.get(name, set())
        return {one for one in found if not _contradicts(name, self._people[one], who)}

    def _names_another(self, names: Iterable[str], first: set[str], who: Who) -> bool:
        sure = (name for name in names if name.startswith(("id:", "code:", "tax:")))
        return any(
            len(ids) == 1 and ids != first for one in sure if (ids := self._agreeing(one, who))
        )

    def _found(self, customer_id: str) -> Found:
        return Found(
            customer_id=customer_id,
            is_new=customer_id in self._new,
            terms_days=self._terms.get(customer_id),
        )


def _contradicts(name: str, there: Who, who: Who) -> bool:
    kind = name.partition(":")[0]
    codes = {folded_code(there.code), folded_code(who.code)} - {""}
    numbers = {folded_tax_id(there.tax_id), folded_tax_id(who.tax_id)} - {""}
    names = {normal(there.name or ""), normal(who.name or "")} - {""}
    if kind in ("id", "code"):
        return False
    return (
        len(codes) > 1
        or (kind != "tax" and len(numbers) > 1)
        or (kind == "email" and len(names) > 1)
    )

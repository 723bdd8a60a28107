"""Items of the table and the records they hold.

An item is {PK, SK, index keys, kind, version, row, body}: ``row`` has what lists show (the indexes
carry it), ``body`` the rest, so that every fact stands once.
"""

from typing import TYPE_CHECKING, Any

from chalicelib.adapters.dynamodb.homes import key_of, record_of
from chalicelib.adapters.dynamodb.index_keys import index_keys
from chalicelib.adapters.dynamodb.rows import listed
from chalicelib.domain.base import Record
from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.errors import InvariantBroken

if TYPE_CHECKING:
    from chalicelib.domain.deliverability import MailCounts
    from chalicelib.domain.ledger import Totals

Item = dict[str, Any]

_EXPIRING = "expires_at"
_COUNTERS = ("unapplied_minor", "billed_minor", "collected_minor", "written_off_minor")
_DUE = "due:"  # attributes with this prefix are the counters by due date of a totals item


def to_item(record: Record) -> Item:
    """Return the item of a record, with its keys."""
    fields = record.model_dump(mode="json", exclude={"version"})
    shown = listed(type(record))
    pk, sk = key_of(record)
    item: Item = {
        "PK": pk,
        "SK": sk,
        **index_keys(record),
        "kind": record.kind,
        "version": record.version,
        "row": {name: fields[name] for name in shown} | _shown(record),
        "body": {name: value for name, value in fields.items() if name not in shown},
    }
    if _EXPIRING in fields:
        item[_EXPIRING] = fields[_EXPIRING]
    return item


def _shown(record: Any) -> dict[str, Any]:
    # What a list shows of a record beyond its own fields. Derived at each write, never read back.
    if record.kind in ("invoice", "credit_note"):
        return {"customer_name": record.customer.name}
    if record.kind == "account":
        oldest = record.open_items[0].due_date.isoformat() if record.open_items else None
        return {
            "open_minor": record.open_minor,
            "open_invoices": len(record.open_items),
            "oldest_due_date": oldest,
        }
    if record.kind == "message":
        place = index_keys(record)["GSI1SK"]
        return {"state_since": rfc3339(record.state_since), "place": place}
    return {}


def from_item(item: Item) -> Record:
    """Return the record that an item holds. InvariantBroken for an unknown kind."""
    record = record_of(item["kind"])
    if record is None:
        raise InvariantBroken(f"There is an item of unknown kind {item['kind']!r}.")
    if record.kind == "totals":
        return _totals_from(item)
    if record.kind == "mail_counts":
        return _mail_counts_from(item)
    known = record.model_fields
    fields = {name: value for name, value in (item["row"] | item["body"]).items() if name in known}
    return record.model_validate(fields | {"version": item["version"]}, strict=False)


def totals_counters(totals: "Totals | MailCounts") -> dict[str, int]:
    """Return what an increase adds, attribute by attribute."""
    counters: dict[str, int] = {}
    due: dict[str, int] = getattr(totals, "open_by_due", {})
    counters |= {f"{_DUE}{day}": amount for day, amount in due.items() if amount}
    for name in _counters_of(totals.kind):
        if amount := getattr(totals, name):
            counters[name] = amount
    return counters


def _counters_of(kind: str) -> tuple[str, ...]:
    if kind == "totals":
        return _COUNTERS
    from chalicelib.domain.deliverability import COUNTERS  # noqa: PLC0415 - whoever counts has it

    return COUNTERS


def _totals_from(item: Item) -> Record:
    from chalicelib.domain.ledger import Totals  # noqa: PLC0415 - as all records, when it is met

    period, currency, shard = item["SK"].split("#")
    return Totals(
        period=period,
        currency=currency,
        shard=int(shard),
        open_by_due={
            name.removeprefix(_DUE): amount
            for name, amount in item.items()
            if name.startswith(_DUE) and amount
        },
        **{name: item.get(name, 0) for name in _COUNTERS},
    )


def _mail_counts_from(item: Item) -> Record:
    from chalicelib.domain.deliverability import MailCounts  # noqa: PLC0415 - as all records

    day, purpose, shard = item["SK"].split("#")
    fields = {"day": day, "purpose": purpose, "shard": int(shard)}
    counts = {name: item.get(name, 0) for name in _counters_of(MailCounts.kind)}
    return MailCounts.model_validate(fields | counts, strict=False)

"""Begin an import, take its file in, say what its columns are, have it checked and carried out.

The work itself is done by chores (``import_steps.py``); here a person says what is wanted.
"""

import hashlib
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, Final

from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import InvalidField, NotFound, Stale, StateConflict
from chalicelib.domain.hold import LONGEST_HOLD
from chalicelib.domain.import_choices import require_choices
from chalicelib.domain.import_fields import ImportKind
from chalicelib.domain.import_run import (
    LANES,
    MAX_BYTES,
    MAX_PART_BYTES,
    OVER,
    FilePart,
    Import,
    ImportOptions,
    RememberedColumns,
    require_state,
)
from chalicelib.usecases.chores import Facts, queue_chore
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.import_files import keep_part
from chalicelib.usecases.import_listings import imports_busy
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace, Write

LATE_AFTER: Final = timedelta(minutes=20)
"""A chunk needs seconds and a chore has five minutes: the message of what rests so long is lost."""
_REPAIRED: Final = 20  # an hour; more imports at once than a company ever has
MAX_PARTS: Final = 100


def import_ref(import_id: str) -> Ref[Import]:
    """Return the key of an import."""
    return Ref(Import, (import_id,))


def remembered_ref(what: ImportKind, fingerprint: str) -> Ref[RememberedColumns]:
    """Return the key of what the columns of a file like this one were the last time."""
    return Ref(RememberedColumns, (what, fingerprint))


def find_import(ports: Ports, import_id: str) -> Import:
    """Return an import. NotFound."""
    found = ports.store.get(import_ref(import_id))
    if found is None:
        raise NotFound("import", import_id)
    return found


def start_import(
    ports: Ports, context: Context, what: ImportKind, file_name: str, size_bytes: int
) -> Import:
    """Begin an import of a file, which then comes in parts. InvalidField for one too large."""
    if not 0 < size_bytes <= MAX_BYTES:
        raise InvalidField(
            "/size_bytes",
            f"A file has at most {MAX_BYTES // 1_000_000} MB; divide a larger one.",
            field_code="import_too_large",
        )
    one = Import(
        id=ports.ids.new("imp", context.at),
        what=what,
        file_name=file_name,
        size_bytes=size_bytes,
        by=context.actor,
        created_at=context.at,
        moved_at=context.at,
    )
    writes = [Insert(one), said(ports, context, one, "started")]
    resource = f"/v1/imports/{one.id}"
    until_committed(ports, lambda: commit(ports, context, writes, resource=resource))
    return one


def take_part(
    ports: Ports, context: Context, import_id: str, number: int, content: bytes
) -> Import:
    """Keep one part of the file. The same part again changes nothing.

    StateConflict for another part of this number, or when the file is complete; InvalidField for
    one that is empty, too large, or more than was announced.
    """
    if not 1 <= number <= MAX_PARTS or not 0 < len(content) <= MAX_PART_BYTES:
        raise InvalidField(
            "/part",
            f"A file has parts 1 to {MAX_PARTS} of at most {MAX_PART_BYTES:,} bytes.",
            field_code="import_part",
        )
    part = FilePart(
        number=number, sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content)
    )

    def attempt() -> Import:
        one = find_import(ports, import_id)
        if part in one.parts:
            return one
        require_state(one, "uploading")
        if any(known.number == number for known in one.parts):
            raise StateConflict(
                f"Part {number} is another one already; begin the import anew.",
                code="import_part_differs",
            )
        if sum(known.size_bytes for known in one.parts) + part.size_bytes > one.size_bytes:
            raise InvalidField(
                "/part",
                f"With this part the file has more than the {one.size_bytes} bytes announced.",
                field_code="import_too_large",
            )
        keep_part(ports, import_id, part, content)
        after = one.next(parts=(*one.parts, part), moved_at=context.at)
        commit(ports, context, [Replace(after)], resource=f"/v1/imports/{import_id}")
        return after

    return until_committed(ports, attempt)


def complete_file(ports: Ports, context: Context, import_id: str) -> Import:
    """Say that all parts are there; a chore reads the file. StateConflict while some is missing."""

    def change(one: Import) -> Import:
        require_state(one, "uploading")
        there = sum(part.size_bytes for part in one.parts)
        numbers = sorted(part.number for part in one.parts)
        if there != one.size_bytes or numbers != list(range(1, len(numbers) + 1)):
            raise StateConflict(
                f"{there} of {one.size_bytes} bytes have arrived.", code="import_incomplete"
            )
        return one.next(state="reading", moved_at=context.at)

    return _changed(ports, context, import_id, change, step="read")


UNCHECKED: Final[dict[str, Any]] = {
    "is_planned": False,
    "done": (),
    "counts": {},
    "sums": {},
    "groups": (),
}
"""What a change of the columns, or another round, takes back."""


def require_options(ports: Ports, context: Context, options: ImportOptions) -> None:
    """InvalidField for a last day of rest that has passed or lies more than a year ahead."""
    if options.rest_until is None:
        return
    today = local_date(context.at, company_of(ports).time_zone)
    if not today <= options.rest_until <= today + LONGEST_HOLD:
        raise InvalidField(
            "/options/rest_until",
            f"The last day lies between {today} and {today + LONGEST_HOLD}.",
            field_code="date_out_of_range",
        )


def check_import(ports: Ports, context: Context, import_id: str) -> Import:
    """Have every row checked by chores; nothing is entered yet."""

    def change(one: Import) -> Import:
        require_state(one, "columns", "checked")
        require_choices(one.what, one.columns, one.choices)
        return _next_round(one, context, "checking")

    return _changed(ports, context, import_id, change, step="plan")


def run_import(
    ports: Ports, context: Context, import_id: str, *, expected_version: int | None = None
) -> Import:
    """Carry out what was checked, by chores. Stale when it was checked again since."""

    def change(one: Import) -> Import:
        if expected_version not in (None, one.version):
            raise Stale("import", expected=expected_version or 0, present=one.version)
        require_state(one, "checked")
        require_options(ports, context, one.options)
        if not one.counts.get("create", 0) + one.counts.get("update", 0):
            raise StateConflict("There is nothing new in this file.", code="import_nothing_new")
        return _next_round(one, context, "importing").but(by=context.actor, is_begun=True)

    return _changed(ports, context, import_id, change, step="plan", action="confirmed")


def _next_round(one: Import, context: Context, state: str) -> Import:
    return one.next(state=state, round=one.round + 1, moved_at=context.at, **UNCHECKED)


def cancel_import(ports: Ports, context: Context, import_id: str) -> Import:
    """Stop an import: what its finished rows have entered stays, no further chunk begins."""

    def change(one: Import) -> Import:
        if one.state in OVER:
            raise StateConflict(f"This import is {one.state} already.", code="import_state")
        return one.next(state="cancelled", moved_at=context.at, finished_at=context.at)

    return _changed(ports, context, import_id, change, action="cancelled")


def _changed(
    ports: Ports,
    context: Context,
    import_id: str,
    change: Callable[[Import], Import],
    *,
    step: str | None = None,
    action: str | None = None,
) -> Import:
    def attempt() -> Import:
        after = change(find_import(ports, import_id))
        writes: list[Write] = [Replace(after)]
        if action is not None:
            writes.append(said(ports, context, after, action))
        commit(ports, context, writes, resource=f"/v1/imports/{import_id}")
        return after

    after = until_committed(ports, attempt)
    if step is not None:
        queue_step(ports, context, after, step)
    return after


def queue_step(
    ports: Ports, context: Context, one: Import, step: str, chunk: int | None = None
) -> None:
    """Queue the next piece of work of an import."""
    facts = {"import_id": one.id, "round": str(one.round), "step": step}
    if chunk is not None:
        facts["chunk"] = str(chunk)
    queue_chore(ports, context, "import", facts)


def said(ports: Ports, context: Context, one: Import, what: str) -> Insert:
    """Return the audit entry: ``import_started``, ``_confirmed``, ``_cancelled``, ``_done``."""
    return audit(
        ports,
        context,
        f"import_{what}",
        subject=("import", one.id),
        what=one.what,
        file_name=one.file_name,
        rows=one.rows,
        counts=dict(one.counts),
    )


def stalled_imports(ports: Ports, context: Context) -> Iterable[Facts]:
    """Find the imports that do not move although they should: a message was lost on the way."""
    rows = ports.store.rows(imports_busy(context.at - LATE_AFTER), limit=_REPAIRED).items
    for row in rows:
        one = ports.store.get(import_ref(row["id"]))
        if one is not None and one.is_busy:
            yield from next_steps(one)


def next_steps(one: Import) -> Iterable[Facts]:
    """Return the messages by which a busy import goes on from where it stands."""
    facts = {"import_id": one.id, "round": str(one.round)}
    if one.state == "reading":
        yield {**facts, "step": "read"}
    elif not one.is_planned:
        yield {**facts, "step": "plan"}
    elif one.is_worked_off:
        yield {**facts, "step": "finish"}
    else:
        for lane in range(LANES):
            left = (chunk for chunk in range(lane, one.chunks, LANES) if chunk not in one.done)
            for chunk in list(left)[:1]:
                yield {**facts, "step": "rows", "chunk": str(chunk)}

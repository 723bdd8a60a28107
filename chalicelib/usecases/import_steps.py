"""The work of an import, step by step, each a chore of its own. Any of them may come twice or late.

``read`` takes the file apart, ``plan`` looks through all of it, ``rows`` works on one chunk, and
``finish`` adds up. Each does its work, notes it, and then queues what follows: repeated, it queues
that again. A message of an earlier round, or of an import that was cancelled, does nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from chalicelib.domain.errors import InvariantBroken
from chalicelib.domain.import_columns import Choice, Column, describe_columns, fingerprint_of
from chalicelib.domain.import_run import (
    LANES,
    MAX_GROUPS,
    MAX_ROWS,
    ROWS_A_CHUNK,
    Import,
    ImportOptions,
    IssueExample,
    IssueGroup,
)
from chalicelib.domain.import_text import (
    Record,
    UnreadableFile,
    decoded,
    guessed_delimiter,
    records,
    widest,
)
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.import_customers import do_customers
from chalicelib.usecases.import_files import (
    RowResult,
    all_results,
    keep_results,
    keep_rows,
    whole_file,
)
from chalicelib.usecases.import_invoices import do_invoices
from chalicelib.usecases.import_plan import make_plan
from chalicelib.usecases.imports import (
    find_import,
    queue_step,
    remembered_ref,
    said,
)
from chalicelib.usecases.ports import Ports, Replace, Write
from chalicelib.usecases.read_all import in_batches

_EXAMPLES: Final = 5


def do_import_step(ports: Ports, context: Context, facts: Mapping[str, str]) -> None:
    """Do one piece of work of an import. InvariantBroken for a step that nobody knows."""
    one = find_import(ports, facts["import_id"])
    if one.round != int(facts["round"]):
        return
    if not one.is_busy:
        _count_entered(ports, one)
        return
    # The rows are entered by whoever asked for it, as of when the work is done.
    context = Context(actor=one.by, at=context.at)
    match facts["step"]:
        case "read":
            _read(ports, context, one)
        case "plan":
            _plan(ports, context, one)
        case "rows":
            _rows(ports, context, one, int(facts["chunk"]))
        case "finish":
            _finish(ports, context, one)
        case step:
            raise InvariantBroken(f"An import has no step {step!r}.")


def _read(ports: Ports, context: Context, one: Import) -> None:
    if one.state != "reading":
        return
    content = whole_file(ports, one)
    try:
        text, encoding = decoded(content)
        delimiter = guessed_delimiter(text)
        headings, rows = _table(text, delimiter)
    except UnreadableFile as refusal:
        _note(ports, context, one, {"state": "failed", "failure": refusal.code})
        return
    chunks = list(in_batches(rows, ROWS_A_CHUNK))
    for chunk, some in enumerate(chunks):
        keep_rows(ports, one.id, chunk, some)
    columns = describe_columns(one.what, headings, (cells for _, cells in rows))
    choices, options, is_remembered = _first_choices(ports, one, columns)
    changes: dict[str, Any] = {
        "state": "columns",
        "sha256": hashlib.sha256(content).hexdigest(),
        "encoding": encoding,
        "delimiter": delimiter,
        "rows": len(rows),
        "chunks": len(chunks),
        "columns": columns,
        "choices": choices,
        "options": options,
        "is_remembered": is_remembered,
    }
    _note(ports, context, one, changes)


def _table(text: str, delimiter: str) -> tuple[list[str], list[Record]]:
    found = records(text, delimiter)
    head = next(found, None)
    rows: list[Record] = []
    for record in found:
        rows.append(record)
        if len(rows) > MAX_ROWS:
            raise UnreadableFile(
                f"A file has at most {MAX_ROWS:,} rows.", code="import_too_many_rows"
            )
    if head is None or not rows:
        raise UnreadableFile("There are no rows under the headings.", code="import_empty")
    width = max(len(head[1]), widest(rows))
    return [*head[1], *([""] * (width - len(head[1])))], rows


def _first_choices(
    ports: Ports, one: Import, columns: Sequence[Column]
) -> tuple[tuple[Choice, ...], ImportOptions, bool]:
    remembered = ports.store.get(remembered_ref(one.what, fingerprint_of(columns)))
    if remembered is not None:
        return remembered.choices, remembered.options, True
    guesses = (Choice(place=each.place, field=each.guess) for each in columns if each.guess)
    return tuple(guesses), ImportOptions(), False


def _note(
    ports: Ports,
    context: Context,
    one: Import,
    changes: Mapping[str, Any],
    also: Iterable[Write] = (),
) -> Import:
    # Whoever was faster, a twin or somebody who cancelled it, has the last word.
    def attempt() -> Import:
        now = find_import(ports, one.id)
        if (now.state, now.round) != (one.state, one.round):
            return now
        is_over = changes.get("state") in ("done", "failed")
        finished = {"finished_at": context.at} if is_over else {}
        after = now.next(moved_at=context.at, **changes, **finished)
        ports.store.commit([Replace(after), *also])
        return after

    return until_committed(ports, attempt)


def _plan(ports: Ports, context: Context, one: Import) -> None:
    if not one.is_planned:
        make_plan(ports, context, one)
        one = _note(ports, context, one, {"is_planned": True})
    for chunk in range(min(LANES, one.chunks)):
        queue_step(ports, context, one, "rows", chunk)


def _rows(ports: Ports, context: Context, one: Import, chunk: int) -> None:
    if chunk not in one.done:
        work = do_invoices if one.what == "invoices" else do_customers
        keep_results(ports, one, chunk, work(ports, context, one, chunk))
        one = _done(ports, context, one, chunk)
    if not one.is_busy:
        _count_entered(ports, one)
    elif one.is_worked_off:
        queue_step(ports, context, one, "finish")
    elif chunk + LANES < one.chunks:
        queue_step(ports, context, one, "rows", chunk + LANES)


def _done(ports: Ports, context: Context, one: Import, chunk: int) -> Import:
    def attempt() -> Import:
        now = find_import(ports, one.id)
        if now.round != one.round or chunk in now.done or not (now.is_busy or now.is_begun):
            return now
        after = now.next(done=tuple(sorted({*now.done, chunk})), moved_at=context.at)
        ports.store.commit([Replace(after)])
        return after

    return until_committed(ports, attempt)


def _count_entered(ports: Ports, one: Import) -> None:
    """Note what an import that was cancelled had entered by then."""

    def attempt() -> None:
        now = find_import(ports, one.id)
        counts, sums, groups = added_up(all_results(ports, now))
        changes: dict[str, Any] = {"counts": counts, "sums": sums, "groups": groups}
        if now.counts != counts:
            ports.store.commit([Replace(now.next(**changes))])

    if one.state == "cancelled" and one.is_begun:
        until_committed(ports, attempt)


def _finish(ports: Ports, context: Context, one: Import) -> None:
    if not one.is_worked_off:
        return
    counts, sums, groups = added_up(all_results(ports, one))
    changes: dict[str, Any] = {"counts": counts, "sums": sums, "groups": groups}
    if one.state == "checking":
        _note(ports, context, one, {**changes, "state": "checked"})
        return
    entry = said(ports, context, one.but(counts=counts), "done")
    _note(ports, context, one, {**changes, "state": "done"}, [entry])


def added_up(
    results: Iterable[RowResult],
) -> tuple[dict[str, int], dict[str, int], tuple[IssueGroup, ...]]:
    """Return rows by outcome, amounts by currency, and what is wrong by kind, most rows first."""
    counts: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    new: set[str] = set()
    mailed: set[str] = set()
    groups: dict[tuple[str, str], IssueGroup] = {}
    for result in results:
        counts[result.outcome] += 1
        counts["with_warnings"] += any(not issue.is_error for issue in result.issues)
        if result.outcome == "create":
            _add_sums(sums, result.shown)
            counts["paid"] += bool(result.shown.get("paid_minor"))
            counts["past_ladder"] += result.is_past_ladder
            counts["disputed"] += bool(result.shown.get("is_disputed"))
            new |= {result.customer_id or ""} if result.is_new_customer else set()
            mailed |= {result.customer_id or ""} if result.is_mailed else set()
        _group(groups, result)
    counts["new_customers"] = len(new)
    counts["mailed"] = len(mailed)
    in_order = sorted(groups.values(), key=lambda one: (not one.is_error, -one.rows, one.code))
    return dict(+counts), dict(+sums), tuple(in_order[:MAX_GROUPS])


def _add_sums(sums: Counter[str], shown: Mapping[str, Any]) -> None:
    if "total_minor" in shown:
        sums[f"total {shown['currency']}"] += shown["total_minor"]
        sums[f"open {shown['currency']}"] += shown["open_minor"]


def _group(groups: dict[tuple[str, str], IssueGroup], result: RowResult) -> None:
    for issue in result.issues:
        key = (issue.code, issue.field)
        group = groups.get(key) or IssueGroup(
            code=issue.code,
            field=issue.field,
            heading=issue.heading,
            is_error=issue.is_error,
            rows=0,
        )
        examples = group.examples
        if len(examples) < _EXAMPLES:
            example = IssueExample(row=result.row, found=issue.found, expected=issue.expected)
            examples = (*examples, example)
        groups[key] = group.but(rows=group.rows + 1, examples=examples)

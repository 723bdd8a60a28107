"""Every use case that commits is crashed: a new one without a case fails here."""

import ast
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[2]
COMMITTING = frozenset({"commit", "until_committed"})
REACHED = {
    "allocate_rest": "record_payment in batches",
    "chunk_done": "the chunks of a proof",
    "commit": "what all of them call",
    "enter_api_key": "the local cloud alone, at its start",
    "enter_person": "invite_person",
    "hand_over": "deliver_document",
    "look_later": "send_reminder, held",
    "keep_to_the_proof": "the chunks of a proof, in test_crash_of_proofs",
    "mark_unknown": "deliver_document, uncertain",
    "prove_customers": "a night of test_crash_of_proofs",
    "prove_series": "a night of test_crash_of_proofs",
    "prove_totals": "a night of test_crash_of_proofs",
    "record": "deliver_document",
    "send_document": "send_invoice, send_credit_note",
    "step_taken": "send_reminder",
    "staff_mail_failed": "deliver_staff_mail, uncertain",
    "start_proof": "a night of test_crash_of_proofs",
}
"""Not crashed by name, since a case of something else goes through it."""


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def names_in(node: ast.AST) -> set[str]:
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return names | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


def is_committing(name: str, known: dict[str, ast.FunctionDef], seen: frozenset[str]) -> bool:
    """A function, or a private one that it uses, commits."""
    used = names_in(known[name])
    private = {one for one in used & known.keys() - seen if one.startswith("_")}
    return bool(used & COMMITTING) or any(
        is_committing(one, known, seen | {one}) for one in private
    )


def handlers() -> Iterator[str]:
    for path in (PROJECT / "chalicelib" / "usecases").glob("*.py"):
        known = functions(path)
        for name, node in known.items():
            arguments = [one.arg for one in node.args.args[:2]]
            is_public = arguments == ["ports", "context"] and not name.startswith("_")
            if is_public and is_committing(name, known, frozenset({name})):
                yield name


def test_every_use_case_that_commits_is_crashed_at_every_call() -> None:
    crashed: set[str] = set()
    for path in (PROJECT / "tests" / "crash").glob("*.py"):
        crashed |= names_in(ast.parse(path.read_text(encoding="utf-8")))

    writing = set(handlers())

    assert len(writing) > 50
    assert sorted(writing - crashed - REACHED.keys()) == []
    assert sorted(REACHED.keys() - writing) == []

"""The queue of chores: one table says which use case does which.

A message is ``{"v": 1, "chore": name, "time": instant, ...}``; the rest is what it is about. Each
line imports its own work, so that no chore pays for the others.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from chalicelib import bootstrap
from chalicelib.domain.errors import InvariantBroken
from chalicelib.events.batches import Failures, each_message
from chalicelib.usecases.context import Context, system_context
from chalicelib.usecases.ports import Ports

Facts = Mapping[str, Any]
Work = Callable[[Ports, Context, Facts], object]


def _recurring(ports: Ports, context: Context, facts: Facts) -> None:
    from chalicelib.usecases.make_runs import make_runs  # noqa: PLC0415 - see above

    make_runs(ports, context, facts["recurring_id"])


def _run(ports: Ports, context: Context, facts: Facts) -> None:
    from chalicelib.usecases.carry_out_run import carry_out_run  # noqa: PLC0415 - see above

    carry_out_run(ports, context, facts["run_id"])


def _end_rests(ports: Ports, context: Context, _facts: Facts) -> None:
    from chalicelib.usecases.end_rests import end_rests  # noqa: PLC0415 - see above

    end_rests(ports, context)


def _proof(ports: Ports, context: Context, facts: Facts) -> None:
    from chalicelib.usecases.proof_run import start_proof  # noqa: PLC0415 - see above

    start_proof(ports, context, facts.get("run_id"))


def _proof_customers(ports: Ports, context: Context, facts: Facts) -> None:
    from chalicelib.usecases.prove_customers import prove_customers  # noqa: PLC0415 - see above

    prove_customers(ports, context, facts)


def _proof_series(ports: Ports, context: Context, facts: Facts) -> None:
    from chalicelib.usecases.prove_series import prove_series  # noqa: PLC0415 - see above

    prove_series(ports, context, facts)


def _proof_totals(ports: Ports, context: Context, facts: Facts) -> None:
    from chalicelib.usecases.prove_totals import prove_totals  # noqa: PLC0415 - see above

    prove_totals(ports, context, facts)


def _plan_anew(ports: Ports, context: Context, facts: Facts) -> None:
    from chalicelib.usecases.plan_anew import plan_accounts_anew  # noqa: PLC0415 - see above

    plan_accounts_anew(ports, context, facts)


def _legal_file(ports: Ports, context: Context, facts: Facts) -> None:
    from chalicelib.usecases.build_legal_file import build_legal_file  # noqa: PLC0415 - see above

    build_legal_file(ports, context, facts["file_id"])


def _waive_unsent(ports: Ports, context: Context, facts: Facts) -> None:
    from chalicelib.usecases.waive_unsent import waive_unsent  # noqa: PLC0415 - see above

    waive_unsent(ports, context, facts)


def _deliverability(ports: Ports, context: Context, _facts: Facts) -> None:
    from chalicelib.usecases.deliverability import watch_deliverability  # noqa: PLC0415 - see above

    watch_deliverability(ports, context)


def _tell_staff(ports: Ports, context: Context, _facts: Facts) -> None:
    from chalicelib.usecases.tell_staff import tell_staff  # noqa: PLC0415 - see above

    tell_staff(ports, context)


def _end_ladders(ports: Ports, context: Context, _facts: Facts) -> None:
    from chalicelib.usecases.end_ladders import end_ladders  # noqa: PLC0415 - see above

    end_ladders(ports, context)


def _digests(ports: Ports, context: Context, _facts: Facts) -> None:
    from chalicelib.usecases.morning_digest import send_digests  # noqa: PLC0415 - see above

    send_digests(ports, context)


def _statements(ports: Ports, context: Context, facts: Facts) -> None:
    if "chunk" in facts:
        from chalicelib.usecases.statement_chunks import make_statements  # noqa: PLC0415 - see above

        make_statements(ports, context, facts["chunk"])
        return
    from chalicelib.usecases.statement_runs import plan_statements  # noqa: PLC0415 - see above

    plan_statements(ports, context, facts["month"])


def _close_checkouts(ports: Ports, context: Context, facts: Facts) -> None:
    from chalicelib.usecases.close_checkouts import close_checkouts  # noqa: PLC0415 - see above

    close_checkouts(ports, context, facts.get("customer_id"))


def _import(ports: Ports, context: Context, facts: Facts) -> None:
    from chalicelib.usecases.import_steps import do_import_step  # noqa: PLC0415 - see above

    do_import_step(ports, context, facts)


def _compare_provider(ports: Ports, context: Context, facts: Facts) -> None:
    from chalicelib.usecases.compare_provider import compare_provider  # noqa: PLC0415 - see above

    compare_provider(ports, context, facts["provider"])


CHORES: Final[dict[str, Work]] = {
    "close_checkouts": _close_checkouts,
    "compare_provider": _compare_provider,
    "tell_staff": _tell_staff,
    "digests": _digests,
    "end_ladders": _end_ladders,
    "waive_unsent": _waive_unsent,
    "plan_anew": _plan_anew,
    "recurring": _recurring,
    "run": _run,
    "end_rests": _end_rests,
    "statements": _statements,
    "deliverability": _deliverability,
    "legal_file": _legal_file,
    "import": _import,
    "proof": _proof,
    "proof_customers": _proof_customers,
    "proof_series": _proof_series,
    "proof_totals": _proof_totals,
}


def handle(event: Mapping[str, Any]) -> Failures:
    """Do each chore of a batch."""
    return each_message(event, lambda body: do_chore(bootstrap.app().ports, body))


def do_chore(ports: Ports, message: Facts) -> None:
    """Do one chore as of the time of its message. InvariantBroken for one that nobody knows."""
    work = CHORES.get(message["chore"])
    if work is None:
        raise InvariantBroken(f"There is no chore {message['chore']!r}.")
    work(ports, system_context(datetime.fromisoformat(message["time"])), message)

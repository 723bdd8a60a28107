"""Runs other programs so that none of them outlives the one that started it.

Standard library only: it runs before anything is installed.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from infra.local.stamps import PROJECT

_SHOWN_LINES = 40
_running: set[subprocess.Popen[str]] = set()


class StepFailedError(Exception):
    """A program ended with an error; its output is the message."""

    def __init__(self, command: Sequence[str], output: str) -> None:
        lines = output.strip().splitlines()
        if len(lines) > _SHOWN_LINES:  # npm says what is wrong first, pip last
            half = _SHOWN_LINES // 2
            lines = [*lines[:half], "  ...", *lines[-half:]]
        super().__init__("\n".join((f"`{' '.join(command)}` failed:", *lines)))


def run(command: Sequence[str], *, folder: Path = PROJECT) -> str:
    """The program's output. It runs in a group of its own, which `end_all` can end as a whole."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    _running.add(process)
    try:
        output, _ = process.communicate()
    finally:
        _running.discard(process)
    if process.returncode != 0:
        raise StepFailedError(command, output)
    return output


def end_all() -> None:
    """Ends every program that `run` has started and that still runs, with its children."""
    for process in list(_running):
        end_group(process.pid)


def end_group(group: int) -> None:
    """Asks a process group to end; one that is gone is fine."""
    try:
        os.killpg(group, signal.SIGTERM)
    except ProcessLookupError:
        return


def end_all_on_signal() -> None:
    """From now on SIGTERM and SIGINT end this program together with all it has started."""

    def stop(number: int, _frame: FrameType | None) -> None:
        end_all()
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)

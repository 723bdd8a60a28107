"""`make run`: the whole system on this machine, in the foreground, until Ctrl-C or SIGTERM."""

import os
import signal
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Final

from chalicelib.observability import logger
from infra.local import stack as stacks
from infra.local.cloud import CloudError, LocalCloud, point_to
from infra.local.first_run import clear_half_an_example, prepare
from infra.local.http_server import PortTakenError, Server
from infra.local.providers import keys
from infra.local.sign_in import PASSWORD, PEOPLE, create_people
from infra.local.system import System

_STACK: Final = "saldo"
_LOOK_SECONDS: Final = 1.0
_POLL_SECONDS: Final = 0.1  # how soon the server notices that it is to end


def main() -> None:
    """Starts everything, says that it is ready, and ends everything when asked to."""
    started_by = os.getppid()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    with ExitStack() as at_end:
        try:
            cloud = _start(int(os.environ.get("PORT") or 8000), stacks.data_folder(), at_end)
        except (CloudError, PortTakenError, stacks.StackError) as error:
            sys.exit(f"\nSaldo could not start. {error}")
        while os.getppid() == started_by:  # else whoever started this is gone
            if not cloud.is_running():
                sys.exit("\nThe local cloud has ended unexpectedly; its words are in cloud.log.")
            threading.Event().wait(_LOOK_SECONDS)


def _start(port: int, folder: Path, at_end: ExitStack) -> LocalCloud:
    """Starts one part after the other; `at_end` ends them in the opposite order."""
    base_url = f"http://localhost:{port}"
    server = Server(port)
    at_end.callback(server.server_close)
    clear_half_an_example(folder)
    cloud = LocalCloud(folder)
    at_end.callback(cloud.stop)
    stack = stacks.apply(cloud, _STACK, base_url)
    create_people(cloud, stack.outputs["StaffPoolId"])
    _set_environment(stack, base_url)
    logger.setLevel(os.environ.get("LOG_LEVEL", "WARNING"))  # on the terminal less is more
    prepare(stack, folder)
    system = System(stack, folder, base_url)
    at_end.callback(system.end)
    system.start()
    server.respond = system.answer
    threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), daemon=True).start()
    at_end.callback(server.shutdown)
    _announce(base_url, folder)
    return cloud


def _set_environment(stack: stacks.Stack, base_url: str) -> None:
    point_to(stack.cloud.url)
    os.environ |= stacks.settings(stack, base_url)
    defaults = keys.environment(base_url)
    os.environ |= {name: os.environ.get(name) or value for name, value in defaults.items()}


def _announce(base_url: str, folder: Path) -> None:
    others = ", ".join(person.email.partition("@")[0] + "@" for person in PEOPLE[1:])
    print(f"Saldo is ready at {base_url}")
    print(f"  sign in     {PEOPLE[0].email} with {PASSWORD} (also {others} with less rights)")
    print(f"  mails sent  {base_url}/_local/mailbox")
    print(f"  data        {folder}", flush=True)


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Leaves the main loop; a second signal must not break what then ends in order."""
    print("\nSaldo saves its data and ends ...", flush=True)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(0)


if __name__ == "__main__":
    main()

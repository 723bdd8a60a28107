"""The local cloud's process: ministack, with data that survives a crash and every mail kept.

It ends when its standard input closes, so that it never outlives the program that started it.
Runs in the local cloud's environment, as `python -m infra.local.cloud_server PORT FOLDER SECONDS`.
"""

import asyncio
import fcntl
import os
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from infra.local.journal import Journal

REGION: Final = "eu-south-2"  # as in cloud.py, which this environment cannot import
_SNAPSHOT_PATH: Final = "/_saldo/snapshot"
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


def main(port: int, folder: Path, patience_seconds: float) -> None:
    """Serves until SIGTERM, SIGINT or the end of standard input; then saves everything."""
    with _own(folder, patience_seconds):
        _configure(port, folder)
        # The emulator reads its settings when it is imported.
        from infra.local import emulator  # noqa: PLC0415
        from infra.local.journal import Journal  # noqa: PLC0415

        journal = Journal(folder / "cloud")
        emulator.keep_mails(folder / "mailbox.jsonl")
        emulator.count_from_zero_in_the_next_queue()
        asyncio.run(_serve(port, _durable(journal)))
        journal.snapshot()


def _own(folder: Path, patience_seconds: float) -> IO[str]:
    """Only one local cloud uses a folder; one that is just ending is waited for."""
    lock = (folder / "lock").open("w")
    end = time.monotonic() + patience_seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > end:
                sys.exit(f"The data in {folder} is in use by another Saldo.")
            time.sleep(0.1)
        else:
            return lock


def _configure(port: int, folder: Path) -> None:
    os.environ |= {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "IOT_MTLS_ENABLED": "0",  # otherwise it listens on every interface
        "SFTP_ENABLED": "0",
        "MINISTACK_REGION": REGION,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(folder / "cloud"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(folder / "documents"),
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
    }


def _durable(journal: "Journal") -> Application:
    """The emulator's application: replays before it is ready, and takes a snapshot when asked."""
    from ministack.app import app  # noqa: PLC0415

    from infra.local.emulator import free_messages  # noqa: PLC0415

    async def serve(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == _SNAPSHOT_PATH:
            journal.snapshot()
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return

        async def replay_first(message: Message) -> None:
            if message["type"] == "lifespan.startup.complete":
                await journal.replay()
                journal.watch()
                free_messages()
            await send(message)

        await app(scope, receive, replay_first)

    return serve


async def _serve(port: int, application: Application) -> None:
    from hypercorn.asyncio import serve  # type: ignore[import-not-found]  # noqa: PLC0415
    from hypercorn.config import Config  # type: ignore[import-not-found]  # noqa: PLC0415

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    threading.Thread(target=_wait_for_parent, args=(loop, stop), daemon=True).start()
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 0.2
    config.loglevel = "WARNING"
    await serve(application, config, shutdown_trigger=stop.wait)


def _wait_for_parent(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    loop.call_soon_threadsafe(stop.set)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))

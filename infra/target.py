"""What a stage's package is made for: Python and processor, and where that Python is here."""

import json
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent

# Lambda's name of a processor -> its name in wheels, its number in the head of an ELF file.
_PROCESSORS: Final = {"x86_64": ("x86_64", 62), "arm64": ("aarch64", 183)}
_HOSTS: Final = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}


class PackageError(Exception):
    """The package cannot be made here; the message says what to do about it."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """`python` is the interpreter here, `version` is as in "3.13", `architecture` as in Lambda."""

    python: Path
    version: str
    architecture: str

    @property
    def runtime(self) -> str:
        """Lambda's name of the Python."""
        return f"python{self.version}"

    @property
    def machine(self) -> str:
        """The processor's name in wheels."""
        return _PROCESSORS[self.architecture][0]

    @property
    def elf_machine(self) -> int:
        """The processor's number in compiled libraries."""
        return _PROCESSORS[self.architecture][1]


def target_of(stage: str) -> Target:
    """The stage's target by .chalice/config.json, where this host's fills what is left open.

    So production is fixed, and the proof makes a package that this machine can run.
    """
    stages = json.loads((ROOT / ".chalice/config.json").read_text())["stages"]
    if stage not in stages:
        raise PackageError(f"No stage {stage} in .chalice/config.json, only {', '.join(stages)}")
    version = stages[stage].get("lambda_python", _running_version())
    return Target(
        python=_find_python(version),
        version=version,
        architecture=stages[stage].get("lambda_architecture", _HOSTS[platform.machine().lower()]),
    )


def _find_python(version: str) -> Path:
    """Interpreter of that version with pip, from the PATH or pyenv."""
    if version == _running_version():
        return Path(sys.executable)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [*pyenv.glob(f"{version}.*/bin/python{version}")]
    if on_path := shutil.which(f"python{version}"):
        candidates.insert(0, Path(on_path))
    for candidate in candidates:
        if _answers(candidate, version):
            return candidate
    raise PackageError(
        f"The Lambdas of this stage run on Python {version}, and none with pip is on the PATH. "
        f"Get it with `pyenv install {version}`, `uv python install {version}` or from python.org."
    )


def _running_version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _answers(candidate: Path, version: str) -> bool:
    """Whether it is that Python: a pyenv shim may stand for one that is not installed."""
    script = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    run = subprocess.run([candidate, "-c", script], check=False, capture_output=True, text=True)
    return run.stdout.strip() == version

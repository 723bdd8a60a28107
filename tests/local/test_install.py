"""Installation does only what is due, and says clearly what is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.local import install, stamps
from infra.local.processes import StepFailedError, run
from infra.local.stamps import PROJECT


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(stamps, "PROJECT", tmp_path)
    monkeypatch.setattr(stamps, "CACHE", tmp_path / ".cache")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.ts").write_text("1")
    return tmp_path


def test_a_step_is_done_again_only_when_its_sources_change(project: Path) -> None:
    before = stamps.fingerprint([project / "src"])
    assert not stamps.is_current("build", before)
    stamps.remember("build", before)
    assert stamps.is_current("build", stamps.fingerprint([project / "src"]))

    (project / "src" / "a.ts").write_text("2")

    assert not stamps.is_current("build", stamps.fingerprint([project / "src"]))


@pytest.mark.parametrize("folder", ["node_modules", "dist"])
def test_what_is_made_from_the_sources_does_not_count(project: Path, folder: str) -> None:
    before = stamps.fingerprint([project / "src"])

    (project / "src" / folder).mkdir()
    (project / "src" / folder / "made.js").write_text("1")

    assert stamps.fingerprint([project / "src"]) == before


def test_a_step_that_was_interrupted_is_due_again(project: Path) -> None:
    with pytest.raises(KeyboardInterrupt), install._step("build", "1", project):
        raise KeyboardInterrupt

    assert not stamps.is_current("build", "1")


def test_a_program_that_fails_is_quoted() -> None:
    with pytest.raises(StepFailedError, match=r"`sh -c .*` failed:\nno such luck"):
        run(["sh", "-c", "echo no such luck; exit 3"])


def with_only(folder: Path, *tools: str) -> dict[str, str]:
    """An environment whose PATH holds these tools alone."""
    for tool in tools:
        (folder / tool).symlink_to(str(shutil.which(tool)))
    return os.environ | {"PATH": str(folder)}


def test_make_run_without_python_says_so(tmp_path: Path) -> None:
    environment = with_only(tmp_path, "make", "sh")

    made = subprocess.run(
        ["make", "run"], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )

    assert made.returncode != 0
    assert "Saldo needs Python 3.11 or newer" in made.stderr


def test_installing_without_node_says_so(tmp_path: Path) -> None:
    environment = with_only(tmp_path, "sh")
    python = str(PROJECT / ".venv/bin/python")

    made = subprocess.run(
        [python, "-m", "infra.local.install", "app"],
        cwd=PROJECT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert made.returncode != 0
    assert "Saldo needs Node 20 or newer" in made.stderr

import platform
import sys

import pytest

from infra import target
from infra.target import PackageError, target_of

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


def test_production_is_the_same_wherever_it_is_packaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target, "_find_python", lambda _: sys.executable)

    made = target_of("prod")

    assert (made.runtime, made.machine) == ("python3.13", "aarch64")


def test_the_proof_is_made_for_this_machine() -> None:
    made = target_of("proof")

    assert (made.version, str(made.python)) == (HERE, sys.executable)
    assert made.machine in {platform.machine(), "aarch64"}


def test_a_stage_that_nobody_described_is_refused() -> None:
    with pytest.raises(PackageError, match=r"No stage staging .* only prod, proof"):
        target_of("staging")


def test_who_lacks_the_stages_python_is_told_how_to_get_it() -> None:
    with pytest.raises(PackageError, match=r"Python 3\.99.*pyenv install 3\.99"):
        target._find_python("3.99")

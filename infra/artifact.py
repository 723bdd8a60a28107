"""The Lambdas' code: dependencies for the stage's Python and processor, trimmed, compiled, zipped.

The wheels are chosen by pip and not by chalice: where Lambda's C library is too old for a wheel,
chalice quietly compiles the sdist on this machine (Pillow for Python 3.11), and where it cannot it
prints a warning and leaves the package out. pip with --only-binary fails instead.
"""

import hashlib
import os
import shutil
import struct
import subprocess
import tempfile
import zipfile
from pathlib import Path

from infra.target import PackageError, Target

# chalice adds its two files of the running app itself; boto3 is for tools, the app uses botocore.
NOT_IN_LAMBDA = frozenset({"chalice", "boto3"})

# The only services that the Lambdas talk to; botocore describes 400 others in 150 MB.
SERVICES = frozenset(
    {"cognito-idp", "dynamodb", "lambda", "s3", "secretsmanager", "sesv2", "sqs", "ssm"}
)

# Of the package `holidays`: markets are not asked for, names are in Spanish or English.
HOLIDAY_LANGUAGES = ("es", "en")

# Lambda's limit is 250 MB unpacked; ours is lower, because every MB is read at a cold start.
MAX_UNPACKED_BYTES = 120 * 1024 * 1024

# Amazon Linux 2023, under every Lambda runtime from Python 3.12 on.
LAMBDA_GLIBC_MINOR = 34
OLDEST_GLIBC_MINOR = 17


def build(*, code: Path, tree: Path, zip_file: Path, requirements: Path, target: Target) -> None:
    """Make `zip_file` from the app's files in `code` and the requirements.

    `tree` must not exist; it then holds what is in the zip.
    """
    with zipfile.ZipFile(code) as app:
        app.extractall(tree)
    _compile(tree, target)
    shutil.copytree(_dependencies(requirements, target), tree, dirs_exist_ok=True)
    _check_size(tree)
    _zip(tree, zip_file)


def _dependencies(requirements: Path, target: Target) -> Path:
    """Folder with what pip installs for the target; kept by what determines its content."""
    lines = [
        line
        for line in requirements.read_text().splitlines()
        if line.partition("==")[0].strip() not in NOT_IN_LAMBDA
    ]
    kept_parts = [*sorted(SERVICES), *HOLIDAY_LANGUAGES]
    recipe = "\n".join([*lines, target.runtime, target.machine, *kept_parts])
    kept = requirements.parent / ".cache/lambda" / hashlib.sha256(recipe.encode()).hexdigest()[:16]
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as workshop:
            tree = Path(workshop) / "tree"
            _install(lines, tree, target)
            _trim(tree)
            _check_binaries(tree, target)
            _compile(tree, target)
            _keep(tree, kept)
    return kept


def _keep(tree: Path, kept: Path) -> None:
    try:
        tree.rename(kept)
    except OSError:
        if not kept.exists():  # unless someone else has just made the same
            raise


def _install(lines: list[str], tree: Path, target: Target) -> None:
    minors = range(OLDEST_GLIBC_MINOR, LAMBDA_GLIBC_MINOR + 1)
    platforms = [f"manylinux_2_{minor}_{target.machine}" for minor in minors]
    platforms.append(f"manylinux2014_{target.machine}")  # the older name of 2_17
    command = [str(target.python), "-m", "pip", "install", "--quiet", "--no-compile"]
    command += ["--disable-pip-version-check", "--only-binary=:all:", "--target", str(tree)]
    command += [part for platform in platforms for part in ("--platform", platform)]
    command += ["--implementation", "cp", "--python-version", target.version, *filter(None, lines)]
    # Under make, Python's own settings of the calling environment must not reach another Python.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    run = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    if run.returncode:
        wanted = f"{target.runtime} on {target.machine}"
        raise PackageError(f"pip did not install what the Lambdas need for {wanted}:\n{run.stderr}")


def _trim(tree: Path) -> None:
    for service in (tree / "botocore/data").iterdir():
        if service.is_dir() and service.name not in SERVICES:
            shutil.rmtree(service)
    for language in (tree / "holidays/locale").iterdir():
        if language.name.partition("_")[0] not in HOLIDAY_LANGUAGES:
            shutil.rmtree(language)
    shutil.rmtree(tree / "holidays/financial")
    shutil.rmtree(tree / "bin", ignore_errors=True)


def _compile(tree: Path, target: Target) -> None:
    """Add .pyc files that Lambda may trust unseen: import 1.1 s without them, 0.5 s with them."""
    command = [str(target.python), "-m", "compileall", "-q", "-j", "2"]
    command += ["--invalidation-mode", "unchecked-hash", "-s", str(tree), "-p", "/var/task"]
    subprocess.run([*command, str(tree)], check=True)


def _check_binaries(tree: Path, target: Target) -> None:
    for library in tree.rglob("*.so*"):
        with library.open("rb") as file:
            (machine,) = struct.unpack("<18xH", file.read(20))
        if machine != target.elf_machine:
            raise PackageError(f"{library} is made for another processor")


def _check_size(tree: Path) -> None:
    size = sum(file.stat().st_size for file in tree.rglob("*") if file.is_file())
    if size > MAX_UNPACKED_BYTES:
        raise PackageError(f"{size} bytes unpacked, {MAX_UNPACKED_BYTES} allowed")


def _zip(tree: Path, zip_file: Path) -> None:
    """Zip without times or order of its own: the same content makes the same file."""
    with zipfile.ZipFile(zip_file, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(file for file in tree.rglob("*") if file.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(tree).as_posix())
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.read_bytes())

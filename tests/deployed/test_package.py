import ast
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import botocore.session
import pytest

from infra.artifact import LAMBDA_GLIBC_MINOR
from infra.local.cloud import CLOUD_PYTHON
from infra.target import ROOT, target_of

pytestmark = pytest.mark.deployed

# Lambda unpacks at most 250 MB; a zip over 50 MB takes noticeably longer to start.
MAX_ZIPPED_BYTES = 40 * 1024 * 1024


@pytest.fixture(scope="module")
def template(built: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((built / "sam.json").read_text())
    return loaded


@pytest.fixture(scope="module")
def code(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("code")
    with zipfile.ZipFile(built / "code.zip") as archive:
        archive.extractall(folder)
    return folder


def lint(template: Path) -> str:
    linter = Path(sys.executable).with_name("cfn-lint")
    command = [str(linter), "--regions", "eu-west-1", "--template", str(template)]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    return f"{run.stdout}{run.stderr}"


def test_the_template_passes_the_linter(built: Path) -> None:
    assert lint(built / "sam.json") == ""


def test_the_transformed_template_passes_the_linter(built: Path, tmp_path: Path) -> None:
    script = Path(__file__).with_name("sam_transform.py")
    environment = os.environ | {"AWS_DEFAULT_REGION": "eu-west-1"}
    target = tmp_path / "cloudformation.json"

    subprocess.run([CLOUD_PYTHON, script, built / "sam.json", target], check=True, env=environment)

    assert lint(target) == ""


def test_the_linter_sees_a_mistake(built: Path, tmp_path: Path) -> None:
    text = (built / "sam.json").read_text().replace("PAY_PER_REQUEST", "PAY_PER_WISH")
    broken = tmp_path / "broken.json"
    broken.write_text(text)

    assert "PAY_PER_WISH" in lint(broken)


def test_every_lambda_has_a_role_of_its_own_and_the_stages_python(
    template: dict[str, Any],
) -> None:
    target = target_of("proof")
    functions = [
        each["Properties"]
        for each in template["Resources"].values()
        if each["Type"] == "AWS::Serverless::Function"
    ]

    roles = {each["Role"]["Fn::GetAtt"][0] for each in functions}

    assert len(functions) == len(roles) == 13
    assert {each["Runtime"] for each in functions} == {target.runtime}
    assert {tuple(each["Architectures"]) for each in functions} == {(target.architecture,)}


def test_every_queue_consumer_reports_the_messages_that_failed(template: dict[str, Any]) -> None:
    mappings = [
        event["Properties"]
        for each in template["Resources"].values()
        if each["Type"] == "AWS::Serverless::Function"
        for event in each["Properties"].get("Events", {}).values()
        if event["Type"] == "SQS"
    ]

    assert len(mappings) == 7
    for mapping in mappings:
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert list(mapping["Queue"]) == ["Fn::GetAtt"]


def test_every_wheel_runs_on_lambdas_linux(code: Path) -> None:
    tags = [
        tag
        for file in code.glob("*.dist-info/WHEEL")
        for tag in re.findall(r"^Tag: .*-(\S+)$", file.read_text(), re.MULTILINE)
    ]

    assert len(tags) > 15
    for tag in tags:
        glibc = re.fullmatch(rf"manylinux_2_(\d+)_{target_of('proof').machine}", tag)
        assert tag == "any" or tag.startswith("manylinux2014") or glibc, tag
        assert not glibc or int(glibc[1]) <= LAMBDA_GLIBC_MINOR


def test_every_module_imports_from_the_package_alone(code: Path) -> None:
    names = sorted(
        path.name.partition(".")[0]
        for path in code.iterdir()
        if path.suffix in {".py", ".so"} or (path / "__init__.py").exists()
    )
    script = [f"import sys, pkgutil; sys.path[:0] = [{str(code)!r}]"]
    script += [f"import {name}" for name in names]
    script += ["for each in pkgutil.walk_packages(chalicelib.__path__, 'chalicelib.'):"]
    script += ["    __import__(each.name)"]

    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", "\n".join(script)],
        check=False,
        capture_output=True,
        text=True,
    )

    assert {"app", "chalicelib", "botocore", "pydantic_core", "PIL"} <= set(names)
    assert run.stderr == ""


def test_the_package_holds_what_runs_and_nothing_else(built: Path) -> None:
    names = zipfile.ZipFile(built / "code.zip").namelist()
    ours = {f"chalicelib/{p.relative_to(ROOT / 'chalicelib')}" for p in sources()}

    assert {name for name in names if name.startswith("chalicelib/") and "pyc" not in name} == ours
    assert not [name for name in names if name.startswith(("tests/", "boto3/", "infra/", "bin/"))]
    assert (built / "code.zip").stat().st_size < MAX_ZIPPED_BYTES


def sources() -> list[Path]:
    found = (ROOT / "chalicelib").rglob("*")
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]


def test_every_module_of_ours_is_compiled_and_trusted(code: Path) -> None:
    tag = sys.implementation.cache_tag
    for source in [code / "app.py", *(code / "chalicelib").rglob("*.py")]:
        compiled = source.parent / "__pycache__" / f"{source.stem}.{tag}.pyc"
        # PEP 552: flags 1 mean a hash instead of a time, and no check against the source.
        assert compiled.read_bytes()[4:8] == b"\x01\x00\x00\x00", source


def test_every_service_that_the_code_calls_is_described_in_the_package(code: Path) -> None:
    wiring = ast.parse((code / "chalicelib/bootstrap.py").read_text())
    words = {node.value for node in ast.walk(wiring) if isinstance(node, ast.Constant)}

    called = words & set(botocore.session.get_session().get_available_services())

    packed = {path.name for path in (code / "botocore/data").iterdir() if path.is_dir()}
    assert {"dynamodb", "sesv2", "sqs"} <= called <= packed

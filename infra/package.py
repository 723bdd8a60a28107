"""Makes what CloudFormation deploys, sam.json and code.zip: python -m infra.package STAGE.

chalice writes the template and collects the app's own files, from a clean copy of them: it would
pack stray __pycache__ and would reuse an older zip when a module is only renamed.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from chalice.package import YAMLTemplateSerializer

from infra import artifact
from infra.finish import finish
from infra.target import ROOT, PackageError, Target, target_of


def package(stage: str, out: Path) -> Path:
    """Build the stage's package anew in the folder `out` and return it.

    PackageError says what is missing.
    """
    shutil.rmtree(out, ignore_errors=True)
    target = target_of(stage)
    project = _clean_copy(out / "app", stage, target)
    resources = out / "resources.json"
    resources.write_text(json.dumps(merged_resources(), indent=1))
    _run_chalice(project, stage, resources, out / "chalice")
    artifact.build(
        code=out / "chalice/deployment.zip",
        tree=out / "code",
        zip_file=out / "code.zip",
        requirements=ROOT / "requirements.txt",
        target=target,
    )
    template = json.loads((out / "chalice/sam.json").read_text())
    finish(template, runtime=target.runtime, code_uri="./code.zip")
    _check(template, target)
    (out / "sam.json").write_text(json.dumps(template, indent=1))
    return out


def merged_resources() -> dict[str, Any]:
    """template.yaml and edge.yaml as one; their sections share no name."""
    merged: dict[str, Any] = {}
    for name in ("template.yaml", "edge.yaml"):
        text = (ROOT / "infra" / name).read_text()
        for section, content in YAMLTemplateSerializer().load_template(text).items():
            if isinstance(content, dict):
                merged.setdefault(section, {}).update(content)
            else:
                merged[section] = content
    return merged


def _clean_copy(project: Path, stage: str, target: Target) -> Path:
    no_caches = shutil.ignore_patterns("__pycache__", "*.pyc", "deployments", "deployed")
    project.mkdir(parents=True)
    shutil.copy(ROOT / "app.py", project)
    for folder in ("chalicelib", ".chalice"):
        shutil.copytree(ROOT / folder, project / folder, ignore=no_caches)
    (project / "requirements.txt").touch()
    config = project / ".chalice/config.json"
    settings = json.loads(config.read_text())
    settings["stages"][stage]["lambda_architecture"] = target.architecture
    config.write_text(json.dumps(settings))
    return project


def _run_chalice(project: Path, stage: str, resources: Path, out: Path) -> None:
    command = [sys.executable, "-c", "import sys; from chalice.cli import main; sys.exit(main())"]
    command += ["--project-dir", str(project), "package", "--stage", stage]
    command += ["--merge-template", str(resources), str(out)]
    # chalice asks for a region although nothing it writes depends on one.
    environment = {"AWS_DEFAULT_REGION": "eu-west-1", **os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    if run.returncode or "Could not install dependencies" in run.stdout + run.stderr:
        raise PackageError(f"chalice package failed:\n{run.stdout}{run.stderr}")


def _check(template: dict[str, Any], target: Target) -> None:
    expected = (target.runtime, [target.architecture])
    for name, resource in template["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function":
            properties = resource["Properties"]
            if (properties["Runtime"], properties["Architectures"]) != expected:
                raise PackageError(f"{name} is not made for {target.runtime}")


def build_folder(stage: str) -> Path:
    return ROOT / "build" / stage


def main() -> None:
    (stage,) = sys.argv[1:]
    try:
        out = package(stage, build_folder(stage))
    except PackageError as reason:
        sys.exit(str(reason))
    size = (out / "code.zip").stat().st_size / 1e6
    print(f"{out.relative_to(ROOT)}: sam.json and code.zip ({size:.1f} MB)")


if __name__ == "__main__":
    main()

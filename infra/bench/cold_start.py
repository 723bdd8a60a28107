"""What a cold start costs, as a ratio to chalice and a DynamoDB client alone.

Each measurement is a fresh interpreter with compiled bytecode, as in the package. The two programs
take turns, so that whatever else the machine does meets both; CPU time leaves most of it out.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from infra.local.cloud import REGION
from infra.local.stamps import PROJECT

BUDGET: Final = 1.25
_RUNS: Final = 9
_FLOOR: Final = """
import chalice, botocore.session
botocore.session.get_session().create_client("dynamodb")
"""
_LIBRARIES: Final = """
import chalice, botocore.session, pydantic, aws_lambda_powertools
from pydantic import BaseModel
botocore.session.get_session().create_client("dynamodb")
"""
_REQUEST: Final = """
from app import app
event = {{
    "resource": "{path}", "path": "{path}", "httpMethod": "GET", "headers": {{}},
    "multiValueHeaders": {{}}, "queryStringParameters": None,
    "multiValueQueryStringParameters": None, "pathParameters": None, "stageVariables": None,
    "requestContext": {{"resourcePath": "{path}", "httpMethod": "GET", "requestId": "r",
                        "identity": {{}}}},
    "body": None, "isBase64Encoded": False,
}}
assert app(event, None)["statusCode"] == {status}
"""
# The first request makes the DynamoDB client. Without credentials a list answers 401, after
# everything but its own module was imported; that module is imported beside it.
PROGRAMS: Final = {
    "chalice + DynamoDB client (the floor)": _FLOOR,
    "  + pydantic and powertools": _LIBRARIES,
    "API Lambda: import, client, GET /v1/health": _REQUEST.format(path="/v1/health", status=200),
    "  + the invoices' own modules": (
        _REQUEST.format(path="/v1/invoices", status=401) + "import chalicelib.api.invoices\n"
    ),
}
_TIMED: Final = """
import time
began, began_cpu = time.perf_counter(), time.process_time()
{program}
print((time.process_time() - began_cpu) * 1000, (time.perf_counter() - began) * 1000)
"""


def measure() -> dict[str, tuple[float, float]]:
    """Return for each program the medians of CPU and elapsed milliseconds."""
    found: dict[str, list[tuple[float, ...]]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory() as caches:
        for run in range(_RUNS + 1):  # the first writes the bytecode and does not count
            for name, program in PROGRAMS.items():
                figures = _run(_TIMED.format(program=program), Path(caches))
                if run:
                    found[name].append(tuple(map(float, figures.split())))
    return {
        name: (statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs))
        for name, runs in found.items()
    }


def slowest_imports(count: int = 10) -> list[tuple[str, float]]:
    """Return the modules whose own import takes longest, in milliseconds."""
    with tempfile.TemporaryDirectory() as caches:
        program = PROGRAMS["API Lambda: import, client, GET /v1/health"]
        _run(program, Path(caches))
        told = _run(program, Path(caches), "-X", "importtime", told=True)
    rows = (line.removeprefix("import time:").split("|") for line in told.splitlines())
    own = [(row[2].strip(), int(row[0]) / 1000) for row in rows if row[0].strip().isdigit()]
    return sorted(own, key=lambda row: -row[1])[:count]


def _run(program: str, caches: Path, *options: str, told: bool = False) -> str:
    environment = os.environ | {
        "PYTHONPYCACHEPREFIX": str(caches),
        "PYDANTIC_DISABLE_PLUGINS": "__all__",  # as in edge.yaml
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    ended = subprocess.run(
        [sys.executable, *options, "-c", program],
        cwd=PROJECT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return ended.stderr if told else ended.stdout

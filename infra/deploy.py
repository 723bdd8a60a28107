"""Deploys a company: python -m infra.deploy STAGE STACK [Parameter=value ...].

Package, stack, then the site: a screen is never newer than the API that it calls.
"""

import mimetypes
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session, get_session

from infra import stack
from infra.package import build_folder, package
from infra.stack import DeployError
from infra.target import ROOT, PackageError

SITE = ROOT / "frontend/dist"


@dataclass(frozen=True, kw_only=True)
class Company:
    """What is deployed: a stage of the code as a stack, with the parameters that change."""

    stage: str
    stack: str
    parameters: dict[str, str]


def deploy(session: Session, company: Company, *, built: Path, site: Path) -> dict[str, str]:
    """Deploy the built package and the built site, and return the stack's outputs."""
    if not (site / "index.html").exists():
        raise DeployError(f"The site is not built: {site}/index.html is missing")
    name = company.stack
    release = stack.upload(session, built)
    stack.apply(session, name, release, {"Stage": company.stage, **company.parameters})
    outputs = stack.outputs(session, name)
    if not _is_known(session, name, outputs["Url"]):
        # Only now does CloudFront's name exist, which sign-in and links in mails need.
        stack.apply(session, name, release, {"Origin": outputs["Url"]})
    _publish_site(session, site, outputs)
    return outputs


def _publish_site(session: Session, site: Path, outputs: dict[str, str]) -> None:
    """Upload the built site, the pages that name all other files last, and drop what is cached."""
    s3 = session.create_client("s3")
    for file in _entry_pages_last(site):
        key = file.relative_to(site).as_posix()
        s3.put_object(
            Bucket=outputs["SiteBucketName"],
            Key=key,
            Body=file.read_bytes(),
            ContentType=mimetypes.guess_type(key)[0] or "application/octet-stream",
            CacheControl=_cache_control(key),
        )
    session.create_client("cloudfront").create_invalidation(
        DistributionId=outputs["EntranceId"],
        InvalidationBatch={
            "Paths": {"Quantity": 1, "Items": ["/*"]},
            "CallerReference": str(time.time_ns()),
        },
    )


def _entry_pages_last(site: Path) -> Iterable[Path]:
    files = (file for file in site.rglob("*") if file.is_file())
    return sorted(files, key=lambda file: (file.suffix == ".html", file))


def _cache_control(key: str) -> str:
    """Vite puts a hash of the content into the name of every file under assets/."""
    if key.startswith("assets/"):
        return "public, max-age=31536000, immutable"
    return "no-cache"


def _is_known(session: Session, name: str, url: str) -> bool:
    description: dict[str, Any] = stack.describe(session, name) or {}
    values = {p["ParameterKey"]: p["ParameterValue"] for p in description["Parameters"]}
    return bool(values["Domain"]) or values["Origin"] == url


def main() -> None:
    stage, name, *settings = sys.argv[1:]
    parameters = dict(setting.split("=", 1) for setting in settings)
    company = Company(stage=stage, stack=name, parameters=parameters)
    try:
        built = package(stage, build_folder(stage))
        outputs = deploy(get_session(), company, built=built, site=SITE)
    except (PackageError, DeployError, BotoCoreError, ClientError) as reason:
        sys.exit(str(reason))
    for key, value in sorted(outputs.items()):
        print(f"{key:24} {value}")


if __name__ == "__main__":
    main()

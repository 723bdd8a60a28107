"""What CloudFront does with the built web app: files, start page for screens, security headers."""

import mimetypes
from pathlib import Path
from typing import Any, Final

import yaml

from infra.local.gateway import Answer, problem
from infra.local.stamps import PROJECT

BUILD: Final = PROJECT / "frontend/dist"
_EDGE: Final = PROJECT / "infra/edge.yaml"
# File names below assets/ contain a hash of their content, so a browser may keep them for good.
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"

mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("text/javascript", ".js")


class Site:
    """The files of one build."""

    def __init__(self, build: Path = BUILD) -> None:
        self._build = build.resolve()

    def answer(self, path: str) -> Answer:
        """The file at a path; a path whose last part has no dot is a screen, so its start page."""
        name = path.partition("?")[0].lstrip("/")
        is_file = "." in name.rpartition("/")[2]
        start = "portal.html" if name == "p" or name.startswith("p/") else "index.html"
        file = (self._build / (name if is_file else start)).resolve()
        if not file.is_relative_to(self._build) or not file.is_file():
            return problem(404, "Not Found", f"Nothing is at /{name}.")
        content_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if content_type.startswith("text/"):
            content_type += "; charset=utf-8"
        keep = _FOR_GOOD if name.startswith("assets/") else _ASK_AGAIN
        headers = (("Content-Type", content_type), ("Cache-Control", keep))
        return Answer(200, headers, file.read_bytes())


def security_headers() -> dict[str, str]:
    """The headers that CloudFront puts on every answer, except HSTS: there is no TLS here."""
    policy = _headers_policy()
    security = policy["SecurityHeadersConfig"]
    own = {item["Header"]: item["Value"] for item in policy["CustomHeadersConfig"]["Items"]}
    return own | {
        "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": security["FrameOptions"]["FrameOption"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
    }


def yielding_headers() -> set[str]:
    """Those of the security headers that the API may say in other words."""
    policy = _headers_policy()
    items = policy["CustomHeadersConfig"]["Items"]
    own = {item["Header"] for item in items if not item["Override"]}
    is_ours = policy["SecurityHeadersConfig"]["ReferrerPolicy"]["Override"]
    return own if is_ours else own | {"Referrer-Policy"}


def _headers_policy() -> Any:
    template = yaml.load(_EDGE.read_text(encoding="utf-8"), _TemplateLoader)  # noqa: S506
    return template["Resources"]["Headers"]["Properties"]["ResponseHeadersPolicyConfig"]


class _TemplateLoader(yaml.SafeLoader):
    """Reads CloudFormation's YAML; its functions (!Ref, !Sub, ...) become None."""


def _no_value(_loader: yaml.SafeLoader, _suffix: str, _node: yaml.Node) -> Any:
    return None


_TemplateLoader.add_multi_constructor("!", _no_value)

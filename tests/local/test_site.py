"""The built web app is served as CloudFront serves it."""

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from infra.local.site import Site, _TemplateLoader, security_headers, yielding_headers

EDGE = Path(__file__).parents[2] / "infra/edge.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "secret.txt").write_text("secret")
    build = tmp_path / "dist"
    (build / "assets").mkdir(parents=True)
    (build / "index.html").write_text("<!doctype html>")
    (build / "portal.html").write_text("<!doctype html><title>Portal</title>")
    (build / "assets" / "main-1.js").write_text("go()")
    return Site(build)


@pytest.mark.parametrize("path", ["/", "/invoices", "/customers/c_1?tab=open", "/a/b/c"])
def test_every_screen_starts_with_the_same_page(site: Site, path: str) -> None:
    answer = site.answer(path)

    assert answer.status == 200
    assert answer.body == b"<!doctype html>"
    assert dict(answer.headers) == {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-cache",
    }


PORTAL = ["/p", "/p/", "/p/return?checkout=chk_1", "/p/invoices/inv_1"]
STAFF = ["/", "/payments", "/portal", "/px", "/pp/x", "/settings/p"]


@pytest.mark.parametrize("path", PORTAL)
def test_the_screens_of_customers_start_with_a_page_of_their_own(site: Site, path: str) -> None:
    assert b"Portal" in site.answer(path).body


def test_cloudfront_leads_to_the_same_pages(site: Site) -> None:
    code = yaml.load(EDGE.read_text("utf-8"), _TemplateLoader)["Resources"]["SiteFallback"]  # noqa: S506
    asked = [path.partition("?")[0] for path in (*PORTAL, *STAFF, "/assets/main-1.js")]
    script = (
        f"{code['Properties']['FunctionCode']}\n"
        f"console.log(JSON.stringify({json.dumps(asked)}.map(uri => handler("
        "{request: {uri}}).uri)))"
    )

    printed = subprocess.run(
        ["node", "-e", script], capture_output=True, text=True, check=True
    ).stdout

    led = dict(zip(asked, json.loads(printed), strict=True))
    for path, place in led.items():
        assert site.answer(path).body == site.answer(place).body
    assert {led[path.partition("?")[0]] for path in PORTAL} == {"/portal.html"}
    assert {led[path] for path in STAFF} == {"/index.html"}


def test_a_file_named_by_its_content_is_kept_for_good(site: Site) -> None:
    answer = site.answer("/assets/main-1.js")

    assert answer.body == b"go()"
    assert dict(answer.headers) == {
        "Content-Type": "text/javascript; charset=utf-8",
        "Cache-Control": "public, max-age=31536000, immutable",
    }


@pytest.mark.parametrize("path", ["/assets/old.js", "/../secret.txt", "/assets/../../secret.txt"])
def test_a_missing_file_or_one_outside_is_not_found(site: Site, path: str) -> None:
    assert site.answer(path).status == 404


def test_the_security_headers_are_those_of_the_template() -> None:
    headers = security_headers()

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_what_the_api_says_of_referrers_counts() -> None:
    assert "Referrer-Policy" in yielding_headers()


def test_a_form_may_be_posted_to_the_bank_and_nowhere_else() -> None:
    policy = security_headers()["Content-Security-Policy"]

    (forms,) = [part.split() for part in policy.split(";") if "form-action" in part]
    assert forms == [
        "form-action", "'self'", "https://sis.redsys.es", "https://sis-t.redsys.es:25443",
    ]  # fmt: skip

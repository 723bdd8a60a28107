"""The built web app is served as CloudFront serves it."""

from pathlib import Path

import pytest

from infra.local.site import Site, security_headers


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "secret.txt").write_text("secret")
    build = tmp_path / "dist"
    (build / "assets").mkdir(parents=True)
    (build / "index.html").write_text("<!doctype html>")
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

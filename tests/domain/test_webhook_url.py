"""Which addresses webhooks may go to: plain https to a public name, however it is dressed up."""

import pytest

from chalicelib.domain.webhook_url import Target, UrlRefused, target_of


def refusal(url: str, *, allows_local: bool = False) -> str:
    with pytest.raises(UrlRefused) as refused:
        target_of(url, allows_local=allows_local)
    return refused.value.code


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://hooks.example.com", "hooks.example.com", "/"),
        ("https://hooks.example.com/a/b?x=1&y=%20", "hooks.example.com", "/a/b?x=1&y=%20"),
        ("https://hooks.example.com:443/a", "hooks.example.com", "/a"),
        ("HTTPS://Hooks.Example.COM/A", "hooks.example.com", "/A"),
        ("https://xn--mnchen-3ya.example/", "xn--mnchen-3ya.example", "/"),
    ],
)
def test_a_public_host_is_called_by_tls_on_its_port(url: str, host: str, path: str) -> None:
    assert target_of(url, allows_local=False) == Target(host, 443, path, is_local=False)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://hooks.example.com/", "url_not_https"),
        ("ftp://hooks.example.com/", "url_not_https"),
        ("file:///etc/passwd", "url_not_https"),
        ("hooks.example.com", "url_not_https"),
        ("https://hooks.example.com:8443/", "url_port"),
        ("https://hooks.example.com:0/", "url_port"),
        ("https://hooks.example.com:99999/", "url_unreadable"),
        ("https://ana@hooks.example.com/", "url_parts"),
        ("https://hooks.example.com:443@10.0.0.1/", "url_host"),
        ("https://user:pass@hooks.example.com/", "url_parts"),
        ("https://hooks.example.com/#here", "url_unreadable"),
        ("https://hooks.example.com/#", "url_unreadable"),
        ("https://hooks.example.com\\@10.0.0.1/", "url_unreadable"),
        ("https://hooks.example.com/a b", "url_unreadable"),
        ("https://hooks.example.com/\r\nHost: x", "url_unreadable"),
        ("https://münchen.example/", "url_unreadable"),
        ("https://[::1/", "url_unreadable"),
        ("https://hooks.example.com/" + "a" * 2_000, "url_unreadable"),
        ("", "url_unreadable"),
    ],
)
def test_all_that_is_not_plain_https_is_refused(url: str, code: str) -> None:
    assert refusal(url) == code


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "127.0.0.1", "[::1]", "[::ffff:10.0.0.1]", "2130706433", "0x7f000001",
        "017700000001", "0x7f.0.0.1", "127.1", "10.0.0.1", "169.254.169.254", "8.8.8.8",
        "intranet", "db.internal", "printer.local", "x.localhost", "router.home.arpa",
        "metadata.google.internal", "hooks.example.com.", "-a.example.com", "a..example.com",
        "a_b.example.com", "hooks.example.1", "hooks.example.0x1", f"{'a' * 64}.example.com",
        ".".join(["a" * 60] * 5),
    ],
)  # fmt: skip
def test_a_host_has_a_public_name(host: str) -> None:
    assert refusal(f"https://{host}/") == "url_host"


def test_in_the_local_cloud_this_machine_may_be_called_besides() -> None:
    here = target_of("http://127.0.0.1:9000/hook?x=1", allows_local=True)

    assert here == Target("127.0.0.1", 9000, "/hook?x=1", is_local=True)
    assert target_of("http://localhost/", allows_local=True).port == 80
    assert target_of("https://hooks.example.com/", allows_local=True).is_local is False
    for url, code in {
        "http://127.0.0.2:9000/": "url_not_https",
        "http://localhost.example.com/": "url_not_https",
        "http://a@localhost:9000/": "url_parts",
        "https://localhost/": "url_host",
    }.items():
        assert refusal(url, allows_local=True) == code

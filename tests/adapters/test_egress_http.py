"""The one place that calls addresses of others: what it reaches, how long and how much it reads."""

import gzip
import socket
import threading
import time
from ipaddress import ip_address
from pathlib import Path

import pytest

from chalicelib.adapters.egress_http import MOST_BYTES, HttpEgress, Wire
from chalicelib.usecases.egress_ports import CallAnswer, OutgoingCall
from tests.adapters.receiver import HOST, PUBLIC, Net, Receiver, certificate, receiver

__all__ = ["certificate", "receiver"]  # fixtures


def post(net: Net, url: str = f"https://{HOST}/hook", *, seconds: float = 5) -> CallAnswer:
    call = OutgoingCall(url=url, headers={"webhook-id": "evt_1"}, body='{"a":"ñ"}')
    return HttpEgress(allows_local=False, wire=net.wire(), seconds=seconds).call(call)


def test_a_body_reaches_the_host_of_the_name_at_the_address_that_was_looked_at(
    receiver: Receiver, certificate: Path
) -> None:
    net = Net(receiver, certificate)

    answer = post(net, f"https://{HOST}/hook?x=1")

    assert (answer.status, answer.body, answer.error) == (200, "ok", None)
    assert net.connected == [(PUBLIC, 443)]
    assert receiver.servers_named == [HOST]
    head, _, body = receiver.asked[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /hook?x=1 HTTP/1.1"
    assert {f"Host: {HOST}", "webhook-id: evt_1", "Accept-Encoding: identity"} <= set(lines)
    assert body == '{"a":"ñ"}'.encode()


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"], ["::1"], ["10.0.0.1"], ["169.254.169.254"], ["100.64.0.1"],
        ["fd00:ec2::254"], ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"], ["224.0.0.1"],
        [PUBLIC, "10.0.0.1"], ["10.0.0.1", PUBLIC],
    ],
)  # fmt: skip
def test_a_name_that_may_mean_another_place_is_not_called(
    receiver: Receiver, certificate: Path, addresses: list[str]
) -> None:
    net = Net(receiver, certificate, addresses)

    answer = post(net)

    assert (answer.status, answer.error) == (None, "address_refused")
    assert net.connected == []
    assert receiver.asked == []


def test_a_name_that_means_something_else_the_second_time_is_asked_once(
    receiver: Receiver, certificate: Path
) -> None:
    net = Net(receiver, certificate, [PUBLIC], ["127.0.0.1"])

    assert post(net).status == 200

    assert net.resolved == [HOST]
    assert net.connected == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://127.0.0.1/", "url_host"),
        ("https://[::1]/", "url_host"),
        ("https://2130706433/", "url_host"),
        ("https://0x7f.1/", "url_host"),
        (f"http://{HOST}/", "url_not_https"),
        (f"https://{HOST}:22/", "url_port"),
        (f"https://{HOST}@10.0.0.1/", "url_host"),
        (f"https://10.0.0.1@{HOST}/", "url_parts"),
        ("http://localhost:9000/", "url_not_https"),
    ],
)
def test_an_address_is_judged_again_where_it_is_called(
    receiver: Receiver, certificate: Path, url: str, code: str
) -> None:
    net = Net(receiver, certificate)

    assert post(net, url).error == code
    assert (net.resolved, net.connected) == ([], [])


def test_a_redirect_is_an_answer_and_leads_nowhere(receiver: Receiver, certificate: Path) -> None:
    receiver.respond = lambda there: there.sendall(
        b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\n"
        b"Content-Length: 0\r\n\r\n"
    )
    net = Net(receiver, certificate)

    answer = post(net)

    assert (answer.status, answer.error) == (302, None)
    assert net.resolved == [HOST]
    assert len(receiver.asked) == 1


def test_another_machine_behind_the_name_is_not_believed(
    receiver: Receiver, certificate: Path
) -> None:
    net = Net(receiver, certificate)

    answer = post(net, "https://other.example.com/")

    assert (answer.status, answer.error) == (None, "tls")
    assert receiver.asked == []


def test_a_name_that_nobody_knows_has_no_address(receiver: Receiver, certificate: Path) -> None:
    assert post(Net(receiver, certificate, [])).error == "no_such_host"


def test_a_resolver_that_hangs_is_not_waited_for(receiver: Receiver, certificate: Path) -> None:
    over = threading.Event()
    net = Net(receiver, certificate)
    wire = Wire(resolve=lambda *_: [str(over.wait(20))], connect=net.wire().connect)
    call = OutgoingCall(url=f"https://{HOST}/", headers={}, body="")

    answer = HttpEgress(allows_local=False, wire=wire, seconds=0.2).call(call)
    over.set()

    assert answer.error == "timeout"


def drip(there: socket.socket, said: bytes, *, at_once: bytes = b"") -> None:
    there.sendall(at_once)
    for one in said:
        there.sendall(bytes([one]))
        time.sleep(0.02)


@pytest.mark.parametrize(
    "head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"HTTP/1.1 200 OK\r\n"]
)
def test_an_answer_by_drops_ends_when_the_time_is_up(
    receiver: Receiver, certificate: Path, head: bytes
) -> None:
    receiver.respond = lambda there: drip(there, b"X" * 2_000, at_once=head)

    answer = post(Net(receiver, certificate), seconds=0.5)

    assert answer.error == "timeout"
    assert 400 <= answer.ms < 2_500


def silent(until: threading.Event) -> None:
    until.wait(20)


def test_a_connection_that_opens_and_says_nothing_ends_too(
    receiver: Receiver, certificate: Path
) -> None:
    over = threading.Event()
    receiver.respond = lambda _there: silent(over)

    answer = post(Net(receiver, certificate), seconds=0.3)
    over.set()

    assert (answer.status, answer.error) == (None, "timeout")


def test_of_a_huge_answer_only_the_beginning_is_read(receiver: Receiver, certificate: Path) -> None:
    def flood(there: socket.socket) -> None:
        there.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
        for _ in range(400):
            there.sendall(b"x" * 65_536)

    receiver.respond = flood

    answer = post(Net(receiver, certificate))

    assert (answer.status, answer.error) == (200, None)
    assert len(answer.body) == MOST_BYTES


def test_nothing_is_unpacked(receiver: Receiver, certificate: Path) -> None:
    bomb = gzip.compress(b"0" * 20_000_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    receiver.respond = lambda there: there.sendall(head + bomb)

    answer = post(Net(receiver, certificate))

    assert answer.status == 200
    assert len(answer.body) <= len(bomb)
    assert len(answer.body) <= MOST_BYTES


@pytest.mark.parametrize(
    "said",
    [
        b"hello\r\n\r\n",
        b"HTTP/1.1 99999 no\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\na: " + b"x" * 70_000 + b"\r\n\r\n",
        b"",
    ],
)
def test_what_is_not_http_is_no_answer(receiver: Receiver, certificate: Path, said: bytes) -> None:
    receiver.respond = lambda there: there.sendall(said)

    assert post(Net(receiver, certificate)).error in ("bad_answer", "connection")


def test_an_answer_in_chunks_and_one_that_is_cut_short_are_answers(
    receiver: Receiver, certificate: Path
) -> None:
    net = Net(receiver, certificate)
    receiver.respond = lambda there: there.sendall(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nRetry-After: 7\r\n\r\n"
        b"2\r\nok\r\n0\r\n\r\n"
    )
    whole = post(net)
    receiver.respond = lambda there: there.sendall(
        b"HTTP/1.1 202 Accepted\r\nContent-Length: 50\r\n\r\npart"
    )
    cut = post(net)

    assert (whole.status, whole.body, whole.retry_after) == (200, "ok", "7")
    assert (cut.status, cut.body, cut.error) == (202, "part", None)


def test_a_header_cannot_be_smuggled_in(receiver: Receiver, certificate: Path) -> None:
    net = Net(receiver, certificate)
    call = OutgoingCall(url=f"https://{HOST}/", headers={"a": "b\r\nX: y"}, body="")

    answer = HttpEgress(allows_local=False, wire=net.wire()).call(call)

    assert answer.error == "bad_answer"
    assert receiver.asked == []


def test_in_the_local_cloud_a_receiver_on_this_machine_is_called() -> None:
    server = Receiver(None)
    call = OutgoingCall(url=f"http://127.0.0.1:{server.port}/hook", headers={}, body="{}")

    answer = HttpEgress(allows_local=True).call(call)
    refused = HttpEgress(allows_local=False).call(call)
    server.end()

    assert (answer.status, answer.body) == (200, "ok")
    assert refused.error == "url_not_https"
    assert f"Host: 127.0.0.1:{server.port}".encode() in server.asked[0]
    assert len(server.asked) == 1


def test_localhost_means_this_machine_and_nothing_else(
    receiver: Receiver, certificate: Path
) -> None:
    net = Net(receiver, certificate, ["10.0.0.1"])
    call = OutgoingCall(url="http://localhost:9000/", headers={}, body="")

    answer = HttpEgress(allows_local=True, wire=net.wire()).call(call)

    assert answer.error == "address_refused"
    assert net.connected == []


def test_the_address_of_these_tests_is_public() -> None:
    assert ip_address(PUBLIC).is_global

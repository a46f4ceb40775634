"""The server as a process: what it prints, who reaches it, and what becomes of requests that never end."""

import http.client
import socket
import ssl
import time
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
import uvicorn

from pipeline.errors import UsageError
from pipeline.review import patience
from pipeline.review.door import Door, door_at
from pipeline.review.patience import MOST_HEAD_BYTES, PatientProtocol
from pipeline.review.trail import Trail
from pipeline.review.trail_moving import move_trail
from tests.review.processes import Browser, servers

trustme = pytest.importorskip("trustme", reason="trustme is not installed")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A certificate for this machine's names, its key, and the authority that signed it."""
    folder = tmp_path_factory.mktemp("tls")
    authority = trustme.CA()
    issued = authority.issue_cert("localhost", "127.0.0.1", "0.0.0.0", "may-chu.xa.vn")
    issued.private_key_pem.write_to_path(str(folder / "key.pem"))
    for part in issued.cert_chain_pems:
        part.write_to_path(str(folder / "cert.pem"), append=True)
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    return folder / "cert.pem", folder / "key.pem", folder / "ca.pem"


# The door


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.9", "::1"])
def test_this_machine_needs_no_more_than_its_address(host: str) -> None:
    assert not door_at(host).remote


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "203.0.113.5", "fe80::1"])
def test_others_come_in_only_where_it_was_said_three_times(
    host: str, certificate: tuple[Path, Path, Path]
) -> None:
    cert, key, _ = certificate
    names = ("may-chu.xa.vn",)
    with pytest.raises(UsageError, match="--allow-remote"):
        door_at(host, names)
    with pytest.raises(UsageError, match="--allow-remote"):
        door_at(host, names, certificate=cert, key=key)
    with pytest.raises(UsageError, match="without TLS"):
        door_at(host, names, allow_remote=True)
    with pytest.raises(UsageError, match="belong together"):
        door_at(host, names, allow_remote=True, certificate=cert)
    door = door_at(host, names, allow_remote=True, certificate=cert, key=key)
    assert (door.remote, door.scheme, door.url(8443)) == (True, "https", "https://may-chu.xa.vn:8443")
    assert "may-chu.xa.vn" in door.hosts(443), "browsers leave the port of https out"
    assert "may-chu.xa.vn" not in door.hosts(8443)


def test_a_door_open_to_all_addresses_must_know_its_name(certificate: tuple[Path, Path, Path]) -> None:
    cert, key, _ = certificate
    with pytest.raises(UsageError, match="--hostname"):
        door_at("0.0.0.0", allow_remote=True, certificate=cert, key=key)


@pytest.mark.parametrize("wrong", ["may-chu", "300.1.1.1", "", "127.0.0.1:80", "evil.example/"])
def test_an_address_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(UsageError, match="give an address"):
        door_at(wrong)


@pytest.mark.parametrize("wrong", ["a b", "x\r\nSet-Cookie: a", "evil.example/", "*", "-a"])
def test_a_hostname_that_is_none_is_refused(wrong: str, certificate: tuple[Path, Path, Path]) -> None:
    with pytest.raises(UsageError, match="no name of a machine"):
        door_at("192.168.1.5", (wrong,), allow_remote=True, certificate=certificate[0], key=certificate[1])


def test_files_that_are_no_certificate_are_refused_before_anything_starts(
    tmp_path: Path, certificate: tuple[Path, Path, Path]
) -> None:
    (tmp_path / "odd.pem").write_text("no certificate")
    with pytest.raises(UsageError, match="no certificate and its key"):
        door_at("127.0.0.1", certificate=tmp_path / "odd.pem", key=certificate[1])
    with pytest.raises(UsageError, match="cannot be read"):
        door_at("127.0.0.1", certificate=tmp_path / "none.pem", key=certificate[1])


def test_an_ipv6_address_stands_in_brackets() -> None:
    assert Door("::1", ("::1",)).hosts(80) == {"[::1]:80"}


# The process


def test_it_serves_https_to_others_and_tells_what_that_means(
    workspace: Path, tmp_path: Path, certificate: tuple[Path, Path, Path]
) -> None:
    cert, key, authority = certificate
    with servers(tmp_path) as start:
        server = start(workspace, "--host", "0.0.0.0", "--hostname", "localhost", "--allow-remote",
                       "--tls-cert", cert, "--tls-key", key)  # fmt: skip
        link = urlsplit(server.link)
        assert (link.scheme, link.hostname) == ("https", "localhost")
        assert "OTHERS CAN REACH IT" in (tmp_path / "said-0").read_text()
        trusting = ssl.create_default_context(cafile=authority)
        connection = http.client.HTTPSConnection(link.netloc, timeout=30, context=trusting)
        connection.request("GET", f"{link.path}?{link.query}")
        answer = connection.getresponse()
        answer.read()
        cookie = answer.headers["Set-Cookie"]
        assert answer.status == 303 and "Secure" in cookie and cookie.startswith("__Host-")
        connection.request("GET", "/api/queue", headers={"Cookie": cookie.partition(";")[0]})
        answer = connection.getresponse()
        assert (answer.status, b"items" in answer.read()) == (200, True)
        connection.close()
        plain = http.client.HTTPConnection(link.netloc, timeout=30)
        plain.request("GET", f"{link.path}?{link.query}")
        with pytest.raises((http.client.HTTPException, OSError)):
            plain.getresponse()
        plain.close()
        old = ssl.create_default_context(cafile=authority)
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        old.set_ciphers("ALL:@SECLEVEL=0")
        with pytest.warns(DeprecationWarning):
            old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
        with socket.create_connection((link.hostname or "", link.port or 0)) as raw, pytest.raises(OSError):
            old.wrap_socket(raw, server_hostname=link.hostname)


def test_with_a_teams_store_every_decision_lies_in_it(workspace: Path, tmp_path: Path, database: str) -> None:
    with servers(tmp_path) as start:
        browser = Browser(start(workspace, "--store", database).link)
        item = browser.get("/api/queue?limit=1")[1]["items"][0]
        sent = {**item, "action": "set", "new": {"state": "absent"}}
        status, answer = browser.post("/api/decide", sent)
        browser.close()
    trail = Trail(workspace)
    assert (status, trail.head, trail.place.file) == (200, answer["seen"], None)
    assert not list((workspace / "review").glob("*.sqlite"))
    assert move_trail(workspace, database) == "", "the folder remembers"


# Requests that never end


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> object:
    """A server with little patience, and its port."""
    monkeypatch.setattr(patience, "ARRIVAL_SECONDS", 0.5)

    async def app(scope: object, receive: object, send: object) -> None:
        message = {"more_body": True}
        while message.get("more_body"):
            message = await receive()  # type: ignore[operator]
        await send({"type": "http.response.start", "status": 204, "headers": []})  # type: ignore[operator]
        await send({"type": "http.response.body"})  # type: ignore[operator]

    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, http=PatientProtocol, lifespan="off", log_level="critical", timeout_keep_alive=60,
                            h11_max_incomplete_event_size=MOST_HEAD_BYTES)  # type: ignore[arg-type]  # fmt: skip
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(10)
    listener.close()


def ended_after(port: int, *parts: bytes, every: float = 0.2) -> tuple[float, bytes]:
    """Send ``parts`` slowly; return after how many seconds the server hung up, and what it answered."""
    began = time.monotonic()
    answered = b""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(every)
            while part := connection.recv(65_536):
                answered += part
        except ConnectionError:
            pass
    return time.monotonic() - began, answered


@pytest.mark.parametrize(
    "parts",
    [
        [b"GET / HTTP/1.1\r\n", *[b"X-A: b\r\n"] * 60],
        [b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n", *[b"x"] * 60],
        [b""],
        [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", *[b"G"] * 60],
    ],
    ids=["head", "body", "silence", "second head"],
)
def test_a_request_that_comes_letter_by_letter_is_cut_off(impatient: int, parts: list[bytes]) -> None:
    seconds, _ = ended_after(impatient, *parts)
    assert seconds < 60 * 0.2, "the server waited for all of it"


def test_a_whole_request_may_be_followed_by_another_after_a_while(impatient: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", impatient, timeout=20)
    for _ in range(2):
        connection.request("POST", "/", b"x" * 1_000)
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (204, b"")
        time.sleep(1.0)
    connection.close()


def test_a_head_without_end_is_refused(impatient: int) -> None:
    head = b"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * (MOST_HEAD_BYTES + 10)
    assert ended_after(impatient, head, every=0.0)[1].startswith(b"HTTP/1.1 400")

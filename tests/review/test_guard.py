"""What an attacker tries at the door: foreign pages, foreign names, guessed tokens, stale sessions, bodies without end."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import regex
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from pipeline.review.desk import Desk
from pipeline.review.guard import HEADERS, MOST_BODY_BYTES
from pipeline.review.server import application
from pipeline.review.sessions import IDLE_SECONDS, Sessions
from pipeline.review.trail import Trail
from tests.review.conftest import EVIL, HOST

FROM_ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
FOLLOWED = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
Come = Callable[..., TestClient]


@pytest.fixture
def sessions() -> Sessions:
    return Sessions("lan", "right")


@pytest.fixture
def come(desk: Desk, sessions: Sessions) -> Come:
    """Return a browser without a session, at an address of its own."""
    app = application(desk, sessions, frozenset({HOST}))

    def client(address: str = "127.0.0.1") -> TestClient:
        return TestClient(app, base_url=f"http://{HOST}", client=(address, 50_000), follow_redirects=False)

    return client


def a_decision(client: TestClient) -> dict[str, Any]:
    item = client.get("/api/queue").json()["items"][0]
    return {**item, "action": "set", "new": {"state": "absent"}}


# Names of the server


def test_a_name_that_is_not_the_servers_gets_nothing(come: Come) -> None:
    for host in [
        "evil.example",
        "evil.example:8765",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost:8765.evil.example",
        "",
        "127.0.0.1:8765@evil",
    ]:  # fmt: skip
        for path in ("/login?token=right", "/static/main.js", "/"):
            refused = come().get(path, headers={"Host": host})
            assert refused.status_code == 421
            assert "set-cookie" not in refused.headers


# Foreign pages


def test_a_post_from_another_sites_page_is_refused(client: TestClient, workspace: Path) -> None:
    sent = a_decision(client)
    for headers in (
        {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:3000"},
        {"Origin": f"https://{HOST}"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
        {"Origin": f"http://{HOST}", **FOLLOWED},
    ):  # fmt: skip
        assert client.post("/api/decide", json=sent, headers=headers).status_code == 403, headers
    assert Trail(workspace).entries == []
    own = {"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/api/decide", json=sent, headers=own).status_code == 200


def test_a_post_without_the_pages_secret_is_refused(client: TestClient, workspace: Path) -> None:
    sent = a_decision(client)
    for secret in ("", "guess", client.headers["X-Sohoa-Csrf"] + "x"):
        assert client.post("/api/decide", json=sent, headers={"X-Sohoa-Csrf": secret}).status_code == 403
    assert Trail(workspace).entries == []


def test_a_form_of_another_site_cannot_pass_for_json(client: TestClient) -> None:
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
        "application/jsonx",
    ]:
        refused = client.post("/api/decide", content="{}", headers={"Content-Type": kind})
        assert (refused.status_code, refused.json()["error"]) == (415, "json_only")


def test_other_sites_pages_cannot_load_anything_but_may_link_to_the_page(client: TestClient) -> None:
    doc_id = client.get("/api/queue").json()["items"][0]["doc_id"]
    for path in ("/api/queue", f"/picture/{doc_id}/1", "/static/main.js", "/", "/login?token=right"):
        assert client.get(path, headers=FROM_ELSEWHERE).status_code == 403
        framed = {**FOLLOWED, "Sec-Fetch-Dest": "iframe"}
        assert client.get(path, headers=framed).status_code == 403
    assert client.get("/", headers=FOLLOWED).status_code == 200


def test_other_sites_cannot_use_up_the_tries_of_this_machine(come: Come) -> None:
    for _ in range(20):
        assert come().get("/login?token=wrong", headers=FROM_ELSEWHERE).status_code == 403
    assert come().get("/login?token=right").status_code == 303


def test_every_answer_forbids_frames_foreign_scripts_sniffing_and_keeping(
    come: Come, client: TestClient
) -> None:
    answers = [come().get("/"), come().get("/login"), come().get("/nowhere"), client.get("/"), client.get("/api/queue"),
               client.get("/static/main.js"), client.post("/api/decide", json={}),
           come().get("/", headers={"Host": "x"})]  # fmt: skip
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, answer.url
        assert "access-control-allow-origin" not in answer.headers


# The token and the session


def test_the_token_leaves_the_address_at_once_and_the_cookie_is_for_the_server_alone(come: Come) -> None:
    answer = come().get("/login", params={"token": "right"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=vi")
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/"))
    assert "domain" not in cookie and "right" not in cookie
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_link_followed_from_a_mail_page_comes_in_too(come: Come) -> None:
    browser = come()
    answer = browser.get("/login?token=right", headers=FOLLOWED)
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, True)
    assert 'http-equiv="refresh" content="0;url=/?lang=vi"' in answer.text
    assert "right" not in answer.text
    assert browser.get("/").status_code == 200


def test_the_token_can_be_typed(come: Come) -> None:
    browser = come()
    assert browser.get("/", headers={"Accept": "text/html"}).headers["location"] == "/login"
    assert 'method="post"' in browser.get("/login").text
    own_form = {
        "Origin": "null",
        "Sec-Fetch-Site": "same-origin",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    assert browser.post("/login", data={"token": "wrong"}, headers=own_form).status_code == 403
    assert browser.post("/login", data={"token": " right "}, headers=own_form).status_code == 303
    assert browser.get("/").status_code == 200


def test_a_forged_token_opens_nothing(come: Come) -> None:
    for token in ["", "Right", "right ", "right\0", "rightx", "\ud7ff", "x" * 200]:
        browser = come()
        answer = browser.get("/login", params={"token": token})
        assert answer.status_code in {200, 403}
        assert "set-cookie" not in answer.headers
        assert browser.get("/api/queue").status_code == 401


def test_a_forged_cookie_is_no_session(come: Come, sessions: Sessions) -> None:
    for cookie in ["", "x", "right", "a=b", "%00", "\xff"]:
        sent = {"Cookie": f"{sessions.cookie}={cookie}".encode("latin-1")}
        assert come().get("/api/queue", headers=sent).status_code == 401  # type: ignore[arg-type]


def test_tokens_cannot_be_tried_fast_from_one_address_and_others_still_come_in(come: Come) -> None:
    thief = come("198.51.100.7")
    codes = [thief.get("/login", params={"token": f"no{n}"}).status_code for n in range(12)]
    assert codes == [403] * 10 + [429] * 2
    assert thief.get("/login", params={"token": "right"}).status_code == 429, (
        "nor is the right one told apart"
    )
    assert come("198.51.100.8").get("/login", params={"token": "right"}).status_code == 303
    forwarded = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    assert thief.get("/login", params={"token": "no"}, headers=forwarded).status_code == 429


def test_an_attacker_with_a_whole_ipv6_network_is_one_attacker(come: Come) -> None:
    codes = [come(f"2001:db8::{n:x}").get("/login", params={"token": "no"}).status_code for n in range(1, 12)]
    assert codes == [403] * 10 + [429]


def test_a_session_ends_when_it_is_left_and_when_it_is_idle(desk: Desk) -> None:
    now = [0.0]
    sessions = Sessions("lan", "right", clock=lambda: now[0])
    with TestClient(application(desk, sessions, frozenset({HOST})), base_url=f"http://{HOST}") as client:
        client.get("/login?token=right")
        now[0] += IDLE_SECONDS - 1
        csrf = client.get("/api/session").json()["csrf"]
        now[0] += IDLE_SECONDS - 1
        assert client.get("/api/queue").status_code == 200, "what is used goes on"
        now[0] += IDLE_SECONDS + 1
        assert client.get("/api/queue").status_code == 401
        client.get("/login?token=right")
        kept = client.cookies[sessions.cookie]
        assert client.post("/logout", json={}, headers={"X-Sohoa-Csrf": csrf}).status_code == 403, (
            "the old secret"
        )
        csrf = client.get("/api/session").json()["csrf"]
        assert client.post("/logout", json={}, headers={"X-Sohoa-Csrf": csrf}).status_code == 200
        assert not client.cookies
        client.cookies.set(sessions.cookie, kept)
    assert client.get("/api/queue").status_code == 401, "the server has forgotten it too"


def test_the_link_that_opens_the_browser_works_once_and_soon() -> None:
    now = [0.0]
    sessions = Sessions("lan", clock=lambda: now[0])
    once, late = sessions.once(), sessions.once()
    assert sessions.login(once) is not None
    assert sessions.login(once) is None
    now[0] = 600
    assert sessions.login(late) is None
    assert sessions.login(sessions.token) is not None


def test_the_oldest_of_too_many_sessions_ends_not_the_one_at_work() -> None:
    sessions = Sessions("lan", "right")
    first, second = sessions.login("right"), sessions.login("right")
    for _ in range(100):
        assert sessions.get(first) is not None
        sessions.login("right")
    assert sessions.get(first) is not None
    assert sessions.get(second) is None


def test_two_servers_on_one_machine_do_not_end_each_others_sessions() -> None:
    assert Sessions("a", cookie="sohoa_review_1").cookie != Sessions("a", cookie="sohoa_review_2").cookie
    assert Sessions("a", secure=True).cookie.startswith("__Host-")


def test_over_tls_the_cookie_never_travels_without(desk: Desk) -> None:
    app = application(desk, Sessions("lan", "right", secure=True), frozenset({HOST}))
    with TestClient(app, base_url=f"https://{HOST}", follow_redirects=False) as client:
        cookie = client.get("/login?token=right").headers["set-cookie"]
        assert cookie.startswith("__Host-") and "Secure" in cookie
        assert client.get("/api/queue").status_code == 200
        sent = {"Origin": f"https://{HOST}", "X-Sohoa-Csrf": client.get("/api/session").json()["csrf"]}
        assert client.post("/api/name", json={"who": "minh"}, headers=sent).status_code == 200


# Bodies


def test_a_long_body_or_one_of_unsaid_length_is_not_read(client: TestClient) -> None:
    for path in ["/api/decide", "/login"]:

        def endless() -> Any:
            raise AssertionError("the body was read")
            yield b""

        long = {"Content-Length": str(MOST_BODY_BYTES + 1)}
        assert client.post(path, content=endless(), headers=long).status_code == 413
        assert client.post(path, content=endless()).status_code == 413  # chunked
        for odd in ("-1", "1e3", "²", "9" * 400):
            headers = {"Content-Length": odd.encode("latin-1")}
            assert client.post(path, content=endless(), headers=headers).status_code == 413  # type: ignore[arg-type]


def test_what_is_no_json_of_ours_is_refused(client: TestClient, workspace: Path) -> None:
    for body in [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"nul", b"[]", b'{"a": 1}', b'{"seconds": NaN}']:
        for path in ("/api/decide", "/api/typed", "/api/name"):
            assert client.post(path, content=body).status_code in {400, 422}, path
    assert Trail(workspace).entries == []


# What is sent


def test_a_number_that_fills_the_memory_or_is_none_is_refused(client: TestClient, workspace: Path) -> None:
    for number in ["1E+999999999", "1e5", "\u0661", "0x10", "1_000", "9" * 31, "--1", "1.", "NaN", " 1"]:
        sent = {**a_decision(client), "new": {"state": "reported", "number": number}}
        assert client.post("/api/decide", json=sent).status_code == 422
    assert Trail(workspace).entries == []


def test_half_a_letter_is_refused_and_nul_is_kept_as_what_it_is(client: TestClient, workspace: Path) -> None:
    sent = {**a_decision(client), "new": {"state": "reported", "text": "\ud800"}}
    headers = {"Content-Type": "application/json"}
    raw = json.dumps(sent).encode()
    assert client.post("/api/decide", content=raw, headers=headers).status_code == 422
    assert client.post("/api/typed", content=raw.replace(b"new", b"x"), headers=headers).status_code == 422
    kept = {**a_decision(client), "action": "comment", "new": {}, "comment": "a\0b" + EVIL}
    assert client.post("/api/decide", json=kept).status_code == 200
    assert Trail(workspace).entries[0].comment == "a\0b" + EVIL


def test_a_name_in_the_trail_is_text_on_every_page(client: TestClient) -> None:
    assert client.post("/api/name", json={"who": EVIL}).status_code == 200
    page = client.get("/").text
    assert EVIL not in page and "&lt;script&gt;" in page
    assert client.post("/api/name", json={"who": "a\nb"}).status_code == 422
    assert not regex.search(r"<script(?! type=)", page)


def test_odd_page_numbers_find_no_picture(client: TestClient) -> None:
    for number in ["0", "-1", "9" * 4000, "9" * 5000, "1e3", "%00", "1%2f..", "٣", "NaN"]:
        doc_id = client.get("/api/queue").json()["items"][0]["doc_id"]
        assert client.get(f"/picture/{doc_id}/{number}").status_code in {404, 422}


def test_paths_that_lead_out_or_nowhere_find_nothing(client: TestClient) -> None:
    for path in [
        "/picture/..%2f..%2fetc/1",
        "/static/..%2f..%2fserver.py",
        "/static/%2e%2e/server.py",
        "/static//etc/passwd",
        "/static/..%5cserver.py",
        "/static/%00",
        "/api/item/%00/%00",
        "/read/..%2f..",
        "/openapi.json",
        "/docs",
        "/redoc",
        "/static/",
        "/static/../templates/page.html",
    ]:
        answer = client.get(path)
        assert answer.status_code in {404, 422}
        assert "def " not in answer.text and "root:" not in answer.text


def test_methods_that_nothing_here_has_change_nothing(client: TestClient, workspace: Path) -> None:
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "POST", "BREW"]:
        for path in ("/", "/api/queue", "/static/main.js", "/picture/x/1"):
            assert client.request(method, path).status_code in {403, 404, 405, 413, 415}
    assert Trail(workspace).entries == []


def test_nothing_speaks_websocket(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/"):
        pass

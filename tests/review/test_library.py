from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
from starlette.testclient import TestClient

from pipeline.dataset.writing import write_dataset
from pipeline.review.desk import Desk
from pipeline.review.pictures import Pictures
from pipeline.review.server import application
from pipeline.review.sessions import Sessions
from tests.review.conftest import EVIL, FIELDS, HOST, report
from tests.search.test_search import DOCUMENTS


@pytest.fixture
def library(tmp_path: Path) -> Iterator[TestClient]:
    """A read-only client of sections in which much is hostile."""
    write_dataset([report(tmp_path / "a.png", 250), *DOCUMENTS], tmp_path / "out", FIELDS)
    desk = Desk(tmp_path / "out", "doi_ngoai", Pictures())
    app = application(desk, Sessions("lan", "right"), frozenset({HOST}), read_only=True)
    with TestClient(app, base_url=f"http://{HOST}") as client:
        client.get("/login", params={"token": "right"})
        yield client


def shown(html: str) -> str:
    return regex.sub(r"\s+", " ", regex.sub(r"<[^>]+>", "", html))


def test_the_reading_room_needs_the_token_like_everything_else(library: TestClient) -> None:
    library.cookies.clear()
    for path in ("/search?q=a", "/browse", f"/read/{'a' * 64}", f"/picture/{'a' * 64}/1"):
        assert library.get(path).status_code == 401


def test_a_search_leads_to_the_section_and_its_page(library: TestClient) -> None:
    html = library.get("/search", params={"q": "van dong kieu bao"}).text
    assert "<mark>Vận động kiều bào</mark>" in html
    (link,) = regex.findall(r'class="hit" href="([^"]+)"', html)
    assert f"/read/{'a' * 64}?" in link and "page=2" in link and link.endswith("#s-1")
    read = library.get(link.replace("&amp;", "&"))
    assert 'id="s-1"' in read.text and "<mark>Vận động kiều bào</mark>" in read.text
    assert f'src="/picture/{"a" * 64}/2"' in read.text


def test_text_from_scans_and_from_the_address_is_never_markup(library: TestClient) -> None:
    doc_id = regex.findall(r"/read/([0-9a-f]{64})", library.get("/search?q=alert").text)[0]
    for path, asked in (
        ("/search", {"q": "alert"}), ("/search", {"q": EVIL}), ("/browse", {"province": EVIL}), ("/browse", {}),
        (f"/read/{doc_id}", {"q": EVIL + " alert"}), ("/search", {"q": '"><img src=x onerror=alert(1)>'}),
    ):  # fmt: skip
        answer = library.get(path, params=asked)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text and "<img src=x" not in answer.text
        assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_restricted_documents_are_not_there(library: TestClient) -> None:
    assert "in/c.pdf" not in library.get("/browse").text
    assert "Bí mật" not in library.get("/search?q=bi+mat").text
    assert library.get(f"/read/{'c' * 64}").status_code == 404
    assert library.get(f"/picture/{'c' * 64}/1").status_code == 404


def test_reading_only_leaves_no_way_to_decide_anything(library: TestClient) -> None:
    assert library.get("/", follow_redirects=False).headers["location"] == "/search"
    for path in ("/api/queue", f"/api/item/{'a' * 64}/doc.subject"):
        assert library.get(path).status_code == 404
    posted = library.post("/api/decide", json={})
    assert posted.status_code in (403, 404)
    assert 'href="/?lang' not in library.get("/search").text


def test_reviewers_find_the_reading_room_from_their_page(client: TestClient) -> None:
    assert 'href="/search?lang=vi"' in client.get("/").text
    assert client.get("/browse").status_code == 200


def test_documents_are_listed_by_place_and_year(library: TestClient) -> None:
    everything = shown(library.get("/browse?lang=en").text)
    assert "4 documents" in everything
    assert "0 documents" in shown(library.get("/browse?lang=en&province=Kon+Tum&year=2020").text)
    assert library.get("/browse?year=abc").status_code == 422


def test_odd_addresses_are_refused_plainly(library: TestClient) -> None:
    assert library.get("/read/nothing").status_code == 422
    assert library.get(f"/read/{'e' * 64}").status_code == 404
    assert library.get(f"/read/{'a' * 64}?page=99999").status_code == 200
    assert library.get("/search", params={"q": "x" * 5_000}).status_code == 422
    assert "Hãy gõ" in library.get("/search", params={"q": '"*"'}).text
    assert library.get("/search?q=kieu&skip=500").status_code == 200


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_comes_in_both_languages_and_links_to_the_other(library: TestClient, lang: str) -> None:
    for path in ("/search?q=hoa", "/browse", f"/read/{'b' * 64}"):
        html = library.get(path, params={"lang": lang, "q": "hoa"}).text
        assert f'<html lang="{lang}">' in html and "built-in method" not in html
        assert f"lang={'en' if lang == 'vi' else 'vi'}" in html
